//! Limits of channels, threads and overwrites.

use serde_json::Value;

use crate::rest::error::{ApiError, FormFaults};

/// A channel to create (`new`) or the changed fields of one.
pub(crate) fn channel(body: &Value, new: bool, forum: bool) -> Result<(), ApiError> {
    let mut faults = FormFaults::default();
    if new && body["name"].is_null() {
        faults.required("name");
    }
    faults.length("name", &body["name"], 1, 100);
    faults.length("topic", &body["topic"], 0, if forum { 4096 } else { 1024 });
    if body["rate_limit_per_user"]
        .as_u64()
        .is_some_and(|s| s > 21_600)
    {
        faults.add(
            "rate_limit_per_user",
            "NUMBER_TYPE_MAX",
            "int value should be less than or equal to 21600.",
        );
    }
    overwrites_into(&body["permission_overwrites"], &mut faults);
    if body["available_tags"]
        .as_array()
        .is_some_and(|tags| tags.len() > 20)
    {
        faults.too_long("available_tags", 20);
    }
    faults.finish()
}

/// The overwrites of a channel.
pub(crate) fn overwrites(list: &Value) -> Result<(), ApiError> {
    let mut faults = FormFaults::default();
    overwrites_into(list, &mut faults);
    faults.finish()
}

fn overwrites_into(list: &Value, faults: &mut FormFaults) {
    let Some(list) = list.as_array() else { return };
    if list.len() > 100 {
        faults.too_long("permission_overwrites", 100);
    }
    for (n, overwrite) in list.iter().enumerate() {
        if overwrite["id"].is_null() {
            faults.required(&format!("permission_overwrites.{n}.id"));
        }
    }
}

/// A thread to start (`new`) or the changed fields of one.
pub(crate) fn thread(body: &Value, new: bool) -> Result<(), ApiError> {
    let mut faults = FormFaults::default();
    if new && body["name"].is_null() {
        faults.required("name");
    }
    faults.length("name", &body["name"], 1, 100);
    let minutes = &body["auto_archive_duration"];
    if !minutes.is_null() && !matches!(minutes.as_u64(), Some(60 | 1440 | 4320 | 10080)) {
        faults.add(
            "auto_archive_duration",
            "BASE_TYPE_CHOICES",
            "Value must be one of (60, 1440, 4320, 10080).",
        );
    }
    if body["applied_tags"]
        .as_array()
        .is_some_and(|tags| tags.len() > 5)
    {
        faults.too_long("applied_tags", 5);
    }
    faults.finish()
}
