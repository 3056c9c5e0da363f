//! `/summary week`

use poise::serenity_prelude as serenity;

use crate::discord::Ctx;
use crate::discord::commands::suggest;
use crate::discord::interaction::{Asked, Failure, Page};
use crate::discord::summing_up;
use crate::words;

/// What a week was like
#[poise::command(slash_command, guild_only, subcommand_required, subcommands("week"))]
pub(crate) async fn summary(_: Ctx<'_>) -> Result<(), Failure> {
    Ok(())
}

/// The weekly summary, now
#[poise::command(slash_command, guild_only)]
async fn week(
    ctx: Ctx<'_>,
    #[description = "Which week: 2026-W29, last or this. Left out: last"]
    #[autocomplete = "suggest::weeks"]
    week: Option<String>,
) -> Result<(), Failure> {
    let asked = Asked::by_command(ctx).await?;
    let typed = week.as_deref().unwrap_or("last");
    let week = summing_up::week(typed, asked.now, asked.settings.zone);
    let week =
        week.map_err(|refusal| Failure::Told(words::answer::no_such_week(&refusal.to_string())))?;
    let summary =
        summing_up::summary(asked.scribe, asked.guild, &asked.settings, week, asked.now).await;
    let summary = summary.map_err(|error| Failure::Ours(error.context("sum up the week")))?;
    let file = serenity::CreateAttachment::bytes(summary.markdown, summing_up::FILE_NAME);
    asked
        .show(Page {
            text: summary.message,
            file: Some(file),
            ..Page::default()
        })
        .await
}
