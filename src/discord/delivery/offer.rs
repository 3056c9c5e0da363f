//! The offer to remove what looks like a secret, below the message that holds it.

use poise::serenity_prelude as serenity;
use serenity::CreateMessage;

use crate::discord::commands::redact_button;
use crate::discord::rest::{Rest, RestError};
use crate::discord::scribe::Scribe;
use crate::incident::{Incident, Seq, secrets};
use crate::store::OutboxItem;
use crate::words;

use super::failure::{Failure, is_gone};
use super::post::post_once;

/// Offers to remove the text of an entry, unless it is gone already.
pub(super) async fn deliver(
    scribe: &Scribe,
    http: &Rest,
    incident: &Incident,
    entry: Seq,
    item: &OutboxItem,
) -> Result<(), Failure> {
    let Some(found) = scribe.store.entry(incident.key, entry).await? else {
        return Ok(());
    };
    let kinds = found.fact.text().map(secrets).unwrap_or_default();
    if kinds.is_empty() || incident.redacted.contains(&entry) {
        return Ok(());
    }
    let message = CreateMessage::new()
        .content(words::secret::offer(&found, &kinds))
        .components(vec![redact_button(incident.key.number, entry)]);
    let name = name(entry);
    post_once(scribe, http, incident, &name, message, Vec::new(), item).await
}

/// Takes the offer back, if there is one.
pub(super) async fn withdraw(
    scribe: &Scribe,
    http: &Rest,
    incident: &Incident,
    entry: Seq,
) -> Result<(), Failure> {
    let name = name(entry);
    let Some(offer) = scribe.store.post(incident.key, &name).await? else {
        return Ok(());
    };
    let channel = serenity::ChannelId::new(offer.channel.0);
    let message = serenity::MessageId::new(offer.message.0);
    let deleted = http.delete_message(channel, message, None).await;
    match deleted.map_err(RestError::from) {
        Ok(()) => {}
        Err(error) if is_gone(&error) => {}
        Err(error) => return Err(error.into()),
    }
    Ok(scribe.store.forget_post(incident.key, &name).await?)
}

fn name(entry: Seq) -> String {
    format!("offer:{}", entry.0)
}
