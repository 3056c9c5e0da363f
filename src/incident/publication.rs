//! A published postmortem: what was frozen, and what proves it.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use strum::{Display, EnumIter, EnumString, IntoStaticStr};

use super::id::Seq;

/// What a postmortem is written as. The names are part of the stored form.
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
#[strum(serialize_all = "snake_case")]
pub enum DocumentFormat {
    /// Markdown.
    Md,
    /// One HTML file.
    Html,
    /// The facts as JSON.
    Json,
}

/// A document that is to be frozen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    /// Its bytes, as text.
    pub text: String,
    /// Their SHA-256, in hex.
    pub sha256: String,
}

/// The longest document that can be published, in bytes. Discord takes files of
/// 10 MiB from a bot.
pub const MAX_DOCUMENT_BYTES: usize = 8_000_000;

/// A published version of a postmortem.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Publication {
    /// Its number in the incident, from 1.
    pub version: u32,
    /// The entry that tells of it.
    pub seq: Seq,
    /// When it was published (UTC).
    pub at: DateTime<Utc>,
    /// The last entry it rests on.
    pub through: Seq,
    /// The SHA-256 of each of its documents, in hex.
    pub sha256: BTreeMap<DocumentFormat, String>,
    /// The entry that removed a text it rests on for good, and its documents with it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub redacted_by: Option<Seq>,
}
