//! Where a record of the past was taken from.

use serde::{Deserialize, Serialize};
use strum::{Display, EnumString, IntoStaticStr};

/// The kinds of records that can be taken over.
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
    IntoStaticStr,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum SourceSystem {
    /// A Statuspage's incident; its id there.
    Statuspage,
    /// A chat's transcript; the SHA-256 of its lines, in hex.
    Chat,
    /// What was said in a channel on Discord; its id and the span, in Unix seconds.
    Discord,
}

/// The record an incident was taken over from. `system` and `id` name it: taken over again, it adds nothing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source {
    /// What kind of record.
    pub system: SourceSystem,
    /// Its name there.
    pub id: String,
    /// Where it can be read (http or https).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
}
