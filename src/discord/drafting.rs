//! Writing a postmortem draft from the store.

use anyhow::Context as _;
use chrono::{DateTime, Utc};

use crate::incident::{Entry, Incident, Section, Seq};
use crate::report::postmortem::{self, DraftInput, Form};
use crate::report::{link, picture};

use super::scribe::Scribe;

/// The name of the file a draft is posted as.
pub(crate) const FILE_NAME: &str = "postmortem.md";

/// The name of the picture beside it.
pub(crate) const PICTURE_NAME: &str = "incident.png";

/// A draft, written.
pub(crate) struct Written {
    /// As Markdown.
    pub(crate) markdown: String,
    /// Its picture, as SVG.
    pub(crate) picture: String,
}

/// The pixels of a picture. A draft is posted without one rather than not at all.
pub(crate) async fn picture(svg: String) -> Option<Vec<u8>> {
    // It keeps a core busy for a while.
    let drawn = tokio::task::spawn_blocking(move || picture::png(&svg)).await;
    match drawn {
        Ok(Ok(png)) => Some(png),
        Ok(Err(error)) => {
            tracing::error!("the picture of an incident cannot be drawn: {error}");
            None
        }
        Err(error) => {
            tracing::error!("drawing the picture of an incident broke off: {error}");
            None
        }
    }
}

/// The draft of an incident from its log as it is now, as Markdown.
///
/// # Errors
/// The log cannot be read, or the template cannot be filled.
pub(crate) async fn markdown(
    scribe: &Scribe,
    incident: &Incident,
    now: DateTime<Utc>,
) -> anyhow::Result<String> {
    let written = written(scribe, incident, now).await?;
    Ok(written.markdown)
}

/// The draft of an incident from its log as it is now, as one HTML file.
///
/// # Errors
/// The log cannot be read, or the template cannot be filled.
pub(crate) async fn html(
    scribe: &Scribe,
    incident: &Incident,
    now: DateTime<Utc>,
) -> anyhow::Result<String> {
    on_the_log(scribe, incident, now, |input| {
        postmortem::html(input).context("fill the template")
    })
    .await
}

/// The draft of an incident from its log as it is now.
///
/// # Errors
/// The log cannot be read, or the template cannot be filled.
pub(crate) async fn written(
    scribe: &Scribe,
    incident: &Incident,
    now: DateTime<Utc>,
) -> anyhow::Result<Written> {
    on_the_log(scribe, incident, now, |input| {
        Ok(Written {
            markdown: postmortem::markdown(input).context("fill the template")?,
            picture: picture::incident(&postmortem::draft(input), input.settings.zone),
        })
    })
    .await
}

/// What stands in the form of a section: what people wrote, else what the log
/// offers to start with.
///
/// # Errors
/// The log cannot be read.
pub(crate) async fn section_text(
    scribe: &Scribe,
    incident: &Incident,
    section: Section,
    now: DateTime<Utc>,
) -> anyhow::Result<String> {
    on_the_log(scribe, incident, now, |input| {
        Ok(postmortem::to_start_with(input, section))
    })
    .await
}

/// Does something with all that a draft is made from.
///
/// # Errors
/// The log cannot be read, or `with` fails.
pub(crate) async fn on_the_log<T>(
    scribe: &Scribe,
    incident: &Incident,
    now: DateTime<Utc>,
    with: impl FnOnce(&DraftInput<'_>) -> anyhow::Result<T>,
) -> anyhow::Result<T> {
    let key = incident.key;
    let entries = scribe.store.log(key).await.context("read the log")?;
    let posts = scribe
        .store
        .posts(key)
        .await
        .context("read what was posted")?;
    let settings = scribe
        .store
        .settings(key.guild)
        .await
        .context("read the settings")?;
    let own = scribe.store.own_templates(key.guild).await;
    let own = own.context("read the templates")?;
    let link = |entry: &Entry| link::of_entry(key.guild, entry, &posts);
    with(&DraftInput {
        incident,
        entries: &entries,
        settings: &settings,
        links: &link,
        now,
        form: Form {
            markdown: own.markdown.as_deref(),
            html: own.html.as_deref(),
            version: None,
        },
    })
}

/// The name under which a draft of the log up to an entry is remembered.
pub(crate) fn draft_name(through: Seq) -> String {
    format!("draft:{}", through.0)
}
