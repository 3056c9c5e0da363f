//! `/incident export`

use poise::serenity_prelude as serenity;

use crate::discord::Ctx;
use crate::discord::commands::choices::ExportFormat;
use crate::discord::commands::suggest;
use crate::discord::drafting;
use crate::discord::interaction::{Asked, Failure, Page};
use crate::store::ExportScope;
use crate::words;

/// The largest file that every server takes:
/// <https://discord.com/developers/docs/reference#uploading-files>.
const LARGEST: usize = 10 * 1024 * 1024;

/// The whole record as a file, for you alone
#[poise::command(slash_command, guild_only)]
pub(super) async fn export(
    ctx: Ctx<'_>,
    #[description = "md and html: the draft with the whole log; json: what `scribe restore` reads. Left out: md"]
    format: Option<ExportFormat>,
    #[description = "Which incident, when this channel is not its own: INC-42, 42 or its title"]
    #[autocomplete = "suggest::incidents"]
    incident: Option<String>,
) -> Result<(), Failure> {
    let asked = Asked::by_command(ctx).await?;
    let incident = asked.incident(incident.as_deref()).await?;
    let format = format.unwrap_or(ExportFormat::Md);
    let draft = |error: anyhow::Error| Failure::Ours(error.context("write the record"));
    let bytes = match format {
        ExportFormat::Md => drafting::markdown(asked.scribe, &incident, asked.now)
            .await
            .map_err(draft)?
            .into_bytes(),
        ExportFormat::Html => drafting::html(asked.scribe, &incident, asked.now)
            .await
            .map_err(draft)?
            .into_bytes(),
        ExportFormat::Json => {
            let mut lines = Vec::new();
            let scope = ExportScope::Incident(incident.key);
            let store = &asked.scribe.store;
            let exported = store.export(scope, &mut lines, &mut |_, _| ()).await;
            exported.map_err(|error| Failure::ours(error, "export the record"))?;
            lines
        }
    };
    let ending = match format {
        ExportFormat::Md => "md",
        ExportFormat::Html => "html",
        ExportFormat::Json => "jsonl",
    };
    if bytes.len() > LARGEST {
        return Err(Failure::Told(words::answer::export_too_large(&incident)));
    }
    let name = format!("{}.{ending}", incident.key.number);
    asked
        .show(Page {
            text: words::answer::exported(&incident),
            file: Some(serenity::CreateAttachment::bytes(bytes, name)),
            ..Page::default()
        })
        .await
}
