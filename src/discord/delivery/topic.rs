//! The channel's name and topic. Discord allows two changes in ten minutes, so
//! they are late by nature; what waits coalesces, and nothing waits for them.

use std::collections::{HashMap, VecDeque};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use poise::serenity_prelude as serenity;
use serenity::{Channel, EditChannel, LightMethod, Request, Route};
use tokio::time::Instant;

use crate::discord::rest::{Rest, RestError};
use crate::incident::{ChannelId, Incident, Place};
use crate::words::{self, card::channel_name};

use super::failure::Failure;

/// How many changes of a channel's name or topic Discord takes ...
const CHANGES: usize = 2;

/// ... in how long, with a little for clocks that differ.
const WINDOW: Duration = Duration::from_secs(10 * 60 - 10);

/// After how long a change is tried again whose limit was not foreseen.
const TOO_MANY: Duration = Duration::from_secs(5 * 60);

/// How long a change may take. serenity's limiter would sleep for minutes in
/// it, and keep a place that another lane could use.
const PATIENCE: Duration = Duration::from_secs(8);

/// When names and topics were changed lately, so that a change too many is not even asked for.
#[derive(Debug, Default)]
pub(super) struct Topics(Mutex<HashMap<ChannelId, VecDeque<Instant>>>);

impl Topics {
    /// After how long there may be another change; `None` is now.
    fn wait(&self, channel: ChannelId, now: Instant) -> Option<Duration> {
        let mut topics = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let is_old = |at: &Instant| now.duration_since(*at) >= WINDOW;
        for changes in topics.values_mut() {
            changes.retain(|at| !is_old(at));
        }
        topics.retain(|_, changes| !changes.is_empty());
        let changes = topics.get(&channel)?;
        let first = changes.front().filter(|_| changes.len() >= CHANGES)?;
        Some(WINDOW.saturating_sub(now.duration_since(*first)))
    }

    /// Notes a change.
    fn changed(&self, channel: ChannelId, now: Instant) {
        let mut topics = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        topics.entry(channel).or_default().push_back(now);
    }
}

/// Brings name and topic up to date.
pub(super) async fn deliver(
    http: &Rest,
    topics: &Topics,
    incident: &Incident,
) -> Result<(), Failure> {
    // A thread has no topic, and its name is its people's.
    let Some((channel, Place::Channel)) = incident.place else {
        return Ok(());
    };
    match tokio::time::timeout(PATIENCE, change(http, topics, incident, channel)).await {
        Ok(outcome) => outcome,
        Err(_) => Err(Failure::limited(TOO_MANY)),
    }
}

async fn change(
    http: &Rest,
    topics: &Topics,
    incident: &Incident,
    channel: ChannelId,
) -> Result<(), Failure> {
    let route = || Route::Channel {
        channel_id: serenity::ChannelId::new(channel.0),
    };
    let (name, topic) = (channel_name(incident), words::card::topic(incident));
    let now: Channel = http.get(route()).await?;
    let now = now.guild();
    if now.is_some_and(|now| now.name == name && now.topic.as_deref() == Some(&topic)) {
        return Ok(());
    }
    if let Some(after) = topics.wait(channel, Instant::now()) {
        return Err(Failure::limited(after));
    }
    let edit = EditChannel::new().name(name).topic(topic);
    let body = serde_json::to_vec(&edit)
        .map_err(serenity::Error::from)
        .map_err(RestError::from)?;
    http.wind(Request::new(route(), LightMethod::Patch).body(Some(body)))
        .await?;
    topics.changed(channel, Instant::now());
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_third_change_in_ten_minutes_waits_for_the_first_to_be_old() {
        let topics = Topics::default();
        let (one, other) = (ChannelId(1), ChannelId(2));
        let start = Instant::now();
        let second = Duration::from_secs(1);
        topics.changed(one, start);
        assert_eq!(topics.wait(one, start), None);
        topics.changed(one, start + second);
        let wait = topics.wait(one, start + second * 3);
        assert_eq!(wait, Some(WINDOW - second * 3));
        assert_eq!(topics.wait(other, start), None, "each has its own");
        assert_eq!(topics.wait(one, start + WINDOW), None);
        topics.changed(one, start + WINDOW);
        let wait = topics.wait(one, start + WINDOW);
        assert_eq!(wait, Some(second), "the second counts still");
        assert_eq!(topics.wait(one, start + WINDOW * 3), None);
        assert!(
            topics.0.lock().unwrap().is_empty(),
            "what is old is forgotten"
        );
    }
}
