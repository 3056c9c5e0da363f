//! What stands in the pictures of an incident and of a week.

use super::language::{say, word};
use super::period::at_least_if;

/// It was an exercise.
#[must_use]
pub fn exercise() -> &'static str {
    word!("exercise", "Übung")
}

/// `downtime at least 38m so far`.
#[must_use]
pub fn downtime(length: &str, at_least: bool, so_far: bool) -> String {
    let least = at_least_if(at_least);
    match so_far {
        true => say!(
            "downtime {least}{length} so far",
            "Ausfallzeit bisher {least}{length}"
        ),
        false => say!("downtime {least}{length}", "Ausfallzeit {least}{length}"),
    }
}

/// `monitoring since 2026-07-15 09:00`.
#[must_use]
pub fn since(status: &str, since: &str) -> String {
    say!("{status} since {since}", "{status} seit {since}")
}

/// `times in Europe/Berlin`.
#[must_use]
pub fn times_in(zone: &str) -> String {
    say!("times in {zone}", "Zeiten in {zone}")
}

/// How many events have no room.
#[must_use]
pub fn more_in_the_timeline(more: usize) -> String {
    say!(
        "and {more} more in the timeline",
        "und {more} weitere in der Timeline"
    )
}

/// A band of an incident's picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Band {
    /// How bad it was.
    Severity,
    /// How far it was.
    Status,
    /// When users were affected.
    Outage,
}

impl Band {
    /// What stands beside it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Severity => word!("Severity", "Schwere"),
            Self::Status => word!("Status", "Status"),
            Self::Outage => word!("Outage", "Ausfall"),
        }
    }
}

/// The band of outages is empty.
#[must_use]
pub fn no_outage() -> &'static str {
    word!(
        "no outage window is recorded",
        "kein Ausfall ist aufgezeichnet"
    )
}

/// In a window of an outage without an end: it is not over, or nobody recorded it.
#[must_use]
pub fn without_end(open: bool) -> &'static str {
    match open {
        true => word!("not over", "nicht vorbei"),
        false => word!("end not recorded", "Ende unbekannt"),
    }
}

/// A time in which nothing began, though not all was quiet.
#[must_use]
pub fn nothing_opened() -> &'static str {
    word!("Nothing was opened.", "Nichts wurde eröffnet.")
}

/// Over the downtime of a week.
#[must_use]
pub fn downtime_name() -> &'static str {
    word!("downtime", "Ausfallzeit")
}

/// The downtime of a week that had none.
#[must_use]
pub fn no_downtime() -> &'static str {
    word!("none", "keine")
}

/// Over the median of the times to resolve.
#[must_use]
pub fn median_resolve() -> &'static str {
    word!("median resolve", "Median Lösung")
}

/// What the columns count.
#[must_use]
pub fn columns(by_week: bool) -> &'static str {
    match by_week {
        true => word!("incidents opened, by week", "eröffnete Incidents je Woche"),
        false => word!("incidents opened, by day", "eröffnete Incidents je Tag"),
    }
}
