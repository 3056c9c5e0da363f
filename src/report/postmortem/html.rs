//! The draft as one HTML file.

use serde::Serialize;

use super::draft::{self, Draft, DraftInput};
use super::log_page;
use super::record::{Record, without_redacted};
use crate::incident::MAX_DOCUMENT_BYTES;
use crate::report::page::{fill, fill_own};
use crate::report::picture;
use crate::report::{ReportError, TemplateFault};
use crate::words::language::{chosen, speaking};
use crate::words::template as said;

/// The template for HTML that comes with Scribe, in the language that is spoken.
#[must_use]
pub fn html_template() -> String {
    chosen(include_str!("../../../templates/postmortem.html.hbs"))
}

/// What the template sees.
#[derive(Serialize)]
struct Page<'a> {
    #[serde(flatten)]
    draft: &'a Draft,
    /// The full log, written as HTML already.
    appendix: String,
    /// The picture of the incident, as SVG.
    picture: String,
    /// What has to be known of how it was written.
    note: Option<String>,
}

/// The draft as one HTML file that needs nothing else: no script, no font and
/// no picture from elsewhere. It says what [`markdown`](super::markdown) says.
///
/// # Errors
/// [`ReportError`] is a failure of the template, which the tests exclude.
pub fn html(input: &DraftInput<'_>) -> Result<String, ReportError> {
    speaking(input.settings.language, || written(input))
}

fn written(input: &DraftInput<'_>) -> Result<String, ReportError> {
    let entries = without_redacted(input.incident, input.entries);
    let record = Record::new(input, &entries);
    let draft = draft::of(&record);
    let mut page = Page {
        picture: picture::incident(&draft, record.zone),
        draft: &draft,
        appendix: log_page::of(&record),
        note: None,
    };
    if let Some(own) = input.form.html {
        match fill_own(own, &page, MAX_DOCUMENT_BYTES) {
            Ok(file) => return Ok(file),
            // It fitted the sample and does not fit this log: a draft there is all the same.
            Err(fault) => page.note = Some(said::not_used(&fault.to_string())),
        }
    }
    fill("postmortem.html.hbs", &html_template(), &page)
}

/// Tries a guild's template for HTML on sample incidents; gives what it makes
/// of the one with something of everything.
///
/// # Errors
/// What is wrong with it, and where.
pub fn try_html(own: &str) -> Result<String, TemplateFault> {
    draft::try_own(|input| {
        let entries = without_redacted(input.incident, input.entries);
        let record = Record::new(input, &entries);
        let draft = draft::of(&record);
        let page = Page {
            picture: picture::incident(&draft, record.zone),
            draft: &draft,
            appendix: log_page::of(&record),
            note: None,
        };
        fill_own(own, &page, MAX_DOCUMENT_BYTES)
    })
}
