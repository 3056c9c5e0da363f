//! `/incident reopen`

use crate::discord::Ctx;
use crate::discord::commands::suggest;
use crate::discord::interaction::{Asked, Failure};
use crate::incident::{Command, Status};

/// Take an incident up again that was over
#[poise::command(slash_command, guild_only)]
pub(super) async fn reopen(
    ctx: Ctx<'_>,
    #[description = "Why"] reason: Option<String>,
    #[description = "The status it goes back to. Left out: investigating"] state: Option<Status>,
    #[description = "Which incident, when this channel is not its own: INC-42, 42 or its title"]
    #[autocomplete = "suggest::incidents"]
    incident: Option<String>,
) -> Result<(), Failure> {
    let asked = Asked::by_command(ctx).await?;
    let incident = asked.incident(incident.as_deref()).await?;
    let to = state.unwrap_or(Status::Investigating);
    asked
        .record(&incident, Command::Reopen { to, reason })
        .await
}
