//! `/scribe schedule`

use crate::discord::Ctx;
use crate::discord::commands::choices::Days;
use crate::discord::commands::suggest;
use crate::discord::interaction::{Asked, Failure};
use crate::incident::{Besides, human_time};
use crate::words;

use super::setup::{needs_manage_guild, save};

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
    #[description = "Whether it says how many drills there were, apart from everything else"]
    drills: Option<bool>,
    #[description = "Whether it says how many private incidents there were, never which"]
    private: Option<bool>,
) -> Result<(), Failure> {
    let asked = Asked::by_command(ctx).await?;
    let mut settings = asked.settings.clone();
    if let Some(zone) = &zone {
        settings.zone = human_time::parse_zone(zone).ok_or_else(|| {
            Failure::Told(words::settings::no_such_zone(
                zone,
                &human_time::zones_like(zone),
            ))
        })?;
    }
    settings.summary.day = day.map_or(settings.summary.day, Into::into);
    settings.summary.hour = hour
        .filter(|hour| *hour < 24)
        .unwrap_or(settings.summary.hour);
    settings.summary.on = on.unwrap_or(settings.summary.on);
    let besides = |say: bool| {
        if say {
            Besides::Apart
        } else {
            Besides::LeftOut
        }
    };
    settings.review.drills = drills.map_or(settings.review.drills, besides);
    settings.review.private = private.map_or(settings.review.private, besides);
    if settings != asked.settings {
        needs_manage_guild(&asked)?;
        save(&asked, &settings).await?;
    }
    asked.say(words::settings::settings(&settings)).await
}
