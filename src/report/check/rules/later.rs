//! `rebooted at 00:25, 45 minutes later`, `at 14:31, half an hour after the release at 14:00`.

use std::sync::LazyLock;

use chrono::TimeDelta;
use regex::Regex;

use super::super::document::{DAY, Document, Piece};
use super::super::finding::{Certainty, Finding, Kind};

use super::super::moment::Moment;
use super::super::source::{Role, regex};
use super::super::words;
use super::finding;
use crate::incident::human_time::{Hedge, Length};

static LATER: LazyLock<Regex> = LazyLock::new(|| regex(r"(?i)^\s+(?:later|afterwards)\b"));
static AFTER: LazyLock<Regex> = LazyLock::new(|| regex(r"(?i)^\s+after\b[^.;,]{0,40}$"));
/// What may stand between a time and the duration that is said of it.
static SAID_OF: LazyLock<Regex> = LazyLock::new(|| {
    regex(r"(?i)^[\s,;(–—-]*(?:about|around|some|only|just|almost|nearly|that is)?\s*$")
});

pub(super) fn findings(document: &Document) -> Vec<Finding> {
    let mut found = Vec::new();
    for (index, piece) in document.pieces.iter().enumerate() {
        if piece.segment.role == Role::Quote {
            continue;
        }
        for length in piece.lengths.iter().filter(|length| !length.range) {
            let Some((from, to)) = between(piece, length) else {
                continue;
            };
            let Some(elapsed) = elapsed(from, to) else {
                continue;
            };
            if from.hedged || to.hedged || length.fits(elapsed) || explained(piece, to, length) {
                continue;
            }
            let certainty = if length.hedge == Hedge::Exact {
                Certainty::Likely
            } else {
                Certainty::Look
            };
            let said = words::window_length(length, from, to, elapsed);
            found.push(finding(document, index, Kind::Duration, certainty, said));
        }
    }
    found
}

/// The two times that a duration is said to lie between.
fn between<'a>(piece: &'a Piece, length: &Length) -> Option<(&'a Moment, &'a Moment)> {
    let text = &piece.segment.text;
    let last = piece
        .stamps
        .iter()
        .rposition(|stamp| stamp.end <= length.start)?;
    if !SAID_OF.is_match(&text[piece.stamps[last].end..length.start]) {
        return None;
    }
    let clocked = |place: usize| {
        let moment = piece.moments.get(place)?.as_ref()?;
        moment.clock.map(|_| moment)
    };
    let rest = &text[length.end..];
    if LATER.is_match(rest) {
        return Some((clocked(last.checked_sub(1)?)?, clocked(last)?));
    }
    let next = piece.stamps.get(last + 1)?;
    let after = AFTER.is_match(text.get(length.end..next.start)?);
    after.then(|| Some((clocked(last + 1)?, clocked(last)?)))?
}

/// From one to the other, over midnight where no date says otherwise.
fn elapsed(from: &Moment, to: &Moment) -> Option<TimeDelta> {
    let elapsed = to.since(from)?;
    let wrapped = elapsed < TimeDelta::zero() && !to.day_stated;
    Some(if wrapped { elapsed + DAY } else { elapsed })
        .filter(|elapsed| *elapsed >= TimeDelta::zero())
}

/// Whether another time of the piece is meant.
fn explained(piece: &Piece, to: &Moment, length: &Length) -> bool {
    let clocked = piece
        .moments
        .iter()
        .flatten()
        .filter(|moment| moment.clock.is_some());
    clocked
        .filter_map(|from| elapsed(from, to))
        .any(|elapsed| length.fits(elapsed))
}
