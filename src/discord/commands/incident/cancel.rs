//! `/incident cancel`

use crate::discord::Ctx;
use crate::discord::commands::suggest;
use crate::discord::interaction::{Asked, Failure};
use crate::incident::{Command, Status};

/// Say that it was a false alarm
#[poise::command(slash_command, guild_only)]
pub(super) async fn cancel(
    ctx: Ctx<'_>,
    #[description = "Why"] reason: Option<String>,
    #[description = "Which incident, when this channel is not its own: INC-42, 42 or its title"]
    #[autocomplete = "suggest::incidents"]
    incident: Option<String>,
) -> Result<(), Failure> {
    let asked = Asked::by_command(ctx).await?;
    let incident = asked.incident(incident.as_deref()).await?;
    let (to, message, at) = (Status::Cancelled, reason, None);
    asked
        .record(&incident, Command::SetStatus { to, message, at })
        .await
}
