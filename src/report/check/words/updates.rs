//! Updates, promises and the log.

use chrono::{NaiveDate, TimeDelta};

use super::super::moment::Moment;
use super::said::{Said, at, said, short, stated};
use crate::incident::Severity;
use crate::incident::human_time::Length;

pub(in super::super) fn uncovered(start: &Moment, end: &Moment) -> Said {
    said(
        format!(
            "no update was posted from {} to {} or soon after, though other windows have theirs",
            at(start),
            at(end)
        ),
        "an update in this window, or a word on where it was told".to_owned(),
    )
}

pub(in super::super) fn ends_after_resolved(end: &Moment, resolved: &Moment) -> Said {
    said(
        format!(
            "the outage lasts until {}, but resolved was posted at {}",
            at(end),
            at(resolved)
        ),
        format!("an end up to {}, or resolved posted later", at(resolved)),
    )
}

pub(in super::super) fn first_after_resolved(first: &Moment, resolved: &Moment) -> Said {
    said(
        format!(
            "the first update is of {}, after resolved was posted at {}",
            at(first),
            at(resolved)
        ),
        format!("a first update before {}", at(resolved)),
    )
}

pub(in super::super) fn no_postmortem() -> Said {
    said(
        "a postmortem is promised and the record shows none".to_owned(),
        "a postmortem, or a word on why there is none".to_owned(),
    )
}

pub(in super::super) fn late_postmortem(promised: TimeDelta, waited: TimeDelta) -> Said {
    said(
        format!(
            "a postmortem was promised within {}, it came after {}",
            short(promised),
            short(waited)
        ),
        "a word on why it came later".to_owned(),
    )
}

pub(in super::super) fn late_update(promised: TimeDelta, waited: Option<TimeDelta>) -> Said {
    said(
        match waited {
            Some(waited) => format!(
                "news was promised within {}, the next came after {}",
                short(promised),
                short(waited)
            ),
            None => format!("news was promised within {}, none came", short(promised)),
        },
        "an update in time".to_owned(),
    )
}

pub(in super::super) fn late_fix(promised: &Length, took: TimeDelta) -> Said {
    said(
        format!(
            "{} was announced, it took {}",
            stated(promised),
            short(took)
        ),
        "a new estimate before the first ran out".to_owned(),
    )
}

pub(in super::super) fn log_time(what: &str, here: &Moment, logged: &Moment) -> Said {
    said(
        format!(
            "the text says {what} at {}, the incident's log {}",
            at(here),
            at(logged)
        ),
        at(logged),
    )
}

pub(in super::super) fn log_window(start: &Moment, end: &Moment, logged: &str) -> Said {
    said(
        format!(
            "the incident's log has no outage from {} to {}; it has {logged}",
            at(start),
            at(end)
        ),
        logged.to_owned(),
    )
}

pub(in super::super) fn log_window_ends(start: &Moment, end: &Moment) -> String {
    format!("{} to {}", at(start), at(end))
}

pub(in super::super) fn log_length(length: &Length, downtime: TimeDelta) -> Said {
    said(
        format!(
            "{} is stated, the outage windows of the log make {}",
            stated(length),
            short(downtime)
        ),
        short(downtime),
    )
}

pub(in super::super) fn log_measure(length: &Length, logged: TimeDelta) -> Said {
    said(
        format!(
            "{} is stated, by the incident's log it was {}",
            stated(length),
            short(logged)
        ),
        short(logged),
    )
}

pub(in super::super) fn log_updates(stated: usize, told: usize) -> Said {
    said(
        format!("{stated} updates are stated, the incident's log has {told}"),
        told.to_string(),
    )
}

pub(in super::super) fn log_severity(stated: Severity, had: &[Severity]) -> Said {
    let had: Vec<String> = had.iter().map(ToString::to_string).collect();
    let had = had.join(", ");
    said(
        format!("{stated} is stated, the incident's log has {had}"),
        had,
    )
}

pub(in super::super) fn log_commander(named: &str, role: &str, led: &[&str]) -> Said {
    let led = led.join(", then ");
    said(
        format!("by the incident's log {named} had the role {role}; the commander was {led}"),
        led,
    )
}

pub(in super::super) fn takes_command(who: &str) -> String {
    format!("{who} takes command")
}

pub(in super::super) fn log_due(action: u32, here: NaiveDate, logged: NaiveDate) -> Said {
    said(
        format!("action item {action} is due on {logged} by the incident's log, here on {here}"),
        logged.to_string(),
    )
}
