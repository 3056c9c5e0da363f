//! The choice.

use super::event::events;
use super::reasons::Reasons;
use super::weigh::{LEAST, Weighed, weigh};
use crate::incident::{Fact, Line};
use crate::words::reason::Reason;

/// The most events that are chosen from messages, however long it took. The
/// lines that always stand in the timeline come on top.
pub const MOST: usize = 25;

/// The fewest that may be chosen, however short it was.
const FEWEST: usize = 6;

/// The most messages that are compared with each other.
const COMPARED: usize = 8 * MOST;

/// A line of the short timeline.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chosen {
    /// Its place among the lines that were chosen from.
    pub place: usize,
    /// The places of further messages that tell the same event, in order.
    pub with: Vec<usize>,
    /// Why it was chosen; never empty.
    pub why: Vec<Reason>,
    /// How much speaks for it; `None` where it always stands.
    pub weight: Option<u32>,
}

/// The short timeline of a log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// Its lines, in the order of the log's.
    pub lines: Vec<Chosen>,
    /// How many messages there are in the log.
    pub messages: usize,
    /// How many events could have been chosen from them at most.
    pub most: usize,
}

impl Choice {
    /// How many events were chosen from messages.
    #[must_use]
    pub fn chosen(&self) -> usize {
        let chosen = self.lines.iter().filter(|line| line.weight.is_some());
        chosen.count()
    }
}

/// How many events are chosen at most where people talked for `minutes`: the
/// square root of that, from 6 up to [`MOST`]. 8 in an hour, 13 in three, 25
/// in ten and in ten days.
#[must_use]
pub fn most(minutes: i64) -> usize {
    let minutes = usize::try_from(minutes).unwrap_or(0);
    minutes.isqrt().clamp(FEWEST, MOST)
}

/// Chooses the short timeline from `lines`, which are in the order of
/// [`timeline`](crate::incident::timeline). The same lines give the same choice.
#[must_use]
pub fn choose(lines: &[Line<'_>]) -> Choice {
    let (weighed, messages) = weigh(lines);
    let always: Vec<usize> = (0..lines.len()).filter(|at| lines[*at].is_key()).collect();
    let most = most(talked(lines));
    let mut events = events(lines, &compared(weighed), &always);
    // Stable: of two that weigh the same, the earlier one stays.
    events.sort_by_key(|event| std::cmp::Reverse(event.weight));
    events.truncate(most);
    let from_messages = events.into_iter().map(|event| Chosen {
        place: event.place,
        with: event.with,
        why: event.reasons.iter().collect(),
        weight: Some(event.weight),
    });
    let always = always.into_iter().map(|place| Chosen {
        place,
        with: Vec::new(),
        why: always_because(&lines[place]).iter().collect(),
        weight: None,
    });
    let mut chosen: Vec<Chosen> = always.chain(from_messages).collect();
    chosen.sort_by_key(|line| line.place);
    Choice {
        lines: chosen,
        messages,
        most,
    }
}

/// For how many minutes people talked.
fn talked(lines: &[Line<'_>]) -> i64 {
    let said = || {
        let said = lines
            .iter()
            .filter(|line| matches!(line.entry.fact, Fact::MessagePosted(_)));
        said.map(|line| line.at)
    };
    let (first, last) = (said().next(), said().next_back());
    first
        .zip(last)
        .map_or(0, |(first, last)| (last - first).num_minutes())
}

/// The weightiest messages and the lighter ones between them, less where there
/// are too many to be compared.
fn compared(mut weighed: Vec<Weighed>) -> Vec<Weighed> {
    let heavy = weighed
        .iter()
        .filter(|message| message.weight >= LEAST)
        .count();
    if heavy > COMPARED {
        weighed.sort_by_key(|message| std::cmp::Reverse(message.weight));
        weighed.truncate(COMPARED);
        weighed.sort_by_key(|message| message.place);
    }
    weighed
}

fn always_because(line: &Line<'_>) -> Reasons {
    let mut reasons = Reasons::default();
    if line.key {
        reasons.add(Reason::KeyEvent);
    }
    let own = match line.entry.fact {
        Fact::Opened { .. } => Reason::Declared,
        Fact::StatusChanged { .. } => Reason::Status,
        Fact::Updated { .. } => Reason::Update,
        Fact::Noted { .. } => Reason::Note,
        Fact::SeverityChanged { .. } => Reason::Severity,
        Fact::ComponentChanged { .. } => Reason::Component,
        Fact::OutageStarted { .. } | Fact::OutageEnded { .. } => Reason::Outage,
        Fact::RoleGiven { .. } | Fact::HandoverOffered(_) => Reason::Role,
        Fact::Absence { .. } => Reason::Absence,
        _ => Reason::KeyEvent,
    };
    reasons.add(own);
    reasons
}
