//! Events that serenity could not decode. They vanish without a word
//! otherwise, and with them what somebody said.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use poise::serenity_prelude as serenity;
use serde::Deserialize;
use serenity::Event;

use crate::discord::catch_up::Cause;
use crate::discord::scribe::Scribe;
use crate::discord::shards::Served;

use super::{messages, reactions};

/// The kinds we live on. Others may be new to serenity, which is no loss.
const NEEDED: [&str; 12] = [
    "READY",
    "GUILD_CREATE",
    "MESSAGE_CREATE",
    "MESSAGE_UPDATE",
    "MESSAGE_DELETE",
    "MESSAGE_DELETE_BULK",
    "MESSAGE_REACTION_ADD",
    "MESSAGE_REACTION_REMOVE",
    "MESSAGE_REACTION_REMOVE_ALL",
    "MESSAGE_REACTION_REMOVE_EMOJI",
    "INTERACTION_CREATE",
    "THREAD_CREATE",
];

/// Of this one Discord sends less than serenity expects, so it always comes here.
const EMOJI_CLEARED: &str = "MESSAGE_REACTION_REMOVE_EMOJI";

/// Counts and logs them, and has what they told of looked for.
#[derive(Clone)]
pub(crate) struct Unknown {
    counts: Arc<Mutex<BTreeMap<String, u64>>>,
    scribe: Arc<Scribe>,
    served: Arc<Served>,
}

impl Unknown {
    pub(crate) fn new(scribe: Arc<Scribe>, served: Arc<Served>) -> Self {
        Self {
            counts: Arc::default(),
            scribe,
            served,
        }
    }
}

/// Where an event happened.
#[derive(Deserialize)]
struct Where {
    channel_id: serenity::ChannelId,
    message_id: serenity::MessageId,
}

#[serenity::async_trait]
impl serenity::RawEventHandler for Unknown {
    async fn raw_event(&self, context: serenity::Context, event: Event) {
        let Event::Unknown(unknown) = event else {
            return;
        };
        if !self.served.is_ours() {
            return;
        }
        if unknown.kind == EMOJI_CLEARED
            && let Ok(at) = serde_json::from_value::<Where>(unknown.value.clone())
        {
            let place = messages::place(at.channel_id, at.message_id);
            reactions::cleared(&self.scribe, &context, place).await;
            return;
        }
        if !NEEDED.contains(&unknown.kind.as_str()) {
            return;
        }
        let count = {
            let mut counts = self.counts.lock().unwrap_or_else(PoisonError::into_inner);
            let count = counts.entry(unknown.kind.clone()).or_default();
            *count += 1;
            *count
        };
        self.scribe.vitals.event_was_unreadable();
        tracing::error!(
            kind = unknown.kind,
            count,
            "an event from Discord could not be decoded; what it told of messages is looked for, anything else is lost"
        );
        self.served.wanted.want(Cause::Resumed);
    }
}
