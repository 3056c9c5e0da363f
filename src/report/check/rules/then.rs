//! `It stopped at 06:10. It was detected 4 minutes later by the freshness alarm.` and in the timeline `06:41 freshness alarm fires`.

use std::sync::LazyLock;

use chrono::TimeDelta;
use regex::Regex;

use super::super::document::{Document, Piece, Topic};
use super::super::events::Event;
use super::super::finding::{Certainty, Finding, Kind};
use super::super::moment::Moment;
use super::super::source::{Role, regex};
use super::super::words;
use super::finding;
use super::offset::stems;
use crate::incident::human_time::{Hedge, Length};

static LATER: LazyLock<Regex> = LazyLock::new(|| regex(r"(?i)^\s+(?:later|afterwards)\b"));
/// What is counted from something else than the time above.
static OTHER: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?i)\b(?:again|each|every|another|later than|before|since|after (?:the|that|this|it|a)\b)",
    )
});
/// Words that two sentences share by chance.
const COMMON: [&str; 24] = [
    "minut",
    "hour",
    "second",
    "day",
    "later",
    "afterward",
    "detect",
    "notic",
    "it",
    "we",
    "and",
    "that",
    "then",
    "incident",
    "issu",
    "problem",
    "service",
    "servic",
    "system",
    "team",
    "user",
    "customer",
    "first",
    "again",
];

/// Lengths counted from the time of the sentence before, against the one event that is told in the same words.
pub(super) fn findings(document: &Document) -> Vec<Finding> {
    let mut found = Vec::new();
    for (index, piece) in document.pieces.iter().enumerate() {
        let prose = matches!(piece.segment.role, Role::Text | Role::Item);
        if !prose
            || !piece.is_prose_sized()
            || !document.part(index).is_free()
            || piece.topic == Topic::Beyond
        {
            continue;
        }
        for length in piece.lengths.iter().filter(|length| !length.range) {
            if let Some((from, event, elapsed)) = contradicted(document, piece, length) {
                let said = words::window_length(length, from, &event.at, elapsed);
                let mut one = finding(document, index, Kind::Duration, Certainty::Likely, said);
                one.line = piece.segment.line_at(length.start);
                one.also.push(document.line(event.piece));
                found.push(one);
            }
        }
    }
    found
}

fn exact(at: &Moment) -> bool {
    at.clock.is_some_and(|clock| !clock.hour_only) && !at.hedged
}

/// The time above, the event and what lies between them, where that is not the length.
fn contradicted<'a>(
    document: &'a Document,
    piece: &'a Piece,
    length: &Length,
) -> Option<(&'a Moment, &'a Event, TimeDelta)> {
    let text = &piece.segment.text;
    let said = piece.sentence(length.start, length.end);
    let own = piece.stamps.iter().any(|stamp| said.contains(&stamp.start));
    let firm = matches!(length.hedge, Hedge::Exact | Hedge::About);
    let sentence = &text[said.clone()];
    if own || !firm || !LATER.is_match(&text[length.end..]) || OTHER.is_match(sentence) {
        return None;
    }
    let above = piece
        .stamps
        .iter()
        .rposition(|stamp| stamp.end <= said.start)?;
    let from = piece.moments.get(above)?.as_ref().filter(|at| exact(at))?;
    let words: Vec<String> = stems(sentence)
        .into_iter()
        .filter(|stem| !COMMON.contains(&stem.as_str()) && !stem.starts_with(char::is_numeric))
        .collect();
    let shared = |event: &Event| {
        let told = stems(&event.text(&document.pieces));
        words.iter().filter(|word| told.contains(word)).count()
    };
    const MOST: usize = 100;
    let events = document.timelines.iter().flatten().take(MOST);
    let mut same = events.filter(|event| exact(&event.at) && shared(event) >= 2);
    let (Some(event), None) = (same.next(), same.next()) else {
        return None;
    };
    let elapsed = event.at.since(from)?;
    let near = elapsed > TimeDelta::zero() && elapsed <= TimeDelta::hours(12);
    (near && !length.fits(elapsed)).then_some((from, event, elapsed))
}
