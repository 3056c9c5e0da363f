//! The checker as a whole.

use chrono_tz::Tz;

use super::document::{Document, Undated};
use super::finding::{NotChecked, Report};
use super::rules;
use super::source::Format;
use crate::incident::{Entry, Incident};

/// The longest text that is checked.
pub const MAX_BYTES: usize = 1 << 20;

/// The record that a text is checked against.
#[derive(Clone, Copy, Debug)]
pub struct Against<'a> {
    /// The incident the text is about.
    pub incident: &'a Incident,
    /// Its log.
    pub entries: &'a [Entry],
    /// The zone of times that name none.
    pub zone: Tz,
}

/// Finds what contradicts itself in `text`, or the log of the incident it is about. `name` is the file's, whose date counts too.
///
/// The time it takes grows with the text; no text makes it panic.
///
/// # Errors
/// [`NotChecked::TooLong`] above [`MAX_BYTES`].
pub fn check(
    text: &str,
    format: Format,
    name: Option<&str>,
    against: Option<Against<'_>>,
) -> Result<Report, NotChecked> {
    if text.len() > MAX_BYTES {
        return Err(NotChecked::TooLong {
            bytes: text.len(),
            limit: MAX_BYTES,
        });
    }
    let document = Document::read(text, format, Undated::OneDay);
    let mut findings = rules::inside(&document, name);
    if let Some(against) = against {
        let document = Document::read(text, format, Undated::NoDay);
        findings.extend(rules::against_log(&document, against));
    }
    Ok(Report::new(findings))
}
