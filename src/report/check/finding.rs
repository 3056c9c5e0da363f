//! What the checker says.

use std::collections::BTreeSet;

use serde::Serialize;
use strum::{Display, EnumIter, EnumString, IntoStaticStr};

/// What kind of contradiction a finding is. The names are part of the JSON form.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Display,
    EnumString,
    EnumIter,
    IntoStaticStr,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Kind {
    /// A stated duration is not the time between the stated times.
    Duration,
    /// Something ends before it starts.
    EndBeforeStart,
    /// The incident was declared or first told of after it was resolved.
    DeclaredAfterResolved,
    /// A list of events goes back in time.
    BackInTime,
    /// A date that its neighbours contradict, or that no calendar has.
    Date,
    /// A weekday that is not that date's.
    Weekday,
    /// One event with two times.
    TwoTimes,
    /// Morning where afternoon is meant, or the other way round.
    HalfDay,
    /// A time without a zone among several zones.
    Zone,
    /// A number that its parts or its list contradict.
    Count,
    /// A window that the updates never covered.
    Uncovered,
    /// A promise that the record shows unkept.
    Promise,
    /// The incident's log says otherwise.
    Log,
}

/// How sure the checker is.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Display, IntoStaticStr,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Certainty {
    /// Worth a look; an innocent reading exists.
    Look,
    /// Most likely a mistake.
    Likely,
    /// The text contradicts itself whichever way it is read.
    Certain,
}

/// One contradiction.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// Line of the text, from 1.
    pub line: u32,
    /// Further lines with the same mistake.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub also: Vec<u32>,
    /// What stands there, without markup, shortened.
    pub quote: String,
    /// What kind of contradiction it is.
    pub kind: Kind,
    /// How sure the checker is.
    pub certainty: Certainty,
    /// Why it is one.
    pub why: String,
    /// What would be consistent with the rest.
    pub consistent_would_be: String,
}

/// All that was found in one text, in the order of its lines.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Report {
    /// The findings.
    pub findings: Vec<Finding>,
}

impl Report {
    /// Sorts by line and drops what says the same of the same line twice; of two the surer one stays.
    #[must_use]
    pub(super) fn new(mut findings: Vec<Finding>) -> Self {
        findings.sort_by(|a, b| {
            (a.line, a.kind, b.certainty, &a.why).cmp(&(b.line, b.kind, a.certainty, &b.why))
        });
        let mut seen = BTreeSet::new();
        findings.retain(|finding| seen.insert((finding.line, finding.kind)));
        Self { findings }
    }

    /// Whether something is certainly wrong; a command that checks exits with 1 then.
    #[must_use]
    pub fn is_certain(&self) -> bool {
        self.findings
            .iter()
            .any(|finding| finding.certainty == Certainty::Certain)
    }
}

/// Why a text was not checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotChecked {
    /// It is longer than the checker takes.
    #[error("the text has {bytes} bytes; at most {limit} are checked")]
    TooLong {
        /// Its size in bytes.
        bytes: usize,
        /// The largest size taken.
        limit: usize,
    },
}
