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

/// Whether from one moment to the other the fix was in and nobody was affected: who watches has little to tell.
fn only_watched(record: &Record<'_>, from: DateTime<Utc>, to: DateTime<Utc>) -> bool {
    let incident = record.incident;
    let status = |at| {
        let mut before = incident.status.changes().iter().rev();
        before
            .find(|change| change.at <= at)
            .map(|change| change.value)
    };
    let affected = incident.outages.iter().any(|window| {
        window.start < to
            && window
                .end
                .is_none_or(|(end, _)| to_minute(end) > to_minute(from))
    });
    !incident.outages.is_empty() && !affected && status(from) == Some(Status::Monitoring)
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
        .filter(|pair| pair[1].at <= end && !only_watched(record, pair[0].at, pair[1].at))
        .max_by_key(|pair| to_minute(pair[1].at) - to_minute(pair[0].at));
    if let Some([from, to]) = longest
        && to_minute(to.at) - to_minute(from.at) >= LONG_SILENCE
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
