//! Writing a postmortem draft from the store.

use std::time::Duration;

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

/// How long drawing a picture may take: a tenth of a second is usual, and all of a
/// report has half a minute to be posted.
const DRAWING: Duration = Duration::from_secs(10);

/// A draft, written.
pub(crate) struct Written {
    /// As Markdown.
    pub(crate) markdown: String,
    /// Its picture, as SVG.
    pub(crate) picture: String,
}

/// The pixels of a picture. A report is posted without one rather than late or not at all.
pub(crate) async fn picture(svg: String) -> Option<Vec<u8>> {
    drawn_within(DRAWING, move || picture::png(&svg)).await
}

/// What is drawn, if it is in time. Drawing keeps a core busy for a while.
async fn drawn_within<E: std::error::Error + Send + 'static>(
    patience: Duration,
    draw: impl FnOnce() -> Result<Vec<u8>, E> + Send + 'static,
) -> Option<Vec<u8>> {
    let drawing = tokio::task::spawn_blocking(draw);
    match tokio::time::timeout(patience, drawing).await {
        Ok(Ok(Ok(png))) => Some(png),
        Ok(Ok(Err(error))) => {
            tracing::error!("a picture cannot be drawn: {error}");
            None
        }
        Ok(Err(error)) => {
            tracing::error!("drawing a picture broke off: {error}");
            None
        }
        Err(_) => {
            tracing::warn!("a picture was not drawn in time; the report goes without");
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

/// What the names of drafts begin with.
const DRAFT: &str = "draft:";

/// The name under which a draft of the log up to an entry is remembered.
pub(crate) fn draft_name(through: Seq) -> String {
    format!("{DRAFT}{}", through.0)
}

/// Whether a message of Scribe's is a draft.
pub(crate) fn is_draft_name(name: &str) -> bool {
    name.starts_with(DRAFT)
}

#[cfg(test)]
mod tests {
    use std::convert::Infallible;

    use super::*;

    #[tokio::test]
    async fn a_picture_that_takes_too_long_holds_up_nothing() {
        let slow = || {
            std::thread::sleep(Duration::from_millis(300));
            Ok::<_, Infallible>(vec![1])
        };
        assert_eq!(drawn_within(Duration::from_millis(20), slow).await, None);
        assert_eq!(drawn_within(DRAWING, slow).await, Some(vec![1]));
    }
}
