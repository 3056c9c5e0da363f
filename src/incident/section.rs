//! The sections of a postmortem that people write.

use serde::{Deserialize, Serialize};
use strum::{Display, EnumIter, EnumString, IntoStaticStr};

/// A section of a postmortem that people write, in the order they stand there.
/// What the log knows (windows, timeline, action items, roles) is no section:
/// it is told with its own commands.
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
    Deserialize,
    Display,
    EnumString,
    EnumIter,
    IntoStaticStr,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case", ascii_case_insensitive)]
pub enum Section {
    /// What happened, for whoever reads nothing else.
    Summary,
    /// Who felt it, and how.
    Impact,
    /// How it was noticed.
    Detection,
    /// Why it happened.
    RootCause,
    /// How it ended.
    Resolution,
    /// What helped.
    WentWell,
    /// What hindered.
    WentBadly,
    /// What could have been worse.
    Lucky,
    /// What nobody knows yet.
    OpenQuestions,
}
