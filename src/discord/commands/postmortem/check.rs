//! `/postmortem check`

use poise::serenity_prelude as serenity;

use crate::discord::commands::suggest;
use crate::discord::interaction::{Asked, Failure, Page};
use crate::discord::{Ctx, drafting, publishing, uploaded};
use crate::report::check::{self, Against, Format, Report};
use crate::words;

/// How much of the findings stands in the answer; all of them are in the file beside it.
const SHOWN: usize = 1_700;

/// Find what contradicts itself, or the record, in a postmortem
#[poise::command(slash_command, guild_only)]
pub(super) async fn check(
    ctx: Ctx<'_>,
    #[description = "A postmortem as Markdown, HTML or plain text. Left out: the draft as it is now"]
    file: Option<serenity::Attachment>,
    #[description = "Which incident, when this channel is not its own: INC-42, 42 or its title"]
    #[autocomplete = "suggest::incidents"]
    incident: Option<String>,
) -> Result<(), Failure> {
    let asked = Asked::by_command(ctx).await?;
    let of_channel = asked.scribe.recorded.incident_of(asked.channel).is_some();
    let meant = match &file {
        // A file can be checked against itself alone.
        Some(_) if incident.is_none() && !of_channel => None,
        _ => Some(asked.incident(incident.as_deref()).await?),
    };
    let (report, said) = match (file, meant) {
        (None, Some(incident)) => {
            let checked =
                drafting::on_the_log(asked.scribe, &incident, asked.now, publishing::checked);
            let report = checked
                .await
                .map_err(|error| Failure::Ours(error.context("check the draft")))?;
            (report, words::publishing::checked_draft(&incident))
        }
        (Some(file), meant) => {
            let text = uploaded::text(&file, check::MAX_BYTES as u64).await?;
            let log = match &meant {
                Some(incident) => asked.scribe.store.log(incident.key).await?,
                None => Vec::new(),
            };
            let against = meant.as_ref().map(|incident| Against {
                incident,
                entries: &log,
                zone: asked.settings.zone,
            });
            let name = file.filename.as_str();
            let report = check::check(&text, Format::of_name(name), Some(name), against);
            let report = report.map_err(|error| Failure::ours(error, "check a file"))?;
            (
                report,
                words::publishing::checked_file(name, meant.as_ref()),
            )
        }
        (None, None) => return Err(Failure::Told(words::failure::outdated_command())),
    };
    asked.show(findings_page(&said, &report)).await
}

/// What was found, with a file beside it where that is long.
pub(super) fn findings_page(said: &str, report: &Report) -> Page {
    let found = check::text(report);
    let file = (found.chars().count() > SHOWN)
        .then(|| serenity::CreateAttachment::bytes(found.clone(), "findings.txt"));
    Page {
        text: format!(
            "{said}\n{}",
            words::postmortem::in_a_block("", &found, SHOWN)
        ),
        files: file.into_iter().collect(),
        ..Page::default()
    }
}
