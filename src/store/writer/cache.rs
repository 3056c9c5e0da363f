//! The states of incidents that people work on, so that an append need not
//! read them each time.

use std::collections::HashMap;
use std::sync::Arc;

use crate::incident::{Incident, IncidentKey};

/// The most incidents kept; a state is some kilobytes.
const MOST: usize = 1024;

/// A state and the hash of the entry it ends with.
#[derive(Clone, Debug)]
pub(super) struct Loaded {
    pub(super) incident: Arc<Incident>,
    pub(super) hash: String,
}

/// States by incident. Another process may have written since, so one holds
/// only while the database names the same hash.
#[derive(Debug, Default)]
pub(super) struct Cache {
    states: HashMap<IncidentKey, Loaded>,
}

impl Cache {
    pub(super) fn get(&self, key: IncidentKey) -> Option<&Loaded> {
        self.states.get(&key)
    }

    /// Keeps a committed state while people work on the incident.
    pub(super) fn keep(&mut self, key: IncidentKey, state: Loaded) {
        if !state.incident.status_now().is_open() {
            self.states.remove(&key);
            return;
        }
        if self.states.len() >= MOST && !self.states.contains_key(&key) {
            self.states.clear();
        }
        self.states.insert(key, state);
    }
}
