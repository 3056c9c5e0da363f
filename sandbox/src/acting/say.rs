//! A message that a member, a webhook or another bot is about to post.

use chrono::{DateTime, Utc};
use serde_json::{Value, json};

use crate::snowflake::Snowflake;
use crate::world::message::{COMPONENTS_V2, HAS_SNAPSHOT};
use crate::world::{Draft, NewFile};

/// A message to post, with all that can hang on one.
#[derive(Clone, Debug, Default)]
pub struct Say {
    pub(super) draft: Draft,
    pub(super) webhook: Option<String>,
}

impl Say {
    /// A text; it may be empty when something else is added.
    pub fn text(content: impl Into<String>) -> Self {
        Self {
            draft: Draft::text(content),
            webhook: None,
        }
    }

    /// As a reply to a message of the same channel.
    pub fn reply_to(mut self, message: Snowflake) -> Self {
        self.draft.reference = Some(json!({"message_id": message}));
        self
    }

    /// As a forwarded copy of a message.
    pub fn forward(mut self, channel: Snowflake, message: Snowflake) -> Self {
        self.draft.reference =
            Some(json!({"type": 1, "channel_id": channel, "message_id": message}));
        self.draft.flags |= HAS_SNAPSHOT;
        self
    }

    /// With a file.
    pub fn file(mut self, name: &str, bytes: impl AsRef<[u8]>) -> Self {
        self.draft.files.push(NewFile {
            index: self.draft.files.len() as u64,
            name: name.to_owned(),
            content_type: None,
            description: None,
            bytes: bytes.as_ref().into(),
        });
        self
    }

    /// With an embed, as JSON.
    pub fn embed(mut self, embed: Value) -> Self {
        self.draft.embeds.push(embed);
        self
    }

    /// With a sticker.
    pub fn sticker(mut self, name: &str) -> Self {
        self.draft
            .stickers
            .push(json!({"id": "749054660769218631", "name": name, "format_type": 1}));
        self
    }

    /// With a poll.
    pub fn poll(mut self, question: &str, answers: &[&str]) -> Self {
        let answers = answers
            .iter()
            .map(|text| json!({"poll_media": {"text": text}}));
        let answers: Vec<_> = answers.collect();
        self.draft.poll = Some(json!({"question": {"text": question}, "answers": answers}));
        self
    }

    /// Made of components alone (Components V2), as JSON. The text must be empty.
    pub fn components_v2(mut self, components: Vec<Value>) -> Self {
        self.draft.components = components;
        self.draft.flags |= COMPONENTS_V2;
        self
    }

    /// With a moment of the past as its time (UTC).
    pub fn at(mut self, at: DateTime<Utc>) -> Self {
        self.draft.at = Some(at);
        self
    }

    /// By a webhook of that name instead of the member, as monitoring systems post.
    pub fn as_webhook(mut self, name: &str) -> Self {
        self.webhook = Some(name.to_owned());
        self
    }
}
