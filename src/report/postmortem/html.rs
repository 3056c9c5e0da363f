//! The draft as one HTML file.

use serde::Serialize;

use super::draft::{self, Draft, DraftInput};
use super::log_page;
use super::record::{Record, without_redacted};
use crate::report::ReportError;
use crate::report::page::fill;
use crate::report::picture;

/// The template that comes with Scribe.
const TEMPLATE: &str = include_str!("../../../templates/postmortem.html.hbs");

/// What the template sees.
#[derive(Serialize)]
struct Page<'a> {
    #[serde(flatten)]
    draft: &'a Draft,
    /// The full log, written as HTML already.
    appendix: String,
    /// The picture of the incident, as SVG.
    picture: String,
}

/// The draft as one HTML file that needs nothing else: no script, no font and
/// no picture from elsewhere. It says what [`markdown`](super::markdown) says.
///
/// # Errors
/// [`ReportError`] is a failure of the template, which the tests exclude.
pub fn html(input: &DraftInput<'_>) -> Result<String, ReportError> {
    let entries = without_redacted(input.incident, input.entries);
    let record = Record::new(input, &entries);
    let draft = draft::of(&record);
    let page = Page {
        picture: picture::incident(&draft, record.zone),
        draft: &draft,
        appendix: log_page::of(&record),
    };
    fill("postmortem.html.hbs", TEMPLATE, &page)
}
