//! How the connections to Discord fare, for whoever watches over the process.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::store::Shard;

/// How the connections fare. Clones tell of the same ones.
#[derive(Clone, Debug, Default)]
pub struct Vitals(Arc<Counts>);

#[derive(Debug, Default)]
struct Counts {
    shards: Mutex<Shards>,
    sessions: AtomicU64,
    unreadable: AtomicU64,
}

#[derive(Debug, Default)]
struct Shards {
    /// Whether this process has what is its own, be it nothing.
    settled: bool,
    /// How many shards there are in all.
    total: u32,
    /// Those of this process, and whether each is up.
    own: BTreeMap<Shard, bool>,
}

impl Vitals {
    /// Whether each shard of this process has a session whose heartbeats are
    /// acknowledged. A process that stands by has none to wait for.
    #[must_use]
    pub fn is_connected(&self) -> bool {
        let shards = self.shards();
        shards.settled && shards.own.values().all(|up| *up)
    }

    /// The shards that this process serves, and how many there are in all.
    #[must_use]
    pub fn serving(&self) -> (Vec<u32>, u32) {
        let shards = self.shards();
        let own = shards.own.keys().map(|shard| shard.id).collect();
        (own, shards.total)
    }

    /// How many sessions were begun or resumed since the start.
    #[must_use]
    pub fn sessions(&self) -> u64 {
        self.0.sessions.load(Ordering::Relaxed)
    }

    /// How many events that Scribe lives on could not be decoded since the start.
    #[must_use]
    pub fn unreadable_events(&self) -> u64 {
        self.0.unreadable.load(Ordering::Relaxed)
    }

    fn shards(&self) -> MutexGuard<'_, Shards> {
        self.0.shards.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether a shard of this process is up.
    pub(super) fn is_up(&self, shard: Shard) -> bool {
        self.shards().own.get(&shard).copied().unwrap_or(false)
    }

    pub(super) fn is_settled(&self) -> bool {
        self.shards().settled
    }

    pub(super) fn settle(&self, settled: bool, total: u32) {
        let mut shards = self.shards();
        shards.settled = settled;
        shards.total = if total == 0 { shards.total } else { total };
    }

    pub(super) fn serves(&self, shard: Shard) {
        self.shards().own.insert(shard, false);
    }

    pub(super) fn serves_no_more(&self, shard: Shard) {
        self.shards().own.remove(&shard);
    }

    pub(super) fn session_is_up(&self, shard: Shard) {
        self.0.sessions.fetch_add(1, Ordering::Relaxed);
        self.set_connected(shard, true);
    }

    pub(super) fn set_connected(&self, shard: Shard, connected: bool) {
        if let Some(up) = self.shards().own.get_mut(&shard) {
            *up = connected;
        }
    }

    pub(super) fn event_was_unreadable(&self) {
        self.0.unreadable.fetch_add(1, Ordering::Relaxed);
    }
}
