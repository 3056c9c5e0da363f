//! Events that serenity could not decode. They vanish without a word
//! otherwise, and with them what somebody said.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use poise::serenity_prelude as serenity;
use serenity::Event;

use crate::discord::vitals::Vitals;

/// The kinds we live on. Others may be new to serenity, which is no loss.
const NEEDED: [&str; 10] = [
    "READY",
    "GUILD_CREATE",
    "MESSAGE_CREATE",
    "MESSAGE_UPDATE",
    "MESSAGE_DELETE",
    "MESSAGE_DELETE_BULK",
    "MESSAGE_REACTION_ADD",
    "MESSAGE_REACTION_REMOVE",
    "INTERACTION_CREATE",
    "THREAD_CREATE",
];

/// Counts and logs them.
#[derive(Clone)]
pub(crate) struct Unknown {
    counts: Arc<Mutex<BTreeMap<String, u64>>>,
    vitals: Vitals,
}

impl Unknown {
    pub(crate) fn new(vitals: Vitals) -> Self {
        Self {
            counts: Arc::default(),
            vitals,
        }
    }
}

#[serenity::async_trait]
impl serenity::RawEventHandler for Unknown {
    async fn raw_event(&self, _: serenity::Context, event: Event) {
        let Event::Unknown(unknown) = event else {
            return;
        };
        if !NEEDED.contains(&unknown.kind.as_str()) {
            return;
        }
        let mut counts = self.counts.lock().unwrap_or_else(PoisonError::into_inner);
        let count = counts.entry(unknown.kind.clone()).or_default();
        *count += 1;
        self.vitals.event_was_unreadable();
        tracing::error!(
            kind = unknown.kind,
            count = *count,
            "an event from Discord could not be decoded and is lost; catching up will find messages, nothing else"
        );
    }
}
