//! What the public was told last.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::entry::REDACTED;
use super::id::Seq;

/// A status change or an update: the last that the public was told.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Told {
    /// The entry that tells of it.
    pub seq: Seq,
    /// When they were told (UTC).
    pub at: DateTime<Utc>,
    /// What they were told; a status alone has no text.
    pub text: Option<String>,
    /// The entry its text comes from.
    text_seq: Seq,
}

impl Told {
    pub(super) fn new(seq: Seq, at: DateTime<Utc>, text: Option<&str>) -> Self {
        let text = text.map(str::to_owned);
        let text_seq = seq;
        Self {
            seq,
            at,
            text,
            text_seq,
        }
    }

    /// This one, or the other where that was told later.
    pub(super) fn or_later(self, other: Self) -> Self {
        if (other.at, other.seq) > (self.at, self.seq) {
            other
        } else {
            self
        }
    }

    pub(super) fn retime(&mut self, entry: Seq, at: DateTime<Utc>) {
        if self.seq == entry {
            self.at = at;
        }
    }

    pub(super) fn reword(&mut self, entry: Seq, text: &str, by: Seq) {
        if self.seq == entry {
            self.text = Some(text.to_owned());
            self.text_seq = by;
        }
    }

    pub(super) fn redact(&mut self, entries: &[Seq]) {
        if entries.contains(&self.text_seq) {
            self.text = self.text.as_ref().map(|_| REDACTED.to_owned());
        }
    }
}
