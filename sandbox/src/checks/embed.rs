//! Limits of embeds (Discord docs, "Embed Limits").

use serde_json::Value;

use crate::rest::error::FormFaults;

const MOST: usize = 10;
const TEXT_OF_ALL: usize = 6000;

pub(super) fn embeds(embeds: &Value, faults: &mut FormFaults) {
    let Some(list) = embeds.as_array() else {
        return;
    };
    if list.len() > MOST {
        faults.add(
            "embeds",
            "BASE_TYPE_MAX_LENGTH",
            "Must be 10 or fewer in length.",
        );
    }
    for (n, embed) in list.iter().enumerate() {
        one(&format!("embeds.{n}"), embed, faults);
    }
    if list.iter().map(text_of).sum::<usize>() > TEXT_OF_ALL {
        faults.add(
            "embeds",
            "MAX_EMBED_SIZE_EXCEEDED",
            "Embed size exceeds maximum size of 6000",
        );
    }
}

fn one(path: &str, embed: &Value, faults: &mut FormFaults) {
    let limits = [
        ("title", &embed["title"], 256),
        ("description", &embed["description"], 4096),
        ("footer.text", &embed["footer"]["text"], 2048),
        ("author.name", &embed["author"]["name"], 256),
    ];
    for (field, value, limit) in limits {
        faults.length(&format!("{path}.{field}"), value, 0, limit);
    }
    let fields = embed["fields"].as_array().map_or(&[][..], Vec::as_slice);
    if fields.len() > 25 {
        faults.too_long(&format!("{path}.fields"), 25);
    }
    for (n, field) in fields.iter().enumerate() {
        for (key, limit) in [("name", 256), ("value", 1024)] {
            let at = format!("{path}.fields.{n}.{key}");
            match field[key].as_str() {
                None | Some("") => faults.required(&at),
                Some(_) => faults.length(&at, &field[key], 0, limit),
            }
        }
    }
    for (at, url) in [
        ("url", &embed["url"]),
        ("image.url", &embed["image"]["url"]),
        ("thumbnail.url", &embed["thumbnail"]["url"]),
        ("author.url", &embed["author"]["url"]),
    ] {
        let known = ["http://", "https://", "attachment://"];
        if let Some(url) = url.as_str()
            && !url.is_empty()
            && !known.iter().any(|scheme| url.starts_with(scheme))
        {
            faults.add(
                &format!("{path}.{at}"),
                "URL_TYPE_INVALID_URL",
                "Not a well formed URL.",
            );
        }
    }
}

fn text_of(embed: &Value) -> usize {
    let count = |value: &Value| value.as_str().map_or(0, |text| text.chars().count());
    let fields: usize = embed["fields"]
        .as_array()
        .into_iter()
        .flatten()
        .map(|field| count(&field["name"]) + count(&field["value"]))
        .sum();
    count(&embed["title"])
        + count(&embed["description"])
        + count(&embed["footer"]["text"])
        + count(&embed["author"]["name"])
        + fields
}
