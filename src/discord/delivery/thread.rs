//! An incident as a thread of a text channel, or as a post in a forum.

use poise::serenity_prelude as serenity;
use serenity::{
    AutoArchiveDuration, ChannelType, CreateForumPost, CreateMessage, CreateThread, GuildChannel,
};

use crate::discord::ids;
use crate::discord::rest::{Rest, RestError};
use crate::discord::scribe::Scribe;
use crate::incident::{Actor, ChannelId, Incident};
use crate::store::OutboxItem;
use crate::words;
use crate::words::card::thread_name;

use super::failure::{Failure, answer};
use super::made_before::SKEW;

/// Whether incidents can be opened in it.
pub(super) fn holds_incidents(channel: &GuildChannel) -> bool {
    matches!(channel.kind, ChannelType::Text | ChannelType::Forum)
}

/// The thread of an earlier try, else a new one.
pub(super) async fn open(
    scribe: &Scribe,
    http: &Rest,
    incident: &Incident,
    item: &OutboxItem,
    parent: &GuildChannel,
) -> Result<ChannelId, Failure> {
    let thread = match made_before(scribe, http, incident, item, parent).await? {
        Some(thread) => thread,
        None => create(http, incident, parent)
            .await
            .map_err(|error| explained(error).mendable())?,
    };
    if let Actor::Person(opener) = &incident.opened_by {
        let opener = serenity::UserId::new(opener.id.0);
        // They find it by its link too.
        if let Err(error) = http.add_thread_channel_member(thread, opener).await {
            tracing::warn!(
                thread = thread.get(),
                "whoever opened it is not in it: {error}"
            );
        }
    }
    Ok(ids::channel(thread))
}

async fn create(
    http: &Rest,
    incident: &Incident,
    parent: &GuildChannel,
) -> Result<serenity::ChannelId, RestError> {
    let name = thread_name(incident);
    let week = AutoArchiveDuration::OneWeek;
    let created = if parent.kind == ChannelType::Forum {
        let first = CreateMessage::new().content(words::card::first_post(incident));
        let post = CreateForumPost::new(name, first).auto_archive_duration(week);
        parent.id.create_forum_post(&**http, post).await?
    } else {
        let thread = CreateThread::new(name).auto_archive_duration(week);
        let thread = thread.kind(ChannelType::PublicThread);
        parent.id.create_thread(&**http, thread).await?
    };
    Ok(created.id)
}

/// What an earlier try opened whose answer was lost. Discord says whose a thread is.
async fn made_before(
    scribe: &Scribe,
    http: &Rest,
    incident: &Incident,
    item: &OutboxItem,
    parent: &GuildChannel,
) -> Result<Option<serenity::ChannelId>, Failure> {
    if item.attempts <= 1 {
        return Ok(None);
    }
    let active = http.get_guild_active_threads(parent.guild_id).await;
    let active = active.map_err(|error| Failure::from(error).mendable())?;
    let marker = words::card::thread_prefix(incident);
    let since = item.created_at - SKEW;
    let ours = |thread: &GuildChannel| {
        let owner = thread.owner_id.map(ids::user);
        thread.parent_id == Some(parent.id)
            && owner.is_some_and(|owner| scribe.is_me(owner))
            && thread.name.starts_with(&marker)
            && ids::created_at(thread.id.get()) >= since
            && scribe
                .recorded
                .incident_of(ids::channel(thread.id))
                .is_none()
    };
    let found = active.threads.into_iter().find(ours);
    Ok(found.map(|thread| thread.id))
}

fn explained(error: RestError) -> Failure {
    match answer(&error) {
        Some((status, _, _)) if status.as_u16() == 403 => {
            Failure::Never(words::failure::may_not_open_threads())
        }
        _ => error.into(),
    }
}
