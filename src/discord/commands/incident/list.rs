//! `/incident list`

use crate::discord::Ctx;
use crate::discord::interaction::{Asked, Failure};
use crate::incident::{Severity, Status};
use crate::store::IncidentFilter;
use crate::words;

/// How many lines an answer holds.
const LINES: usize = 20;

/// The incidents there are: open ones, or all that fit
#[poise::command(slash_command, guild_only)]
pub(super) async fn list(
    ctx: Ctx<'_>,
    #[description = "Only those in this status. Left out: all that are open"] status: Option<
        Status,
    >,
    #[description = "Only those of this severity"] severity: Option<Severity>,
    #[description = "Only those with this in their title"] title: Option<String>,
    #[description = "Past ones too"] past: Option<bool>,
) -> Result<(), Failure> {
    let asked = Asked::by_command(ctx).await?;
    let only_open = status.is_none() && title.is_none() && past != Some(true);
    let filter = IncidentFilter {
        open: only_open.then_some(true),
        status,
        severity,
        text: title,
        // One more than is shown tells whether there is more.
        limit: Some(LINES as u32 + 1),
        ..IncidentFilter::default()
    };
    let found = asked.visible(&filter).await?;
    asked
        .say(words::answer::list(
            &found,
            LINES,
            only_open,
            &asked.speech(),
        ))
        .await
}
