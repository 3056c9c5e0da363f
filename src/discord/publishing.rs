//! Writing the documents of a postmortem that is to be published.

use std::collections::BTreeMap;

use anyhow::Context as _;

use crate::incident::{
    Command, Context, Document, DocumentFormat, Entry, Incident, Refusal, Seq, Status, decide,
};
use crate::report::check::{self, Against, Report};
use crate::report::link;
use crate::report::postmortem::{self, DraftInput, Form};
use crate::store::document_hash;

use super::scribe::Scribe;

/// A version, written and not published yet.
pub(crate) struct Edition {
    /// The last entry of the log that it was written from.
    pub(crate) base: Seq,
    pub(crate) documents: BTreeMap<DocumentFormat, Document>,
    /// What contradicts itself in it, or the log.
    pub(crate) report: Report,
    /// How much the draft says is missing.
    pub(crate) missing: usize,
}

/// Why there is no version.
pub(crate) enum NotWritten {
    /// It breaks a rule.
    Refused(Refusal),
    /// The store or a template fails.
    Failed(anyhow::Error),
}

impl From<anyhow::Error> for NotWritten {
    fn from(error: anyhow::Error) -> Self {
        Self::Failed(error)
    }
}

/// Writes the next version from the log as it is now. It tells of its own
/// publication: the status that it sets stands in it.
pub(crate) async fn edition(
    scribe: &Scribe,
    incident: &Incident,
    context: &Context,
) -> Result<Edition, NotWritten> {
    let key = incident.key;
    let mut entries = scribe.store.log(key).await.context("read the log")?;
    let mut incident = Incident::fold(key, &entries).context("read the log")?;
    let base = incident.last_seq;
    if incident.status_now() != Status::Postmortem {
        let (to, message, at) = (Status::Postmortem, None, None);
        let set = Command::SetStatus { to, message, at };
        let told = decide(Some(&incident), set, context).map_err(NotWritten::Refused)?;
        for entry in told {
            incident = Incident::evolve(key, Some(incident), &entry).context("set the status")?;
            entries.push(entry);
        }
    }
    let posts = scribe.store.posts(key).await;
    let posts = posts.context("read what was posted")?;
    let settings = scribe.store.settings(key.guild).await;
    let settings = settings.context("read the settings")?;
    let own = scribe.store.own_templates(key.guild).await;
    let own = own.context("read the templates")?;
    let link = |entry: &Entry| link::of_entry(key.guild, entry, &posts);
    let version = u32::try_from(incident.publications.len()).unwrap_or(u32::MAX - 1) + 1;
    let input = DraftInput {
        incident: &incident,
        entries: &entries,
        settings: &settings,
        links: &link,
        now: context.now,
        form: Form {
            markdown: own.markdown.as_deref(),
            html: own.html.as_deref(),
            version: Some(version),
        },
    };
    let draft = postmortem::draft(&input);
    let json = serde_json::to_string_pretty(&draft).context("write the facts as JSON")?;
    let markdown = postmortem::markdown(&input).context("fill the template")?;
    let html = postmortem::html(&input).context("fill the template")?;
    let report = checked(&input).context("check the postmortem")?;
    let documents = [
        (DocumentFormat::Md, markdown),
        (DocumentFormat::Html, html),
        (DocumentFormat::Json, json),
    ];
    let documents = documents.map(|(format, text)| {
        let sha256 = document_hash(&text);
        (format, Document { text, sha256 })
    });
    Ok(Edition {
        base,
        documents: documents.into(),
        report,
        missing: draft.missing.len(),
    })
}

/// What contradicts itself, or the log, in a postmortem as it would be written
/// now. The log below it is not looked at: it keeps what people said, right or wrong.
///
/// # Errors
/// The template cannot be filled, or what it gives is too long to be checked.
pub(crate) fn checked(input: &DraftInput<'_>) -> anyhow::Result<Report> {
    let text = postmortem::without_log(input)?;
    let against = Against {
        incident: input.incident,
        entries: input.entries,
        zone: input.settings.zone,
    };
    Ok(check::check(
        &text,
        check::Format::Text,
        None,
        Some(against),
    )?)
}

/// The name of a document's file: `INC-42-postmortem-v2.md`.
pub(crate) fn file_name(incident: &Incident, version: u32, format: DocumentFormat) -> String {
    format!("{}-postmortem-v{version}.{format}", incident.key.number)
}
