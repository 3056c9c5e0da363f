//! `For four hours on Tuesday, between 10:00 and 13:00, nobody could ...`: a length at the head of a sentence that names its window.

use std::sync::LazyLock;

use chrono::TimeDelta;
use regex::Regex;

use super::super::document::{Document, Topic};
use super::super::finding::{Certainty, Finding, Kind};
use super::super::source::{Role, regex};
use super::super::spans::Window;
use super::super::words;
use super::finding;
use super::stated_length::windows_fit;
use crate::incident::human_time::{Hedge, Length};

static HEAD: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?i)^\W*(?:(?:and|so|then)\s+)?for\s+(?:about|around|roughly|approximately|nearly|almost|some|close to|just (?:over|under))?\s*$",
    )
});
/// A length of something that comes again, or before.
static OTHER: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?i)\b(?:each|every|daily|nightly|usually|normally|per|times|before|prior|earlier|days|nights|weekdays)\b",
    )
});
static FROM: LazyLock<Regex> = LazyLock::new(|| regex(r"(?i)\bfrom\s*$"));

/// `known` are the findings on durations so far.
pub(super) fn findings(document: &Document, known: &[Finding]) -> Vec<Finding> {
    let mut found = Vec::new();
    for (index, piece) in document.pieces.iter().enumerate() {
        if matches!(piece.segment.role, Role::Quote | Role::Meta)
            || piece.topic == Topic::Beyond
            || !piece.is_prose_sized()
        {
            continue;
        }
        let text = &piece.segment.text;
        for length in piece.lengths.iter().filter(|length| !length.range) {
            let said = piece.sentence(length.start, length.end);
            let others = piece
                .lengths
                .iter()
                .filter(|other| other.start >= said.start && other.end <= said.end);
            let alone = others.count() == 1;
            let head = HEAD.is_match(&text[said.start..length.start]);
            if !head || !alone || OTHER.is_match(&text[said.clone()]) {
                continue;
            }
            let mut windows = document.windows.iter().filter(|window| {
                window.piece == index && said.contains(&piece.stamps[window.stamp].start)
            });
            let (Some(window), None) = (windows.next(), windows.next()) else {
                continue;
            };
            let from = FROM.is_match(&text[..piece.stamps[window.stamp].start]);
            let Some(elapsed) = contradicted(document, window, length, from) else {
                continue;
            };
            let line = piece.segment.line_at(length.start);
            let told = known
                .iter()
                .any(|known| known.kind == Kind::Duration && known.line == line);
            if !told {
                let said = words::window_length(length, &window.start, &window.end, elapsed);
                let mut one = finding(document, index, Kind::Duration, Certainty::Likely, said);
                one.line = line;
                found.push(one);
            }
        }
    }
    found
}

/// How long the window is, where that cannot be what the sentence says. `For ten minutes between nine and ten` is a part of it.
fn contradicted(
    document: &Document,
    window: &Window,
    length: &Length,
    from: bool,
) -> Option<TimeDelta> {
    let hedged = window.start.hedged || window.end.hedged;
    let firm = matches!(length.hedge, Hedge::Exact | Hedge::About);
    let elapsed = window
        .length()
        .filter(|elapsed| *elapsed > TimeDelta::zero())?;
    let wrong = !length.fits(elapsed) && (from || length.length > elapsed);
    (wrong && firm && !hedged && !windows_fit(document, length)).then_some(elapsed)
}
