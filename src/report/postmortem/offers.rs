//! What the log offers whoever writes a section: by fixed rules, each line with its reason.

use std::collections::HashSet;

use chrono::TimeDelta;
use schemars::JsonSchema;
use serde::Serialize;

use super::record::{Record, short};
use super::topic::{Topic, Topics};
use crate::incident::{Actor, Fact, Line, MessageId, Section, Seq, Status};
use crate::report::choose::links_to_change;
use crate::report::moment::Moment;
use crate::words::section::Offer;

/// The most lines that are offered for one section.
const OFFERED: usize = 6;
/// The longest of them, in characters.
const LONGEST: usize = 240;

/// How long after the declaration people still tell how they noticed it.
const NOTICED: TimeDelta = TimeDelta::minutes(5);

/// A line of the log that may belong in a section.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Offered {
    /// When.
    pub at: Moment,
    /// Who.
    pub who: String,
    /// What they wrote.
    pub text: String,
    /// The entry it stands on.
    pub cite: Seq,
    /// Where its message can be read.
    pub link: Option<String>,
    /// Why it is offered: `names a cause`.
    pub why: &'static str,
}

/// The lines for a section, in the order they happened. Where there are more
/// than fit, what people told or marked comes before what they only said, and
/// links and other marks come last.
pub(super) fn of(record: &Record<'_>, section: Section) -> Vec<Offered> {
    let mut found: Vec<(&Line<'_>, Offer)> = Vec::new();
    let Some(topic) = topic(section) else {
        return shown(record, public(record).collect());
    };
    if topic == Topic::Detection {
        found.extend(alert(record).map(|line| (line, Offer::Alert)));
    }
    for told in [true, false] {
        found.extend(speaking(record, topic, told).map(|line| (line, offer(topic))));
    }
    if topic == Topic::Cause {
        found.extend(identified(record).map(|line| (line, Offer::Identified)));
    }
    if matches!(topic, Topic::Cause | Topic::Repair) {
        found.extend(marked(record, topic));
        found.extend(changes(record, topic));
    }
    shown(record, found)
}

fn shown(record: &Record<'_>, mut found: Vec<(&Line<'_>, Offer)>) -> Vec<Offered> {
    let mut seen = HashSet::new();
    found.retain(|(line, _)| seen.insert(line.entry.seq));
    found.truncate(OFFERED);
    found.sort_by_key(|(line, _)| (line.at, line.entry.seq));
    let offered = found.into_iter().map(|(line, offer)| Offered {
        at: record.moment(line.at),
        who: line.entry.actor.name().to_owned(),
        text: short(&record.spoken(line.text.unwrap_or("")), LONGEST),
        cite: line.entry.seq,
        link: record.link(line.entry),
        why: offer.said(),
    });
    offered.collect()
}

fn topic(section: Section) -> Option<Topic> {
    match section {
        Section::Summary => None,
        Section::Impact => Some(Topic::Effect),
        Section::Detection => Some(Topic::Detection),
        Section::RootCause => Some(Topic::Cause),
        Section::Resolution => Some(Topic::Repair),
        Section::WentWell => Some(Topic::Help),
        Section::WentBadly => Some(Topic::Hindrance),
        Section::Lucky => Some(Topic::Luck),
        Section::OpenQuestions => Some(Topic::Unknown),
    }
}

fn offer(topic: Topic) -> Offer {
    match topic {
        Topic::Cause => Offer::Cause,
        Topic::Detection => Offer::Detection,
        Topic::Repair => Offer::Repair,
        Topic::Help => Offer::Help,
        Topic::Hindrance => Offer::Hindrance,
        Topic::Luck => Offer::Luck,
        Topic::Unknown => Offer::Unknown,
        Topic::Effect => Offer::Effect,
    }
}

/// What the public was told, what is known last first: whoever sums up begins with it.
fn public<'r, 'a>(record: &'r Record<'a>) -> impl Iterator<Item = (&'r Line<'a>, Offer)> {
    let told = record.lines.iter().rev().filter(|line| {
        let news = matches!(
            line.entry.fact,
            Fact::StatusChanged { .. } | Fact::Updated { .. }
        );
        news && line.redacted_by.is_none() && line.text.is_some_and(|text| !text.trim().is_empty())
    });
    told.map(|line| (line, Offer::Public))
}

