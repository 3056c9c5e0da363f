//! How command passes from one to another: offered and in force once it is
//! accepted, or taken over from somebody who is silent.

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use super::entry::Entry;
use super::id::Seq;
use super::person::{Actor, Person};
use super::role::Role;
use super::state::Incident;

/// That somebody is asked to take command.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HandoverOffer {
    /// Whose it is; `None` where nobody led.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Person>,
    /// Who is asked.
    pub to: Person,
    /// What they should know.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// That an offer was not accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HandoverEnd {
    /// The entry that made the offer.
    pub offer: Seq,
    /// Why not.
    pub how: NotAccepted,
}

/// Why an offer was not accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NotAccepted {
    /// Whoever was asked said no.
    Declined,
    /// Whoever asked took it back.
    Withdrawn,
}

/// How a role came to somebody, where it was not simply given.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "how", rename_all = "snake_case")]
pub enum Passing {
    /// They accepted an offer.
    Handover {
        /// The entry that made it.
        offer: Seq,
    },
    /// They took it from somebody who was silent.
    Takeover {
        /// Since when there was no word (UTC).
        silent_since: DateTime<Utc>,
        /// What they wrote of it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        note: Option<String>,
    },
}

impl Passing {
    /// What somebody wrote of it.
    #[must_use]
    pub fn note(&self) -> Option<&str> {
        match self {
            Self::Handover { .. } => None,
            Self::Takeover { note, .. } => note.as_deref(),
        }
    }

    /// The same without what was written.
    #[must_use]
    pub(super) fn redacted(&self, gone: &str) -> Self {
        let mut passing = self.clone();
        if let Self::Takeover { note, .. } = &mut passing {
            *note = note.as_ref().map(|_| gone.to_owned());
        }
        passing
    }
}

/// An offer of command and what became of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Handover {
    /// The entry that made it.
    pub seq: Seq,
    /// Who offers.
    pub by: Actor,
    /// Whose command it is; `None` where nobody led.
    pub from: Option<Person>,
    /// Who is asked.
    pub to: Person,
    /// When (UTC).
    pub at: DateTime<Utc>,
    /// How it ended; `None` while it is open.
    pub ended: Option<Ended>,
}

impl Handover {
    /// Who is told that it was not accepted: the other side, if it is on Discord.
    #[must_use]
    pub fn told_of(&self, how: NotAccepted) -> Option<&Person> {
        match (how, &self.by) {
            (NotAccepted::Withdrawn, _) => Some(&self.to),
            (NotAccepted::Declined, Actor::Person(person)) => Some(person),
            (NotAccepted::Declined, Actor::Named { .. } | Actor::Scribe) => None,
        }
    }
}

/// The end of an offer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ended {
    /// The entry that brought it about.
    pub by: Seq,
    /// When (UTC).
    pub at: DateTime<Utc>,
    /// How.
    pub how: Outcome,
}

/// What becomes of an offer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// It was accepted: command passed.
    Accepted,
    /// Whoever was asked said no.
    Declined,
    /// Whoever asked took it back.
    Withdrawn,
    /// Somebody else was asked.
    Replaced,
    /// Command passed by another way.
    Superseded,
    /// The incident ended.
    Closed,
}

impl From<NotAccepted> for Outcome {
    fn from(how: NotAccepted) -> Self {
        match how {
            NotAccepted::Declined => Self::Declined,
            NotAccepted::Withdrawn => Self::Withdrawn,
        }
    }
}

impl Incident {
    /// Who leads.
    #[must_use]
    pub fn commander(&self) -> Option<&Person> {
        self.roles.get(&Role::commander())
    }

    /// The offer of command that waits for an answer.
    #[must_use]
    pub fn open_handover(&self) -> Option<&Handover> {
        let last = self.handovers.last();
        last.filter(|offer| offer.ended.is_none())
    }

    /// Since when nothing was heard from whoever leads (UTC): their last word or
    /// deed in the incident, or when command came to them. `None` where nobody leads.
    #[must_use]
    pub fn silent_since(&self) -> Option<DateTime<Utc>> {
        let heard = self.people.last_heard(self.commander()?.id);
        heard.max(self.people.commander_since())
    }

    /// Whether anybody else said or did something since a moment.
    #[must_use]
    pub fn others_heard_since(&self, moment: DateTime<Utc>) -> bool {
        let commander = self.commander().map(|person| person.id);
        self.people.heard_since(moment, commander)
    }

    pub(super) fn offer_command(&mut self, entry: &Entry, offer: &HandoverOffer) {
        self.end_handover(entry, Outcome::Replaced);
        self.handovers.push(Handover {
            seq: entry.seq,
            by: entry.actor.clone(),
            from: offer.from.clone(),
            to: offer.to.clone(),
            at: entry.happened_at,
            ended: None,
        });
    }

    /// Ends the offer that is open, if there is one.
    pub(super) fn end_handover(&mut self, entry: &Entry, how: Outcome) {
        if let Some(offer) = self.handovers.last_mut()
            && offer.ended.is_none()
        {
            offer.ended = Some(Ended {
                by: entry.seq,
                at: entry.recorded_at,
                how,
            });
        }
    }

    /// The same because command passed.
    pub(super) fn command_passed(&mut self, entry: &Entry, by: Option<&Passing>) {
        let open = self.open_handover().map(|offer| offer.seq);
        let accepted = matches!(by, Some(Passing::Handover { offer }) if Some(*offer) == open);
        let how = match accepted {
            true => Outcome::Accepted,
            false => Outcome::Superseded,
        };
        self.end_handover(entry, how);
    }
}

/// For how long somebody who leads may be silent before others may take over,
/// where the guild chose nothing for the severity.
pub const TAKEOVER_AFTER: TimeDelta = TimeDelta::minutes(15);
