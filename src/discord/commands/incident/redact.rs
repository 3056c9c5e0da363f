//! `/incident redact`

use poise::serenity_prelude::Permissions;

use crate::discord::Ctx;
use crate::discord::commands::suggest;
use crate::discord::interaction::{Asked, Failure};
use crate::incident::{Command, Redaction};

use super::correct::entry_number;

/// Remove a text for good, such as a pasted password; who, when and why stay
#[poise::command(slash_command, guild_only)]
pub(super) async fn redact(
    ctx: Ctx<'_>,
    #[description = "The number of the line, such as 12; several are separated by commas"]
    #[autocomplete = "suggest::entries"]
    entry: String,
    #[description = "Why"] reason: String,
    #[description = "Which incident, when this channel is not its own: INC-42, 42 or its title"]
    #[autocomplete = "suggest::incidents"]
    incident: Option<String>,
) -> Result<(), Failure> {
    let asked = Asked::by_command(ctx).await?;
    asked.need(Permissions::MANAGE_MESSAGES, "Manage Messages")?;
    let incident = asked.incident(incident.as_deref()).await?;
    let entries = entry
        .split(',')
        .map(entry_number)
        .collect::<Result<Vec<_>, _>>()?;
    asked
        .record(&incident, Command::Redact(Redaction::new(entries, reason)))
        .await
}
