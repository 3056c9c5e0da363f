//! The short timeline: what people decided and told, and the messages that
//! tell most of what was done and found out ([`choose`]).

use std::collections::BTreeSet;

use chrono::{DateTime, Datelike, Utc};
use chrono_tz::Tz;
use schemars::JsonSchema;
use serde::Serialize;

use super::record::{Record, short};
use crate::incident::human_time::to_minute;
use crate::incident::{Actor, Fact, Line, Seq};
use crate::report::choose::{Choice, Chosen, choose};
use crate::report::moment::Length;
use crate::words::language::weekday;
use crate::words::{entry, reason};

/// The longest text of a line, in characters; the appendix has the whole.
const LONGEST: usize = 500;

/// The lines of one day in the guild's zone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Day {
    /// `2025-06-07`.
    pub day: String,
    /// `Saturday`.
    pub weekday: String,
    /// Its lines, in the order things happened.
    pub lines: Vec<TimelineLine>,
}

/// One line of the short timeline.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct TimelineLine {
    /// When (UTC).
    pub at: DateTime<Utc>,
    /// `13:12`; with the zone's name where the clock was changed during the incident.
    pub clock: String,
    /// `18:12 UTC` where the zone's clock is not UTC's.
    pub utc: Option<String>,
    /// Who; `None` for what Scribe tells of itself.
    pub who: Option<String>,
    /// What, in a sentence.
    pub text: String,
    /// Whether somebody marked it as a key event.
    pub key: bool,
    /// What was corrected in it, and by which entries.
    pub corrected: Option<Corrected>,
    /// Whether it was edited on Discord.
    pub edited: bool,
    /// Whether it was deleted on Discord.
    pub deleted: bool,
    /// The entry it stands on.
    pub cite: Seq,
    /// Further entries that tell the same event, joined into the text.
    pub also: Vec<Seq>,
    /// Why it stands here: `announces an action, names a change (weight 7)`.
    pub why: String,
    /// Where its message can be read.
    pub link: Option<String>,
    /// How much a picture needs it: the least first.
    #[serde(skip)]
    pub weight: u8,
}

/// What a line said before it was corrected.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Corrected {
    /// The entries that corrected it.
    pub by: Vec<Seq>,
    /// When it was first said to have happened, if that was corrected.
    pub time: Option<String>,
    /// What it first said, if that was corrected.
    pub text: Option<String>,
}

/// The days, and how their lines were chosen where there was a choice.
pub(super) fn of(record: &Record<'_>) -> (Vec<Day>, Option<String>) {
    let mut choice = choose(&record.lines);
    fold(record, &mut choice);
    let how = (choice.messages > 0)
        .then(|| reason::how_chosen(choice.chosen(), choice.messages, choice.most));
    (days(record, &choice), how)
}

/// A component that goes out and the outage that begins with it, or the update that tells of it, are one event: what one actor recorded
/// of components and outages for one minute becomes one line, with the update that follows at once.
fn fold(record: &Record<'_>, choice: &mut Choice) {
    let mut folded: Vec<Chosen> = Vec::with_capacity(choice.lines.len());
    for chosen in std::mem::take(&mut choice.lines) {
        let line = &record.lines[chosen.place];
        match folded.last_mut() {
            Some(last) if is_one_event(record, last, line) => {
                last.with.push(chosen.place);
                let new = chosen.why.iter().filter(|why| !last.why.contains(why));
                let new: Vec<_> = new.copied().collect();
                last.why.extend(new);
            }
            _ => folded.push(chosen),
        }
    }
    choice.lines = folded;
}

/// The most lines that become one.
const FOLDED: usize = 4;

fn is_one_event(record: &Record<'_>, last: &Chosen, line: &Line<'_>) -> bool {
    let first = &record.lines[last.place];
    let end = last
        .with
        .last()
        .map_or(first, |place| &record.lines[*place]);
    let plain = |line: &Line<'_>| !line.key && line.revisions.is_empty();
    let updates = matches!(line.entry.fact, Fact::Updated { .. });
    is_of_parts(first)
        && is_of_parts(end)
        && (is_of_parts(line) || updates)
        && plain(first)
        && plain(line)
        && last.with.len() + 1 < FOLDED
        && first.entry.actor == line.entry.actor
        && to_minute(first.at) == to_minute(line.at)
}

/// Whether a line tells of components or of an outage.
fn is_of_parts(line: &Line<'_>) -> bool {
    matches!(
        line.entry.fact,
        Fact::ComponentChanged { .. } | Fact::OutageStarted { .. } | Fact::OutageEnded { .. }
    )
}

