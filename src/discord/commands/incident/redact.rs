//! `/incident redact`

use poise::serenity_prelude as serenity;
use serenity::{ButtonStyle, CreateActionRow, CreateButton};

use crate::discord::Ctx;
use crate::discord::commands::suggest;
use crate::discord::custom_id::Pressed;
use crate::discord::interaction::{Asked, Failure};
use crate::incident::access::Right;
use crate::incident::{Actor, Command, IncidentNumber, Redaction, Seq};
use crate::words;

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
    asked.allow(Right::Redact, None)?;
    let incident = asked.incident(incident.as_deref()).await?;
    let entries = entry
        .split(',')
        .map(entry_number)
        .collect::<Result<Vec<_>, _>>()?;
    asked
        .record(&incident, Command::Redact(Redaction::new(entries, reason)))
        .await
}

/// The button that removes the text of an entry.
pub(crate) fn button(number: IncidentNumber, entry: Seq) -> CreateActionRow {
    let id = Pressed::Redact { number, entry }.to_string();
    let button = CreateButton::new(id)
        .label(words::secret::BUTTON)
        .style(ButtonStyle::Danger);
    CreateActionRow::Buttons(vec![button])
}

/// Removes a text that looked like a secret: whoever wrote it may, and whoever
/// may redact.
pub(crate) async fn offered(
    asked: &Asked<'_>,
    number: IncidentNumber,
    seq: Seq,
) -> Result<(), Failure> {
    let incident = asked.numbered(number).await?;
    let entry = asked.scribe.store.entry(incident.key, seq).await?;
    let entry = entry.ok_or_else(|| Failure::Told(words::answer::no_such_entry(&incident, seq)))?;
    let own = matches!(&entry.actor, Actor::Person(person) if person.id == asked.person.id);
    if !own {
        asked.allow(Right::Redact, Some(&incident))?;
    }
    let redaction = Redaction::new(vec![seq], words::secret::REASON);
    asked.record(&incident, Command::Redact(redaction)).await
}
