//! What every part of the Discord layer has at hand.

use std::collections::{BTreeSet, HashMap};
use std::sync::atomic::Ordering;
use std::sync::{Arc, PoisonError, RwLock};

use chrono::{DateTime, Utc};
use tokio::sync::watch;

use crate::clock::Clock;
use crate::incident::{ChannelId, Fact, GuildId, IncidentKey, UserId};
use crate::store::{Recorded, Request, Store, StoreError, SubmitError, Writer};

use super::budget::Budget;
use super::catch_up::Cause;
use super::gone::Gone;
use super::rest::Rest;
use super::shards::Serving;
use super::vitals::Vitals;
use super::work::Work;

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
    /// Held while a channel is put away.
    pub(crate) archiving: tokio::sync::Mutex<()>,
    /// What was deleted before it was in the record.
    pub(crate) gone: Gone,
    /// How many requests may still fail.
    pub(crate) budget: Budget,
    /// The gateway's shards that this process serves.
    pub(crate) serving: Serving,
    /// What this process is known by among those that share the shards.
    member: std::sync::OnceLock<String>,
    /// Whether the bot is connected and has caught up.
    pub(crate) ready: watch::Sender<bool>,
    /// How the connections fare.
    pub(crate) vitals: Vitals,
    /// How the work goes.
    pub(crate) work: Arc<Work>,
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
            archiving: tokio::sync::Mutex::default(),
            gone: Gone::default(),
            budget: Budget::default(),
            serving: Serving::default(),
            member: std::sync::OnceLock::new(),
            ready: watch::Sender::new(false),
            vitals: Vitals::default(),
            work: Arc::default(),
            changes: watch::Sender::new(0),
        }
    }

    /// Now (UTC).
    pub(crate) fn now(&self) -> DateTime<Utc> {
        (self.clock)()
    }

    /// What this process is known by; nothing before it has joined the others.
    pub(crate) fn member(&self) -> &str {
        self.member.get().map_or("", String::as_str)
    }

    /// It has joined those that share the shards.
    pub(crate) fn joined(&self, member: &str) {
        let _ = self.member.set(member.to_owned());
    }

    /// Wishes that the record of a guild be looked over.
    pub(crate) fn want(&self, guild: GuildId, cause: Cause) {
        if let Some(served) = self.serving.of(guild) {
            served.wanted.want(cause);
        }
    }

    /// Something in a recorded channel was heard and could not be recorded. It is
    /// looked for once that is possible; where the channel's shard is not ours
    /// any more, by whoever has it.
    pub(crate) fn missed(&self, channel: ChannelId) {
        let key = self.recorded.incident_of(channel);
        if let Some(served) = key.and_then(|key| self.serving.of(key.guild)) {
            served.wanted.missed(channel);
        }
    }

    /// Says that it is ready once it serves what it is to serve and has looked
    /// for what was missed.
    pub(crate) fn check_ready(&self) {
        let all = self.serving.all();
        let caught_up = all.iter().all(|one| one.caught_up.load(Ordering::Relaxed));
        if !all.is_empty()
            && caught_up
            && self.vitals.is_settled()
            && !self.ready.send_replace(true)
        {
            tracing::info!("ready");
        }
    }

    /// Whether that user is Scribe itself.
    pub(crate) fn is_me(&self, user: UserId) -> bool {
        self.me.get() == Some(&user)
    }

    /// Submits a request, and keeps the recorded channels in step with what was committed.
    pub(crate) async fn submit(&self, request: Request) -> Result<Recorded, SubmitError> {
        let once = request.once.clone();
        let recorded = self.writer.submit(request).await?;
        told(&recorded, once.as_deref());
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

/// What was recorded, for the log of this program: ids and kinds, and no text. What
/// people said is a matter of debugging, what they commanded is told.
fn told(recorded: &Recorded, once: Option<&str>) {
    let (Some(first), Some(last)) = (recorded.entries.first(), recorded.entries.last()) else {
        return;
    };
    let key = recorded.incident.key;
    let (guild, incident) = (key.guild.0, key.number);
    let (by, kind, repeated) = (once.unwrap_or("-"), first.fact.kind(), recorded.repeated);
    let (from, to) = (first.seq.0, last.seq.0);
    if by.starts_with("message:") || by.starts_with("edit:") || by.starts_with("deletion:") {
        tracing::debug!(guild, %incident, by, kind, from, to, repeated, "recorded");
    } else {
        tracing::info!(guild, %incident, by, kind, from, to, repeated, "recorded");
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

    /// Learns of one.
    pub(crate) fn insert(&self, channel: ChannelId, key: IncidentKey) {
        let mut channels = self.0.write().unwrap_or_else(PoisonError::into_inner);
        channels.insert(channel, key);
    }
}
