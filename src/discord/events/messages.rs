//! Messages, their edits and their deletions.

use std::time::Duration;

use poise::serenity_prelude as serenity;

use crate::discord::catch_up::Cause;
use crate::discord::ids;
use crate::discord::reading::RawMessage;
use crate::discord::recording;
use crate::discord::scribe::Scribe;
use crate::incident::{IncidentKey, MessageRef};
use crate::store::StoreError;

/// How long an edit waits for the message it edits, in ten steps: both come in
/// tasks of their own and may overtake each other by a moment.
const OVERTAKEN: Duration = Duration::from_millis(100);

/// Somebody wrote something.
pub(super) async fn posted(
    scribe: &Scribe,
    context: &serenity::Context,
    message: &serenity::Message,
) {
    let Some(key) = scribe
        .recorded
        .incident_of(ids::channel(message.channel_id))
    else {
        return;
    };
    if scribe.is_me(ids::user(message.author.id)) {
        return;
    }
    let place = place(message.channel_id, message.id);
    let raw = match whole(context, message).await {
        Ok(raw) => raw,
        Err(error) => {
            tracing::error!(
                channel = place.channel.0,
                message = place.message.0,
                "a message could not be read: {error:#}"
            );
            scribe.wanted.want(Cause::Resumed);
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
    context: &serenity::Context,
    message: &serenity::Message,
) -> anyhow::Result<RawMessage> {
    let raw = RawMessage::read(serde_json::to_value(message)?)?;
    if raw.is_written() && raw.looks_empty() {
        let place = raw.place();
        return Ok(recording::fetch(&context.http, place).await?.unwrap_or(raw));
    }
    Ok(raw)
}

/// A message changed. The event may hold any part of it, so the whole of it is fetched.
pub(super) async fn updated(
    scribe: &Scribe,
    context: &serenity::Context,
    update: &serenity::MessageUpdateEvent,
) {
    let Some(key) = scribe.recorded.incident_of(ids::channel(update.channel_id)) else {
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
    let fetched = match recording::fetch(&context.http, place).await {
        Ok(Some(message)) => Some(message),
        Ok(None) => None,
        Err(error) => {
            tracing::warn!(
                channel = place.channel.0,
                message = place.message.0,
                "an edited message could not be fetched: {error:#}"
            );
            scribe.wanted.want(Cause::Resumed);
            None
        }
    };
    let told = told(update, edited);
    // Edited again meanwhile, or gone: what the event tells is a revision of its own.
    let now_different = fetched.as_ref().is_none_or(|message| {
        message.edited_timestamp != told.as_ref().and_then(|told| told.edited_timestamp)
    });
    let result = async {
        if !known(scribe, key, place).await?
            && let Some(message) = fetched.as_ref().or(told.as_ref())
        {
            recording::record(scribe, key, message).await?;
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

/// Whether the message is in the record, given it a moment to come in when it is young.
async fn known(scribe: &Scribe, key: IncidentKey, place: MessageRef) -> Result<bool, StoreError> {
    let young = scribe.now() - ids::created_at(place.message.0) < chrono::TimeDelta::seconds(10);
    for _ in 0..if young { 10 } else { 1 } {
        if scribe
            .store
            .message(place.message)
            .await?
            .is_some_and(|message| message.key == key)
        {
            return Ok(true);
        }
        if young {
            tokio::time::sleep(OVERTAKEN).await;
        }
    }
    Ok(false)
}

/// Messages were deleted. What was never recorded leaves no mark.
pub(super) async fn deleted(
    scribe: &Scribe,
    channel: serenity::ChannelId,
    messages: &[serenity::MessageId],
) {
    let Some(key) = scribe.recorded.incident_of(ids::channel(channel)) else {
        return;
    };
    for message in messages {
        let place = place(channel, *message);
        let at = scribe.now();
        let known = known(scribe, key, place).await;
        let result = match known {
            Ok(false) => continue,
            Ok(true) => recording::record_deletion(scribe, key, place, at)
                .await
                .map(|_| ()),
            Err(error) => Err(error.into()),
        };
        if let Err(error) = result {
            recording::log_unrecorded(scribe, "deletion", place, &error);
        }
    }
}

fn place(channel: serenity::ChannelId, message: serenity::MessageId) -> MessageRef {
    MessageRef {
        channel: ids::channel(channel),
        message: ids::message(message),
    }
}
