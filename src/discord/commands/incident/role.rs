//! `/incident role`

use poise::serenity_prelude as serenity;

use crate::discord::commands::suggest;
use crate::discord::interaction::{Asked, Failure};
use crate::discord::{Ctx, ids};
use crate::incident::Command;
use crate::words;

/// Give somebody a role in the incident
#[poise::command(slash_command, guild_only)]
pub(super) async fn role(
    ctx: Ctx<'_>,
    #[description = "commander, scribe, communications or one of your own"]
    #[autocomplete = "suggest::roles"]
    name: String,
    #[description = "Who has it from now on"] user: serenity::User,
    #[description = "Which incident, when this channel is not its own: INC-42, 42 or its title"]
    #[autocomplete = "suggest::incidents"]
    incident: Option<String>,
) -> Result<(), Failure> {
    let asked = Asked::by_command(ctx).await?;
    let incident = asked.incident(incident.as_deref()).await?;
    let role = words::name::role_meant(&name)
        .ok_or_else(|| Failure::Told(words::answer::no_role_name()))?;
    let to = ids::person(&user, None);
    asked
        .record(&incident, Command::GiveRole { role, to })
        .await
}
