//! `/incident severity`

use crate::discord::Ctx;
use crate::discord::commands::suggest;
use crate::discord::interaction::{Asked, Failure};
use crate::incident::{Command, Severity};

/// Say that it is worse or better than was thought
#[poise::command(slash_command, guild_only)]
pub(super) async fn severity(
    ctx: Ctx<'_>,
    #[description = "How bad it is; SEV1 is the worst"] level: Severity,
    #[description = "Why"] reason: Option<String>,
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
    let to = level;
    asked
        .record(&incident, Command::SetSeverity { to, reason, at })
        .await
}
