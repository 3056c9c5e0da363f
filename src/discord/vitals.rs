//! How the connection to Discord fares, for whoever watches over the process.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

/// How the connection fares. Clones tell of the same one.
#[derive(Clone, Debug, Default)]
pub struct Vitals(Arc<Counts>);

#[derive(Debug, Default)]
struct Counts {
    connected: AtomicBool,
    sessions: AtomicU64,
    unreadable: AtomicU64,
}

impl Vitals {
    /// Whether a session is up and its heartbeats are acknowledged.
    #[must_use]
    pub fn is_connected(&self) -> bool {
        self.0.connected.load(Ordering::Relaxed)
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

    pub(super) fn session_is_up(&self) {
        self.0.sessions.fetch_add(1, Ordering::Relaxed);
        self.set_connected(true);
    }

    pub(super) fn set_connected(&self, connected: bool) {
        self.0.connected.store(connected, Ordering::Relaxed);
    }

    pub(super) fn event_was_unreadable(&self) {
        self.0.unreadable.fetch_add(1, Ordering::Relaxed);
    }
}
