//! `a 68 minute period` in the summary, `Outage begins` at 10:02 and `Outage ends` at 10:49 in the timeline.

use std::sync::LazyLock;

use chrono::TimeDelta;
use regex::Regex;

use super::super::document::{Document, Topic};
use super::super::events::Event;
use super::super::finding::{Certainty, Finding, Kind};
use super::super::source::{Role, regex};
use super::super::words;
use super::stated_length::windows_fit;
use super::{finding, list_order};
use crate::incident::human_time::Hedge;

static BEGINS: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?i)\b(?:(?:customer |user )?(?:impact|outage|incident|downtime|disruption|degradation) (?:begins|began|starts|started|start)|(?:start|beginning) of (?:the )?(?:\w+ )?(?:impact|outage|incident|downtime|disruption))\b",
    )
});
static ENDS: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?i)\b(?:(?:customer |user )?(?:impact|outage|incident|downtime|disruption|degradation) (?:is |was |has )?(?:ends|ended|end|over|resolved|closed|mitigated)|end of (?:the )?(?:\w+ )?(?:impact|outage|incident|downtime|disruption)|(?:outage|incident|impact|downtime) to an end|(?:fully )?(?:operational|restored|recovered)|back to normal|all[- ]clear|(?:is|are|was|were|came|comes) (?:back|up)(?: again| online)?|resolved)\b",
    )
});
/// A length that is said of the whole of it.
static WHOLE_BEFORE: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?i)\b(?:outage|incident|downtime|disruption|impact)\b(?: \w+){0,2} (?:lasted|lasting|of|for)(?: (?:a total of|in total|about|around|approximately|roughly|just over|just under))*\s*$|\b(?:in total|in all|altogether)\b[^.;]{0,50}\b(?:for|lasted)\b[^.;]{0,20}$",
    )
});
static WHOLE_AFTER: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?i)^[\s-]*(?:of )?(?:\w+ )?(?:outage|downtime|disruption|interruption|period (?:during|in|where|when))\b",
    )
});

/// Lengths of the whole outage that none of its marked ends gives.
pub(super) fn findings(document: &Document, known: &[Finding]) -> Vec<Finding> {
    let broken = document.timelines.iter().any(|l| list_order::is_broken(l))
        || known
            .iter()
            .any(|f| matches!(f.kind, Kind::Date | Kind::EndBeforeStart));
    let marked = |pattern: &Regex| -> Vec<&Event> {
        let events = document.timelines.iter().flatten();
        events
            .filter(|event| event.at.clock.is_some())
            .filter(|event| {
                let text = event.text(&document.pieces);
                let head: String = text.chars().take(300).collect();
                pattern.is_match(&head)
            })
            .collect()
    };
    let begins = marked(&BEGINS);
    // Of several outages nobody knows which one is meant.
    let [begin] = begins[..] else {
        return Vec::new();
    };
    let ends: Vec<(&Event, TimeDelta)> = marked(&ENDS)
        .into_iter()
        .filter_map(|end| Some((end, end.at.since(&begin.at)?)))
        .filter(|(_, elapsed)| *elapsed > TimeDelta::zero())
        .collect();
    if broken || ends.is_empty() {
        return Vec::new();
    }
    let mut found = Vec::new();
    for (index, piece) in document.pieces.iter().enumerate() {
        let prose = matches!(piece.segment.role, Role::Text | Role::Item);
        if !prose || !document.part(index).is_free() || piece.topic == Topic::Beyond {
            continue;
        }
        if !piece.is_prose_sized() || piece.stamps.iter().any(|stamp| stamp.clock.is_some()) {
            continue;
        }
        for length in &piece.lengths {
            let text = &piece.segment.text;
            let said = piece.sentence(length.start, length.end);
            let whole = WHOLE_BEFORE.is_match(&text[said.start..length.start])
                || WHOLE_AFTER.is_match(&text[length.end..said.end]);
            let bounds = matches!(length.hedge, Hedge::AtLeast | Hedge::AtMost);
            let other = ELSEWHEN.is_match(&text[said]);
            if !whole || bounds || other || length.range {
                continue;
            }
            let slack = TimeDelta::minutes(if begin.at.hedged { 10 } else { 4 });
            let fits = ends.iter().any(|(_, elapsed)| {
                length.fits(*elapsed) || (*elapsed - length.length).abs() <= slack
            });
            let nearest = ends
                .iter()
                .min_by_key(|(_, elapsed)| (*elapsed - length.length).abs());
            if let (false, false, Some((end, elapsed))) =
                (fits, windows_fit(document, length), nearest)
            {
                let said = words::two_lengths(length, &begin.at, &end.at, *elapsed);
                let certainty = match length.hedge {
                    Hedge::Exact => Certainty::Likely,
                    _ => Certainty::Look,
                };
                let mut one = finding(document, index, Kind::Duration, certainty, said);
                one.line = piece.segment.line_at(length.start);
                one.also.push(document.line(end.piece));
                found.push(one);
            }
        }
    }
    found
}

/// Another outage, or one that might have been.
static ELSEWHEN: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?i)\b(?:previous|earlier|last|similar|another|other|(?:would|could|should|might)(?: have)|usually|typically|normally|average|planned|scheduled|some|partial(?:ly)?|each|every|per|maximum|until|before|first|second|budget|SLA|SLO)\b",
    )
});
