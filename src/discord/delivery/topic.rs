//! The channel's name and topic. Discord allows two changes in ten minutes, so
//! they are late by nature; what waits coalesces, and nothing waits for them.

use chrono::TimeDelta;
use poise::serenity_prelude as serenity;
use serenity::EditChannel;

use crate::incident::{Incident, Place};
use crate::words::{self, card::channel_name};

use super::failure::{Failure, answer};

/// After how long a change that was one too many is tried again.
const TOO_MANY: TimeDelta = TimeDelta::minutes(5);

/// How long a change may take. The rate limiter would sleep for minutes in it.
const PATIENCE: std::time::Duration = std::time::Duration::from_secs(8);

/// Brings name and topic up to date.
pub(super) async fn deliver(http: &serenity::Http, incident: &Incident) -> Result<(), Failure> {
    // A thread has no topic, and its name is its people's.
    let Some((channel, Place::Channel)) = incident.place else {
        return Ok(());
    };
    let channel = serenity::ChannelId::new(channel.0);
    let (name, topic) = (channel_name(incident), words::card::topic(incident));
    let now = http.get_channel(channel).await?.guild();
    let same = now.is_some_and(|now| now.name == name && now.topic.as_deref() == Some(&topic));
    if same {
        return Ok(());
    }
    let edit = EditChannel::new().name(name).topic(topic);
    match tokio::time::timeout(PATIENCE, http.edit_channel(channel, &edit, None)).await {
        Ok(Ok(_)) => Ok(()),
        Ok(Err(error)) => match answer(&error) {
            Some((status, _, _)) if status.as_u16() == 429 => Err(later()),
            _ => Err(error.into()),
        },
        Err(_) => Err(later()),
    }
}

fn later() -> Failure {
    Failure::Later {
        after: Some(TOO_MANY),
        reason: words::failure::rate_limited(),
        tell: false,
    }
}
