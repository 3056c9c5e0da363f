//! Texts written for these tests, each with what must be found in it: most hold one mistake, the clean ones none.

mod clean;
mod dates;
mod drafts;
mod lengths;
mod log;
mod order;
mod properties;
mod twice;
mod updates;

use super::{Certainty, Finding, Format, Kind, check};

fn all(text: &str) -> Vec<Finding> {
    check(text, Format::Guess, None, None).unwrap().findings
}

/// What was found, by line.
fn found(text: &str) -> Vec<(u32, Kind)> {
    all(text)
        .into_iter()
        .map(|finding| (finding.line, finding.kind))
        .collect()
}

/// The only finding of a text.
fn only(text: &str) -> Finding {
    let mut findings = all(text);
    assert_eq!(findings.len(), 1, "{findings:#?}");
    findings.remove(0)
}
