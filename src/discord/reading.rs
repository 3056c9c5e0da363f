//! A Discord message as it really is, read from its JSON.
//!
//! serenity's model drops what it does not know (components of version 2, for
//! one), so this reads the JSON itself, takes what it needs and minds nothing
//! else. Fields: <https://discord.com/developers/docs/resources/message>.

use chrono::{DateTime, Utc};
use serde::Deserialize;
use serde_json::Value;

use crate::incident::{
    Attachment, AttachmentId, ChannelId, Message, MessageId, MessageRef, Person, UserId, text,
};
use crate::words::spoken;

/// A message as Discord sends it, as far as the record needs it.
#[derive(Clone, Debug, Deserialize)]
pub struct RawMessage {
    pub(crate) id: MessageId,
    pub(crate) channel_id: ChannelId,
    author: RawUser,
    #[serde(default)]
    member: Option<RawMember>,
    #[serde(default)]
    webhook_id: Option<String>,
    #[serde(default)]
    content: String,
    pub(crate) timestamp: DateTime<Utc>,
    #[serde(default)]
    pub(crate) edited_timestamp: Option<DateTime<Utc>>,
    #[serde(default, rename = "type")]
    kind: u64,
    #[serde(default)]
    attachments: Vec<RawAttachment>,
    #[serde(default)]
    embeds: Vec<Value>,
    #[serde(default)]
    components: Vec<Value>,
    #[serde(default)]
    sticker_items: Vec<RawSticker>,
    #[serde(default)]
    poll: Option<Value>,
    #[serde(default)]
    message_reference: Option<RawReference>,
    #[serde(default)]
    message_snapshots: Vec<Value>,
    #[serde(default)]
    reactions: Vec<Value>,
}

#[derive(Clone, Debug, Deserialize)]
struct RawUser {
    id: UserId,
    username: String,
    #[serde(default)]
    global_name: Option<String>,
    #[serde(default)]
    bot: bool,
}

#[derive(Clone, Debug, Deserialize)]
struct RawMember {
    #[serde(default)]
    nick: Option<String>,
}

#[derive(Clone, Debug, Deserialize)]
struct RawAttachment {
    id: AttachmentId,
    filename: String,
    #[serde(default)]
    size: u64,
    url: String,
    #[serde(default)]
    content_type: Option<String>,
}

#[derive(Clone, Debug, Deserialize)]
struct RawSticker {
    name: String,
}

#[derive(Clone, Debug, Deserialize)]
struct RawReference {
    /// 0 is a reply, 1 a forwarded message.
    #[serde(default, rename = "type")]
    kind: u64,
    #[serde(default)]
    message_id: Option<MessageId>,
}

/// The kinds that people and bots write: ordinary, reply, answer to a slash
/// command and to a message command. The others are Discord's own notices.
const WRITTEN: [u64; 4] = [0, 19, 20, 23];

impl RawMessage {
    /// Reads a message.
    ///
    /// # Errors
    /// The JSON is no message.
    pub fn read(json: Value) -> serde_json::Result<Self> {
        serde_json::from_value(json)
    }

    /// Who wrote it, under the name the guild sees.
    pub fn author(&self) -> Person {
        let nick = self
            .member
            .as_ref()
            .and_then(|member| member.nick.as_deref());
        let name = nick
            .or(self.author.global_name.as_deref())
            .unwrap_or(&self.author.username);
        Person {
            id: self.author.id,
            name: text::one_line(name),
            bot: self.author.bot || self.webhook_id.is_some(),
        }
    }

    /// Whether somebody wrote it, as opposed to Discord's notices of pins, joins and the like.
    pub fn is_written(&self) -> bool {
        WRITTEN.contains(&self.kind)
    }

    /// Whether nothing of it can be read: what a model shows of a message whose
    /// parts it does not know. Its files it knows all the same.
    pub fn looks_empty(&self) -> bool {
        self.text().trim().is_empty()
    }

    /// Where it is.
    pub fn place(&self) -> MessageRef {
        MessageRef {
            channel: self.channel_id,
            message: self.id,
        }
    }

    /// Whether anybody's reaction of that emoji is on it.
    pub fn has_reaction(&self, emoji: &str) -> bool {
        self.reactions
            .iter()
            .any(|one| one["emoji"]["name"] == emoji && one["count"] != 0)
    }

    /// What was written, with all that its other parts say, in words.
    pub fn text(&self) -> String {
        let mut parts = vec![self.content.clone()];
        parts.extend(self.message_snapshots.iter().map(forwarded));
        parts.extend(self.embeds.iter().filter_map(embed));
        parts.extend(self.components.iter().filter_map(component));
        parts.extend(self.poll.as_ref().map(poll));
        parts.extend(
            self.sticker_items
                .iter()
                .map(|sticker| spoken::sticker(&sticker.name)),
        );
        parts.retain(|part| !part.trim().is_empty());
        parts.join("\n")
    }

    /// The message as the log keeps it.
    pub fn message(&self) -> Message {
        let reply = self
            .message_reference
            .as_ref()
            .filter(|reference| reference.kind == 0);
        let own = self.attachments.iter().cloned();
        let forwarded = self.message_snapshots.iter().flat_map(snapshot_attachments);
        Message {
            text: self.text(),
            edited_at: self.edited_timestamp,
            reply_to: reply.and_then(|reference| reference.message_id),
            attachments: own.chain(forwarded).map(Attachment::from).collect(),
        }
    }
}

