//! Posting a message once, whatever happens in between.

use poise::serenity_prelude as serenity;
use serenity::{CreateAttachment, CreateMessage, Nonce};

use crate::discord::ids;
use crate::discord::rest::Rest;
use crate::discord::scribe::Scribe;
use crate::incident::{ChannelId, Incident, MessageRef};
use crate::store::OutboxItem;

use super::earlier;
use super::failure::Failure;

/// Posts a message for an item of the outbox. The nonce makes a second try
/// within minutes of the first return the first one's message; after that it is
/// looked for in the channel.
pub(super) async fn post(
    scribe: &Scribe,
    http: &Rest,
    channel: ChannelId,
    message: CreateMessage,
    files: Vec<CreateAttachment>,
    item: &OutboxItem,
) -> Result<MessageRef, Failure> {
    if item.attempts > 1
        && let Some(posted) = earlier::posted(scribe, http, channel, &message, item).await?
    {
        return Ok(posted);
    }
    let message = message
        .nonce(Nonce::String(item.nonce.clone()))
        .enforce_nonce(true);
    let place = serenity::ChannelId::new(channel.0);
    let message = match files.is_empty() {
        true => http.post(place, message).await?,
        // Only serenity can number files, so that two are not taken for one.
        false => {
            let message = message.add_files(files);
            place.send_message(&**http, message).await?.id
        }
    };
    Ok(MessageRef {
        channel,
        message: ids::message(message),
    })
}

/// The same, remembered under a name and not posted where that is remembered already.
pub(super) async fn post_once(
    scribe: &Scribe,
    http: &Rest,
    incident: &Incident,
    name: &str,
    message: CreateMessage,
    files: Vec<CreateAttachment>,
    item: &OutboxItem,
) -> Result<(), Failure> {
    if scribe.store.post(incident.key, name).await?.is_some() {
        return Ok(());
    }
    let channel = place(incident)?;
    let posted = post(scribe, http, channel, message, files, item).await?;
    Ok(scribe
        .store
        .remember_post(incident.key, name, posted, scribe.now())
        .await?)
}

/// The incident's channel; what has to be said in it waits until it is there.
pub(super) fn place(incident: &Incident) -> Result<ChannelId, Failure> {
    let place = incident.place.map(|(channel, _)| channel);
    place.ok_or_else(|| Failure::later("the incident's channel is not there yet"))
}
