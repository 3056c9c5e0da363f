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
use crate::words::count::{Noun, count};
use crate::words::language::{say, word};
use crate::words::link;
use crate::words::name;

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
    let last = if last == severity {
        String::new()
    } else {
        say!(", {last} at the end", ", am Ende {last}")
    };
    let number = incident.key.number;
    let status = incident.status.current();
    let (over, end) = match incident.status_now() {
        Status::Resolved | Status::Postmortem => {
            let changes = incident.status.changes().iter();
            let resolved = changes
                .rev()
                .find(|change| change.value == Status::Resolved);
            cites.extend(resolved.map(|change| change.seq));
            let at = resolved.map_or(incident.opened_at, |change| change.at);
            (true, resolution(record, at))
        }
        Status::Cancelled => {
            cites.extend(status.map(|change| change.seq));
            let at = record.moment(incident.status_since()).text;
            let end = say!(
                " and cancelled at {at} as a false alarm",
                " und abgebrochen am {at} als Fehlalarm"
            );
            (true, end)
        }
        open => {
            cites.extend(status.map(|change| change.seq));
            let since = record.moment(incident.status_since()).text;
            let end = say!(
                "; it is not over, its status is {open} since {since}",
                "; vorbei ist das nicht, der Status ist „{open}“ seit {since}",
                open = name::status(open)
            );
            (false, end)
        }
    };
    cites.sort_unstable();
    cites.dedup();
    let what = match (over, incident.drill) {
        (true, false) => say!(
            "{number} was a {severity} incident",
            "{number} war ein {severity}-Incident"
        ),
        (false, false) => say!(
            "{number} is a {severity} incident",
            "{number} ist ein {severity}-Incident"
        ),
        (true, true) => say!(
            "{number} was a {severity} exercise",
            "{number} war eine {severity}-Übung"
        ),
        (false, true) => say!(
            "{number} is a {severity} exercise",
            "{number} ist eine {severity}-Übung"
        ),
    };
    Sentence {
        text: say!(
            "{what} ({impact}{last}), declared by {who} at {declared}{end}.",
            "{what} ({impact}{last}), ausgerufen von {who} am {declared}{end}.",
            impact = name::impact(severity.impact()),
            who = incident.opened_by.name(),
            declared = record.moment(incident.opened_at).text
        ),
        cites,
    }
}

/// ` and resolved at ..., 2h 14m later`. What is told once it is over is declared and resolved in one go.
fn resolution(record: &Record<'_>, at: DateTime<Utc>) -> String {
    let incident = record.incident;
    let moment = record.moment(at).text;
    if at < incident.opened_at {
        return say!(
            " and resolved at {moment}, by the record before that",
            " und gelöst am {moment}, laut Aufzeichnung davor"
        );
    }
    if to_minute(at) > to_minute(incident.opened_at) {
        let after = Length::between(incident.opened_at, at).text;
        return say!(
            " and resolved at {moment}, {after} later",
            " und gelöst am {moment}, {after} später"
        );
    }
    let windows = incident.outages_in_order();
    let over = windows
        .iter()
        .all(|window| window.end.is_some_and(|(end, _)| end <= at));
    if over && !windows.is_empty() {
        return say!(
            " and resolved in the same minute, when users were no longer affected",
            " und in derselben Minute gelöst, als Nutzer nicht mehr betroffen waren"
        );
    }
    say!(
        " and resolved in the same minute",
        " und in derselben Minute gelöst"
    )
}

/// `Users were affected for 7h 14m in 2 outage windows, from ... to ...`
fn affected(record: &Record<'_>) -> Option<Sentence> {
    let windows = record.incident.outages_in_order();
    let first = windows.first()?;
    let downtime = downtime::of(record.incident, record.now)?;
    let total = Length::new(downtime.total).text;
    let in_windows = match windows.len() {
        1 => String::new(),
        many => say!(" in {many} outage windows", " in {many} Ausfällen"),
    };
    let start = record.moment(first.start).text;
    let end = windows
        .iter()
        .filter_map(|window| window.end)
        .max_by_key(|(end, _)| *end);
    let text = match end {
        _ if downtime.so_far => {
            say!(
                "Users have been affected for {total} so far{in_windows}, since {start}.",
                "Nutzer sind bisher {total} betroffen{in_windows}, seit {start}."
            )
        }
        Some((end, _)) => {
            let least = if downtime.at_least {
                word!("at least ", "mindestens ")
            } else {
                ""
            };
            let end = record.moment(end).text;
            say!(
                "Users were affected for {least}{total}{in_windows}, from {start} to {end}.",
                "Nutzer waren {least}{total} betroffen{in_windows}, von {start} bis {end}."
            )
        }
        None => say!(
            "Users were affected from {start}; for how long is not recorded.",
            "Nutzer waren ab {start} betroffen; wie lange, ist nicht aufgezeichnet."
        ),
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
    let mut how_late = if first.at < opened {
        say!("before the declaration", "vor dem Ausrufen")
    } else if to_minute(first.at) == to_minute(opened) {
        say!("as it was declared", "beim Ausrufen")
    } else {
        let after = Length::between(opened, first.at).text;
        say!("{after} after the declaration", "{after} nach dem Ausrufen")
    };
    let mut cites = vec![first.entry.seq];
    let windows = record.incident.outages_in_order();
    if let Some(window) = windows
        .first()
        .filter(|window| to_minute(window.start) < to_minute(opened))
        && first.at >= opened
    {
        let after = Length::between(window.start, first.at).text;
        how_late += &say!(
            " and {after} after users were first affected",
            " und {after} nach der ersten Auswirkung auf Nutzer"
        );
        cites.push(window.seq);
    }
    let first_at = record.moment(first.at).text;
    let text = if told.len() == 1 {
        say!(
            "One update was written for the public, at {first_at}, {how_late}.",
            "Ein öffentliches Update wurde geschrieben, am {first_at}, {how_late}."
        )
    } else {
        cites.push(last.entry.seq);
        let number = count(told.len(), Noun::Update);
        let last_at = record.moment(last.at).text;
        say!(
            "{number} were written for the public: the first at {first_at}, {how_late}, the last at {last_at}.",
            "{number} für die Öffentlichkeit wurden geschrieben: das erste am {first_at}, {how_late}, das letzte am {last_at}."
        )
    };
    cites.sort_unstable();
    cites.dedup();
    Some(Sentence { text, cites })
}
