//! How an incident went, in sentences of fact for the sections that people write. Times and lengths come as they are shown.

use super::language::say;
use super::name;

/// Users were affected before anybody declared it.
#[must_use]
pub fn declared_late(affected: &str, declared: &str, later: &str) -> String {
    say!(
        "Users were affected from {affected}; the incident was declared at {declared}, {later} later.",
        "Nutzer waren ab {affected} betroffen; ausgerufen wurde der Incident am {declared}, {later} später."
    )
}

/// It was declared before users were affected, or as they were.
#[must_use]
pub fn declared_early(affected: &str, declared: &str) -> String {
    say!(
        "The incident was declared at {declared}; the first recorded effect on users is of {affected}.",
        "Der Incident wurde am {declared} ausgerufen; die erste aufgezeichnete Auswirkung auf Nutzer ist vom {affected}."
    )
}

/// When the cause was known, and when again.
#[must_use]
pub fn identified(at: &str, after: Option<&str>, again: &[String]) -> String {
    let after = after.map_or(String::new(), |after| {
        say!(
            ", {after} after the declaration",
            ", {after} nach dem Ausrufen"
        )
    });
    let again = match again {
        [] => String::new(),
        times => say!(
            "; after it had gone back, again at {times}",
            "; nachdem er zurückgegangen war, wieder am {times}",
            times = name::list(times)
        ),
    };
    say!(
        "The status became “identified” at {at}{after}{again}.",
        "Der Status wurde am {at} „Ursache bekannt“{after}{again}."
    )
}

/// How it ended.
#[must_use]
pub fn resolved(ended: &str, resolved: &str, later: Option<&str>) -> String {
    let later = later.map_or(String::new(), |later| {
        say!(", {later} later", ", {later} später")
    });
    say!(
        "Users were last affected at {ended}; the incident was resolved at {resolved}{later}.",
        "Zuletzt betroffen waren Nutzer am {ended}; gelöst wurde der Incident am {resolved}{later}."
    )
}

/// The status went back: what was thought to be over was not.
#[must_use]
pub fn went_back(times: &[String]) -> String {
    match times {
        [once] => say!(
            "The status went back once, at {once}.",
            "Der Status ging einmal zurück, am {once}."
        ),
        many => say!(
            "The status went back {number} times: {times}.",
            "Der Status ging {number}-mal zurück: {times}.",
            number = many.len(),
            times = name::list(many)
        ),
    }
}

/// Users were affected again.
#[must_use]
pub fn came_back(times: &[String]) -> String {
    match times {
        [once] => say!(
            "Users were affected again from {once}.",
            "Nutzer waren ab {once} wieder betroffen."
        ),
        many => say!(
            "Users were affected again {number} times: from {times}.",
            "Nutzer waren noch {number}-mal betroffen: ab {times}.",
            number = many.len(),
            times = name::list(many)
        ),
    }
}

/// The public waited for its first word.
#[must_use]
pub fn told_late(affected: &str, told: &str, length: &str) -> String {
    say!(
        "The public was first told at {told}, {length} after the first effect at {affected}.",
        "Öffentlich mitgeteilt wurde es zuerst am {told}, {length} nach der ersten Auswirkung am {affected}."
    )
}

/// The public waited for the next.
#[must_use]
pub fn longest_silence(from: &str, to: &str, length: &str) -> String {
    say!(
        "Between two updates for the public passed up to {length}: from {from} to {to}.",
        "Zwischen zwei öffentlichen Updates lagen bis zu {length}: von {from} bis {to}."
    )
}
