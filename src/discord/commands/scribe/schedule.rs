//! `/scribe schedule`

use crate::discord::Ctx;
use crate::discord::commands::choices::Days;
use crate::discord::commands::suggest;
use crate::discord::interaction::{Asked, Failure};
use crate::incident::Besides;

use super::setup::{change, chosen_now, needs_set_up, zone as parse_zone};

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
    let zone = zone.as_deref().map(parse_zone).transpose()?;
    let hour = hour.filter(|hour| *hour < 24);
    let chosen = day.is_some() || hour.is_some() || on.is_some();
    let besides = drills.is_some() || private.is_some();
    if zone.is_none() && !chosen && !besides {
        return asked.say(chosen_now(&asked, &asked.settings).await?).await;
    }
    needs_set_up(&asked)?;
    let settings = change(&asked, |settings| {
        settings.zone = zone.unwrap_or(settings.zone);
        settings.zone_chosen |= zone.is_some();
        let summary = &mut settings.summary;
        summary.day = day.map_or(summary.day, Into::into);
        summary.hour = hour.unwrap_or(summary.hour);
        summary.on = on.unwrap_or(summary.on);
        let review = &mut settings.review;
        review.drills = drills.map_or(review.drills, said);
        review.private = private.map_or(review.private, said);
        Ok(())
    });
    asked.say(chosen_now(&asked, &settings.await?).await?).await
}

fn said(say: bool) -> Besides {
    if say {
        Besides::Apart
    } else {
        Besides::LeftOut
    }
}
