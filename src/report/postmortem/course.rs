//! What the log says for certain where people go on to write: how late it was noticed, when it was known, how it ended, what took long.

use chrono::{DateTime, TimeDelta, Utc};

use super::record::Record;
use super::summary::{self, Sentence};
use crate::incident::human_time::to_minute;
use crate::incident::{Change, Section, Seq, Status};
use crate::report::moment::Length;
use crate::words::course;

/// From when on it is said that the public heard nothing.
const LONG_SILENCE: TimeDelta = TimeDelta::minutes(60);

pub(super) fn of(record: &Record<'_>, section: Section) -> Vec<Sentence> {
    match section {
        Section::Detection => Vec::from_iter(detection(record)),
        Section::RootCause => Vec::from_iter(known(record)),
        Section::Resolution => resolution(record),
        Section::WentBadly => badly(record),
        _ => Vec::new(),
    }
}

fn sentence(text: String, mut cites: Vec<Seq>) -> Sentence {
    cites.sort_unstable();
    cites.dedup();
    Sentence { text, cites }
}

/// When users were first affected, and the entry that says so.
fn first_effect(record: &Record<'_>) -> Option<(DateTime<Utc>, Seq)> {
    let windows = record.incident.outages_in_order();
    windows.first().map(|window| (window.start, window.seq))
}

fn detection(record: &Record<'_>) -> Option<Sentence> {
    let (start, by) = first_effect(record)?;
    let opened = record.incident.opened_at;
    let (affected, declared) = (record.moment(start).text, record.moment(opened).text);
    let text = if to_minute(start) < to_minute(opened) {
        course::declared_late(&affected, &declared, &Length::between(start, opened).text)
    } else {
        course::declared_early(&affected, &declared)
    };
    Some(sentence(text, vec![Seq(1), by]))
}

/// Each time the cause was known: again after the status had gone back.
fn identified<'r>(record: &'r Record<'_>) -> impl Iterator<Item = &'r Change<Status>> {
    let changes = record.incident.status.changes().iter();
    changes.filter(|change| change.value == Status::Identified)
}

fn known(record: &Record<'_>) -> Option<Sentence> {
    let first = identified(record).next()?;
    let opened = record.incident.opened_at;
    // Taken over from elsewhere, it may have been known before it was declared.
    let after =
        (to_minute(first.at) > to_minute(opened)).then(|| Length::between(opened, first.at).text);
    let again: Vec<_> = identified(record).skip(1).collect();
    let times: Vec<String> = again
        .iter()
        .map(|change| record.moment(change.at).text)
        .collect();
    let text = course::identified(&record.moment(first.at).text, after.as_deref(), &times);
    let cites = again.iter().map(|change| change.seq).chain([first.seq]);
    Some(sentence(text, cites.collect()))
}

fn resolution(record: &Record<'_>) -> Vec<Sentence> {
    let incident = record.incident;
    let mut found = Vec::new();
    let ends = incident.outages.iter().filter_map(|window| window.end);
    let all_ended = incident.open_outages().next().is_none();
    let last = ends.max_by_key(|(end, _)| *end).filter(|_| all_ended);
    let changes = incident.status.changes();
    let resolved = changes
        .iter()
        .rfind(|change| change.value == Status::Resolved);
    if let (Some((end, by)), Some(resolved)) = (last, resolved)
        && to_minute(end) <= to_minute(resolved.at)
    {
        let (ended, over) = (record.moment(end).text, record.moment(resolved.at).text);
        let later = (to_minute(end) < to_minute(resolved.at))
            .then(|| Length::between(end, resolved.at).text);
        let text = course::resolved(&ended, &over, later.as_deref());
        found.push(sentence(text, vec![by, resolved.seq]));
    }
    let back: Vec<_> = changes
        .windows(2)
        .filter(|pair| is_back(pair[0].value, pair[1].value))
        .map(|pair| &pair[1])
        .collect();
    if !back.is_empty() {
        let times: Vec<String> = back
            .iter()
            .map(|change| record.moment(change.at).text)
            .collect();
        let cites = back.iter().map(|change| change.seq).collect();
        found.push(sentence(course::went_back(&times), cites));
    }
    found
}

/// Whether a status is one that was thought to be behind.
fn is_back(from: Status, to: Status) -> bool {
    let place = |status| match status {
        Status::Investigating => 0,
        Status::Identified => 1,
        Status::Monitoring => 2,
        Status::Resolved | Status::Postmortem | Status::Cancelled => 3,
    };
    place(to) < place(from)
}

/// How long the public waited for its next word while it had a reason to wait: from the last word on, or, where the fix was in or all
/// was over by then, from when users were affected again.
fn silence(record: &Record<'_>, from: DateTime<Utc>, to: DateTime<Utc>) -> TimeDelta {
    let incident = record.incident;
    let changes = incident.status.changes().iter();
    let before = changes.rev().find(|change| change.at <= from);
    let waits = before
        .is_none_or(|change| matches!(change.value, Status::Investigating | Status::Identified));
    if waits || incident.outages.is_empty() {
        return to_minute(to) - to_minute(from);
    }
    let over = |end: Option<(DateTime<Utc>, Seq)>| end.is_some_and(|(end, _)| end <= from);
    let again = incident.outages.iter().filter(|window| !over(window.end));
    let again = again.map(|window| window.start.max(from)).min();
    again.map_or(TimeDelta::zero(), |again| to_minute(to) - to_minute(again))
}

fn badly(record: &Record<'_>) -> Vec<Sentence> {
    let mut found = Vec::new();
    let windows = record.incident.outages_in_order();
    if windows.len() > 1 {
        let again: Vec<String> = windows[1..]
            .iter()
            .map(|window| record.moment(window.start).text)
            .collect();
        let cites = windows[1..].iter().map(|window| window.seq).collect();
        found.push(sentence(course::came_back(&again), cites));
    }
    let told = summary::told_lines(record);
    let (effect, by) = first_effect(record).unwrap_or((record.incident.opened_at, Seq(1)));
    if let Some(first) = told.first()
        && to_minute(first.at) - to_minute(effect) >= LONG_SILENCE
    {
        let text = course::told_late(
            &record.moment(effect).text,
            &record.moment(first.at).text,
            &Length::between(effect, first.at).text,
        );
        found.push(sentence(text, vec![by, first.entry.seq]));
    }
    // What is told after the end has no hurry.
    let end = record.incident.resolved_at().unwrap_or(record.now);
    let longest = told
        .windows(2)
        .filter(|pair| pair[1].at <= end)
        .max_by_key(|pair| silence(record, pair[0].at, pair[1].at));
    if let Some([from, to]) = longest
        && silence(record, from.at, to.at) >= LONG_SILENCE
    {
        let text = course::longest_silence(
            &record.moment(from.at).text,
            &record.moment(to.at).text,
            &Length::between(from.at, to.at).text,
        );
        found.push(sentence(text, vec![from.entry.seq, to.entry.seq]));
    }
    found
}
