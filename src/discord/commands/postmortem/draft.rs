//! `/postmortem draft` and `show`

use poise::serenity_prelude::CreateAttachment;

use crate::discord::commands::suggest;
use crate::discord::interaction::{Asked, Failure, Page};
use crate::discord::{Ctx, drafting, publishing};
use crate::incident::{DocumentFormat, Incident, Outgoing};
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
        return asked.say(words::report::drafted(&incident, &link)).await;
    }
    // No channel is ever opened for a record of the past.
    if incident.source.is_some() && incident.place.is_none() {
        return Err(Failure::Told(words::report::no_channel_for_draft(
            &incident,
        )));
    }
    let draft = Outgoing::Draft { through };
    store
        .queue(asked.guild, Some(incident.key.number), &draft, asked.now)
        .await?;
    asked.say(words::report::drafting(&incident)).await
}

/// Show the postmortem to you alone: the draft as it is now, or a published version
#[poise::command(slash_command, guild_only)]
pub(super) async fn show(
    ctx: Ctx<'_>,
    #[description = "md: Markdown; html: a page; json: the record, of a version its facts. Left out: md"]
    format: Option<DocumentFormat>,
    #[description = "A published version, from 1. Left out: the draft as it is now"]
    #[min = 1]
    version: Option<u32>,
    #[description = "Which incident, when this channel is not its own: INC-42, 42 or its title"]
    #[autocomplete = "suggest::incidents"]
    incident: Option<String>,
) -> Result<(), Failure> {
    let asked = Asked::by_command(ctx).await?;
    let incident = asked.incident(incident.as_deref()).await?;
    let format = format.unwrap_or(DocumentFormat::Md);
    let (text, file) = match version {
        Some(version) => published(&asked, &incident, version, format).await?,
        None => {
            let file = drawn_up(&asked, &incident, format).await?;
            (words::report::draft_shown(&incident), file)
        }
    };
    asked
        .show(Page {
            text,
            files: vec![file],
            ..Page::default()
        })
        .await
}

async fn drawn_up(
    asked: &Asked<'_>,
    incident: &Incident,
    format: DocumentFormat,
) -> Result<CreateAttachment, Failure> {
    let (scribe, now) = (asked.scribe, asked.now);
    let written = match format {
        DocumentFormat::Md => drafting::markdown(scribe, incident, now).await,
        DocumentFormat::Html => drafting::html(scribe, incident, now).await,
        DocumentFormat::Json => {
            let log = scribe.store.log(incident.key).await?;
            let json = serde_json::to_vec_pretty(&log);
            let json = json.map_err(|error| Failure::ours(error, "write the record as JSON"))?;
            let name = format!("{}.json", incident.key.number);
            return Ok(CreateAttachment::bytes(json, name));
        }
    };
    let written = written.map_err(|error| Failure::Ours(error.context("draft the postmortem")))?;
    let name = format!("postmortem.{format}");
    Ok(CreateAttachment::bytes(written, name))
}

async fn published(
    asked: &Asked<'_>,
    incident: &Incident,
    version: u32,
    format: DocumentFormat,
) -> Result<(String, CreateAttachment), Failure> {
    let told = incident
        .publications
        .iter()
        .find(|one| one.version == version);
    let told =
        told.ok_or_else(|| Failure::Told(words::publishing::no_such_version(incident, version)))?;
    if let Some(by) = told.redacted_by {
        let said = words::publishing::post_redacted(incident, version, by);
        return Err(Failure::Told(said));
    }
    let document = asked
        .scribe
        .store
        .published(incident.key, version, format)
        .await?;
    let document = document.ok_or_else(|| {
        Failure::Ours(anyhow::anyhow!(
            "version {version} has no document {format}"
        ))
    })?;
    let name = publishing::file_name(incident, version, format);
    let sha256 = told.sha256.get(&format).map_or("", String::as_str);
    let said = words::publishing::version_shown(incident, told, sha256);
    Ok((said, CreateAttachment::bytes(document, name)))
}
