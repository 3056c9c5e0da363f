//! `/scribe schedule`

use crate::discord::Ctx;
use crate::discord::commands::choices::Days;
use crate::discord::commands::suggest;
use crate::discord::interaction::{Asked, Failure};
use crate::words;

use super::setup::{change, needs_manage_guild, zone as parse_zone};

/// When the weekly summary comes, and in which zone times are meant
#[poise::command(slash_command, guild_only)]
pub(super) async fn schedule(
    ctx: Ctx<'_>,
    #[description = "The day it is posted"] day: Option<Days>,
    #[description = "The hour, 0 to 23"]
    #[min = 0]
    #[max = 23]
    hour: Option<u32>,
    #[description = "The time zone of this server, such as Europe/Berlin or CT"]
    #[autocomplete = "suggest::zones"]
    zone: Option<String>,
    #[description = "Whether it is posted at all"] on: Option<bool>,
) -> Result<(), Failure> {
    let asked = Asked::by_command(ctx).await?;
    let zone = zone.as_deref().map(parse_zone).transpose()?;
    let hour = hour.filter(|hour| *hour < 24);
    if zone.is_none() && day.is_none() && hour.is_none() && on.is_none() {
        return asked.say(words::settings::settings(&asked.settings)).await;
    }
    needs_manage_guild(&asked)?;
    let settings = change(&asked, |settings| {
        settings.zone = zone.unwrap_or(settings.zone);
        let summary = &mut settings.summary;
        summary.day = day.map_or(summary.day, Into::into);
        summary.hour = hour.unwrap_or(summary.hour);
        summary.on = on.unwrap_or(summary.on);
        Ok(())
    });
    asked.say(words::settings::settings(&settings.await?)).await
}
