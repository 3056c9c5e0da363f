//! What could not be read again after an absence.

use serde::{Deserialize, Serialize};

use super::id::ChannelId;

/// A channel or thread of which not all could be read after an absence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Unread {
    /// Which.
    pub channel: ChannelId,
    /// Why.
    pub why: WhyUnread,
}

/// Why something could not be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WhyUnread {
    /// Scribe may not read what was written before: it lacks *Read Message History*.
    NoHistory,
    /// Scribe may not see the channel.
    NoAccess,
    /// The channel was deleted.
    Deleted,
    /// Discord broke off again and again; it is tried on.
    Failing,
}

impl WhyUnread {
    /// Whether the guild's people can mend it, by a permission.
    #[must_use]
    pub fn can_be_mended(self) -> bool {
        matches!(self, Self::NoHistory | Self::NoAccess)
    }
}

/// The name under which a log tells that permissions keep Scribe from reading
/// what was said before, beside what could not be delivered.
pub const HISTORY: &str = "history";
