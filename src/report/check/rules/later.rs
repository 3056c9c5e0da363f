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
static THAN: LazyLock<Regex> = LazyLock::new(|| regex(r"(?i)^\s+later than\b"));
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
            let here = between(piece, length);
            let Some((from, to)) = here.or_else(|| since_last_item(document, index, length)) else {
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

/// `Noticed: 13:40 (25 minutes later)` below `Start of impact: 13:05`: the item above and this one, where no time further up is meant.
fn since_last_item<'a>(
    document: &'a Document,
    index: usize,
    length: &Length,
) -> Option<(&'a Moment, &'a Moment)> {
    let piece = &document.pieces[index];
    let above = document.pieces.get(index.checked_sub(1)?)?;
    if !piece.is_prose_sized() {
        return None;
    }
    let items = piece.segment.role == Role::Item && above.segment.role == Role::Item;
    let rest = &piece.segment.text[length.end..];
    let later = LATER.is_match(rest) && !THAN.is_match(rest);
    let clocked = |piece: &'a Piece| {
        let mut moments = piece.moments.iter().flatten();
        moments.find(|moment| moment.clock.is_some())
    };
    let to = clocked(piece)?;
    let [stamp] = &piece.stamps[..] else {
        return None;
    };
    let said =
        stamp.end <= length.start && SAID_OF.is_match(&piece.segment.text[stamp.end..length.start]);
    let from = clocked(above)?;
    let near = to
        .since(from)
        .is_some_and(|apart| apart > TimeDelta::zero() && apart <= TimeDelta::hours(12));
    if !(items && later && said && near) {
        return None;
    }
    // No list of one incident is longer.
    const MOST: usize = 200;
    let above = &document.pieces[index.saturating_sub(MOST)..index];
    let other = above.iter().any(|before| explained(before, to, length));
    (!other).then_some((from, to))
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
