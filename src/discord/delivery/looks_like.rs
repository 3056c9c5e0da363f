//! What an incident looks like, said once in its channel.

use poise::serenity_prelude as serenity;
use serenity::{CreateAllowedMentions, CreateMessage, EditMessage};

use crate::discord::alike;
use crate::discord::rest::Rest;
use crate::discord::scribe::Scribe;
use crate::incident::Incident;
use crate::store::OutboxItem;
use crate::words;

use super::failure::{Failure, is_gone};
use super::post::{place, post};

/// The name its message is remembered under.
const NAME: &str = "looks like";

/// What the name begins with under which it is remembered for each incident
/// whose title stands in it.
const OFFER: &str = "like:";

/// Whether the message of that name has the title of the incident that it is
/// remembered for, in the channel of another.
pub(super) fn is_offer_of(name: &str) -> bool {
    name.starts_with(OFFER)
}

/// Says which public incidents it looks like, if any; takes the buttons away
/// once it is known to be a duplicate.
pub(super) async fn deliver(
    scribe: &Scribe,
    http: &Rest,
    incident: &Incident,
    item: &OutboxItem,
) -> Result<(), Failure> {
    let (store, now) = (&scribe.store, scribe.now());
    let over = incident.duplicate_of().is_some();
    if let Some(posted) = store.post(incident.key, NAME).await? {
        if !over {
            return Ok(());
        }
        let (channel, message) = (
            serenity::ChannelId::new(posted.channel.0),
            serenity::MessageId::new(posted.message.0),
        );
        let edit = EditMessage::new().components(Vec::new());
        return match http.edit(channel, message, &edit).await {
            Err(error) if !is_gone(&error) => Err(error.into()),
            _ => Ok(()),
        };
    }
    if over || !incident.status_now().is_open() {
        return Ok(());
    }
    // Whoever is in the channel need not be in that of a private one.
    let alike = alike::alike(store, incident, now, |other| !other.private).await?;
    if alike.is_empty() {
        return Ok(());
    }
    let message = CreateMessage::new()
        .content(words::like::offers(&alike))
        .allowed_mentions(CreateAllowedMentions::new())
        .components(alike::buttons(incident, &alike));
    let posted = post(scribe, http, place(incident)?, message, Vec::new(), item).await?;
    let own = format!("{OFFER}{}", incident.key.number.0);
    for (other, _) in &alike {
        store.remember_post(other.key, &own, posted, now).await?;
    }
    Ok(store.remember_post(incident.key, NAME, posted, now).await?)
}
