//! What every part of the Discord layer has at hand.

use std::collections::{BTreeSet, HashMap};
use std::sync::{Arc, PoisonError, RwLock};

use chrono::{DateTime, Utc};
use tokio::sync::watch;

use crate::clock::Clock;
use crate::incident::{ChannelId, Fact, GuildId, IncidentKey, UserId};
use crate::store::{Recorded, Request, Store, StoreError, SubmitError, Writer};

use super::budget::Budget;
use super::catch_up::Wanted;
use super::gone::Gone;
use super::hearing::Hearing;
use super::rest::Rest;
use super::vitals::Vitals;

/// The store, the writer and what is kept in memory beside them.
pub(crate) struct Scribe {
    pub(crate) store: Store,
    writer: Writer,
    clock: Clock,
    pub(crate) recorded: RecordedChannels,
    /// Scribe's own user, once Discord has said it.
    pub(crate) me: std::sync::OnceLock<UserId>,
    /// What asks Discord, once there is a connection.
    pub(crate) rest: std::sync::OnceLock<Arc<Rest>>,
    /// Held while the mark of a key event follows the pins on a message.
    pub(crate) pins: tokio::sync::Mutex<()>,
    /// Held while a channel that people work in becomes an incident's.
    pub(crate) adopting: tokio::sync::Mutex<()>,
    /// What was deleted before it was in the record.
    pub(crate) gone: Gone,
    /// When Discord was last heard.
    pub(crate) hearing: Hearing,
    /// How many requests may still fail.
    pub(crate) budget: Budget,
    /// The wish that the record be looked over.
    pub(crate) wanted: Wanted,
    /// Whether the bot is connected and has caught up.
    pub(crate) ready: watch::Sender<bool>,
    /// How the connection fares.
    pub(crate) vitals: Vitals,
    /// Counts what was written to any incident; whoever waits for something looks again.
    changes: watch::Sender<u64>,
}

impl Scribe {
    pub(crate) fn new(store: Store, writer: Writer, clock: Clock) -> Self {
        Self {
            store,
            writer,
            clock,
            recorded: RecordedChannels::default(),
            me: std::sync::OnceLock::new(),
            rest: std::sync::OnceLock::new(),
            pins: tokio::sync::Mutex::default(),
            adopting: tokio::sync::Mutex::default(),
            gone: Gone::default(),
            hearing: Hearing::default(),
            budget: Budget::default(),
            wanted: Wanted::default(),
            ready: watch::Sender::new(false),
            vitals: Vitals::default(),
            changes: watch::Sender::new(0),
        }
    }

    /// Now (UTC).
    pub(crate) fn now(&self) -> DateTime<Utc> {
        (self.clock)()
    }

    /// Whether that user is Scribe itself.
    pub(crate) fn is_me(&self, user: UserId) -> bool {
        self.me.get() == Some(&user)
    }

    /// Submits a request, and keeps the recorded channels in step with what was committed.
    pub(crate) async fn submit(&self, request: Request) -> Result<Recorded, SubmitError> {
        let recorded = self.writer.submit(request).await?;
        for entry in &recorded.entries {
            match entry.fact {
                Fact::PlaceOpened { channel, .. } | Fact::ThreadFollowed { channel, .. } => {
                    self.recorded.insert(channel, recorded.incident.key);
                }
                _ => {}
            }
        }
        self.changes.send_modify(|count| *count += 1);
        Ok(recorded)
    }

    /// Wakes whenever something was written.
    pub(crate) fn changes(&self) -> watch::Receiver<u64> {
        self.changes.subscribe()
    }
}

/// The channels and threads whose messages are recorded, in memory, because
/// every message of every channel of a guild is looked up in it.
#[derive(Default)]
pub(crate) struct RecordedChannels(RwLock<HashMap<ChannelId, IncidentKey>>);

impl RecordedChannels {
    /// Learns all that the store knows.
    pub(crate) async fn load(&self, store: &Store) -> Result<(), StoreError> {
        for channel in store.recorded_channels().await? {
            self.insert(channel.channel, channel.key);
        }
        Ok(())
    }

    /// The incident that a channel or thread belongs to.
    pub(crate) fn incident_of(&self, channel: ChannelId) -> Option<IncidentKey> {
        let channels = self.0.read().unwrap_or_else(PoisonError::into_inner);
        channels.get(&channel).copied()
    }

    /// The guilds that have recorded channels.
    pub(crate) fn guilds(&self) -> BTreeSet<GuildId> {
        let channels = self.0.read().unwrap_or_else(PoisonError::into_inner);
        channels.values().map(|key| key.guild).collect()
    }

    fn insert(&self, channel: ChannelId, key: IncidentKey) {
        let mut channels = self.0.write().unwrap_or_else(PoisonError::into_inner);
        channels.insert(channel, key);
    }
}
