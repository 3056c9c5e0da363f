//! Limits of messages and of answers to interactions.

use serde_json::Value;

use super::component;
use super::embed;
use crate::rest::error::{ApiError, FormFaults};
use crate::world::NewFile;
use crate::world::message::COMPONENTS_V2;

/// Longest text of a message. The description says 4,000 for channel messages; that is for paying users, not bots.
const CONTENT: usize = 2000;
/// Longest nonce.
const NONCE: usize = 25;

/// A message to post, or the changed fields of one.
pub(crate) fn message(body: &Value) -> Result<(), ApiError> {
    let mut faults = FormFaults::default();
    message_into(body, &mut faults);
    faults.finish()
}

fn message_into(body: &Value, faults: &mut FormFaults) {
    if !body.is_object() && !body.is_null() {
        faults.add(
            "",
            "DICT_TYPE_CONVERT",
            "Only dictionaries may be used in a DictType",
        );
        return;
    }
    let v2 = body["flags"].as_u64().unwrap_or(0) & COMPONENTS_V2 != 0;
    faults.length("content", &body["content"], 0, CONTENT);
    faults.length("nonce", &body["nonce"], 0, NONCE);
    if !body["content"].is_null() && !body["content"].is_string() {
        faults.add(
            "content",
            "STRING_TYPE_CONVERT",
            "Could not interpret value as string.",
        );
    }
    if v2 {
        let text = body["content"].as_str().is_some_and(|c| !c.is_empty());
        let embeds = body["embeds"].as_array().is_some_and(|e| !e.is_empty());
        for (field, used) in [("content", text), ("embeds", embeds)] {
            if used {
                faults.add(
                    field,
                    "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2",
                    "The field cannot be used when using MessageFlags.IS_COMPONENTS_V2",
                );
            }
        }
    }
    embed::embeds(&body["embeds"], faults);
    component::of_message(&body["components"], v2, faults);
    allowed_mentions(&body["allowed_mentions"], faults);
    if body["sticker_ids"]
        .as_array()
        .is_some_and(|list| list.len() > 3)
    {
        faults.too_long("sticker_ids", 3);
    }
    for (n, file) in body["attachments"]
        .as_array()
        .into_iter()
        .flatten()
        .enumerate()
    {
        faults.length(
            &format!("attachments.{n}.description"),
            &file["description"],
            0,
            1024,
        );
    }
}

/// `parse` and a list of the same kind exclude each other.
fn allowed_mentions(allowed: &Value, faults: &mut FormFaults) {
    let parse = allowed["parse"].as_array();
    for kind in ["users", "roles"] {
        let Some(list) = allowed[kind].as_array() else {
            continue;
        };
        if list.len() > 100 {
            faults.too_long(&format!("allowed_mentions.{kind}"), 100);
        }
        if !list.is_empty() && parse.is_some_and(|parse| parse.iter().any(|p| p == kind)) {
            faults.add(
                "allowed_mentions",
                "MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE",
                &format!("parse:[\"{kind}\"] and {kind}: [ids...] are mutually exclusive."),
            );
        }
    }
    for (n, kind) in parse.into_iter().flatten().enumerate() {
        if !matches!(kind.as_str(), Some("users" | "roles" | "everyone")) {
            faults.add(
                &format!("allowed_mentions.parse.{n}"),
                "BASE_TYPE_CHOICES",
                "Value must be one of ('users', 'roles', 'everyone').",
            );
        }
    }
}

/// The data of an interaction's first answer.
pub(crate) fn callback(kind: u64, data: &Value) -> Result<(), ApiError> {
    let mut faults = FormFaults::default();
    match kind {
        4 | 5 | 7 => message_into(data, &mut faults),
        8 => {
            let choices = data["choices"].as_array();
            if choices.is_some_and(|list| list.len() > 25) {
                faults.too_long("data.choices", 25);
            }
            for (n, choice) in choices.into_iter().flatten().enumerate() {
                let at = format!("data.choices.{n}");
                component::required_text(&format!("{at}.name"), &choice["name"], 100, &mut faults);
                faults.length(&format!("{at}.value"), &choice["value"], 1, 100);
                if choice["value"].is_null() {
                    faults.required(&format!("{at}.value"));
                }
            }
        }
        9 => component::modal(data, &mut faults),
        _ => {}
    }
    faults.finish()
}

/// Files of a request must be told apart by their numbers.
pub(crate) fn multipart_names(files: &[NewFile]) -> Result<(), ApiError> {
    let mut numbers: Vec<_> = files.iter().map(|f| f.index).collect();
    numbers.sort_unstable();
    numbers.dedup();
    if numbers.len() == files.len() {
        Ok(())
    } else {
        Err(ApiError::form(
            "files",
            "DUPLICATE_FILE",
            "A file number is used twice",
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_text_may_have_2000_characters_and_no_more() {
        assert!(message(&json!({"content": "ä".repeat(2000)})).is_ok());
        let error = message(&json!({"content": "ä".repeat(2001)})).unwrap_err();
        assert_eq!(error.code, 50035);
        assert_eq!(
            error.errors.unwrap()["content"]["_errors"][0]["code"],
            "BASE_TYPE_MAX_LENGTH"
        );
    }

    #[test]
    fn embeds_may_have_6000_characters_together() {
        let embed = |n: usize| json!({"description": "x".repeat(n)});
        assert!(message(&json!({"embeds": [embed(3000), embed(3000)]})).is_ok());
        assert!(message(&json!({"embeds": [embed(3000), embed(3001)]})).is_err());
    }

    #[test]
    fn parse_users_and_named_users_exclude_each_other() {
        let both =
            json!({"content": "x", "allowed_mentions": {"parse": ["users"], "users": ["1"]}});
        assert!(message(&both).is_err());
        let one = json!({"content": "x", "allowed_mentions": {"parse": ["roles"], "users": ["1"]}});
        assert!(message(&one).is_ok());
    }

    #[test]
    fn buttons_need_an_id_of_their_own() {
        let button = |id: &str| json!({"type": 2, "style": 1, "label": "x", "custom_id": id});
        let row = |a: &str, b: &str| json!({"components": [{"type": 1, "components": [button(a), button(b)]}]});
        assert!(message(&row("a", "b")).is_ok());
        assert!(message(&row("a", "a")).is_err());
        assert!(message(&row("a", &"b".repeat(101))).is_err());
    }
}
