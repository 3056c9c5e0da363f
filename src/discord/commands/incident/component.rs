//! `/incident component`

use crate::discord::Ctx;
use crate::discord::commands::suggest;
use crate::discord::interaction::{Asked, Failure};
use crate::incident::{Command, ComponentState};

/// Say how badly a component is affected
#[poise::command(slash_command, guild_only)]
pub(super) async fn component(
    ctx: Ctx<'_>,
    #[description = "Which component"]
    #[autocomplete = "suggest::components"]
    name: String,
    #[description = "How it is"] state: ComponentState,
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
    let component = asked.settings.component(&name);
    let to = state;
    asked
        .record(&incident, Command::SetComponent { component, to, at })
        .await
}
