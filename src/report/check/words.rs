//! Every sentence of the checker.

use chrono::{NaiveDate, NaiveDateTime, TimeDelta, Timelike, Weekday};

use super::finding::{Certainty, Finding, Kind, Report};
use super::length::{Hedge, Length};
use super::moment::Moment;
use crate::incident::human_time::show_duration;

/// What a finding says: why, and what would be consistent.
pub(super) struct Said {
    pub(super) why: String,
    pub(super) consistent: String,
}

fn said(why: String, consistent: String) -> Said {
    Said { why, consistent }
}

/// `2025-06-07 13:12 CT`.
pub(super) fn at(moment: &Moment) -> String {
    match moment.clock {
        None => day(moment.day),
        Some(_) => format!("{} {}", day(moment.day), clock(moment)),
    }
}

/// `13:12 CT`.
pub(super) fn clock(moment: &Moment) -> String {
    let local = moment.local();
    let shown = if local.second() == 0 {
        local.format("%H:%M")
    } else {
        local.format("%H:%M:%S")
    };
    match &moment.zone {
        Some(zone) => format!("{shown} {}", zone.name),
        None => shown.to_string(),
    }
}

fn day(day: NaiveDate) -> String {
    day.format("%Y-%m-%d").to_string()
}

fn short(length: TimeDelta) -> String {
    show_duration(length)
}

fn stated(length: &Length) -> String {
    let hedge = match length.hedge {
        Hedge::Exact => "",
        Hedge::About => "about ",
        Hedge::AtMost => "at most ",
        Hedge::AtLeast => "at least ",
    };
    format!("{hedge}{}", short(length.length))
}

// Durations.

pub(super) fn field_length(
    length: &Length,
    start: &Moment,
    end: &Moment,
    elapsed: TimeDelta,
    convention: bool,
) -> Said {
    let tail = if convention {
        "; counting support hours only could explain it, if so say which"
    } else {
        ""
    };
    said(
        format!(
            "{} does not match the elapsed time: from {} to {} it is {}{tail}",
            stated(length),
            at(start),
            at(end),
            short(elapsed)
        ),
        format!("{}, or other times", short(elapsed)),
    )
}

pub(super) fn window_length(length: &Length, start: &Moment, end: &Moment, elapsed: TimeDelta) -> Said {
    said(
        format!(
            "{} is stated beside {} to {}, which is {}",
            stated(length),
            at(start),
            at(end),
            short(elapsed)
        ),
        short(elapsed),
    )
}

pub(super) fn prose_length(length: &Length, nearest: TimeDelta, from: &Moment, to: &Moment) -> Said {
    said(
        format!(
            "{} does not match the elapsed time of any two stated times; the nearest is {}, from {} to {}",
            stated(length),
            short(nearest),
            at(from),
            at(to)
        ),
        format!("{}, or the times it is counted between", short(nearest)),
    )
}

pub(super) fn two_lengths(length: &Length, start: &Moment, end: &Moment, elapsed: TimeDelta) -> Said {
    said(
        format!(
            "{} is stated for the incident, but by its own timeline the outage went from {} to {}, which is {}",
            stated(length),
            clock(start),
            clock(end),
            short(elapsed)
        ),
        format!("{} of outage, or a word on what the {} measures", short(elapsed), short(length.length)),
    )
}

pub(super) fn since(length: &Length, told: &Moment, event: &Moment, from: &Moment) -> Said {
    said(
        format!(
            "{} up to {} began at {}, not at {}",
            stated(length),
            clock(event),
            clock(from),
            clock(told)
        ),
        clock(from),
    )
}

pub(super) fn total(length: &Length, parts: TimeDelta) -> Said {
    said(
        format!("the total of {} is not the sum of its parts, {}", stated(length), short(parts)),
        short(parts),
    )
}

// Order.

pub(super) fn end_before_start(what_ends: &str, end: &Moment, what_starts: &str, start: &Moment) -> Said {
    said(
        format!("{what_ends} at {} lies before {what_starts} at {}", at(end), at(start)),
        format!("{what_ends} at or after {}", at(start)),
    )
}

pub(super) fn window_backwards(start: &Moment, end: &Moment) -> Said {
    said(
        format!("the window ends at {}, before it starts at {}", at(end), at(start)),
        format!("an end after {}", at(start)),
    )
}

pub(super) fn declared_after_resolved(declared: &Moment, resolved: &Moment) -> Said {
    said(
        format!("declared at {}, after it was resolved at {}", at(declared), at(resolved)),
        format!("declared before {}, or resolved after {}", at(resolved), at(declared)),
    )
}

pub(super) fn declared_before_detected(declared: &Moment, detected: &Moment) -> Said {
    said(
        format!("declared at {}, before it was first detected at {}", at(declared), at(detected)),
        format!("first detected at or before {}", at(declared)),
    )
}