impl From<RawAttachment> for Attachment {
    fn from(raw: RawAttachment) -> Self {
        Self {
            id: raw.id,
            name: text::one_line(&raw.filename),
            size: raw.size,
            url: raw.url,
            media_type: raw.content_type,
        }
    }
}

fn forwarded(snapshot: &Value) -> String {
    // Discord wraps the forwarded message once more; serenity unwraps it.
    let message = snapshot.get("message").unwrap_or(snapshot);
    let mut parts = vec![word(message, "content").unwrap_or_default()];
    parts.extend(list(message, "embeds").filter_map(embed));
    parts.extend(list(message, "components").filter_map(component));
    parts.retain(|part| !part.trim().is_empty());
    spoken::forwarded(&parts.join("\n"))
}

fn snapshot_attachments(snapshot: &Value) -> Vec<RawAttachment> {
    let message = snapshot.get("message").unwrap_or(snapshot);
    let all = list(message, "attachments");
    all.filter_map(|one| serde_json::from_value(one.clone()).ok())
        .collect()
}

fn embed(embed: &Value) -> Option<String> {
    let mut lines: Vec<String> = ["title", "description"]
        .iter()
        .filter_map(|key| word(embed, key))
        .collect();
    for field in list(embed, "fields") {
        let (name, value) = (
            word(field, "name").unwrap_or_default(),
            word(field, "value").unwrap_or_default(),
        );
        lines.push(format!("{name}: {value}"));
    }
    lines.extend(word(&embed["footer"], "text"));
    // Where a bot's embed leads, such as to its monitor. What Discord makes of a
    // link that stands in the text is of other types.
    if embed["type"] == "rich" {
        lines.extend(word(embed, "url"));
    }
    (!lines.is_empty()).then(|| spoken::embed(&lines.join("\n")))
}

/// The texts of a component and of what stands in it: text displays (type 10)
/// say `content`, buttons `label`, sections and containers hold others.
fn component(component: &Value) -> Option<String> {
    let mut lines: Vec<String> = ["content", "label"]
        .iter()
        .filter_map(|key| word(component, key))
        .collect();
    for inner in list(component, "components").chain(component.get("accessory")) {
        lines.extend(self::component(inner));
    }
    for item in list(component, "items") {
        lines.extend(word(item, "description"));
    }
    (!lines.is_empty()).then(|| lines.join("\n"))
}

fn poll(poll: &Value) -> String {
    let question = word(&poll["question"], "text").unwrap_or_default();
    let answers: Vec<String> = list(poll, "answers")
        .filter_map(|answer| word(&answer["poll_media"], "text"))
        .collect();
    spoken::poll(&question, &answers)
}

fn word(value: &Value, key: &str) -> Option<String> {
    value[key]
        .as_str()
        .filter(|text| !text.is_empty())
        .map(str::to_owned)
}

fn list<'a>(value: &'a Value, key: &str) -> impl Iterator<Item = &'a Value> {
    value[key].as_array().into_iter().flatten()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn read(extra: Value) -> RawMessage {
        let mut message = json!({
            "id": "10", "channel_id": "20", "timestamp": "2025-07-08T20:27:00.000000+00:00", "type": 0,
            "author": {"id": "30", "username": "ana", "global_name": "Ana"}, "content": "",
        });
        message
            .as_object_mut()
            .unwrap()
            .extend(extra.as_object().unwrap().clone());
        RawMessage::read(message).unwrap()
    }

    #[test]
    fn what_models_drop_is_read() {
        let message = read(json!({"flags": 32768, "components": [
            {"type": 17, "components": [{"type": 10, "content": "Deploy failed"},
                {"type": 9, "components": [{"type": 10, "content": "on web-3"}], "accessory": {"type": 2, "label": "Open"}}]}]}));
        assert_eq!(message.text(), "Deploy failed\non web-3\nOpen");
        assert!(!message.looks_empty());
    }

    #[test]
    fn embeds_polls_stickers_and_forwards_are_told_in_words() {
        let message = read(json!({
            "content": "look",
            "embeds": [{"type": "rich", "title": "Alert", "url": "https://mon.acme.com/alerts/77", "fields": [{"name": "host", "value": "web-3"}]}],
            "poll": {"question": {"text": "Roll back?"}, "answers": [{"poll_media": {"text": "yes"}}, {"poll_media": {"text": "no"}}]},
            "sticker_items": [{"id": "1", "name": "Wave"}],
            "message_snapshots": [{"message": {"content": "it is DNS"}}],
            "message_reference": {"type": 1, "message_id": "9"},
        }));
        assert_eq!(
            message.text(),
            "look\n(forwarded) it is DNS\n(embed) Alert\nhost: web-3\nhttps://mon.acme.com/alerts/77\n(poll) Roll back? – yes / no\n(sticker) Wave"
        );
        assert_eq!(
            message.message().reply_to,
            None,
            "a forwarded message is no reply"
        );
    }

    #[test]
    fn a_reply_knows_what_it_answers() {
        let message =
            read(json!({"content": "yes", "type": 19, "message_reference": {"message_id": "9"}}));
        assert_eq!(message.message().reply_to, Some(MessageId(9)));
        assert_eq!(message.author().name, "Ana");
        assert!(read(json!({})).looks_empty());
        assert!(!read(json!({"type": 6})).is_written());
    }
}
