//! The weekly summary, posted where the guild has its announcements.

use chrono::NaiveDate;
use poise::serenity_prelude as serenity;
use serenity::CreateMessage;

use crate::discord::rest::Rest;
use crate::discord::scribe::Scribe;
use crate::discord::summing_up;
use crate::incident::IncidentKey;
use crate::report::week::{Period, Week};
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
    let week = Period::from(Week::containing(monday));
    let summary = summing_up::summary(scribe, item.guild, &settings, week, scribe.now()).await;
    let summary = summary.map_err(|error| Failure::later(format!("{error:#}")))?;
    let message = CreateMessage::new().content(summary.message);
    let posted = post(scribe, http, channel, message, summary.files, item).await;
    // A channel that was deleted can be replaced by another; it is posted there then.
    let posted = posted.map_err(Failure::mendable)?;
    // A redaction of a text in it finds it again by this.
    let name = summing_up::week_name(monday);
    for number in summary.named {
        let key = IncidentKey {
            guild: item.guild,
            number,
        };
        let remembered = scribe.store.remember_post(key, &name, posted, scribe.now());
        remembered.await?;
    }
    Ok(())
}
