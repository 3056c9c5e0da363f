//! What the rules write with: each entry gets its number, its times and its name here.

use chrono::{DateTime, Datelike, SubsecRound, Utc};

use super::command::Context;
use super::entry::{Entry, Fact, YEARS};
use super::id::Seq;
use super::refusal::Refusal;
use super::state::Incident;

/// Writes entries with the right numbers, times and names.
pub(super) struct Pen<'a> {
    pub(super) context: &'a Context,
    now: DateTime<Utc>,
    next: Seq,
    entries: Vec<Entry>,
}

impl<'a> Pen<'a> {
    pub(super) fn new(incident: Option<&Incident>, context: &'a Context) -> Self {
        Self {
            context,
            now: now(incident, context),
            next: incident.map_or(Seq(1), |incident| incident.last_seq.next()),
            entries: Vec::new(),
        }
    }

    pub(super) fn write(&mut self, happened_at: DateTime<Utc>, fact: Fact) {
        self.entries.push(Entry {
            seq: self.next,
            happened_at: happened_at.trunc_subsecs(6),
            recorded_at: self.now,
            actor: self.context.actor.clone(),
            origin: self.context.origin,
            fact,
        });
        self.next = self.next.next();
    }

    pub(super) fn write_now(&mut self, fact: Fact) {
        self.write(self.now, fact);
    }

    /// What time it is for the log (UTC).
    pub(super) fn now(&self) -> DateTime<Utc> {
        self.now
    }

    /// When it happened, which cannot lie ahead.
    pub(super) fn moment(&self, at: Option<DateTime<Utc>>) -> Result<DateTime<Utc>, Refusal> {
        match at {
            Some(at) if at > self.now => Err(Refusal::InFuture { at, now: self.now }),
            Some(at) => Ok(at.trunc_subsecs(6)),
            None => Ok(self.now),
        }
    }

    /// The entries, if all of their times can be kept.
    pub(super) fn done(self) -> Result<Vec<Entry>, Refusal> {
        for at in self.entries.iter().flat_map(Entry::times) {
            let year = at.year();
            if !YEARS.contains(&year) {
                return Err(Refusal::NoSuchYear { year });
            }
        }
        Ok(self.entries)
    }
}

/// What time it is for the log: never before its last entry, or a status told
/// after the clock was set back would count as older than the one before it.
fn now(incident: Option<&Incident>, context: &Context) -> DateTime<Utc> {
    let now = context.now.trunc_subsecs(6);
    let last = incident.and_then(|incident| incident.last_recorded_at);
    last.map_or(now, |last| now.max(last))
}
