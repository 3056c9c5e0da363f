//! A report for a terminal or a chat.

use std::fmt::Write as _;

use super::finding::Report;
use super::words;

/// The report as plain text, one block for each finding; a friendly line when there is none.
#[must_use]
pub fn text(report: &Report) -> String {
    if report.findings.is_empty() {
        return words::nothing_found();
    }
    let mut out = String::new();
    for finding in &report.findings {
        // Writing to a String cannot fail.
        let _ = writeln!(out, "{}", words::block(finding));
    }
    out.push_str(&words::summary(report));
    out
}
