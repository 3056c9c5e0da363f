//! `/incident export`

use poise::serenity_prelude as serenity;

use crate::discord::Ctx;
use crate::discord::commands::suggest;
use crate::discord::drafting;
use crate::discord::interaction::{Asked, Failure, Page};
use crate::incident::{DocumentFormat, Incident};
use crate::store::ExportScope;
use crate::words;

/// The whole record as a file, for you alone
#[poise::command(slash_command, guild_only)]
pub(super) async fn export(
    ctx: Ctx<'_>,
    #[description = "md or html: postmortem and full log to read; json: every entry with its hash. Left out: md"]
    format: Option<DocumentFormat>,
    #[description = "Which incident, when this channel is not its own: INC-42, 42 or its title"]
    #[autocomplete = "suggest::incidents"]
    incident: Option<String>,
) -> Result<(), Failure> {
    let asked = Asked::by_command(ctx).await?;
    let incident = asked.incident(incident.as_deref()).await?;
    let format = format.unwrap_or(DocumentFormat::Md);
    let bytes = written(&asked, &incident, format)
        .await
        .map_err(|error| Failure::Ours(error.context("export an incident")))?;
    // In bytes, as Discord says it for this server and this asker.
    let most = ctx.interaction.attachment_size_limit as usize;
    if bytes.len() > most {
        let (size, json) = (bytes.len(), format == DocumentFormat::Json);
        return Err(Failure::Told(words::report::export_too_large(
            &incident, size, most, json,
        )));
    }
    let name = format!("inc-{}.{}", incident.key.number.0, extension(format));
    asked
        .show(Page {
            text: words::report::exported(&incident),
            files: vec![serenity::CreateAttachment::bytes(bytes, name)],
            ..Page::default()
        })
        .await
}

fn extension(format: DocumentFormat) -> &'static str {
    match format {
        DocumentFormat::Md => "md",
        DocumentFormat::Html => "html",
        // One object a line: what `scribe restore` reads.
        DocumentFormat::Json => "jsonl",
    }
}

async fn written(
    asked: &Asked<'_>,
    incident: &Incident,
    format: DocumentFormat,
) -> anyhow::Result<Vec<u8>> {
    let scribe = asked.scribe;
    match format {
        DocumentFormat::Md => {
            let text = drafting::markdown(scribe, incident, asked.now).await?;
            Ok(text.into_bytes())
        }
        DocumentFormat::Html => {
            let text = drafting::html(scribe, incident, asked.now).await?;
            Ok(text.into_bytes())
        }
        DocumentFormat::Json => {
            let mut out = Vec::new();
            let scope = ExportScope::Incident(incident.key);
            scribe.store.export(scope, &mut out, &mut |_, _| {}).await?;
            Ok(out)
        }
    }
}
