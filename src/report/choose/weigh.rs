//! What speaks for each message, and how much.

use std::collections::HashMap;

use chrono::{DateTime, TimeDelta, Utc};

use super::read::read;
use super::reasons::Reasons;
use crate::incident::{Actor, Fact, Line, MessageId};
use crate::words::reason::Reason;

/// What a message must weigh to be chosen at all: one action, finding or
/// recovery, or two lesser reasons.
pub(super) const LEAST: u32 = 4;

/// For how long nobody must have written for the next word to be the first
/// after a silence.
const SILENCE: TimeDelta = TimeDelta::minutes(20);

/// For how long a bot that says the same again, but for its numbers, says nothing new.
const REPEATS: TimeDelta = TimeDelta::hours(1);

/// Fewer words than this break no silence.
const FIRST_WORDS: usize = 4;

/// A message and what speaks for it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Weighed {
    /// Its place among the lines.
    pub(super) place: usize,
    /// What speaks for it.
    pub(super) reasons: Reasons,
    /// How much.
    pub(super) weight: u32,
}

/// How much a reason weighs. Reasons that always suffice weigh nothing here.
fn worth(reason: Reason) -> u32 {
    match reason {
        Reason::Announced | Reason::Done | Reason::Finding | Reason::Recovery | Reason::Alert => 4,
        Reason::Deploy
        | Reason::Suspicion
        | Reason::Fault
        | Reason::Symptom
        | Reason::Change
        | Reason::Dashboard => 3,
        Reason::AfterSilence => 2,
        Reason::Intent
        | Reason::Looking
        | Reason::Link
        | Reason::Time
        | Reason::Measured
        | Reason::Thing
        | Reason::File
        | Reason::Answered => 1,
        Reason::Declared
        | Reason::Status
        | Reason::KeyEvent
        | Reason::Note
        | Reason::Update
        | Reason::Role
        | Reason::Severity
        | Reason::Component
        | Reason::Outage
        | Reason::Absence => 0,
    }
}

/// How much all of them weigh together.
pub(super) fn weight(reasons: Reasons) -> u32 {
    reasons.worth(worth)
}

/// The messages that something speaks for, in the order of `lines`, and how many there are
/// at all. What was deleted or removed for good, and what stands in the
/// timeline anyway, is not weighed.
pub(super) fn weigh(lines: &[Line<'_>]) -> (Vec<Weighed>, usize) {
    let answered = answered(lines);
    let mut weighed = Vec::new();
    let mut messages = 0;
    let mut last: Option<DateTime<Utc>> = None;
    let mut told_by_bots: HashMap<(&str, u64), DateTime<Utc>> = HashMap::new();
    for (place, line) in lines.iter().enumerate() {
        let Fact::MessagePosted(message) = &line.entry.fact else {
            continue;
        };
        messages += 1;
        let bot = is_bot(&line.entry.actor);
        let silent = last.is_none_or(|last| line.at - last >= SILENCE);
        if !bot {
            last = Some(line.at);
        }
        let text = line.text.unwrap_or("");
        if line.is_key() || line.deleted_at.is_some() || line.redacted_by.is_some() {
            continue;
        }
        let said = read(text);
        let mut reasons = said.reasons;
        if bot {
            let known = told_by_bots.insert((line.entry.actor.name(), shape(text)), line.at);
            if known.is_some_and(|known| line.at - known < REPEATS) {
                continue;
            }
            if [Reason::Symptom, Reason::Fault, Reason::Recovery]
                .iter()
                .any(|alarming| reasons.has(*alarming))
            {
                reasons.add(Reason::Alert);
            }
        } else if silent && said.words >= FIRST_WORDS {
            reasons.add(Reason::AfterSilence);
        }
        if !message.attachments.is_empty() {
            reasons.add(Reason::File);
        }
        let origin = line.entry.origin.map(|origin| origin.message);
        if origin.is_some_and(|origin| answered.get(&origin).is_some_and(|by| *by > 0)) {
            reasons.add(Reason::Answered);
        }
        let weight = weight(reasons);
        if weight > 0 {
            weighed.push(Weighed {
                place,
                reasons,
                weight,
            });
        }
    }
    (weighed, messages)
}

/// How often others replied to each message.
fn answered(lines: &[Line<'_>]) -> HashMap<MessageId, u32> {
    let mut answered = HashMap::new();
    let mut authors: HashMap<MessageId, &Actor> = HashMap::new();
    let messages = lines.iter().filter_map(|line| match &line.entry.fact {
        Fact::MessagePosted(message) => Some((line, message)),
        _ => None,
    });
    for (line, message) in messages {
        let actor = &line.entry.actor;
        if let Some(to) = message.reply_to
            && authors.get(&to).is_none_or(|author| *author != actor)
        {
            *answered.entry(to).or_default() += 1;
        }
        if let Some(origin) = line.entry.origin {
            authors.insert(origin.message, actor);
        }
    }
    answered
}

/// Whether a bot wrote it. Transcripts only have names: Slack writes `APP`
/// after a bot's, GitHub `[bot]`.
fn is_bot(actor: &Actor) -> bool {
    match actor {
        Actor::Person(person) => person.bot,
        Actor::Named { name } => name.ends_with(" APP") || name.ends_with("[bot]"),
        Actor::Scribe => true,
    }
}

/// A text but for its numbers, as a number (FNV-1a).
fn shape(text: &str) -> u64 {
    let bytes = text.bytes().filter(|byte| !byte.is_ascii_digit());
    bytes.fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}
