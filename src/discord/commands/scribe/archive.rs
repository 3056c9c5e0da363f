//! `/scribe archive`

use poise::serenity_prelude as serenity;

use crate::discord::commands::suggest;
use crate::discord::interaction::{Asked, Failure};
use crate::discord::{Ctx, ids};
use crate::incident::ending::EndPolicy;
use crate::incident::human_time;
use crate::words;

use super::setup::{change, needs_set_up};

/// Where channels and threads go when it is over; without options it is shown
#[poise::command(slash_command, guild_only)]
pub(super) async fn archive(
    ctx: Ctx<'_>,
    #[description = "The category that channels are moved to; where it is full, Archive 2"]
    #[channel_types("Category")]
    category: Option<serenity::GuildChannel>,
    #[description = "Channels are moved and closed after so long without a word: 7 days, off"]
    #[autocomplete = "suggest::in_days"]
    channels: Option<String>,
    #[description = "Threads are archived after so long without a word: 1 day, off"]
    #[autocomplete = "suggest::in_days"]
    threads: Option<String>,
    #[description = "Whether threads are locked too, so that nobody writes in them any more"]
    lock: Option<bool>,
) -> Result<(), Failure> {
    let asked = Asked::by_command(ctx).await?;
    if category.is_none() && channels.is_none() && threads.is_none() && lock.is_none() {
        return asked.say(words::ending::policy(&asked.settings)).await;
    }
    needs_set_up(&asked)?;
    let settings = change(&asked, |settings| {
        let ends = &mut settings.ends;
        if let Some(category) = &category {
            ends.category = Some(ids::channel(category.id));
        }
        if let Some(typed) = &channels {
            ends.channels = days(typed)?;
            if ends.channels.is_some() && ends.category.is_none() {
                return Err(Failure::Told(words::ending::category_is_missing()));
            }
        }
        if let Some(typed) = &threads {
            ends.threads = days(typed)?;
        }
        ends.lock = lock.unwrap_or(ends.lock);
        Ok(())
    });
    asked.say(words::ending::policy(&settings.await?)).await
}

/// The days that were typed; `off` is never.
fn days(typed: &str) -> Result<Option<u32>, Failure> {
    let typed = typed.trim();
    if typed.eq_ignore_ascii_case("off") {
        return Ok(None);
    }
    let length = human_time::parse_duration(typed).ok();
    let days = length.and_then(|length| u32::try_from(length.num_days()).ok());
    let days = days.filter(|days| EndPolicy::DAYS.contains(days));
    let refused = || Failure::Told(words::ending::no_such_days(typed));
    days.ok_or_else(refused).map(Some)
}
