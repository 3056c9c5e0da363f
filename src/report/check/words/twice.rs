//! One event with two times, am and pm, zones.

use chrono::NaiveDateTime;

use super::super::moment::Moment;
use super::said::{Said, at, clock, said};

pub(in super::super) fn zone_slip(told: &Moment, event: &Moment, shown: &str) -> Said {
    said(
        format!(
            "{} is {shown} by the clock of this event, which is dated {}: whole hours apart, as when a zone is mixed up",
            clock(told),
            clock(event)
        ),
        format!("{shown} here, or another zone"),
    )
}

pub(in super::super) fn false_echo(here: &Moment, echo: &Moment, shown: &str) -> Said {
    said(
        format!("{} is {shown}, not {}", clock(here), clock(echo)),
        shown.to_owned(),
    )
}

pub(in super::super) fn unclear_echo(here: &Moment, echo: &Moment) -> Said {
    said(
        format!(
            "{} is not {} by any meaning of that zone",
            clock(here),
            clock(echo)
        ),
        "the same moment by both clocks".to_owned(),
    )
}

pub(in super::super) fn linked_message(event: &Moment, sent: NaiveDateTime) -> Said {
    said(
        format!(
            "the message linked here was sent at {}, the event is dated {}",
            sent.format("%H:%M"),
            clock(event)
        ),
        format!("{}, if that message is meant", sent.format("%H:%M")),
    )
}

pub(in super::super) fn two_times(what: &str, here: &Moment, there: &Moment, line: u32) -> Said {
    said(
        format!(
            "{what} is at {} here and at {} on line {line}",
            at(here),
            at(there)
        ),
        "one time in both places".to_owned(),
    )
}

pub(in super::super) fn half_day(here: &Moment, there: &Moment, line: u32) -> Said {
    said(
        format!(
            "{} is half a day from {} on line {line}, which has the same digits",
            clock(here),
            clock(there)
        ),
        clock(there),
    )
}

pub(in super::super) fn half_of_window(
    start: &Moment,
    afternoon: &Moment,
    posted: &Moment,
    line: u32,
) -> Said {
    said(
        format!(
            "{} says neither am nor pm; line {line} makes it {}, but the update that tells of it was posted earlier, at {}",
            clock(start),
            clock(afternoon),
            at(posted)
        ),
        "am in both places, or another date".to_owned(),
    )
}

pub(in super::super) fn half_in_list(event: &Moment, neighbour: &Moment, fix: &Moment) -> Said {
    said(
        format!(
            "{} does not go with its neighbour in the list, {}: am and pm seem exchanged",
            at(event),
            at(neighbour)
        ),
        at(fix),
    )
}

pub(in super::super) fn no_zone(moment: &Moment, zones: &[String]) -> Said {
    said(
        format!(
            "{} names no zone in a text that uses {}",
            clock(moment),
            zones.join(" and ")
        ),
        format!("{} with its zone", clock(moment)),
    )
}

/// What a label of a field is called in a sentence.
pub(in super::super) mod label {
    pub(in super::super::super) const STARTED: &str = "started";
    pub(in super::super::super) const DETECTED: &str = "detected";
    pub(in super::super::super) const DECLARED: &str = "declared";
    pub(in super::super::super) const REPAIRED: &str = "repaired";
    pub(in super::super::super) const RESOLVED: &str = "resolved";
    pub(in super::super::super) const ALL_CLEAR: &str = "the all-clear";
    pub(in super::super::super) const INCIDENT: &str = "the incident";
    pub(in super::super::super) const THIS_EVENT: &str = "this event";
    pub(in super::super::super) const RESTORED: &str = "service restored";
    pub(in super::super::super) const END: &str = "the end of the impact";
    pub(in super::super::super) const IDENTIFIED: &str = "the cause identified";
}
