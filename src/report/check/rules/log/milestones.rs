//! When it was declared, identified, resolved, and when its severity changed: fields, updates, timelines and prose against the log.

use std::sync::LazyLock;

use chrono::{DateTime, TimeDelta, Utc};
use regex::Regex;

use super::super::super::document::{Document, Topic};
use super::super::super::fields::Label;
use super::super::super::finding::{Certainty, Finding, Kind};
use super::super::super::moment::Moment;
use super::super::super::run::Against;
use super::super::super::source::{Role, regex};
use super::super::super::words::{self, label};
use super::{apart, finding, finding_at, nearest, slack, zoned};
use crate::incident::{Fact, Severity, Status};

pub(super) fn findings(document: &Document, against: Against<'_>) -> Vec<Finding> {
    let mut found = stated(document, against);
    found.extend(told(document, against));
    found
}

/// When the log has a status.
fn reached(against: Against<'_>, status: Status) -> Vec<DateTime<Utc>> {
    let entries = against.entries.iter();
    let reached = entries.filter_map(|entry| match &entry.fact {
        Fact::StatusChanged { to, .. } if *to == status => Some(entry.happened_at),
        _ => None,
    });
    reached.collect()
}

/// Fields and posts against the status track.
fn stated(document: &Document, against: Against<'_>) -> Vec<Finding> {
    let told: Vec<DateTime<Utc>> = against
        .entries
        .iter()
        .filter(|entry| {
            matches!(
                entry.fact,
                Fact::Opened { .. } | Fact::StatusChanged { .. } | Fact::Updated { .. }
            )
        })
        .map(|entry| entry.happened_at)
        .collect();
    let fields = document.all_fields().filter_map(|field| {
        let (name, logged) = match field.label {
            Label::Declared => (label::DECLARED, vec![against.incident.opened_at]),
            Label::Started => (label::STARTED, starts(against)),
            Label::Resolved => (label::RESOLVED, reached(against, Status::Resolved)),
            _ => return None,
        };
        Some((field.piece, field.moment()?, name, logged))
    });
    let posts = document.posts.iter().filter_map(|post| {
        let logged = match post.status? {
            Status::Resolved => reached(against, Status::Resolved),
            Status::Postmortem => return None,
            _ => told.clone(),
        };
        let name = if post.status == Some(Status::Resolved) {
            label::RESOLVED
        } else {
            label::THIS_EVENT
        };
        Some((post.piece, &post.at, name, logged))
    });
    let mut found = Vec::new();
    for (piece, here, name, logged) in fields.chain(posts) {
        let here = zoned(here, against);
        let Some(nearest) = nearest(&here, &logged, against) else {
            continue;
        };
        if apart(&here, &nearest) > slack(&here) {
            found.push(finding(
                document,
                piece,
                Kind::Log,
                Certainty::Likely,
                words::log_time(name, &here, &nearest),
            ));
        }
    }
    found
}

/// What may be called the start: of an outage, or of the incident.
fn starts(against: Against<'_>) -> Vec<DateTime<Utc>> {
    let outages = against.incident.outages.iter().map(|outage| outage.start);
    let starts: Vec<_> = outages.collect();
    if starts.is_empty() {
        return starts;
    }
    starts
        .into_iter()
        .chain([against.incident.opened_at])
        .collect()
}

/// What happens at one moment that the log knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Milestone {
    Declared,
    Identified,
    Resolved,
    Severity(Severity),
}

impl Milestone {
    fn logged(self, against: Against<'_>) -> Vec<DateTime<Utc>> {
        match self {
            Self::Declared => vec![against.incident.opened_at],
            Self::Identified => reached(against, Status::Identified),
            Self::Resolved => reached(against, Status::Resolved),
            Self::Severity(severity) => {
                let changes = against.incident.severity.changes().iter();
                let changes = changes.filter(|change| change.value == severity);
                changes.map(|change| change.at).collect()
            }
        }
    }

    fn name(self) -> String {
        match self {
            Self::Declared => label::DECLARED.to_owned(),
            Self::Identified => label::IDENTIFIED.to_owned(),
            Self::Resolved => label::RESOLVED.to_owned(),
            Self::Severity(severity) => severity.to_string(),
        }
    }
}

