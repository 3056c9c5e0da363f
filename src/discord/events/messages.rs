//! Messages, their edits and their deletions.

use poise::serenity_prelude as serenity;

use crate::discord::events::threads;
use crate::discord::ids;
use crate::discord::reading::RawMessage;
use crate::discord::recording;
use crate::discord::scribe::Scribe;
use crate::incident::{IncidentKey, MessageRef};
use crate::store::StoreError;

/// The incident that something said in a channel belongs to. What is said in a
/// new thread can overtake the news of the thread; the cache has that in its
/// order already, and the thread is followed then and there.
async fn concerns(
    scribe: &Scribe,
    context: &serenity::Context,
    guild: Option<serenity::GuildId>,
    channel: serenity::ChannelId,
    message: serenity::MessageId,
) -> Option<IncidentKey> {
    if let Some(key) = scribe.recorded.incident_of(ids::channel(channel)) {
        return Some(key);
    }
    let mut thread = {
        let guild = context.cache.guild(guild?)?;
        let mut threads = guild.threads.iter();
        threads.find(|thread| thread.id == channel)?.clone()
    };
    let key = scribe
        .recorded
        .incident_of(ids::channel(thread.parent_id?))?;
    // The cache knows the thread as it was before this.
    thread.last_message_id = thread.last_message_id.max(Some(message));
    if !threads::belongs(scribe, key, &thread).await {
        return None;
    }
    threads::follow(scribe, key, &thread).await;
    Some(key)
}

/// Somebody wrote something.
pub(super) async fn posted(
    scribe: &Scribe,
    context: &serenity::Context,
    message: &serenity::Message,
) {
    if scribe.is_me(ids::user(message.author.id)) {
        return;
    }
    let Some(key) = concerns(
        scribe,
        context,
        message.guild_id,
        message.channel_id,
        message.id,
    )
    .await
    else {
        return;
    };
    let place = place(message.channel_id, message.id);
    let raw = match whole(scribe, context, message).await {
        Ok(raw) => raw,
        Err(error) => {
            tracing::error!(
                channel = place.channel.0,
                message = place.message.0,
                "a message could not be read: {error:#}"
            );
            scribe.missed(place.channel);
            return;
        }
    };
    if let Err(error) = recording::record(scribe, key, &raw).await {
        recording::log_unrecorded(scribe, "message", place, &error);
    }
}

/// The message with all its parts. The model leaves out what it does not know;
/// one that looks empty is fetched as Discord has it.
async fn whole(
    scribe: &Scribe,
    context: &serenity::Context,
    message: &serenity::Message,
) -> anyhow::Result<RawMessage> {
    let raw = RawMessage::read(serde_json::to_value(message)?)?;
    if raw.is_written() && raw.looks_empty() {
        let place = raw.place();
        return Ok(recording::fetch(scribe, &context.http, place)
            .await?
            .unwrap_or(raw));
    }
    Ok(raw)
}

/// A message changed. The event may hold any part of it, so the whole of it is fetched.
pub(super) async fn updated(
    scribe: &Scribe,
    context: &serenity::Context,
    update: &serenity::MessageUpdateEvent,
) {
    let Some(key) = concerns(
        scribe,
        context,
        update.guild_id,
        update.channel_id,
        update.id,
    )
    .await
    else {
        return;
    };
    // Without a time of editing nobody edited it: a link got its preview, a thread was opened.
    let Some(edited) = update.edited_timestamp else {
        return;
    };
    if update
        .author
        .as_ref()
        .is_some_and(|author| scribe.is_me(ids::user(author.id)))
    {
        return;
    }
    let place = place(update.channel_id, update.id);
    let fetched = match recording::fetch(scribe, &context.http, place).await {
        Ok(Some(message)) => Some(message),
        Ok(None) => None,
        Err(error) => {
            tracing::warn!(
                channel = place.channel.0,
                message = place.message.0,
                "an edited message could not be fetched: {error:#}"
            );
            scribe.missed(place.channel);
            None
        }
    };
    let told = told(update, edited);
    // Edited again meanwhile, or gone: what the event tells is a revision of its own.
    let now_different = fetched.as_ref().is_none_or(|message| {
        message.edited_timestamp != told.as_ref().and_then(|told| told.edited_timestamp)
    });
    let result = async {
        if !recording::known(scribe, key, place).await? {
            // In a place that was there before the incident.
            if before_its_time(scribe, key, place).await? {
                return Ok(());
            }
            if let Some(message) = fetched.as_ref().or(told.as_ref()) {
                recording::record(scribe, key, message).await?;
            }
        }
        if now_different && let Some(told) = &told {
            recording::record_edit(scribe, key, told).await?;
        }
        if let Some(message) = &fetched {
            recording::record_edit(scribe, key, message).await?;
        }
        Ok::<_, crate::store::SubmitError>(())
    };
    if let Err(error) = result.await {
        recording::log_unrecorded(scribe, "edit", place, &error);
    }
}

async fn before_its_time(
    scribe: &Scribe,
    key: IncidentKey,
    place: MessageRef,
) -> Result<bool, StoreError> {
    let incident = scribe.store.incident(key).await?;
    let since = incident.and_then(|incident| incident.adopted_since);
    Ok(since.is_some_and(|since| ids::created_at(place.message.0) < since))
}

/// What the event itself tells, where it holds a whole message.
fn told(update: &serenity::MessageUpdateEvent, edited: serenity::Timestamp) -> Option<RawMessage> {
    let author = update.author.as_ref()?;
    let content = update.content.as_ref()?;
    let written = update.timestamp.unwrap_or(edited);
    let json = serde_json::json!({
        "id": update.id, "channel_id": update.channel_id, "author": author, "content": content,
        "timestamp": written, "edited_timestamp": edited,
        "embeds": update.embeds, "attachments": update.attachments,
    });
    RawMessage::read(json).ok()
}

/// Messages were deleted. What was never recorded leaves no mark.
pub(super) async fn deleted(
    scribe: &Scribe,
    context: &serenity::Context,
    (guild, channel): (Option<serenity::GuildId>, serenity::ChannelId),
    messages: &[serenity::MessageId],
) {
    let Some(last) = messages.iter().max() else {
        return;
    };
    let Some(key) = concerns(scribe, context, guild, channel, *last).await else {
        return;
    };
    for message in messages {
        let place = place(channel, *message);
        let at = scribe.now();
        scribe.gone.note(place.message, at);
        let result = match recording::is_known(scribe, key, place).await {
            // Whoever records it sees that it is gone.
            Ok(false) => continue,
            Ok(true) => recording::record_deletion(scribe, key, place, at)
                .await
                .map(|_| {
                    scribe.gone.take(place.message);
                }),
            Err(error) => Err(error.into()),
        };
        if let Err(error) = result {
            recording::log_unrecorded(scribe, "deletion", place, &error);
        }
    }
}

pub(super) fn place(channel: serenity::ChannelId, message: serenity::MessageId) -> MessageRef {
    MessageRef {
        channel: ids::channel(channel),
        message: ids::message(message),
    }
}
