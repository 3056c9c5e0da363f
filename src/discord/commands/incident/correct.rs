//! `/incident correct`

use crate::discord::Ctx;
use crate::discord::commands::suggest;
use crate::discord::interaction::{Asked, Failure};
use crate::incident::{Command, Seq};
use crate::words;

/// Correct a line: the old one stays in the record, marked
#[poise::command(slash_command, guild_only)]
pub(super) async fn correct(
    ctx: Ctx<'_>,
    #[description = "The number of the line, such as 12"]
    #[autocomplete = "suggest::entries"]
    entry: String,
    #[description = "What it should say"] text: Option<String>,
    #[description = "When it really happened: 15:27, yesterday 22:10, 10m ago, 2025-07-08 15:27 CT"]
    #[autocomplete = "suggest::moments"]
    at: Option<String>,
    #[description = "Which incident, when this channel is not its own: INC-42, 42 or its title"]
    #[autocomplete = "suggest::incidents"]
    incident: Option<String>,
) -> Result<(), Failure> {
    let asked = Asked::by_command(ctx).await?;
    let at = asked.time(at.as_deref())?;
    let incident = asked.incident(incident.as_deref()).await?;
    let seq = entry_number(&entry)?;
    let target = asked.scribe.store.entry(incident.key, seq).await?;
    let target =
        target.ok_or_else(|| Failure::Told(words::answer::no_such_entry(&incident, seq)))?;
    let target = Box::new(target);
    asked
        .record(&incident, Command::Correct { target, text, at })
        .await
}

/// The number of an entry as people type it: `12` or `#12`.
pub(super) fn entry_number(typed: &str) -> Result<Seq, Failure> {
    let digits = typed.trim().trim_start_matches('#');
    digits
        .parse()
        .map(Seq)
        .map_err(|_| Failure::Told(words::answer::no_entry_number(typed)))
}
