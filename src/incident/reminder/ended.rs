//! What became of the reason of a reminder that stands in a channel.

use chrono::{DateTime, Utc};

use super::due::{OWED, due, is_owed};
use super::{Due, Reminder};
use crate::incident::person::Person;
use crate::incident::role::Role;
use crate::incident::settings::GuildSettings;
use crate::incident::state::Incident;
use crate::incident::status::Status;

/// A reminder that was said, by the key of its [`Due`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SaidReminder {
    /// Of what.
    pub reminder: Reminder,
    /// What it counted from (UTC).
    pub ground: DateTime<Utc>,
    /// The how manieth time, from 0.
    pub round: u32,
}

impl SaidReminder {
    /// The one that [`Due::key`] names.
    #[must_use]
    pub fn of_key(key: &str) -> Option<Self> {
        let mut parts = key.split(':');
        let reminder = parts.next()?.parse().ok()?;
        let ground = DateTime::from_timestamp_micros(parts.next()?.parse().ok()?)?;
        let round = parts.next()?.parse().ok()?;
        Some(Self {
            reminder,
            ground,
            round,
        })
    }

    /// The key it is told by.
    #[must_use]
    pub fn key(&self) -> String {
        Due::key_of(self.reminder, self.ground, self.round)
    }
}

/// Why a reminder need not stand any more. Times are UTC.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ended {
    /// The public was told something.
    Told {
        /// When.
        at: DateTime<Utc>,
    },
    /// Somebody leads.
    Led {
        /// Who.
        by: Person,
    },
    /// The incident is over.
    Over {
        /// How.
        status: Status,
        /// Since when.
        at: DateTime<Utc>,
    },
    /// The postmortem is published.
    Published {
        /// When.
        at: DateTime<Utc>,
    },
    /// The action item is done.
    Done {
        /// When.
        at: DateTime<Utc>,
    },
    /// Somebody wants to be reminded later.
    PutOff {
        /// When.
        until: DateTime<Utc>,
    },
    /// It is owed no more, for whatever reason.
    NoLonger,
    /// It is owed still, and people are no longer reminded of it.
    GivenUp,
}

/// What became of the reason of a reminder; `None` while it holds.
#[must_use]
pub fn ended(
    incident: &Incident,
    settings: &GuildSettings,
    said: &SaidReminder,
    now: DateTime<Utc>,
) -> Option<Ended> {
    let all = due(incident, settings, now);
    let same = |due: &Due| (due.reminder, due.ground) == (said.reminder, said.ground);
    if all.iter().any(same) {
        return None;
    }
    let over = || Ended::Over {
        status: incident.status_now(),
        at: incident.status_since(),
    };
    let open = incident.status_now().is_open();
    let of_itself = match said.reminder {
        Reminder::Update if open => {
            let told = incident.told.last.as_ref();
            let told = told.filter(|news| news.at > said.ground);
            told.map(|news| Ended::Told { at: news.at })
        }
        Reminder::Commander if open => {
            let holder = incident.roles.get(&Role::commander());
            holder.map(|by| Ended::Led { by: by.clone() })
        }
        // That it was said of another silence is over; who leads may be the same.
        Reminder::Silent if open => {
            let heard = incident.silent_since() > Some(said.ground);
            let holder = incident.commander().filter(|_| heard);
            holder.map(|by| Ended::Led { by: by.clone() })
        }
        Reminder::OpenLong if open => None,
        Reminder::Update | Reminder::Commander | Reminder::Silent | Reminder::OpenLong => {
            Some(over())
        }
        Reminder::Postmortem => {
            let published = incident.status_now() == Status::Postmortem;
            let at = incident.status_since();
            published.then_some(Ended::Published { at })
        }
        Reminder::Action(number) => {
            let action = incident.actions.iter().find(|one| one.number == number);
            let done = action.and_then(|action| action.done_at);
            done.map(|at| Ended::Done { at })
        }
    };
    let put_off = incident.snoozed.get(&said.reminder).copied();
    let put_off = put_off.filter(|until| *until > now);
    of_itself
        .or_else(|| put_off.map(|until| Ended::PutOff { until }))
        .or_else(|| (!is_owed(incident, said.reminder)).then_some(Ended::NoLonger))
        .or_else(|| (said.ground < now - OWED).then_some(Ended::GivenUp))
}