fn days(record: &Record<'_>, choice: &Choice) -> Vec<Day> {
    let lines = || choice.lines.iter().map(|line| &record.lines[line.place]);
    let names: BTreeSet<String> = lines()
        .map(|line| zone_name(line.at, record.zone))
        .collect();
    let mut days: Vec<Day> = Vec::new();
    for (chosen, line) in choice.lines.iter().zip(lines()) {
        let moment = record.moment(line.at);
        if days.last().is_none_or(|last| last.day != moment.day) {
            days.push(Day {
                day: moment.day,
                weekday: weekday(line.at.with_timezone(&record.zone).weekday()).to_owned(),
                lines: Vec::new(),
            });
        }
        let mut clock = moment.clock;
        if names.len() > 1 {
            clock = format!("{clock} {}", zone_name(line.at, record.zone));
        }
        if let Some(day) = days.last_mut() {
            day.lines.push(shown(record, chosen, clock, moment.utc));
        }
    }
    days
}

fn zone_name(at: DateTime<Utc>, zone: Tz) -> String {
    at.with_timezone(&zone).offset().to_string()
}

fn shown(record: &Record<'_>, chosen: &Chosen, clock: String, utc: Option<String>) -> TimelineLine {
    let line = &record.lines[chosen.place];
    let with = || chosen.with.iter().map(|place| &record.lines[*place]);
    let said = |line: &Line<'_>| match &line.entry.fact {
        Fact::OutageEnded { windows } => outage_ended(record, windows),
        _ => record.plainly(|style| entry::of_line(line, style)),
    };
    let mut text = said(line);
    for more in with() {
        text.push_str(" · ");
        if more.entry.actor != line.entry.actor {
            text.push_str(more.entry.actor.name());
            text.push_str(": ");
        }
        text.push_str(&said(more));
    }
    let who = match &line.entry.actor {
        Actor::Scribe if !matches!(line.entry.fact, Fact::Absence { .. }) => None,
        actor => Some(actor.name().to_owned()),
    };
    TimelineLine {
        at: line.at,
        clock,
        utc,
        who,
        text: short(&text, LONGEST),
        key: line.key,
        corrected: corrected(record, line),
        edited: line.came_edited()
            || line
                .revisions
                .iter()
                .any(|revision| is_edit(record, revision.by)),
        deleted: line.deleted_at.is_some(),
        cite: line.entry.seq,
        also: with().map(|more| more.entry.seq).collect(),
        why: reason::why(&chosen.why, chosen.weight),
        link: record.link(line.entry),
        weight: with().map(weight).chain([weight(line)]).min().unwrap_or(6),
    }
}

/// What people marked and decided first; what the bands of a picture show already later.
fn weight(line: &Line<'_>) -> u8 {
    match line.entry.fact {
        _ if line.key => 0,
        Fact::Opened { .. } => 0,
        Fact::StatusChanged { .. } => 1,
        Fact::Noted { .. } | Fact::MessagePosted(_) | Fact::SeverityChanged { .. } => 2,
        Fact::Updated { .. } => 3,
        Fact::OutageStarted { .. } | Fact::OutageEnded { .. } => 4,
        Fact::ComponentChanged { .. } => 5,
        _ => 6,
    }
}

fn outage_ended(record: &Record<'_>, windows: &[Seq]) -> String {
    let ended = record.incident.outages.iter();
    let ended = ended.filter(|window| windows.contains(&window.seq));
    let lengths =
        ended.filter_map(|window| Some(Length::between(window.start, window.end?.0).text));
    entry::outage_ended(&lengths.collect::<Vec<_>>())
}

/// Whether an entry is an edit on Discord, not a correction.
pub(super) fn is_edit(record: &Record<'_>, by: Seq) -> bool {
    let place = by.0.saturating_sub(1) as usize;
    let entry = record.entries.get(place);
    entry.is_some_and(|entry| {
        matches!(
            entry.fact,
            Fact::MessageEdited { .. } | Fact::MessagePosted(_)
        )
    })
}

fn corrected(record: &Record<'_>, line: &Line<'_>) -> Option<Corrected> {
    let corrections = || {
        line.revisions
            .iter()
            .filter(|revision| !is_edit(record, revision.by))
    };
    let by: Vec<Seq> = corrections().map(|revision| revision.by).collect();
    if by.is_empty() {
        return None;
    }
    let time = corrections().find_map(|revision| revision.at);
    let reworded = corrections().find(|revision| revision.text != line.text);
    let text = reworded.and_then(|revision| revision.text);
    let hidden = line.redacted_by.is_some();
    Some(Corrected {
        by,
        time: time.map(|at| record.moment(at).text),
        text: text
            .filter(|_| !hidden)
            .map(|text| short(&record.spoken(text), LONGEST)),
    })
}
