//! What happened, in a few sentences made of facts alone.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use schemars::JsonSchema;
use serde::Serialize;

use super::record::Record;
use crate::incident::human_time::to_minute;
use crate::incident::{Fact, Line, Relation, Seq, Severity, Status};
use crate::report::downtime;
use crate::report::moment::Length;
use crate::words::link;
use crate::words::summary::{self as words, Course, End, Told};

/// A sentence of fact and the entries it stands on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Sentence {
    /// The sentence.
    pub text: String,
    /// The entries.
    pub cites: Vec<Seq>,
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Summary {
    /// What, how bad, from when to when, for how long.
    pub sentences: Vec<Sentence>,
    /// What people wrote when they declared it.
    pub opening: Option<Sentence>,
}

pub(super) fn of(record: &Record<'_>) -> Summary {
    let incident = record.incident;
    let opening = incident.summary.as_deref().map(|text| Sentence {
        text: record.spoken(text).into_owned(),
        cites: vec![Seq(1)],
    });
    let affected = affected(record);
    let ties = ties(record);
    Summary {
        sentences: [Some(course(record)), affected]
            .into_iter()
            .flatten()
            .chain(ties)
            .collect(),
        opening,
    }
}

/// `INC-7 was a SEV1 incident (critical impact), declared ... and resolved ...`
fn course(record: &Record<'_>) -> Sentence {
    let incident = record.incident;
    let worst = incident
        .severity
        .changes()
        .iter()
        .min_by_key(|change| change.value);
    let severity = worst.map_or(Severity::Sev3, |change| change.value);
    let mut cites = vec![Seq(1)];
    cites.extend(worst.map(|change| change.seq));
    let last = incident.severity_now();
    let status = incident.status.current();
    let end = match incident.status_now() {
        Status::Resolved | Status::Postmortem => {
            let changes = incident.status.changes().iter();
            let resolved = changes
                .rev()
                .find(|change| change.value == Status::Resolved);
            cites.extend(resolved.map(|change| change.seq));
            resolution(record, resolved.map_or(incident.opened_at, |one| one.at))
        }
        Status::Cancelled => {
            cites.extend(status.map(|change| change.seq));
            let at = record.moment(incident.status_since()).text;
            End::Cancelled { at }
        }
        status_now => {
            cites.extend(status.map(|change| change.seq));
            End::Open {
                status: status_now,
                since: record.moment(incident.status_since()).text,
            }
        }
    };
    cites.sort_unstable();
    cites.dedup();
    let text = words::course(Course {
        number: incident.key.number,
        drill: incident.drill,
        severity,
        last: (last != severity).then_some(last),
        by: incident.opened_by.name(),
        declared: &record.moment(incident.opened_at).text,
        end: &end,
    });
    Sentence { text, cites }
}

fn resolution(record: &Record<'_>, at: DateTime<Utc>) -> End {
    let incident = record.incident;
    let (opened, moment) = (incident.opened_at, record.moment(at).text);
    if at < opened {
        return End::ResolvedBefore { at: moment };
    }
    if to_minute(at) > to_minute(opened) {
        return End::Resolved {
            at: moment,
            later: Length::between(opened, at).text,
        };
    }
    let windows = incident.outages_in_order();
    let mut ends = windows.iter().map(|window| window.end);
    let over = ends.all(|end| end.is_some_and(|(end, _)| end <= at));
    End::ResolvedAtOnce {
        after_outage: over && !windows.is_empty(),
    }
}

/// `Users were affected for 7h 14m in 2 outage windows, from ... to ...`
fn affected(record: &Record<'_>) -> Option<Sentence> {
    let windows = record.incident.outages_in_order();
    let first = windows.first()?;
    let downtime = downtime::of(record.incident, record.now)?;
    let total = Length::new(downtime.total).text;
    let (count, start) = (windows.len(), record.moment(first.start).text);
    let end = windows
        .iter()
        .filter_map(|window| window.end)
        .max_by_key(|(end, _)| *end);
    let text = match end {
        _ if downtime.so_far => words::affected_so_far(&total, count, &start),
        Some((end, _)) => {
            let end = record.moment(end).text;
            words::affected((&total, downtime.at_least), count, (&start, &end))
        }
        None => words::affected_from(&start),
    };
    let mut cites: Vec<Seq> = windows.iter().map(|window| window.seq).collect();
    cites.extend(windows.iter().filter_map(|window| Some(window.end?.1)));
    cites.sort_unstable();
    cites.dedup();
    Some(Sentence { text, cites })
}

/// Of what it is a duplicate, and which are its duplicates.
fn ties(record: &Record<'_>) -> Vec<Sentence> {
    let incident = record.incident;
    // The entry that tied them last: a tie can be taken back and made again.
    let cites = |own: bool| {
        let told = record
            .entries
            .iter()
            .filter_map(move |entry| match entry.fact {
                Fact::Linked {
                    relation: Relation::DuplicateOf,
                    to,
                    back,
                } if back != own => Some((to, entry.seq)),
                _ => None,
            });
        told.collect::<BTreeMap<_, _>>()
    };
    let (of, by) = (cites(true), cites(false));
    let original = incident.duplicate_of().map(|original| Sentence {
        text: link::is_duplicate(original),
        cites: of.get(&original).copied().into_iter().collect(),
    });
    let duplicates: Vec<_> = incident.duplicates().collect();
    let declared = (!duplicates.is_empty()).then(|| Sentence {
        text: link::has_duplicates(&duplicates),
        cites: duplicates
            .iter()
            .filter_map(|one| by.get(one).copied())
            .collect(),
    });
    original.into_iter().chain(declared).collect()
}

/// The lines that were written for the public, in the order they happened.
pub(super) fn told_lines<'r, 'a>(record: &'r Record<'a>) -> Vec<&'r Line<'a>> {
    let told = record.lines.iter().filter(|line| match &line.entry.fact {
        Fact::Updated { .. } => true,
        Fact::StatusChanged { message, .. } => message.is_some(),
        _ => false,
    });
    told.collect()
}

/// What the public was told: how often, first and last, and how late.
pub(super) fn told(record: &Record<'_>) -> Option<Sentence> {
    let told = told_lines(record);
    let (first, last) = (told.first()?, told.last()?);
    let opened = record.incident.opened_at;
    let told_when = if first.at < opened {
        Told::Before
    } else if to_minute(first.at) == to_minute(opened) {
        Told::With
    } else {
        Told::After(Length::between(opened, first.at).text)
    };
    let mut cites = vec![first.entry.seq];
    let windows = record.incident.outages_in_order();
    let before = windows
        .first()
        .filter(|window| to_minute(window.start) < to_minute(opened) && first.at >= opened);
    cites.extend(before.map(|window| window.seq));
    let affected = before.map(|window| Length::between(window.start, first.at).text);
    let how_late = words::how_late(&told_when, affected.as_deref());
    let first_at = record.moment(first.at).text;
    let text = if told.len() == 1 {
        words::told_once(&first_at, &how_late)
    } else {
        cites.push(last.entry.seq);
        words::told(
            told.len(),
            (&first_at, &how_late),
            &record.moment(last.at).text,
        )
    };
    cites.sort_unstable();
    cites.dedup();
    Some(Sentence { text, cites })
}
