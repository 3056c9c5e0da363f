//! `Traffic recovered at 11:42` in the summary, `11:24 cache flushed, traffic recovered` in the timeline: one event by its words.

use std::collections::BTreeSet;

use chrono::TimeDelta;

use super::super::document::{Document, Topic};
use super::super::events::Event;
use super::super::finding::{Certainty, Finding, Kind};
use super::super::source::Role;
use super::super::words;
use super::finding_at;

/// What happens once in an incident, so that two texts which say it of one thing mean one moment.
const ONCE: [&str; 20] = [
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
            let said = piece.sentence(stamp.start, stamp.end);
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
                // What lies further apart is another occasion.
                let near = apart > TimeDelta::minutes(1) && apart <= TimeDelta::hours(12);
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

/// Pairs of a thing and what happened to it, side by side.
fn phrases(text: &str) -> BTreeSet<(String, String)> {
    let lower = text.to_lowercase();
    let mut phrases = BTreeSet::new();
    for clause in lower.split(['.', ',', ';', ':', '(', ')', '\n', '|']) {
        let words: Vec<&str> = clause
            .split(|c: char| !c.is_alphanumeric() && c != '-')
            .filter(|word| !word.is_empty() && !BETWEEN.contains(word))
            .collect();
        for pair in words.windows(2) {
            let [thing, deed] = *pair else { continue };
            let plain = thing.len() >= 3 && thing.chars().all(|c| c.is_alphabetic() || c == '-');
            if ONCE.contains(&deed) && plain && !ONCE.contains(&thing) && !VAGUE.contains(&thing) {
                phrases.insert((thing.to_owned(), deed.to_owned()));
            }
        }
    }
    phrases
}
