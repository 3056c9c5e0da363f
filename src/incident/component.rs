//! The parts of a product and how they are.

use serde::{Deserialize, Serialize};
use strum::{Display, EnumIter, EnumString, IntoStaticStr};

/// How a component is, in the words of status pages (Statuspage's component
/// status).
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    Hash,
    Serialize,
    Deserialize,
    schemars::JsonSchema,
    Display,
    EnumString,
    EnumIter,
    IntoStaticStr,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case", ascii_case_insensitive)]
pub enum ComponentState {
    /// It works.
    Operational,
    /// It works, badly.
    DegradedPerformance,
    /// Part of it does not work.
    PartialOutage,
    /// It does not work.
    MajorOutage,
    /// It is being worked on, as planned.
    UnderMaintenance,
}

/// The name of a part of the guild's product, such as `API`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Component(pub String);

impl std::fmt::Display for Component {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}
