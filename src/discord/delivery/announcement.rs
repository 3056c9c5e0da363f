//! The announcement: one message for everybody, edited as things change.

use poise::serenity_prelude as serenity;
use serenity::{CreateMessage, EditMessage};

use crate::discord::rest::Rest;
use crate::discord::scribe::Scribe;
use crate::incident::Incident;
use crate::store::OutboxItem;
use crate::words;

use super::card::embed;
use super::failure::{Failure, is_gone};
use super::post::post;

/// The name its message is remembered under.
const NAME: &str = "announcement";

/// Shows the announcement as it is now, where the guild wants announcements.
pub(super) async fn deliver(
    scribe: &Scribe,
    http: &Rest,
    incident: &Incident,
    item: &OutboxItem,
) -> Result<(), Failure> {
    let shown = embed(&words::announcement(incident));
    if let Some(old) = scribe.store.post(incident.key, NAME).await? {
        let (channel, message) = (
            serenity::ChannelId::new(old.channel.0),
            serenity::MessageId::new(old.message.0),
        );
        let edit = EditMessage::new().embed(shown.clone());
        match http.edit(channel, message, &edit).await {
            Ok(()) => return Ok(()),
            // Somebody deleted it: it is not forced upon them again.
            Err(error) if is_gone(&error) => return Ok(()),
            Err(error) => return Err(error.into()),
        }
    }
    let settings = scribe.store.settings(incident.key.guild).await?;
    let Some(channel) = settings.announce_channel else {
        return Ok(());
    };
    let posted = post(
        scribe,
        http,
        channel,
        CreateMessage::new().embed(shown),
        Vec::new(),
        item,
    )
    .await?;
    Ok(scribe
        .store
        .remember_post(incident.key, NAME, posted, scribe.now())
        .await?)
}
