//! `paged at 08:46, 17 minutes after the first failures`, where another place says when those were.

use std::sync::LazyLock;

use chrono::TimeDelta;
use regex::Regex;

use super::super::document::{Document, Piece, Topic};
use super::super::finding::{Certainty, Finding, Kind};
use super::super::moment::Moment;
use super::super::source::{Role, regex};
use super::super::words;
use super::finding;
use crate::incident::human_time::{Hedge, Length};

static AFTER: LazyLock<Regex> =
    LazyLock::new(|| regex(r"(?i)^\s+after\s+(\p{L}[\p{L}\p{N} '’-]{2,60})"));
/// Where the words for the other event end.
static CUT: LazyLock<Regex> = LazyLock::new(|| {
    regex(r"(?i)\s(?:because|when|while|but|which|that|who|so|until|before|since|though|as)\b")
});
static SAID_OF: LazyLock<Regex> = LazyLock::new(|| {
    regex(r"(?i)^[\s,;(–—-]*(?:about|around|some|only|just|almost|nearly|that is)?\s*$")
});
static BEGINS: LazyLock<Regex> = LazyLock::new(|| regex(r"(?i)\b(?:start|beg[aiu]n|kick)"));
/// Words that say nothing of what happened.
const EMPTY: [&str; 22] = [
    "the", "a", "an", "was", "were", "is", "had", "has", "been", "of", "to", "our", "its", "their",
    "this", "these", "those", "in", "on", "at", "for", "by",
];
/// What alone may mean more than one thing.
const VAGUE: [&str; 10] = [
    "incident", "outage", "issue", "problem", "start", "end", "event", "that", "it", "impact",
];

/// Offsets from an event that one other place tells of.
pub(super) fn findings(document: &Document) -> Vec<Finding> {
    let places = places(document);
    let mut found = Vec::new();
    for (index, piece) in document.pieces.iter().enumerate() {
        if matches!(piece.segment.role, Role::Quote | Role::Meta)
            || piece.topic == Topic::Beyond
            || !piece.is_prose_sized()
        {
            continue;
        }
        for length in &piece.lengths {
            let firm = matches!(length.hedge, Hedge::Exact | Hedge::About) && !length.range;
            let Some((stamp, to)) = told_at(document, index, length).filter(|_| firm) else {
                continue;
            };
            let Some(anchor) = anchor(piece, length) else {
                continue;
            };
            if let Some((from, elapsed)) =
                contradicted(&places, &anchor, (index, stamp), to, length)
            {
                let certainty = if length.hedge == Hedge::Exact {
                    Certainty::Likely
                } else {
                    Certainty::Look
                };
                let said = words::window_length(length, from, to, elapsed);
                let mut one = finding(document, index, Kind::Duration, certainty, said);
                one.line = piece.segment.line_at(length.start);
                found.push(one);
            }
        }
    }
    found
}

/// A time and the words that tell what happened then.
struct Place<'a> {
    piece: usize,
    stamp: usize,
    at: &'a Moment,
    stems: Vec<String>,
    begins: bool,
}

/// Every event, and every sentence of prose with one time.
fn places(document: &Document) -> Vec<Place<'_>> {
    const MOST: usize = 300;
    let mut found = Vec::new();
    let mut push = |piece: usize, stamp: usize, at, text: &str| {
        // What follows `after` is another event.
        let own = text.split(" after ").next().unwrap_or(text);
        found.push(Place {
            piece,
            stamp,
            at,
            stems: stems(own),
            begins: BEGINS.is_match(own),
        });
    };
    let exact = |at: &Moment| at.clock.is_some_and(|clock| !clock.hour_only) && !at.hedged;
    for event in document.timelines.iter().flatten().take(MOST) {
        if exact(&event.at) {
            push(event.piece, 0, &event.at, &event.text(&document.pieces));
        }
    }
    for (index, piece) in document.pieces.iter().enumerate().take(3 * MOST) {
        let prose = matches!(piece.segment.role, Role::Text | Role::Item);
        if !prose
            || !piece.is_prose_sized()
            || !document.part(index).is_free()
            || piece.topic == Topic::Beyond
        {
            continue;
        }
        for (place, stamp) in piece.stamps.iter().enumerate() {
            let said = piece.sentence(stamp.start, stamp.end);
            let clocked = piece.stamps.iter().filter(|other| {
                other.clock.is_some() && other.start >= said.start && other.end <= said.end
            });
            if let (Some(Some(at)), 1) = (piece.moments.get(place), clocked.count())
                && exact(at)
            {
                push(index, place, at, &piece.segment.text[said]);
            }
        }
    }
    found
}

/// The time that a length is said of: right before it, or that of the event it tells.
fn told_at<'a>(
    document: &'a Document,
    index: usize,
    length: &Length,
) -> Option<(usize, &'a Moment)> {
    const NEAR: usize = 80;
    let piece = &document.pieces[index];
    let last = piece
        .stamps
        .iter()
        .rposition(|stamp| stamp.end <= length.start)?;
    let gap = &piece.segment.text[piece.stamps[last].end..length.start];
    let event = document.part(index).event && last == 0 && gap.len() < NEAR && !gap.contains(". ");
    let at = piece.moments.get(last)?.as_ref()?;
    let exact = at.clock.is_some_and(|clock| !clock.hour_only) && !at.hedged;
    (exact && (event || SAID_OF.is_match(gap))).then_some((last, at))
}

/// The words for the event that a length is counted from; `None` where its time stands there or the words say too little.
fn anchor(piece: &Piece, length: &Length) -> Option<Vec<String>> {
    let parts = AFTER.captures(&piece.segment.text[length.end..])?;
    let words = parts.get(1)?;
    let told = length.end + words.start()..length.end + words.end();
    if piece.stamps.iter().any(|stamp| told.contains(&stamp.start)) {
        return None;
    }
    let text = CUT.split(words.as_str()).next()?;
    let both = text.contains(" and ") || text.contains(" or ");
    let stems = stems(text);
    let vague = stems.iter().all(|stem| VAGUE.contains(&stem.as_str()));
    (!both && !vague).then_some(stems)
}

/// The one other place that tells of the event, if it makes the length wrong.
fn contradicted<'a>(
    places: &'a [Place<'_>],
    anchor: &[String],
    here: (usize, usize),
    to: &Moment,
    length: &Length,
) -> Option<(&'a Moment, TimeDelta)> {
    let same: Vec<&Place> = places
        .iter()
        .filter(|place| (place.piece, place.stamp) != here)
        .filter(|place| anchor.iter().all(|stem| place.stems.contains(stem)))
        .collect();
    let [place] = same[..] else { return None };
    let asked = anchor.iter().any(|stem| BEGINS.is_match(stem));
    let elapsed = to.since(place.at)?;
    let near = elapsed > TimeDelta::zero() && elapsed <= TimeDelta::hours(12);
    // `the deploy` may be its end where only its start is told.
    (near && (asked || !place.begins) && !length.fits(elapsed)).then_some((place.at, elapsed))
}

/// The words that carry meaning, without their endings.
pub(super) fn stems(text: &str) -> Vec<String> {
    text.to_lowercase()
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| word.len() >= 2 && !EMPTY.contains(word))
        .map(|word| {
            let bare = ["ing", "ed", "es", "s"]
                .iter()
                .find_map(|ending| word.strip_suffix(ending))
                .filter(|bare| bare.len() >= 3)
                .unwrap_or(word);
            bare.trim_end_matches('e').to_owned()
        })
        .collect()
}
