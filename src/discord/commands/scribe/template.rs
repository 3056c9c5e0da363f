//! `/scribe template set`, `show` and `reset`

use poise::serenity_prelude as serenity;
use serenity::CreateAttachment;

use crate::discord::interaction::{Asked, Failure, Page};
use crate::discord::{Ctx, uploaded};
use crate::incident::{Actor, DocumentFormat};
use crate::report::MAX_TEMPLATE_BYTES;
use crate::report::postmortem::{HTML_TEMPLATE, MARKDOWN_TEMPLATE, try_html, try_markdown};
use crate::store::TemplateVersion;
use crate::words;
use crate::words::failure::Left;

use super::setup::needs_set_up;

/// How many changes are listed.
const LISTED: usize = 10;

/// How postmortems are written here
#[poise::command(
    slash_command,
    guild_only,
    subcommand_required,
    subcommands("set", "show", "reset")
)]
pub(super) async fn template(_: Ctx<'_>) -> Result<(), Failure> {
    Ok(())
}

/// Write postmortems with a template of your own (Handlebars); show gives one to start from
#[poise::command(slash_command, guild_only)]
async fn set(
    ctx: Ctx<'_>,
    #[description = "md: Markdown; html: the page"] format: DocumentFormat,
    #[description = "The template, 64 kB at most"] file: serenity::Attachment,
) -> Result<(), Failure> {
    let asked = Asked::by_command(ctx).await?;
    needs_set_up(&asked)?;
    let text = uploaded::text(&file, MAX_TEMPLATE_BYTES as u64).await?;
    let own = text.clone();
    // One that goes to its limits keeps a core busy for a while.
    let tried = tokio::task::spawn_blocking(move || match format {
        DocumentFormat::Md => Some(try_markdown(&own)),
        DocumentFormat::Html => Some(try_html(&own)),
        DocumentFormat::Json => None,
    });
    let tried = tried
        .await
        .map_err(|error| Failure::ours(error, "try a template"))?;
    let tried = tried.ok_or_else(|| Failure::Told(words::template::no_json()))?;
    let sample = tried
        .map_err(|fault| Failure::Told(words::template::refused(format, &fault.to_string())))?;
    save(&asked, format, Some(text)).await?;
    let file = CreateAttachment::bytes(sample, format!("sample.{format}"));
    asked
        .show(Page {
            text: words::template::saved(format),
            files: vec![file],
            ..Page::default()
        })
        .await
}

/// The template that postmortems are written with, and who changed it when
#[poise::command(slash_command, guild_only)]
async fn show(
    ctx: Ctx<'_>,
    #[description = "md: Markdown; html: the page"] format: DocumentFormat,
) -> Result<(), Failure> {
    let asked = Asked::by_command(ctx).await?;
    let usual = usual(format)?;
    let history = asked
        .scribe
        .store
        .template_history(asked.guild, format)
        .await?;
    let own = history.last().and_then(|last| last.template.clone());
    let lines = history.iter().rev().take(LISTED).map(|one| {
        let bytes = one.template.as_ref().map(String::len);
        words::template::change(one.at, &one.by, bytes)
    });
    let text = words::template::shown(format, own.is_some(), &lines.collect::<Vec<_>>());
    let template = own.unwrap_or_else(|| usual.to_owned());
    let file = CreateAttachment::bytes(template, format!("postmortem.{format}.hbs"));
    asked
        .show(Page {
            text,
            files: vec![file],
            ..Page::default()
        })
        .await
}

/// Go back to the template that comes with Scribe
#[poise::command(slash_command, guild_only)]
async fn reset(
    ctx: Ctx<'_>,
    #[description = "md: Markdown; html: the page"] format: DocumentFormat,
) -> Result<(), Failure> {
    let asked = Asked::by_command(ctx).await?;
    needs_set_up(&asked)?;
    usual(format)?;
    let history = asked
        .scribe
        .store
        .template_history(asked.guild, format)
        .await?;
    if history.last().is_none_or(|last| last.template.is_none()) {
        return Err(Failure::Told(words::template::never_set(format)));
    }
    save(&asked, format, None).await?;
    asked.say(words::template::reset(format)).await
}

/// The template that comes with Scribe.
fn usual(format: DocumentFormat) -> Result<&'static str, Failure> {
    match format {
        DocumentFormat::Md => Ok(MARKDOWN_TEMPLATE),
        DocumentFormat::Html => Ok(HTML_TEMPLATE),
        DocumentFormat::Json => Err(Failure::Told(words::template::no_json())),
    }
}

async fn save(
    asked: &Asked<'_>,
    format: DocumentFormat,
    template: Option<String>,
) -> Result<(), Failure> {
    let version = TemplateVersion {
        format,
        template,
        by: Actor::Person(asked.person.clone()),
        at: asked.now,
    };
    asked
        .scribe
        .store
        .save_template(asked.guild, &version)
        .await?;
    asked.leaves(Left::template());
    Ok(())
}
