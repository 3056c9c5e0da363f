//! `It took the on-call 8 minutes to acknowledge` beside a timeline in which no such time lies before the acknowledgement.

use std::sync::LazyLock;

use chrono::TimeDelta;
use regex::Regex;

use super::super::document::{Document, Topic};
use super::super::events::Event;
use super::super::finding::{Certainty, Finding, Kind};
use super::super::source::{Role, regex};
use super::super::words;
use super::{finding, list_order, told_in};
use crate::incident::human_time::Hedge;

/// What takes time, as prose says it, and how a timeline tells that it is done.
static DEEDS: LazyLock<[(Regex, Regex); 4]> = LazyLock::new(|| {
    [
        (
            regex(r"(?i)^\s+(?:for \w+ )?to (?:acknowledge|respond|react|answer)\b"),
            regex(r"(?i)\b(?:acknowledg|responds?\b|responded|answers?\b|answered|ack)"),
        ),
        (
            regex(r"(?i)^\s+(?:for \w+ )?to (?:detect|notice|discover)\b"),
            regex(r"(?i)\b(?:detect|notice|discover|alert|paged?\b|pages\b|reports?\b|reported\b)"),
        ),
        (
            regex(r"(?i)^\s+(?:for \w+ )?to (?:declare)\b"),
            regex(r"(?i)\bdeclare"),
        ),
        (
            regex(
                r"(?i)^\s+(?:for \w+ )?to (?:find|identify|locate|pin down|diagnose) (?:it|(?:the|a) (?:\w+ )?(?:cause|culprit|problem|issue|reason|change))\b",
            ),
            regex(r"(?i)\b(?:found|find|finds|identif|culprit|cause|diagnos|suspect|correlat)"),
        ),
    ]
});
static TOOK: LazyLock<Regex> =
    LazyLock::new(|| regex(r"(?i)\b(?:took|needed|required)\b[^.;]{0,40}$"));

/// `Detection took 50 minutes`: the deed before its length, by its place among the deeds.
static NOUNS: LazyLock<[(Regex, usize); 3]> = LazyLock::new(|| {
    [
        (
            regex(
                r"(?i)\b(?:acknowledge?ment|first response) (?:alone |itself )?took\b[^.;]{0,15}$",
            ),
            0,
        ),
        (
            regex(r"(?i)\bdetection (?:alone |itself )?took\b[^.;]{0,15}$"),
            1,
        ),
        (
            regex(r"(?i)\b(?:diagnosis|identification) (?:alone |itself )?took\b[^.;]{0,15}$"),
            3,
        ),
    ]
});

/// Against every time before an event that tells the deed; the last such event may come after others that only look like it.
pub(super) fn findings(document: &Document, known: &[Finding]) -> Vec<Finding> {
    let broken = document.timelines.iter().any(|l| list_order::is_broken(l))
        || known.iter().any(|finding| finding.kind == Kind::Date);
    let events: Vec<(&Event, String)> = (document.timelines.iter().flatten())
        .filter(|event| event.at.clock.is_some())
        .map(|event| (event, event.text(&document.pieces)))
        .take(MOST)
        .collect();
    if broken || events.len() < 3 {
        return Vec::new();
    }
    let mut found = Vec::new();
    for (index, piece) in document.pieces.iter().enumerate() {
        let quoted = matches!(piece.segment.role, Role::Quote | Role::Meta);
        let free = document.part(index).is_free();
        if quoted || !free || !piece.is_prose_sized() {
            continue;
        }
        // Lessons tell of this incident as well, what is to be done does not.
        let told = piece.topic != Topic::Beyond || piece.segment.text.contains("took");
        for length in piece.lengths.iter().filter(|_| told) {
            let text = &piece.segment.text;
            let said = piece.sentence(length.start, length.end);
            let before = &text[said.start..length.start];
            let noun = NOUNS.iter().find(|(noun, _)| noun.is_match(before));
            let deed = DEEDS
                .iter()
                .find(|(deed, _)| deed.is_match(&text[length.end..said.end]))
                .or_else(|| noun.and_then(|(_, deed)| DEEDS.get(*deed)));
            let bounds = matches!(length.hedge, Hedge::AtLeast | Hedge::AtMost) || length.range;
            let (false, Some((_, done))) = (bounds, deed) else {
                continue;
            };
            if !TOOK.is_match(before) {
                continue;
            }
            let spans: Vec<_> = events
                .iter()
                .filter(|(_, text)| done.is_match(text))
                .flat_map(|(end, _)| {
                    let before = events.iter().map(move |(start, _)| (*start, *end));
                    before.filter_map(|(start, end)| Some((start, end, end.at.since(&start.at)?)))
                })
                .filter(|(_, _, elapsed)| *elapsed > TimeDelta::zero())
                .collect();
            let fits = spans.iter().any(|(_, _, elapsed)| {
                length.fits(*elapsed) || (*elapsed - length.length).abs() <= TimeDelta::minutes(2)
            });
            let nearest = spans
                .iter()
                .min_by_key(|(_, _, elapsed)| (*elapsed - length.length).abs());
            let line = piece.segment.line_at(length.start);
            if let (false, Some((start, end, elapsed))) = (fits, nearest)
                && !told_in(known, Kind::Duration, line)
            {
                let said = words::prose_length(length, *elapsed, &start.at, &end.at);
                let mut one = finding(document, index, Kind::Duration, Certainty::Likely, said);
                one.line = line;
                one.also.push(document.line(end.piece));
                found.push(one);
            }
        }
    }
    found
}

/// How many events are paired.
const MOST: usize = 60;