pub(super) fn back_in_time(event: &Moment, before: &Moment, fix: Option<&Moment>) -> Said {
    said(
        format!("{} comes after {} in the list but lies before it", at(event), at(before)),
        fix.map_or_else(
            || format!("a time from {} on, or another place in the list", at(before)),
            at,
        ),
    )
}

pub(super) fn ahead_of_list(event: &Moment, after: &Moment, fix: Option<&Moment>) -> Said {
    said(
        format!("{} lies after the next entry of the list, {}", at(event), at(after)),
        fix.map_or_else(|| format!("a time up to {}", at(after)), at),
    )
}

// Dates.

pub(super) fn date_in_list(event: &Moment, before: &Moment, right: NaiveDate) -> Said {
    said(
        format!(
            "{} comes after {} in the list; its date is another than its neighbours'",
            at(event),
            at(before)
        ),
        at(&event.on(right)),
    )
}

pub(super) fn other_date(event: &Moment, elsewhere: NaiveDate, line: u32) -> Said {
    said(
        format!("line {line} gives {} the date {}, this one {}", clock(event), day(elsewhere), day(event.day)),
        at(&event.on(elsewhere)),
    )
}

pub(super) fn far_date(written: NaiveDate, report: NaiveDate) -> Said {
    said(
        format!("the events are dated {}, the report and its summary {}", day(written), day(report)),
        day(report),
    )
}

pub(super) fn slipped_date(written: NaiveDate, right: NaiveDate) -> Said {
    said(
        format!("{} does not go with the other dates, which are about {}", day(written), day(right)),
        day(right),
    )
}

pub(super) fn no_such_date(quote: &str) -> Said {
    said(
        format!("there is no {quote} in the calendar"),
        "a date that exists".to_owned(),
    )
}

pub(super) fn outside_period(written: NaiveDate, period: &str) -> Said {
    said(
        format!("{} stands under the heading \"{period}\", which it does not belong to", day(written)),
        format!("a date in {period}, or another heading"),
    )
}

pub(super) fn name_date(title: NaiveDate, name: NaiveDate) -> Said {
    said(
        format!("the title says {}, the file's name {}", day(title), day(name)),
        format!("{} in both, or {} in both", day(name), day(title)),
    )
}

pub(super) fn date_of_posts(written: NaiveDate, posted: NaiveDate) -> Said {
    said(
        format!("the outage is dated {}, but every update of it was posted on {}", day(written), day(posted)),
        format!("{}, or a word on why it was told later", day(posted)),
    )
}

pub(super) fn weekday(written: Weekday, date: NaiveDate) -> Said {
    let name = |day: Weekday| match day {
        Weekday::Mon => "Monday",
        Weekday::Tue => "Tuesday",
        Weekday::Wed => "Wednesday",
        Weekday::Thu => "Thursday",
        Weekday::Fri => "Friday",
        Weekday::Sat => "Saturday",
        Weekday::Sun => "Sunday",
    };
    let right = chrono::Datelike::weekday(&date);
    said(
        format!("{} was a {}, not a {}", day(date), name(right), name(written)),
        format!("{}, or another date", name(right)),
    )
}

// One event, two times.

pub(super) fn zone_slip(told: &Moment, event: &Moment, shown: &str) -> Said {
    said(
        format!(
            "{} is {shown} by the clock of this event, which is dated {}: whole hours apart, as when a zone is mixed up",
            clock(told),
            clock(event)
        ),
        format!("{shown} here, or another zone"),
    )
}

pub(super) fn linked_message(event: &Moment, sent: NaiveDateTime) -> Said {
    said(
        format!("the message linked here was sent at {}, the event is dated {}", sent.format("%H:%M"), clock(event)),
        format!("{}, if that message is meant", sent.format("%H:%M")),
    )
}

pub(super) fn two_times(what: &str, here: &Moment, there: &Moment, line: u32) -> Said {
    said(
        format!("{what} is at {} here and at {} on line {line}", at(here), at(there)),
        "one time in both places".to_owned(),
    )
}

pub(super) fn half_day(here: &Moment, there: &Moment, line: u32) -> Said {
    said(
        format!(
            "{} is half a day from {} on line {line}, which has the same digits",
            clock(here),
            clock(there)
        ),
        clock(there),
    )
}

