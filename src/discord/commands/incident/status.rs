//! `/incident status`

use crate::discord::Ctx;
use crate::discord::commands::suggest;
use crate::discord::interaction::{Asked, Failure};
use crate::incident::{Command, Status};

/// Change the status, or post an update where it stays the same
#[poise::command(slash_command, guild_only)]
pub(super) async fn status(
    ctx: Ctx<'_>,
    #[description = "The status; resolved also starts the postmortem draft"] state: Status,
    #[description = "What may be told about it"] message: Option<String>,
    #[description = "When it happened: 15:27, yesterday 22:10, 10m ago, 2025-07-08 15:27 CT. Left out: now"]
    #[autocomplete = "suggest::moments"]
    at: Option<String>,
    #[description = "Which incident, when this channel is not its own: INC-42, 42 or its title"]
    #[autocomplete = "suggest::incidents"]
    incident: Option<String>,
) -> Result<(), Failure> {
    let asked = Asked::by_command(ctx).await?;
    let at = asked.time(at.as_deref())?;
    let incident = asked.incident(incident.as_deref()).await?;
    asked
        .record(
            &incident,
            Command::SetStatus {
                to: state,
                message,
                at,
            },
        )
        .await
}
