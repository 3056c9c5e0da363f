//! Lengths that the text states against those of the log.

use std::sync::LazyLock;

use chrono::{DateTime, TimeDelta, Utc};
use regex::Regex;

use super::super::super::document::Document;
use super::super::super::fields::Label;
use super::super::super::finding::{Certainty, Finding, Kind};
use super::super::super::run::Against;
use super::super::super::source::{Role, regex};
use super::super::super::words;
use super::finding;
use crate::incident::{Spans, Status};

pub(super) fn findings(
    document: &Document,
    against: Against<'_>,
    known: &[Finding],
) -> Vec<Finding> {
    let mut found = downtime(document, against);
    found.extend(measures(document, against));
    found.extend(later(document, against));
    // A wrong time explains a wrong length beside it.
    found.retain(|one| !known.iter().any(|other| other.line == one.line));
    found
}

/// A field that states the downtime.
fn downtime(document: &Document, against: Against<'_>) -> Vec<Finding> {
    let open = against.incident.open_outages().next().is_some();
    if against.incident.outages.is_empty() || open {
        return Vec::new();
    }
    let downtime = against.incident.downtime(DateTime::<Utc>::MAX_UTC);
    document
        .all_fields()
        .filter(|field| field.label == Label::Duration)
        .filter_map(|field| Some((field.piece, field.length()?)))
        .filter(|(_, length)| !length.fits(downtime))
        .map(|(piece, length)| {
            finding(
                document,
                piece,
                Kind::Log,
                Certainty::Look,
                words::log_length(length, downtime),
            )
        })
        .collect()
}

/// `Time to detect: 25 minutes` of what was declared after 8.
fn measures(document: &Document, against: Against<'_>) -> Vec<Finding> {
    let spans = Spans::of(against.incident);
    let length = |span: crate::incident::Span| span.ok().map(|(from, to)| to - from);
    let whole = |to: Option<DateTime<Utc>>| {
        let start = against
            .incident
            .outages
            .iter()
            .map(|outage| outage.start)
            .min();
        Some(to? - start?)
    };
    let mut found = Vec::new();
    for field in document.all_fields() {
        let Some(stated) = field.length() else {
            continue;
        };
        let resolved = spans.resolve.ok().map(|(_, to)| to);
        let repaired = spans.mitigate.ok().map(|(_, to)| to);
        let since_declared = |to: Option<DateTime<Utc>>| Some(to? - against.incident.opened_at);
        let logged: Vec<TimeDelta> = match field.label {
            Label::TimeToDetect | Label::TimeToDeclare => vec![length(spans.declare)],
            Label::TimeToRepair => vec![length(spans.mitigate), since_declared(repaired)],
            Label::TimeToResolve => vec![length(spans.resolve), whole(resolved)],
            _ => continue,
        }
        .into_iter()
        .flatten()
        .collect();
        let Some(nearest) = logged
            .iter()
            .min_by_key(|one| (**one - stated.length).abs())
        else {
            continue;
        };
        // It may have been noticed before anybody declared it.
        let earlier = field.label == Label::TimeToDetect && stated.length < *nearest;
        if !logged.iter().any(|one| fits(stated, *one)) && !earlier {
            let said = words::log_measure(stated, *nearest);
            found.push(finding(
                document,
                field.piece,
                Kind::Log,
                Certainty::Likely,
                said,
            ));
        }
    }
    found
}

static OVER: LazyLock<Regex> =
    LazyLock::new(|| regex(r"(?i)\b(?:resolved|over|closed)\b[^.;]{0,30}$"));
static AFTER: LazyLock<Regex> = LazyLock::new(|| {
    regex(r"(?i)^\s*(?:later\b|after (?:it|the incident) (?:had been |was )?declared)")
});
static DECLARED: LazyLock<Regex> = LazyLock::new(|| regex(r"(?i)\bdeclared\b"));

/// `Declared at 09:20, and resolved 1 hour and 40 minutes later`
fn later(document: &Document, against: Against<'_>) -> Vec<Finding> {
    let opened = against.incident.opened_at;
    let changes = against.incident.status.changes().iter();
    let ends = changes.filter(|change| change.value == Status::Resolved);
    // What was told late or corrected may lie before the declaration: then nothing is so much later.
    let ends = ends.filter(|change| change.at >= opened);
    let logged: Vec<TimeDelta> = ends.map(|change| change.at - opened).collect();
    let mut found = Vec::new();
    for (index, piece) in document.pieces.iter().enumerate() {
        if piece.segment.role == Role::Quote {
            continue;
        }
        let text = &piece.segment.text;
        for stated in &piece.lengths {
            let sentence = piece.sentence(stated.start, stated.end);
            let told = OVER.is_match(&text[sentence.start..stated.start])
                && AFTER.is_match(&text[stated.end..sentence.end])
                && DECLARED.is_match(&text[sentence]);
            let nearest = logged
                .iter()
                .min_by_key(|one| (**one - stated.length).abs());
            let Some(nearest) = nearest.filter(|_| told) else {
                continue;
            };
            if !fits(stated, *nearest) {
                let said = words::log_measure(stated, *nearest);
                found.push(finding(document, index, Kind::Log, Certainty::Likely, said));
            }
        }
    }
    found
}

/// A log knows seconds where a report counts from minute to minute.
fn fits(stated: &crate::incident::human_time::Length, logged: TimeDelta) -> bool {
    let minutes = [-1, 0, 1].map(TimeDelta::minutes);
    minutes.iter().any(|by| stated.fits(logged + *by))
}
