//! How an incident went, in sentences of fact for the sections that people write. Times and lengths come as they are shown.

use super::name;

/// Users were affected before anybody declared it.
#[must_use]
pub fn declared_late(affected: &str, declared: &str, later: &str) -> String {
    format!(
        "Users were affected from {affected}; the incident was declared at {declared}, {later} later."
    )
}

/// It was declared before users were affected, or as they were.
#[must_use]
pub fn declared_early(affected: &str, declared: &str) -> String {
    format!(
        "The incident was declared at {declared}; the first recorded effect on users is of {affected}."
    )
}

/// When the cause was known, and when again.
#[must_use]
pub fn identified(at: &str, after: Option<&str>, again: &[String]) -> String {
    let after = after.map(|after| format!(", {after} after the declaration"));
    let again = match again {
        [] => String::new(),
        times => format!("; after it had gone back, again at {}", name::list(times)),
    };
    format!(
        "The status became “identified” at {at}{}{again}.",
        after.unwrap_or_default()
    )
}

/// How it ended.
#[must_use]
pub fn resolved(ended: &str, resolved: &str, later: Option<&str>) -> String {
    let later = later.map(|later| format!(", {later} later"));
    format!(
        "Users were last affected at {ended}; the incident was resolved at {resolved}{}.",
        later.unwrap_or_default()
    )
}

/// The status went back: what was thought to be over was not.
#[must_use]
pub fn went_back(times: &[String]) -> String {
    match times {
        [once] => format!("The status went back once, at {once}."),
        many => format!(
            "The status went back {} times: {}.",
            many.len(),
            name::list(many)
        ),
    }
}

/// Users were affected again.
#[must_use]
pub fn came_back(times: &[String]) -> String {
    match times {
        [once] => format!("Users were affected again from {once}."),
        many => format!(
            "Users were affected again {} times: from {}.",
            many.len(),
            name::list(many)
        ),
    }
}

/// The public waited for its first word.
#[must_use]
pub fn told_late(affected: &str, told: &str, length: &str) -> String {
    format!("The public was first told at {told}, {length} after the first effect at {affected}.")
}

/// The public waited for the next.
#[must_use]
pub fn longest_silence(from: &str, to: &str, length: &str) -> String {
    format!("Between two updates for the public passed up to {length}: from {from} to {to}.")
}