pub(super) fn half_of_window(start: &Moment, afternoon: &Moment, posted: &Moment, line: u32) -> Said {
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

pub(super) fn half_in_list(event: &Moment, neighbour: &Moment, fix: &Moment) -> Said {
    said(
        format!("{} does not go with its neighbour in the list, {}: am and pm seem exchanged", at(event), at(neighbour)),
        at(fix),
    )
}

pub(super) fn no_zone(moment: &Moment, zones: &[String]) -> Said {
    said(
        format!("{} names no zone in a text that uses {}", clock(moment), zones.join(" and ")),
        format!("{} with its zone", clock(moment)),
    )
}

// Counts.

pub(super) fn more(stated: usize, listed: usize) -> Said {
    said(
        format!("this makes {stated}, the list of them has {listed}"),
        format!("a number that makes {listed}"),
    )
}

pub(super) fn list_count(stated: usize, listed: usize) -> Said {
    said(
        format!("{stated} are announced, the list below has {listed}"),
        format!("{listed}, or a list of {stated}"),
    )
}

// Updates and promises.

pub(super) fn uncovered(start: &Moment, end: &Moment) -> Said {
    said(
        format!("no update was posted from {} to {} or soon after, though other windows have theirs", at(start), at(end)),
        "an update in this window, or a word on where it was told".to_owned(),
    )
}

pub(super) fn ends_after_resolved(end: &Moment, resolved: &Moment) -> Said {
    said(
        format!("the outage lasts until {}, but resolved was posted at {}", at(end), at(resolved)),
        format!("an end up to {}, or resolved posted later", at(resolved)),
    )
}

pub(super) fn no_postmortem() -> Said {
    said(
        "a postmortem is promised and the record shows none".to_owned(),
        "a postmortem, or a word on why there is none".to_owned(),
    )
}

pub(super) fn late_update(promised: &Length, waited: Option<TimeDelta>) -> Said {
    said(
        match waited {
            Some(waited) => format!("news was promised within {}, the next came after {}", short(promised.length), short(waited)),
            None => format!("news was promised within {}, none came", short(promised.length)),
        },
        "an update in time".to_owned(),
    )
}

pub(super) fn late_fix(promised: &Length, took: TimeDelta) -> Said {
    said(
        format!("{} was announced, it took {}", stated(promised), short(took)),
        "a new estimate before the first ran out".to_owned(),
    )
}

// Against the log.

pub(super) fn log_time(what: &str, here: &Moment, logged: &Moment) -> Said {
    said(
        format!("the text says {what} at {}, the incident's log {}", at(here), at(logged)),
        at(logged),
    )
}

pub(super) fn log_window(start: &Moment, end: &Moment, logged: &str) -> Said {
    said(
        format!("the incident's log has no outage from {} to {}; it has {logged}", at(start), at(end)),
        logged.to_owned(),
    )
}

pub(super) fn log_window_ends(start: &Moment, end: &Moment) -> String {
    format!("{} to {}", at(start), at(end))
}

pub(super) fn log_length(length: &Length, downtime: TimeDelta) -> Said {
    said(
        format!("{} is stated, the outage windows of the log make {}", stated(length), short(downtime)),
        short(downtime),
    )
}

/// What a label of a field is called in a sentence.
pub(super) mod label {
    pub(in super::super) const STARTED: &str = "started";
    pub(in super::super) const DETECTED: &str = "detected";
    pub(in super::super) const DECLARED: &str = "declared";
    pub(in super::super) const REPAIRED: &str = "repaired";
    pub(in super::super) const RESOLVED: &str = "resolved";
    pub(in super::super) const ALL_CLEAR: &str = "the all-clear";
    pub(in super::super) const INCIDENT: &str = "the incident";
    pub(in super::super) const THIS_EVENT: &str = "this event";
    pub(in super::super) const RESTORED: &str = "service restored";
}

// The whole.

pub(super) fn nothing_found() -> String {
    "Nothing in it contradicts itself.\n".to_owned()
}

pub(super) fn block(finding: &Finding) -> String {
    let also = if finding.also.is_empty() {
        String::new()
    } else {
        let lines: Vec<_> = finding.also.iter().map(ToString::to_string).collect();
        format!(" (also line {})", lines.join(", "))
    };
    format!(
        "line {}{also}: {} ({})\n  > {}\n  {}\n  consistent would be: {}\n",
        finding.line,
        kind(finding.kind),
        finding.certainty,
        finding.quote,
        finding.why,
        finding.consistent_would_be
    )
}

fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Duration => "a duration that its times contradict",
        Kind::EndBeforeStart => "an end before its start",
        Kind::DeclaredAfterResolved => "declared after resolved",
        Kind::BackInTime => "a list that goes back in time",
        Kind::Date => "a date that the rest contradicts",
        Kind::Weekday => "a weekday that is not that date's",
        Kind::TwoTimes => "one event with two times",
        Kind::HalfDay => "am and pm",
        Kind::Zone => "a time without a zone",
        Kind::Count => "a number that its list contradicts",
        Kind::Uncovered => "a window without an update",
        Kind::Promise => "a promise not kept",
        Kind::Log => "the log says otherwise",
    }
}

pub(super) fn total_line(count: usize, certain: usize) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{count} finding{plural}, {certain} certain.\n")
}

pub(super) fn summary(report: &Report) -> String {
    let certain = report
        .findings
        .iter()
        .filter(|finding| finding.certainty == Certainty::Certain)
        .count();
    total_line(report.findings.len(), certain)
}
