//! What is about to be posted.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use serde_json::Value;

use crate::snowflake::Snowflake;

/// A file that comes with a request or a member's message.
#[derive(Clone, Debug)]
pub(crate) struct NewFile {
    /// The `n` of `files[n]`, which `attachments[].id` of the same request refers to.
    pub(crate) index: u64,
    pub(crate) name: String,
    pub(crate) content_type: Option<String>,
    pub(crate) description: Option<String>,
    pub(crate) bytes: Arc<[u8]>,
}

/// A message before it exists.
#[derive(Clone, Debug, Default)]
pub(crate) struct Draft {
    pub(crate) content: String,
    pub(crate) embeds: Vec<Value>,
    pub(crate) components: Vec<Value>,
    pub(crate) files: Vec<NewFile>,
    pub(crate) tts: bool,
    pub(crate) flags: u64,
    pub(crate) nonce: Option<Value>,
    pub(crate) enforce_nonce: bool,
    pub(crate) allowed_mentions: Option<Value>,
    /// `message_reference` as it was sent.
    pub(crate) reference: Option<Value>,
    pub(crate) stickers: Vec<Value>,
    pub(crate) poll: Option<Value>,
    /// Discord's number of the message type; 0 is an ordinary one.
    pub(crate) kind: u8,
    /// Whose command or click this message answers.
    pub(crate) interaction: Option<Snowflake>,
    /// The only user who sees it.
    pub(crate) ephemeral_to: Option<Snowflake>,
    /// Whether it is the "thinking ..." of a deferred answer.
    pub(crate) loading: bool,
    /// Name of the webhook that speaks instead of the author.
    pub(crate) webhook: Option<(Snowflake, String)>,
    /// A moment of the past to stamp it with.
    pub(crate) at: Option<DateTime<Utc>>,
}

impl Draft {
    pub(crate) fn text(content: impl Into<String>) -> Self {
        Self {
            content: content.into(),
            ..Self::default()
        }
    }

    /// Reads a request body (already checked for its form) and its files.
    pub(crate) fn from_body(body: &Value, files: Vec<NewFile>) -> Self {
        let list = |key: &str| body[key].as_array().cloned().unwrap_or_default();
        let present = |key: &str| Some(body[key].clone()).filter(|v| !v.is_null());
        Self {
            content: body["content"]
                .as_str()
                .unwrap_or_default()
                .trim()
                .to_owned(),
            embeds: list("embeds"),
            components: list("components"),
            files: described(files, body),
            tts: body["tts"].as_bool().unwrap_or(false),
            flags: body["flags"].as_u64().unwrap_or(0),
            nonce: present("nonce"),
            enforce_nonce: body["enforce_nonce"].as_bool().unwrap_or(false),
            allowed_mentions: present("allowed_mentions"),
            reference: present("message_reference"),
            stickers: list("sticker_ids")
                .into_iter()
                .map(|id| serde_json::json!({"id": id, "name": "sticker", "format_type": 1}))
                .collect(),
            poll: present("poll"),
            ..Self::default()
        }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.content.is_empty()
            && self.embeds.is_empty()
            && self.components.is_empty()
            && self.files.is_empty()
            && self.stickers.is_empty()
            && self.poll.is_none()
    }
}

/// Gives files the names and descriptions that `attachments` of the body holds for them.
pub(crate) fn described(mut files: Vec<NewFile>, body: &Value) -> Vec<NewFile> {
    for entry in body["attachments"].as_array().into_iter().flatten() {
        let id = entry["id"]
            .as_u64()
            .or_else(|| entry["id"].as_str().and_then(|id| id.parse().ok()));
        let Some(file) = files.iter_mut().find(|f| Some(f.index) == id) else {
            continue;
        };
        if let Some(name) = entry["filename"].as_str() {
            file.name = name.to_owned();
        }
        if let Some(text) = entry["description"].as_str() {
            file.description = Some(text.to_owned());
        }
    }
    files
}
