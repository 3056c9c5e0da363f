//! The weekly summary, posted where the guild has its announcements.

use chrono::NaiveDate;
use poise::serenity_prelude as serenity;
use serenity::{CreateAttachment, CreateMessage};

use crate::discord::rest::Rest;
use crate::discord::scribe::Scribe;
use crate::discord::summing_up;
use crate::store::OutboxItem;

use super::failure::Failure;
use super::post::post;

/// Posts the summary of the week that began on a Monday.
pub(super) async fn deliver(
    scribe: &Scribe,
    http: &Rest,
    item: &OutboxItem,
    monday: NaiveDate,
) -> Result<(), Failure> {
    let settings = scribe.store.settings(item.guild).await?;
    let Some(channel) = settings.announce_channel else {
        return Ok(());
    };
    let week = summing_up::week_of(monday);
    let summary = summing_up::summary(scribe, item.guild, &settings, week, scribe.now()).await;
    let summary = summary.map_err(|error| Failure::later(format!("{error:#}")))?;
    let file = CreateAttachment::bytes(summary.markdown, summing_up::FILE_NAME);
    let message = CreateMessage::new().content(summary.message);
    post(scribe, http, channel, message, vec![file], item).await?;
    Ok(())
}
