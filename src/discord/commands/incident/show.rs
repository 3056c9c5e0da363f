//! `/incident show`

use crate::discord::Ctx;
use crate::discord::commands::suggest;
use crate::discord::delivery::card;
use crate::discord::interaction::Page;
use crate::discord::interaction::{Asked, Failure};
use crate::incident::timeline;
use crate::words;

use super::timeline::key_lines;

/// The incident at a glance, the last of its timeline, and what could not be delivered
#[poise::command(slash_command, guild_only)]
pub(super) async fn show(
    ctx: Ctx<'_>,
    #[description = "Which incident, when this channel is not its own: INC-42, 42 or its title"]
    #[autocomplete = "suggest::incidents"]
    incident: Option<String>,
) -> Result<(), Failure> {
    let asked = Asked::by_command(ctx).await?;
    let incident = asked.incident(incident.as_deref()).await?;
    let waiting = asked.scribe.store.pending(incident.key).await?;
    let waiting: Vec<_> = waiting
        .iter()
        .map(|item| (item.what.what(), item.error.as_deref()))
        .collect();
    let log = asked.scribe.store.log(incident.key).await?;
    let lines = timeline(&log);
    let lines: Vec<_> = key_lines(&lines)
        .into_iter()
        .map(words::timeline::line)
        .collect();
    let page = Page {
        text: words::answer::shown(&waiting, &words::timeline::last_lines(&lines)),
        embed: Some(card::embed(&words::card(&incident))),
        ..Page::default()
    };
    asked.show(page).await
}
