//! `We rolled back at 16:52` in the summary, `16:22 Rollback of auth-service` in the timeline: what is undone once has one time.

use std::sync::LazyLock;

use chrono::TimeDelta;
use regex::Regex;

use super::super::document::{Document, Topic};
use super::super::events::Event;
use super::super::finding::{Certainty, Finding, Kind};
use super::super::source::{Role, regex};
use super::super::words::{self, label};
use super::finding_at;

/// What is done once to end an incident, in the forms that people write, and what to call it.
static DEEDS: LazyLock<[(Regex, &'static str); 3]> = LazyLock::new(|| {
    [
        (
            regex(r"(?i)\b(?:roll(?:ed|ing|s)?[ -]?back|reverted|reverts|revert|zurückgerollt)\b"),
            label::ROLLBACK,
        ),
        (
            regex(r"(?i)\b(?:fail(?:ed|s|ing)?[ -]?over)\b"),
            label::FAILOVER,
        ),
        (
            regex(r"(?i)\b(?:paged|pages?|alert(?:ed|s)?|alarms?)\b"),
            label::ALERT,
        ),
    ]
});
/// Words that make it a part of the deed or a wish, so that two times may both be right.
static PART: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?i)\b(?:start(?:s|ed|ing)?|beg[aiu]n|begins|complet(?:e|es|ed)|finish(?:es|ed)?|done|ends|ended|attempt(?:s|ed)?|tr(?:y|ies|ied)|first|second|again|decid(?:e|es|ed)|decision|propos\w*|suggest\w*|consider\w*|plan\w*|prepar\w*|discuss\w*|agree[ds]?|not|no|would|could|should|until|by|before|after|since|later|then|another|all|also|merged|approved|opened|pr|ready|in progress|ongoing|undetected|more)\b",
    )
});

/// A time in prose that no event has, of what one event alone tells.
pub(super) fn findings(document: &Document) -> Vec<Finding> {
    let events: Vec<(&Event, String)> = document
        .timelines
        .iter()
        .flatten()
        .filter(|event| event.at.clock.is_some())
        .map(|event| (event, event.text(&document.pieces)))
        .collect();
    let mut found = Vec::new();
    if events.len() < 3 {
        return found;
    }
    let told = DEEDS.each_ref().map(|(deed, _)| {
        let same = events.iter().filter(|(_, text)| deed.is_match(text));
        same.collect::<Vec<_>>()
    });
    for (index, piece) in document.pieces.iter().enumerate() {
        let prose = matches!(piece.segment.role, Role::Text | Role::Item);
        if !prose || !document.part(index).is_free() || piece.topic == Topic::Beyond {
            continue;
        }
        if !piece.is_prose_sized() {
            continue;
        }
        for (place, stamp) in piece.stamps.iter().enumerate() {
            let Some(here) = piece.moments.get(place).and_then(Option::as_ref) else {
                continue;
            };
            let text = &piece.segment.text;
            let said = piece.sentence(stamp.start, stamp.end);
            let alone = (piece.stamps.iter())
                .filter(|other| said.contains(&other.start) && other.clock.is_some())
                .count()
                == 1;
            let exact = here.clock.is_some_and(|clock| !clock.hour_only) && !here.hedged;
            let sentence = &text[said];
            if !alone || !exact || PART.is_match(sentence) {
                continue;
            }
            let Some(deed) = DEEDS.iter().position(|(deed, _)| deed.is_match(sentence)) else {
                continue;
            };
            let [(event, told)] = told[deed][..] else {
                continue;
            };
            let apart = |event: &Event| event.at.since(here).map(|apart| apart.abs());
            let known = events
                .iter()
                .any(|(event, _)| apart(event).is_none_or(|apart| apart <= TimeDelta::minutes(1)));
            let near = apart(event).is_some_and(|apart| apart <= TimeDelta::hours(6));
            let first = told.lines().next().unwrap_or("");
            if known || !near || event.at.hedged || PART.is_match(first) {
                continue;
            }
            let line = document.line(event.piece);
            let said = words::two_times(DEEDS[deed].1, here, &event.at, line);
            found.push(finding_at(
                document,
                index,
                place,
                Kind::TwoTimes,
                Certainty::Likely,
                said,
            ));
        }
    }
    found
}
