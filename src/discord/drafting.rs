//! Writing a postmortem draft from the store.

use anyhow::Context as _;
use chrono::{DateTime, Utc};

use crate::incident::{Entry, Incident, Seq};
use crate::report::link;
use crate::report::postmortem::{self, DraftInput};

use super::scribe::Scribe;

/// The name of the file a draft is posted as.
pub(crate) const FILE_NAME: &str = "postmortem.md";

/// The draft of an incident from its log as it is now, as Markdown.
///
/// # Errors
/// The log cannot be read, or the template cannot be filled.
pub(crate) async fn markdown(
    scribe: &Scribe,
    incident: &Incident,
    now: DateTime<Utc>,
) -> anyhow::Result<String> {
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
    let link = |entry: &Entry| link::of_entry(key.guild, entry, &posts);
    let input = DraftInput {
        incident,
        entries: &entries,
        settings: &settings,
        links: &link,
        now,
    };
    postmortem::markdown(&input).context("fill the template")
}

/// The name under which a draft of the log up to an entry is remembered.
pub(crate) fn draft_name(through: Seq) -> String {
    format!("draft:{}", through.0)
}
