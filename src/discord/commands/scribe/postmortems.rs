//! `/scribe postmortems`

use poise::serenity_prelude as serenity;

use crate::discord::interaction::{Asked, Failure};
use crate::discord::{Ctx, ids};
use crate::words;

use super::setup::{change, needs_set_up};

/// Where published postmortems go; left out: the incident's own channel
#[poise::command(slash_command, guild_only)]
pub(super) async fn postmortems(
    ctx: Ctx<'_>,
    #[description = "A channel or a forum. Those of private incidents stay in their own channel"]
    #[channel_types("Text", "News", "Forum")]
    channel: Option<serenity::ChannelId>,
) -> Result<(), Failure> {
    let asked = Asked::by_command(ctx).await?;
    needs_set_up(&asked)?;
    let settings = change(&asked, |settings| {
        settings.postmortem_channel = channel.map(ids::channel);
        Ok(())
    });
    asked.say(words::settings::settings(&settings.await?)).await
}
