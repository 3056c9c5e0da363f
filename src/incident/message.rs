//! A message of an incident's channel, as the log keeps it.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::id::{AttachmentId, ChannelId, MessageId};

/// Where a message is, for a link back to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct MessageRef {
    /// Its channel or thread.
    pub channel: ChannelId,
    /// Its id.
    pub message: MessageId,
}

/// What somebody wrote. When and by whom is said by the entry that holds it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Message {
    /// The text as written, with what embeds, polls, stickers and forwarded
    /// messages say added in words.
    pub text: String,
    /// When it had last been edited (UTC) as it was recorded. Who was away may
    /// see a message only after its edit, and hear of an earlier edit later still.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub edited_at: Option<DateTime<Utc>>,
    /// The message it answers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reply_to: Option<MessageId>,
    /// Its files.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub attachments: Vec<Attachment>,
}

/// A file of a message. Discord's link to it expires; the file itself is kept
/// by Scribe and named by [`Fact::AttachmentKept`](super::Fact::AttachmentKept).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attachment {
    /// Discord's id of it.
    pub id: AttachmentId,
    /// Its file name as uploaded.
    pub name: String,
    /// Bytes.
    pub size: u64,
    /// Where Discord serves it for about a day.
    pub url: String,
    /// Its media type as Discord tells it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub media_type: Option<String>,
}
