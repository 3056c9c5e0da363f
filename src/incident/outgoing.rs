//! What Scribe has to say because of an entry. Pure, so that it is queued in
//! the transaction that appends the entry; what it looks like is decided when
//! it is delivered, from the state as it is then.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::entry::{Entry, Fact};
use super::id::Seq;
use super::state::Incident;
use super::status::Status;

/// Something to be done on Discord.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Outgoing {
    /// Open the incident's channel.
    OpenPlace,
    /// Show the pinned card as it is now.
    Card,
    /// Show the announcement as it is now.
    Announcement,
    /// Bring the channel's name and topic up to date.
    Topic,
    /// Tell of an entry in the incident's channel.
    Tell {
        /// Which.
        entry: Seq,
    },
    /// Post the postmortem draft of the log up to an entry.
    Draft {
        /// The last entry it rests on.
        through: Seq,
    },
    /// Post the weekly summary to the guild.
    WeekSummary {
        /// The Monday the week begins with, in the guild's zone.
        monday: NaiveDate,
    },
}

impl Outgoing {
    /// Its name in messages about it: `card`, `announcement`, ...
    #[must_use]
    pub fn what(&self) -> &'static str {
        match self {
            Self::OpenPlace => "channel",
            Self::Card => "card",
            Self::Announcement => "announcement",
            Self::Topic => "topic",
            Self::Tell { .. } => "message",
            Self::Draft { .. } => "postmortem draft",
            Self::WeekSummary { .. } => "weekly summary",
        }
    }

    /// Whether one that waits makes another superfluous, because what is shown
    /// is the state at delivery: the last state wins.
    #[must_use]
    pub fn coalesces(&self) -> bool {
        matches!(
            self,
            Self::OpenPlace
                | Self::Card
                | Self::Announcement
                | Self::Topic
                | Self::WeekSummary { .. }
        )
    }

    /// The lane it goes by. Lanes keep their order and wait for nobody else:
    /// topics wait minutes for Discord's limits, announcements go to a channel
    /// that may be closed to us.
    #[must_use]
    pub fn lane(&self) -> &'static str {
        match self {
            Self::OpenPlace | Self::Card | Self::Tell { .. } | Self::Draft { .. } => "incident",
            Self::Announcement => "announcement",
            Self::Topic => "topic",
            Self::WeekSummary { .. } => "guild",
        }
    }
}

/// What has to be said after an entry; `incident` is the state with it.
/// A record of the past is taken over in silence: no channel is opened for
/// it, nobody is told, no draft is asked for.
#[must_use]
pub fn outgoing(incident: &Incident, entry: &Entry) -> Vec<Outgoing> {
    use Outgoing::{Announcement, Card, Draft, OpenPlace, Topic};
    if incident.source.is_some() && incident.place.is_none() {
        return Vec::new();
    }
    let tell = Outgoing::Tell { entry: entry.seq };
    let mut all = match &entry.fact {
        Fact::Opened { .. } => vec![OpenPlace, Announcement],
        Fact::PlaceOpened { .. } => vec![Card, Topic, Announcement],
        Fact::StatusChanged { .. } => vec![tell, Card, Announcement, Topic],
        Fact::Updated { .. } => vec![tell, Card, Announcement],
        Fact::SeverityChanged { .. } | Fact::Renamed { .. } => {
            vec![tell, Card, Announcement, Topic]
        }
        Fact::ComponentChanged { .. } => vec![tell, Card, Announcement],
        Fact::OutageStarted { .. } | Fact::OutageEnded { .. } => vec![tell, Card],
        Fact::RoleGiven { .. } | Fact::ActionAdded { .. } | Fact::ActionDone { .. } => {
            vec![tell, Card]
        }
        Fact::Noted { .. } | Fact::Linked { .. } => vec![tell],
        Fact::Corrected { .. } | Fact::Redacted { .. } => vec![tell, Card, Announcement],
        _ => Vec::new(),
    };
    if incident.private {
        all.retain(|one| *one != Announcement);
    }
    let resolved = matches!(entry.fact, Fact::StatusChanged { to, .. } if to == Status::Resolved);
    if resolved && incident.status_now() == Status::Resolved {
        let through = entry.seq;
        all.push(Draft { through });
    }
    all
}