/// Lines that speak of a topic: those that people told or marked, or those
/// that they only said; each in the order it happened.
pub(super) fn speaking<'r, 'a>(
    record: &'r Record<'a>,
    topic: Topic,
    told: bool,
) -> impl Iterator<Item = &'r Line<'a>> {
    let answered = answered(record);
    let lines = record.spoken_of().filter(move |(line, topics)| {
        if !topics.has(topic)
            || (topic == Topic::Detection && !tells_detection(record, line, *topics))
        {
            return false;
        }
        let fits = match &line.entry.fact {
            Fact::MessagePosted(_) | Fact::Noted { .. } | Fact::SeverityChanged { .. } => true,
            Fact::Updated { .. } => !matches!(topic, Topic::Detection | Topic::Unknown),
            Fact::StatusChanged { to, .. } => match topic {
                Topic::Cause | Topic::Effect => true,
                Topic::Repair => matches!(to, Status::Monitoring | Status::Resolved),
                _ => false,
            },
            _ => false,
        };
        let origin = line.entry.origin.map(|origin| origin.message);
        let settled = topic == Topic::Unknown && origin.is_some_and(|id| answered.contains(&id));
        told != is_spoken(line) && fits && !settled && line.deleted_at.is_none()
    });
    lines.map(|(line, _)| line)
}

/// Whether what speaks of tickets and alerts can tell how it was noticed: it was said by people, and by then; or it says what was
/// missing. Further alerts and tickets tell how it went on.
fn tells_detection(record: &Record<'_>, line: &Line<'_>, topics: Topics) -> bool {
    let repeated = is_spoken(line) && is_bot(line);
    !repeated && (is_early(record, line) || topics.has(Topic::Hindrance))
}

/// Whether it was known by the time people had gathered.
fn is_early(record: &Record<'_>, line: &Line<'_>) -> bool {
    line.at <= record.incident.opened_at + NOTICED
}

fn is_bot(line: &Line<'_>) -> bool {
    matches!(&line.entry.actor, Actor::Person(person) if person.bot)
}

/// A message that nobody marked.
fn is_spoken(line: &Line<'_>) -> bool {
    matches!(line.entry.fact, Fact::MessagePosted(_)) && !line.key
}

/// The messages that others answered with Discord's reply.
fn answered(record: &Record<'_>) -> HashSet<MessageId> {
    let replies = record
        .lines
        .iter()
        .filter_map(|line| match &line.entry.fact {
            Fact::MessagePosted(message) => message.reply_to,
            _ => None,
        });
    replies.collect()
}

/// The first message by a bot that says what does not work, where it came in time.
fn alert<'r, 'a>(record: &'r Record<'a>) -> Option<&'r Line<'a>> {
    let mut spoken = record
        .spoken_of()
        .filter(|(line, _)| is_spoken(line) && is_bot(line));
    let first = spoken.find(|(_, topics)| topics.has(Topic::Detection));
    first
        .map(|(line, _)| line)
        .filter(|line| is_early(record, line))
}

/// What was told when the cause was said to be known.
pub(super) fn identified<'r, 'a>(record: &'r Record<'a>) -> impl Iterator<Item = &'r Line<'a>> {
    record.lines.iter().filter(|line| {
        let known = matches!(
            line.entry.fact,
            Fact::StatusChanged {
                to: Status::Identified,
                ..
            }
        );
        known && line.redacted_by.is_none() && line.text.is_some_and(|text| !text.trim().is_empty())
    })
}

/// Whether a line belongs to the search for the cause rather than to the repair:
/// what was said while the status was `investigating`, also when it went back there.
fn is_of_search(record: &Record<'_>, line: &Line<'_>) -> bool {
    let changes = record.incident.status.changes().iter();
    let here = (line.at, line.entry.seq);
    let mut before = changes
        .rev()
        .skip_while(|change| (change.at, change.seq) > here);
    before
        .next()
        .is_none_or(|change| change.value == Status::Investigating)
}

/// What people marked and no topic claims: to the cause what was before it was
/// known, to the repair what came after.
fn marked<'r, 'a>(
    record: &'r Record<'a>,
    topic: Topic,
) -> impl Iterator<Item = (&'r Line<'a>, Offer)> {
    const CLAIMED: [Topic; 6] = [
        Topic::Cause,
        Topic::Detection,
        Topic::Repair,
        Topic::Help,
        Topic::Hindrance,
        Topic::Luck,
    ];
    let lines = record.spoken_of().filter(move |(line, topics)| {
        let message = matches!(line.entry.fact, Fact::MessagePosted(_));
        let free = !CLAIMED.iter().any(|topic| topics.has(*topic));
        line.key && message && free && (topic == Topic::Cause) == is_of_search(record, line)
    });
    lines.map(|(line, _)| (line, Offer::Marked))
}

/// Messages that link to a change, a pull request or a commit, parted in the same way.
fn changes<'r, 'a>(
    record: &'r Record<'a>,
    topic: Topic,
) -> impl Iterator<Item = (&'r Line<'a>, Offer)> {
    let lines = record.lines.iter().filter(move |line| {
        let told = matches!(line.entry.fact, Fact::MessagePosted(_) | Fact::Noted { .. });
        told && line.deleted_at.is_none()
            && line.text.is_some_and(links_to_change)
            && (topic == Topic::Cause) == is_of_search(record, line)
    });
    lines.map(|line| (line, Offer::Change))
}