static DECLARED: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?i)\b(?:incident (?:(?:was|is|has been) )?(?:officially )?declared|declar(?:ed|es?|ing) (?:the |an? )?(?:major )?incident|^declared)\b",
    )
});
static IDENTIFIED: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?i)\b(?:(?:root )?cause (?:(?:was|is|has been) )?(?:identified|found)|(?:identified|found) (?:the |its |a )?(?:root )?cause)\b",
    )
});
static RESOLVED: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?i)^\W*(?:(?:the )?incident (?:(?:was|is) )?)?(?:fully |marked (?:as )?)?resolved\b|\bincident (?:(?:was|is|has been) )?(?:fully |marked (?:as )?)?resolved\b",
    )
});
static SEVERITY: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?i)\b(?:(?:severity\b[^.;]{0,20}\b)?(?:raised|lowered|upgraded|downgraded|escalated|reduced|changed|set) to|severity to) sev(?:erity)?[\s-]?([1-4])\b",
    )
});

/// What an event of a timeline is.
fn of_event(text: &str) -> Option<Milestone> {
    if let Some(parts) = SEVERITY.captures(text) {
        let severity = format!("sev{}", &parts[1]).parse();
        return severity.ok().map(Milestone::Severity);
    }
    let said = [
        (&DECLARED, Milestone::Declared),
        (&IDENTIFIED, Milestone::Identified),
        (&RESOLVED, Milestone::Resolved),
    ];
    let mut said = said
        .into_iter()
        .filter(|(pattern, _)| pattern.is_match(text));
    // `identified and resolved` has one time for two things.
    match (said.next(), said.next()) {
        (Some((_, milestone)), None) => Some(milestone),
        _ => None,
    }
}

static LEADS_TO: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?i)\b(declared|resolved|(?:raised|lowered|upgraded|downgraded|changed|set) to sev[\s-]?([1-4]))\b(?:\W+(?:as sev[\s-]?[1-4]|on|at|by|it|from|the incident|an incident))*\W*(?:\d{1,2} \w+ \d{4},? )?(?:at )?$",
    )
});

/// What the words right before a time in prose say of it.
fn of_words_before(text: &str) -> Option<Milestone> {
    let parts = LEADS_TO.captures(text)?;
    if let Some(severity) = parts.get(2) {
        let severity = format!("sev{}", severity.as_str()).parse();
        return severity.ok().map(Milestone::Severity);
    }
    Some(match parts[1].to_lowercase().as_str() {
        "declared" => Milestone::Declared,
        _ => Milestone::Resolved,
    })
}

/// Events and prose. A time of another day tells of another incident, unless it is the log's time but for its date.
fn told(document: &Document, against: Against<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    let mut judge = |piece: usize, stamp: usize, here: &Moment, milestone: Milestone| {
        let here = zoned(here, against);
        let clock = here.clock.filter(|clock| !clock.hour_only);
        let logged = milestone.logged(against);
        let (Some(_), Some(nearest)) = (clock, nearest(&here, &logged, against)) else {
            return;
        };
        let away = apart(&here, &nearest);
        let same_clock = apart(&here.on(nearest.day), &nearest) <= slack(&here);
        if away > slack(&here) && (away <= TimeDelta::hours(12) || same_clock) {
            found.push(finding_at(
                document,
                piece,
                stamp,
                Kind::Log,
                Certainty::Likely,
                words::log_time(&milestone.name(), &here, &nearest),
            ));
        }
    };
    for event in document.timelines.iter().flatten() {
        let topic = document.pieces[event.piece].topic;
        if let Some(milestone) = of_event(&event.text(&document.pieces))
            && topic != Topic::Beyond
        {
            judge(event.piece, 0, &event.at, milestone);
        }
    }
    for (index, piece) in document.pieces.iter().enumerate() {
        let prose = matches!(piece.segment.role, Role::Text | Role::Item);
        if !prose || !document.part(index).is_free() {
            continue;
        }
        let mut from = 0;
        for (place, stamp) in piece.stamps.iter().enumerate() {
            let words = &piece.segment.text[from..stamp.start];
            let sentence = words.rfind(". ").map_or(words, |dot| &words[dot + 2..]);
            // A time that only names its day stands before the clock it belongs to.
            if stamp.clock.is_some() {
                from = stamp.end;
            }
            if let (Some(milestone), Some(Some(here))) =
                (of_words_before(sentence), piece.moments.get(place))
            {
                judge(index, place, here, milestone);
            }
        }
    }
    found
}
