//! `Traffic recovered at 11:42` in the summary, `11:24 cache flushed, traffic recovered` in the timeline: one event by its words.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use chrono::TimeDelta;
use regex::Regex;

use super::super::document::{Document, Piece, Topic};
use super::super::events::Event;
use super::super::finding::{Certainty, Finding, Kind};
use super::super::source::{Role, regex};
use super::super::stamp::Stamp;
use super::super::words;
use super::finding_at;

/// What happens once in an incident, so that two texts which say it of one thing mean one moment.
const ONCE: [&str; 38] = [
    "recovered",
    "restored",
    "resolved",
    "detected",
    "declared",
    "deployed",
    "reverted",
    "restarted",
    "merged",
    "mitigated",
    "fixed",
    "failed",
    "started",
    "began",
    "ended",
    "crashed",
    "expired",
    "completed",
    "stopped",
    "closed",
    "done",
    "finished",
    "drained",
    "rebooted",
    "scaled",
    "deleted",
    "removed",
    "disabled",
    "enabled",
    "rotated",
    "replaced",
    "upgraded",
    "applied",
    "switched",
    "purged",
    "flushed",
    "evicted",
    "revoked",
];
/// The same in the present, as timelines tell it, or in another word.
const SAME: [(&str, &str); 16] = [
    ("began", "started"),
    ("begins", "started"),
    ("starts", "started"),
    ("stops", "stopped"),
    ("fails", "failed"),
    ("ends", "ended"),
    ("recovers", "recovered"),
    ("restarts", "restarted"),
    ("crashes", "crashed"),
    ("expires", "expired"),
    ("completes", "completed"),
    ("finishes", "finished"),
    ("closes", "closed"),
    ("reverts", "reverted"),
    ("merges", "merged"),
    ("deploys", "deployed"),
];
/// Words between the thing and what happened to it.
const BETWEEN: [&str; 22] = [
    "the",
    "a",
    "an",
    "was",
    "were",
    "is",
    "are",
    "had",
    "has",
    "have",
    "been",
    "being",
    "fully",
    "then",
    "finally",
    "completely",
    "again",
    "now",
    "to",
    "and",
    "by",
    "of",
];
/// Things of which there are several.
const VAGUE: [&str; 12] = [
    "it",
    "this",
    "that",
    "we",
    "they",
    "which",
    "all",
    "some",
    "users",
    "customers",
    "service",
    "services",
];

pub(super) fn findings(document: &Document) -> Vec<Finding> {
    let events: Vec<(&Event, BTreeSet<(String, String)>)> = document
        .timelines
        .iter()
        .flatten()
        .filter(|event| event.at.clock.is_some())
        .map(|event| (event, phrases(&event.text(&document.pieces))))
        .collect();
    let mut found = Vec::new();
    for (index, piece) in document.pieces.iter().enumerate() {
        let prose = matches!(piece.segment.role, Role::Text | Role::Item);
        if !prose || !document.part(index).is_free() || piece.topic == Topic::Beyond {
            continue;
        }
        for (place, stamp) in piece.stamps.iter().enumerate() {
            let Some(here) = piece.moments.get(place).and_then(Option::as_ref) else {
                continue;
            };
            if here.clock.is_none_or(|clock| clock.hour_only) || here.hedged {
                continue;
            }
            let text = &piece.segment.text;
            let said = clause(piece, stamp);
            let clocks = piece.stamps.iter().filter(|other| {
                other.start >= said.start && other.end <= said.end && other.clock.is_some()
            });
            if clocks.count() != 1 {
                continue;
            }
            for (thing, deed) in phrases(&text[said.clone()]) {
                let same: Vec<&Event> = events
                    .iter()
                    .filter(|(_, said)| said.contains(&(thing.clone(), deed.clone())))
                    .map(|(event, _)| *event)
                    .collect();
                let [event] = same[..] else { continue };
                let apart = event
                    .at
                    .since(here)
                    .map_or(TimeDelta::zero(), |apart| apart.abs());
                // What lies further apart is another occasion, unless it has the same clock time of another day.
                let slip = here.day_stated
                    && apart > TimeDelta::zero()
                    && apart <= TimeDelta::days(31)
                    && apart.num_minutes() % (24 * 60) == 0;
                let near = slip || (apart > TimeDelta::minutes(1) && apart <= TimeDelta::hours(12));
                if near && !event.at.hedged {
                    let what = format!("“{thing} {deed}”");
                    let line = document.line(event.piece);
                    let said = words::two_times(&what, here, &event.at, line);
                    found.push(finding_at(
                        document,
                        index,
                        place,
                        Kind::TwoTimes,
                        Certainty::Likely,
                        said,
                    ));
                    break;
                }
            }
        }
    }
    found
}

/// The part of its sentence that tells of one time: `We noticed at 10:02, and the rollback was done at 10:13.`
fn clause(piece: &Piece, stamp: &Stamp) -> std::ops::Range<usize> {
    let text = &piece.segment.text;
    let said = piece.sentence(stamp.start, stamp.end);
    let from = LINK
        .find_iter(&text[said.start..stamp.start])
        .last()
        .map_or(said.start, |link| said.start + link.end());
    let to = LINK
        .find(&text[stamp.end..said.end])
        .map_or(said.end, |link| stamp.end + link.start());
    from..to
}

static LINK: LazyLock<Regex> = LazyLock::new(|| regex(r"(?i)(?:, (?:and|but|then)|;) "));
static VERSION: LazyLock<Regex> = LazyLock::new(|| regex(r"(\d)\.(\d)"));

/// Pairs of a thing and what happened to it, side by side. A thing may have a number: `release 7.14`.
fn phrases(text: &str) -> BTreeSet<(String, String)> {
    let lower = VERSION
        .replace_all(&text.to_lowercase(), "${1}_$2")
        .into_owned();
    let mut phrases = BTreeSet::new();
    for clause in lower.split(['.', ',', ';', ':', '(', ')', '\n', '|']) {
        let words: Vec<&str> = clause
            .split(|c: char| !c.is_alphanumeric() && !matches!(c, '-' | '_'))
            .filter(|word| !word.is_empty() && !BETWEEN.contains(word))
            .map(|word| {
                SAME.iter()
                    .find(|(one, _)| *one == word)
                    .map_or(word, |(_, same)| same)
            })
            .collect();
        for (place, pair) in words.windows(2).enumerate() {
            let [thing, deed] = *pair else { continue };
            let version = thing.contains('_') && thing.chars().all(|c| !c.is_alphabetic());
            if let (true, true, Some(of)) = (version, ONCE.contains(&deed), place.checked_sub(1)) {
                let named = format!("{} {}", words[of], thing.replace('_', "."));
                phrases.insert((named, deed.to_owned()));
            }
            let plain = thing.len() >= 3 && thing.chars().all(|c| c.is_alphabetic() || c == '-');
            if ONCE.contains(&deed) && plain && !ONCE.contains(&thing) && !VAGUE.contains(&thing) {
                phrases.insert((thing.to_owned(), deed.to_owned()));
            }
        }
    }
    phrases
}
