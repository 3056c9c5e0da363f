//! `/incident audit`

use crate::discord::Ctx;
use crate::discord::commands::suggest;
use crate::discord::custom_id::Pressed;
use crate::discord::interaction::{Asked, Failure, Page};
use crate::incident::Incident;
use crate::words;

use super::timeline::turned;

/// Who changed what and when: every entry but what was said
#[poise::command(slash_command, guild_only)]
pub(super) async fn audit(
    ctx: Ctx<'_>,
    #[description = "The page, from 1; left out: the last"]
    #[min = 1]
    page: Option<u32>,
    #[description = "Which incident, when this channel is not its own: INC-42, 42 or its title"]
    #[autocomplete = "suggest::incidents"]
    incident: Option<String>,
) -> Result<(), Failure> {
    let asked = Asked::by_command(ctx).await?;
    let incident = asked.incident(incident.as_deref()).await?;
    let page = self::page(&asked, &incident, page).await?;
    asked.show(page).await
}

/// One page of the changes, in the order they were recorded.
pub(crate) async fn page(
    asked: &Asked<'_>,
    incident: &Incident,
    page: Option<u32>,
) -> Result<Page, Failure> {
    let changes = asked.scribe.store.changes(incident.key).await?;
    let lines: Vec<_> = changes.iter().map(words::timeline::change).collect();
    let number = incident.key.number;
    let turn = |page| Pressed::Audit { number, page };
    let heading = words::timeline::audit_heading(incident);
    Ok(turned(&heading, &lines, page, turn))
}
