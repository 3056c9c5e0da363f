//! `/summary week`, `/summary month`, `/summary range`

use crate::discord::Ctx;
use crate::discord::commands::suggest;
use crate::discord::interaction::{Asked, Failure, Page};
use crate::discord::summing_up;
use crate::report::week::{Period, Week};
use crate::words;

/// What a week, a month or some days were like
#[poise::command(
    slash_command,
    guild_only,
    subcommand_required,
    subcommands("week", "month", "range")
)]
pub(crate) async fn summary(_: Ctx<'_>) -> Result<(), Failure> {
    Ok(())
}

/// The review of a week, now
#[poise::command(slash_command, guild_only)]
async fn week(
    ctx: Ctx<'_>,
    #[description = "Which week: 2026-W29, last or this. Left out: last"]
    #[autocomplete = "suggest::weeks"]
    week: Option<String>,
) -> Result<(), Failure> {
    let asked = Asked::by_command(ctx).await?;
    let typed = week.as_deref().unwrap_or("last");
    let week = Week::parse(typed, asked.now, asked.settings.zone);
    let week =
        week.map_err(|refusal| Failure::Told(words::report::no_such_week(&refusal.to_string())))?;
    show(&asked, week.into()).await
}

/// The review of a month, now
#[poise::command(slash_command, guild_only)]
async fn month(
    ctx: Ctx<'_>,
    #[description = "Which month: 2026-07, July 2026, last or this. Left out: last"]
    #[autocomplete = "suggest::months"]
    month: Option<String>,
) -> Result<(), Failure> {
    let asked = Asked::by_command(ctx).await?;
    let typed = month.as_deref().unwrap_or("last");
    let month = Period::parse_month(typed, asked.now, asked.settings.zone);
    let month = month
        .map_err(|refusal| Failure::Told(words::report::no_such_days(&refusal.to_string())))?;
    show(&asked, month).await
}

/// The review of some days, now
#[poise::command(slash_command, guild_only)]
async fn range(
    ctx: Ctx<'_>,
    #[description = "The first day: 2026-07-01, yesterday or today"]
    #[autocomplete = "suggest::past_days"]
    from: String,
    #[description = "The last day. Left out: today"]
    #[autocomplete = "suggest::past_days"]
    to: Option<String>,
) -> Result<(), Failure> {
    let asked = Asked::by_command(ctx).await?;
    let to = to.as_deref().unwrap_or("today");
    let days = Period::parse_days(&from, to, asked.now, asked.settings.zone);
    let days =
        days.map_err(|refusal| Failure::Told(words::report::no_such_days(&refusal.to_string())))?;
    show(&asked, days).await
}

async fn show(asked: &Asked<'_>, period: Period) -> Result<(), Failure> {
    let (guild, settings) = (asked.guild, &asked.settings);
    let summary = summing_up::summary(asked.scribe, guild, settings, period, asked.now).await;
    let summary = summary.map_err(|error| Failure::Ours(error.context("sum up the days")))?;
    asked
        .show(Page {
            text: summary.message,
            files: summary.files,
            ..Page::default()
        })
        .await
}
