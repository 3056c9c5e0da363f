//! `/incident outage start` and `end`: when users were really affected.

use crate::discord::Ctx;
use crate::discord::commands::suggest;
use crate::discord::interaction::{Asked, Failure};
use crate::incident::{Command, Component, GuildSettings};

/// When users were really affected
#[poise::command(
    slash_command,
    guild_only,
    subcommand_required,
    subcommands("start", "end")
)]
pub(super) async fn outage(_: Ctx<'_>) -> Result<(), Failure> {
    Ok(())
}

/// Users began to be affected
#[poise::command(slash_command, guild_only)]
async fn start(
    ctx: Ctx<'_>,
    #[description = "When it happened: 15:27, yesterday 22:10, 10m ago, 2025-07-08 15:27 CT. Left out: now"]
    #[autocomplete = "suggest::moments"]
    at: Option<String>,
    #[description = "Through which components, separated by commas"]
    #[autocomplete = "suggest::component_list"]
    components: Option<String>,
    #[description = "Which incident, when this channel is not its own: INC-42, 42 or its title"]
    #[autocomplete = "suggest::incidents"]
    incident: Option<String>,
) -> Result<(), Failure> {
    let asked = Asked::by_command(ctx).await?;
    let at = asked.time(at.as_deref())?;
    let incident = asked.incident(incident.as_deref()).await?;
    let components = component_list(&asked.settings, components.as_deref());
    asked
        .record(&incident, Command::StartOutage { components, at })
        .await
}

/// Users are no longer affected
#[poise::command(slash_command, guild_only)]
async fn end(
    ctx: Ctx<'_>,
    #[description = "When it happened: 15:27, yesterday 22:10, 10m ago, 2025-07-08 15:27 CT. Left out: now"]
    #[autocomplete = "suggest::moments"]
    at: Option<String>,
    #[description = "Through which components, separated by commas; left out: all that are open"]
    #[autocomplete = "suggest::component_list"]
    components: Option<String>,
    #[description = "Which incident, when this channel is not its own: INC-42, 42 or its title"]
    #[autocomplete = "suggest::incidents"]
    incident: Option<String>,
) -> Result<(), Failure> {
    let asked = Asked::by_command(ctx).await?;
    let at = asked.time(at.as_deref())?;
    let incident = asked.incident(incident.as_deref()).await?;
    let components = component_list(&asked.settings, components.as_deref());
    asked
        .record(&incident, Command::EndOutage { components, at })
        .await
}

/// The components in a list that somebody typed, as the guild writes them.
pub(super) fn component_list(settings: &GuildSettings, typed: Option<&str>) -> Vec<Component> {
    let names = typed.into_iter().flat_map(|typed| typed.split(','));
    let components = names.map(|name| settings.component(name));
    components
        .filter(|component| !component.0.is_empty())
        .collect()
}
