//! The form in which Discord keeps what comes as JSON: embeds, components and polls.

use chrono::{DateTime, Duration, Utc};
use serde_json::{Value, json};

use crate::clock::stamp;

/// Embeds are given back with their type.
pub(crate) fn rich(mut embed: Value) -> Value {
    if embed["type"].is_null() {
        embed["type"] = json!("rich");
    }
    embed
}

/// Components without an id get a number, and containers the fields that have a default.
pub(crate) fn numbered(mut components: Vec<Value>) -> Vec<Value> {
    fn number(component: &mut Value, next: &mut u64) {
        if component["id"].as_u64().is_none_or(|id| id == 0) {
            component["id"] = json!(*next);
        }
        *next += 1;
        if component["type"].as_u64() == Some(17) {
            for (key, default) in [("accent_color", Value::Null), ("spoiler", json!(false))] {
                if component.get(key).is_none() {
                    component[key] = default;
                }
            }
        }
        if let Some(children) = component["components"].as_array_mut() {
            children.iter_mut().for_each(|child| number(child, next));
        }
        if component["accessory"].is_object() {
            number(&mut component["accessory"], next);
        }
    }
    let mut next = 1;
    for component in &mut components {
        number(component, &mut next);
    }
    components
}

/// A poll as it was asked for (with a duration in hours), with numbered answers, its end and its results.
pub(crate) fn poll(new: Value, posted: DateTime<Utc>) -> Value {
    let hours = new["duration"].as_i64().unwrap_or(24);
    let answers = new["answers"].as_array().into_iter().flatten();
    let answers: Vec<_> = answers
        .enumerate()
        .map(|(n, answer)| json!({"answer_id": n + 1, "poll_media": answer["poll_media"]}))
        .collect();
    json!({
        "question": new["question"],
        "answers": answers,
        "expiry": stamp(posted + Duration::hours(hours)),
        "allow_multiselect": new["allow_multiselect"].as_bool().unwrap_or(false),
        "layout_type": new["layout_type"].as_u64().unwrap_or(1),
        "results": {"answer_counts": [], "is_finalized": false},
    })
}
