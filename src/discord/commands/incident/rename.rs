//! `/incident rename`

use crate::discord::Ctx;
use crate::discord::commands::suggest;
use crate::discord::interaction::{Asked, Failure};
use crate::incident::Command;

/// Mend the title
#[poise::command(slash_command, guild_only)]
pub(super) async fn rename(
    ctx: Ctx<'_>,
    #[description = "The title from now on, 200 characters at most"] title: String,
    #[description = "Which incident, when this channel is not its own: INC-42, 42 or its title"]
    #[autocomplete = "suggest::incidents"]
    incident: Option<String>,
) -> Result<(), Failure> {
    let asked = Asked::by_command(ctx).await?;
    let incident = asked.incident(incident.as_deref()).await?;
    asked.record(&incident, Command::Rename { title }).await
}
