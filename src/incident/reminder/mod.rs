//! What people are reminded of: what is owed by the state of an incident and
//! the guild's policy, and when it is said.
//!
//! Pure. Each reminder has a reason that is read off the state, so it ends
//! exactly when its reason does; and a key that is the same whoever asks and
//! however often, so that it can be said once.
//!
//! # Layout
//! - `policy`: what a guild chooses.
//! - `quiet`: the hours in which nothing is said.
//! - `schedule`: when a reminder comes, and comes again.
//! - `silence`: for how long whoever leads may be silent.
//! - `due`: which are due.
//! - `ended`: what became of the reason of one that was said.
//! - `written`: a guild's choices as people write them in a line.

mod due;
mod ended;
mod policy;
#[cfg(test)]
mod properties;
mod quiet;
mod schedule;
mod silence;
#[cfg(test)]
mod stories;
pub mod written;

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

pub use due::{Due, LOOK_BACK, NEVER_AFTER, OWED, Why, due, is_owed, postmortem_due};
pub use ended::{Ended, SaidReminder, ended};
pub use policy::{ReminderPolicy, ReminderTimes};
pub use quiet::QuietHours;
pub use schedule::{MORNING, tomorrow};
pub use silence::SilenceTimes;

/// What somebody is reminded of, one of each for an incident. Written as
/// `update`, `commander`, `silent`, `open_long`, `postmortem`, `action-3`: the stored form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub enum Reminder {
    /// To tell the public something: nothing was said for long, or more was promised.
    Update,
    /// To lead: nobody does.
    Commander,
    /// To say a word: whoever leads has been silent while others are at work.
    Silent,
    /// To end it: it is open for long.
    OpenLong,
    /// To publish the postmortem.
    Postmortem,
    /// To do the action item of that number.
    Action(u32),
}

/// A text that names no reminder.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("this names no reminder")]
pub struct NoReminder;

impl fmt::Display for Reminder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Update => f.write_str("update"),
            Self::Commander => f.write_str("commander"),
            Self::Silent => f.write_str("silent"),
            Self::OpenLong => f.write_str("open_long"),
            Self::Postmortem => f.write_str("postmortem"),
            Self::Action(number) => write!(f, "action-{number}"),
        }
    }
}

impl FromStr for Reminder {
    type Err = NoReminder;

    fn from_str(text: &str) -> Result<Self, NoReminder> {
        match text {
            "update" => Ok(Self::Update),
            "commander" => Ok(Self::Commander),
            "silent" => Ok(Self::Silent),
            "open_long" => Ok(Self::OpenLong),
            "postmortem" => Ok(Self::Postmortem),
            _ => {
                let number = text.strip_prefix("action-").ok_or(NoReminder)?;
                number.parse().map(Self::Action).map_err(|_| NoReminder)
            }
        }
    }
}

impl From<Reminder> for String {
    fn from(reminder: Reminder) -> Self {
        reminder.to_string()
    }
}

impl TryFrom<String> for Reminder {
    type Error = NoReminder;

    fn try_from(text: String) -> Result<Self, NoReminder> {
        text.parse()
    }
}
