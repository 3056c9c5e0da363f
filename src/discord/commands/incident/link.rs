//! `/incident link`

use crate::discord::Ctx;
use crate::discord::commands::suggest;
use crate::discord::interaction::{Asked, Failure};
use crate::incident::{Command, Relation};

/// Tie it to another incident
#[poise::command(slash_command, guild_only)]
pub(super) async fn link(
    ctx: Ctx<'_>,
    #[description = "How they are tied"] relation: Relation,
    #[description = "The other incident"]
    #[autocomplete = "suggest::incidents"]
    to: String,
    #[description = "Which incident, when this channel is not its own: INC-42, 42 or its title"]
    #[autocomplete = "suggest::incidents"]
    incident: Option<String>,
) -> Result<(), Failure> {
    let asked = Asked::by_command(ctx).await?;
    let incident = asked.incident(incident.as_deref()).await?;
    let to = asked.incident(Some(&to)).await?.key.number;
    asked
        .record(&incident, Command::Link { relation, to })
        .await
}
