//! Messages that tell one event: what its author adds within two minutes, and
//! what is told again within ten in much the same words ("rolling back",
//! "rolled back").

use std::cell::OnceCell;
use std::collections::{BTreeSet, VecDeque};

use chrono::TimeDelta;

use super::reasons::Reasons;
use super::weigh::{LEAST, Weighed, weight};
use crate::incident::Line;

/// How long after the first message what the same author adds belongs to it.
const ADDED: TimeDelta = TimeDelta::minutes(2);

/// How long after it the same words tell the same event.
const AGAIN: TimeDelta = TimeDelta::minutes(10);

/// What an added message must weigh at least: anything that says something.
const ADDED_LEAST: u32 = 2;

/// The most lines that stand anyway with which a message is compared.
const NEAR: usize = 40;

/// The most messages of one event.
const LONGEST: usize = 4;

/// What happened, as one or more messages tell it.
#[derive(Clone, Debug)]
pub(super) struct Event {
    /// The place of the message that told it first.
    pub(super) place: usize,
    /// The places of the messages that tell more of it.
    pub(super) with: Vec<usize>,
    pub(super) reasons: Reasons,
    pub(super) weight: u32,
    words: BTreeSet<String>,
}

/// The events that `weighed` tells, in the order they were told first. `told`
/// are the places of lines that stand in the timeline anyway: what they tell
/// is no event again.
pub(super) fn events(lines: &[Line<'_>], weighed: &[Weighed], told: &[usize]) -> Vec<Event> {
    let mut told: VecDeque<(usize, OnceCell<BTreeSet<String>>)> =
        told.iter().map(|place| (*place, OnceCell::new())).collect();
    let mut events: Vec<Event> = Vec::new();
    for message in weighed {
        let line = &lines[message.place];
        let recent = events
            .iter()
            .enumerate()
            .rev()
            .take_while(|(_, event)| line.at - lines[event.place].at <= AGAIN);
        let own = recent
            .clone()
            .find(|(_, event)| lines[event.place].entry.actor == line.entry.actor);
        let added = own.filter(|(_, event)| line.at - lines[event.place].at <= ADDED);
        let place = match added {
            Some((place, _)) => (message.weight >= ADDED_LEAST).then_some(place),
            None if message.weight < LEAST => None,
            None => {
                let words = words(line.text.unwrap_or(""));
                let again = recent
                    .clone()
                    .find(|(_, event)| same(&event.words, &words, 2));
                let again = again.map(|(place, _)| place);
                if again.is_none() {
                    while told
                        .front()
                        .is_some_and(|(at, _)| line.at - lines[*at].at > AGAIN)
                    {
                        told.pop_front();
                    }
                    let near = told
                        .iter()
                        .take_while(|(at, _)| lines[*at].at - line.at <= AGAIN)
                        .take(NEAR);
                    let known = |(at, known): &(usize, OnceCell<BTreeSet<String>>)| {
                        let text = || self::words(lines[*at].text.unwrap_or(""));
                        same(known.get_or_init(text), &words, 3)
                    };
                    if near.into_iter().any(known) {
                        continue;
                    }
                    events.push(Event {
                        place: message.place,
                        with: Vec::new(),
                        reasons: message.reasons,
                        weight: message.weight,
                        words,
                    });
                }
                again
            }
        };
        if let Some(event) = place.and_then(|place| events.get_mut(place))
            && event.with.len() + 1 < LONGEST
        {
            event.with.push(message.place);
            event.reasons.add_all(message.reasons);
            event.weight = weight(event.reasons);
            event.words.extend(words(line.text.unwrap_or("")));
        }
    }
    events
}

/// Whether the shorter text's words, at least `least` of them, are mostly in the other.
fn same(one: &BTreeSet<String>, other: &BTreeSet<String>, least: usize) -> bool {
    let shorter = one.len().min(other.len());
    let shared = one.intersection(other).count();
    shorter >= least && shared * 10 >= shorter * 7
}

/// The words of a text by their stems: four letters tell "rolling" and
/// "rolled" to be one, and what has a digit counts as a whole.
fn words(text: &str) -> BTreeSet<String> {
    /// More words than this are not compared.
    const MOST: usize = 60;
    let words = text.split(|c: char| !c.is_alphanumeric());
    let words = words.filter(|word| word.len() >= 3 && !is_filler(word));
    let stems = words.take(MOST).map(|word| {
        let low = word.to_lowercase();
        let whole = low.contains(|c: char| c.is_ascii_digit());
        low.chars().take(if whole { 20 } else { 4 }).collect()
    });
    stems.collect()
}

fn is_filler(word: &str) -> bool {
    const FILLERS: &[&str] = &[
        "the", "and", "that", "this", "with", "for", "are", "was", "were", "have", "has", "had",
        "but", "not", "you", "all", "can", "they", "our", "its", "from", "been", "will", "now",
    ];
    FILLERS
        .iter()
        .any(|filler| filler.eq_ignore_ascii_case(word))
}
