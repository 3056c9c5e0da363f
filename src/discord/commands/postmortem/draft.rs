//! `/postmortem draft` and `show`

use poise::serenity_prelude as serenity;

use crate::discord::Ctx;
use crate::discord::commands::choices::Format;
use crate::discord::commands::suggest;
use crate::discord::drafting;
use crate::discord::interaction::{Asked, Failure, Page};
use crate::incident::Outgoing;
use crate::report::link;
use crate::words;

/// Post the draft again, from the record as it is now
#[poise::command(slash_command, guild_only)]
pub(super) async fn draft(
    ctx: Ctx<'_>,
    #[description = "Which incident, when this channel is not its own: INC-42, 42 or its title"]
    #[autocomplete = "suggest::incidents"]
    incident: Option<String>,
) -> Result<(), Failure> {
    let asked = Asked::by_command(ctx).await?;
    let incident = asked.incident(incident.as_deref()).await?;
    let through = incident.last_seq;
    let (store, key) = (&asked.scribe.store, incident.key);
    if let Some(posted) = store.post(key, &drafting::draft_name(through)).await? {
        let link = link::address(key.guild, posted);
        return asked.say(words::answer::drafted(&incident, &link)).await;
    }
    // No channel is ever opened for a record of the past.
    if incident.source.is_some() && incident.place.is_none() {
        return Err(Failure::Told(words::answer::no_channel_for_draft(
            &incident,
        )));
    }
    let draft = Outgoing::Draft { through };
    store
        .queue(asked.guild, Some(incident.key.number), &draft, asked.now)
        .await?;
    asked.say(words::answer::drafting(&incident)).await
}

/// Show the draft to you alone, from the record as it is now
#[poise::command(slash_command, guild_only)]
pub(super) async fn show(
    ctx: Ctx<'_>,
    #[description = "md: Markdown; json: the record itself. Left out: md"] format: Option<Format>,
    #[description = "Which incident, when this channel is not its own: INC-42, 42 or its title"]
    #[autocomplete = "suggest::incidents"]
    incident: Option<String>,
) -> Result<(), Failure> {
    let asked = Asked::by_command(ctx).await?;
    let incident = asked.incident(incident.as_deref()).await?;
    let file = match format.unwrap_or(Format::Md) {
        Format::Md => {
            let markdown = drafting::markdown(asked.scribe, &incident, asked.now).await;
            let markdown =
                markdown.map_err(|error| Failure::Ours(error.context("draft the postmortem")))?;
            serenity::CreateAttachment::bytes(markdown, drafting::FILE_NAME)
        }
        Format::Json => {
            let log = asked.scribe.store.log(incident.key).await?;
            let json = serde_json::to_vec_pretty(&log);
            let json = json.map_err(|error| Failure::ours(error, "write the record as JSON"))?;
            serenity::CreateAttachment::bytes(json, format!("{}.json", incident.key.number))
        }
    };
    let text = words::answer::draft_shown(&incident);
    asked
        .show(Page {
            text,
            file: Some(file),
            ..Page::default()
        })
        .await
}
