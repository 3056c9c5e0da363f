//! How Scribe fares at a moment.

use std::time::Duration;

use crate::measure::Histogram;

/// How the gateway fares, as the Discord side tells it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct GatewayVitals {
    /// Whether a session is up for each shard that this process serves, be it none.
    pub connected: bool,
    /// The gateway's shards that this process serves.
    pub shards: Vec<u32>,
    /// How many there are in all, those of other processes too.
    pub shards_in_all: u32,
    /// How many sessions were begun since the start; more than a few mean a bad line.
    pub sessions: u64,
    /// How many events of a known kind could not be read since the start. Each
    /// may be a message that only catching up will find.
    pub unreadable_events: u64,
}

/// How the store fares.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StoreVitals {
    /// What waits to be delivered to Discord.
    pub outbox_waiting: u64,
    /// For how long the oldest of it has waited.
    pub outbox_oldest: Option<Duration>,
    /// What was given up.
    pub outbox_given_up: u64,
    /// How many incidents are open.
    pub open_incidents: u64,
    /// How many entries all logs have together.
    pub entries: u64,
}

/// How the work of this process goes, since its start.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct WorkVitals {
    /// From an interaction's arrival to its answer.
    pub answers: Histogram,
    /// Interactions that failed because of Scribe, its database or Discord.
    pub answers_failed: u64,
    /// From a request to the writer to its answer after the commit.
    pub appends: Histogram,
    /// Requests that the database failed.
    pub appends_failed: u64,
    /// From being queued to being said on Discord.
    pub deliveries: Histogram,
    /// Tries to say something that failed.
    pub deliveries_failed: u64,
    /// Rounds through the recorded channels.
    pub rounds: u64,
    /// Messages that a round brought into the record.
    pub recovered: u64,
    /// For how long Discord asked to wait, each time.
    pub limits: Histogram,
    /// From `resolved` to the first postmortem published after it.
    pub published: Histogram,
}

/// Everything that the pages say.
#[derive(Clone, Debug, PartialEq)]
pub struct Vitals {
    /// The gateway.
    pub gateway: GatewayVitals,
    /// The work.
    pub work: WorkVitals,
    /// The store; `None` where it does not answer.
    pub store: Option<StoreVitals>,
}

impl Vitals {
    /// What keeps Scribe from being ready; nothing where it is.
    #[must_use]
    pub fn obstacles(&self) -> Vec<&'static str> {
        let mut obstacles = Vec::new();
        if self.store.is_none() {
            obstacles.push("the store does not answer");
        }
        if !self.gateway.connected {
            obstacles.push("the gateway is not connected");
        }
        obstacles
    }
}
