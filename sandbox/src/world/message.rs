//! Messages as they are kept and as they are sent.

use chrono::{DateTime, Utc};
use serde_json::{Value, json};

use super::state::World;
use crate::clock::stamp;
use crate::snowflake::Snowflake;

/// Message flag: only the one who acted sees it.
pub(crate) const EPHEMERAL: u64 = 1 << 6;
/// Message flag: the "thinking ..." of a deferred answer.
pub(crate) const LOADING: u64 = 1 << 7;
/// Message flag: a thread hangs on it.
pub(crate) const HAS_THREAD: u64 = 1 << 5;
/// Message flag: made of components alone.
pub(crate) const COMPONENTS_V2: u64 = 1 << 15;
/// Message flag: carries a copy of another message.
pub(crate) const HAS_SNAPSHOT: u64 = 1 << 14;

/// A stored file of a message.
#[derive(Clone, Debug)]
pub(crate) struct Attachment {
    pub(crate) id: Snowflake,
    pub(crate) name: String,
    pub(crate) content_type: String,
    pub(crate) description: Option<String>,
    pub(crate) size: usize,
}

/// One emoji under a message and who gave it.
#[derive(Clone, Debug)]
pub(crate) struct Reaction {
    /// The emoji itself, or `name:id` for a guild's own.
    pub(crate) emoji: String,
    pub(crate) users: Vec<Snowflake>,
}

/// A message.
#[derive(Clone, Debug)]
pub(crate) struct Message {
    pub(crate) id: Snowflake,
    pub(crate) channel: Snowflake,
    pub(crate) author: Snowflake,
    /// The webhook that spoke, with the name it used.
    pub(crate) webhook: Option<(Snowflake, String)>,
    pub(crate) kind: u8,
    pub(crate) content: String,
    pub(crate) embeds: Vec<Value>,
    pub(crate) components: Vec<Value>,
    pub(crate) attachments: Vec<Attachment>,
    pub(crate) flags: u64,
    pub(crate) tts: bool,
    pub(crate) pinned_at: Option<DateTime<Utc>>,
    pub(crate) edited_at: Option<DateTime<Utc>>,
    /// Edits made after the message had become an hour old.
    pub(crate) late_edits: Vec<DateTime<Utc>>,
    pub(crate) mention_everyone: bool,
    pub(crate) mentions: Vec<Snowflake>,
    pub(crate) mention_roles: Vec<Snowflake>,
    pub(crate) reference: Option<Value>,
    pub(crate) snapshots: Vec<Value>,
    pub(crate) stickers: Vec<Value>,
    pub(crate) poll: Option<Value>,
    pub(crate) reactions: Vec<Reaction>,
    pub(crate) nonce: Option<Value>,
    pub(crate) interaction: Option<Snowflake>,
    pub(crate) ephemeral_to: Option<Snowflake>,
    pub(crate) has_thread: bool,
}

impl Message {
    pub(crate) fn is_loading(&self) -> bool {
        self.flags & LOADING != 0
    }
}

/// An emoji as reaction events and reaction lists show it.
pub(crate) fn emoji_json(emoji: &str) -> Value {
    match emoji.rsplit_once(':') {
        Some((name, id)) if id.chars().all(|c| c.is_ascii_digit()) => {
            json!({"id": id, "name": name})
        }
        _ => json!({"id": null, "name": emoji}),
    }
}

impl World {
    pub(crate) fn attachment_json(&self, channel: Snowflake, file: &Attachment) -> Value {
        let url = self.attachment_url(channel, file);
        let mut json = json!({
            "id": file.id,
            "filename": file.name,
            "size": file.size,
            "content_type": file.content_type,
            "url": url,
            "proxy_url": url,
        });
        if let Some(description) = &file.description {
            json["description"] = json!(description);
        }
        json
    }

    /// The message object, `me` of reactions and all, as the bot gets it.
    pub(crate) fn message_json(&self, message: &Message) -> Value {
        let mut out = self.plain_message_json(message);
        if message.kind == 19
            && let Some(target) = self.replied_to(message)
        {
            out["referenced_message"] = target.map_or(Value::Null, |m| self.plain_message_json(m));
        }
        out
    }

    /// The message that a reply answers; the inner `None` says that it is gone.
    fn replied_to(&self, message: &Message) -> Option<Option<&Message>> {
        let reference = message.reference.as_ref()?;
        let id = reference["message_id"].as_str()?.parse().ok()?;
        let channel = reference["channel_id"].as_str()?.parse().ok()?;
        Some(self.messages.get(&channel).and_then(|of| of.get(&id)))
    }

    fn plain_message_json(&self, message: &Message) -> Value {
        let mut out = json!({
            "id": message.id,
            "channel_id": message.channel,
            "type": message.kind,
            "author": self.author_json(message),
            "content": message.content,
            "timestamp": stamp(message.id.created_at()),
            "edited_timestamp": message.edited_at.map(stamp),
            "tts": message.tts,
            "mention_everyone": message.mention_everyone,
            "mentions": message.mentions.iter().map(|u| self.user_json(*u)).collect::<Vec<_>>(),
            "mention_roles": message.mention_roles,
            "attachments": message.attachments.iter()
                .map(|file| self.attachment_json(message.channel, file)).collect::<Vec<_>>(),
            "embeds": message.embeds,
            "components": message.components,
            "pinned": message.pinned_at.is_some(),
            "flags": message.flags,
        });
        if !message.reactions.is_empty() {
            out["reactions"] = message
                .reactions
                .iter()
                .map(|r| {
                    json!({
                        "emoji": emoji_json(&r.emoji),
                        "count": r.users.len(),
                        "count_details": {"burst": 0, "normal": r.users.len()},
                        "burst_colors": [],
                        "me_burst": false,
                        "burst_me": false,
                        "me": r.users.contains(&self.bot),
                    })
                })
                .collect();
        }
        let optional = [
            ("message_reference", message.reference.clone()),
            ("poll", message.poll.clone()),
            ("nonce", message.nonce.clone()),
        ];
        for (key, value) in optional {
            if let Some(value) = value {
                out[key] = value;
            }
        }
        if !message.snapshots.is_empty() {
            out["message_snapshots"] = json!(message.snapshots);
        }
        if !message.stickers.is_empty() {
            out["sticker_items"] = json!(message.stickers);
        }
        if let Some((webhook, _)) = &message.webhook {
            out["webhook_id"] = json!(webhook);
        }
        if message.has_thread
            && let Some(thread) = self.channels.get(&message.id)
        {
            out["thread"] = thread.json(self.bot);
        }
        if let Some(interaction) = message.interaction.and_then(|i| self.interactions.get(&i)) {
            out["application_id"] = json!(self.application);
            out["webhook_id"] = json!(self.application);
            let user = self.user_json(interaction.user);
            out["interaction_metadata"] = interaction.metadata(&user);
            if let Some(name) = &interaction.command_name {
                out["interaction"] = json!({"id": interaction.id, "type": interaction.kind, "name": name, "user": user});
            }
        }
        out
    }

    fn author_json(&self, message: &Message) -> Value {
        match &message.webhook {
            Some((id, name)) => json!({
                "id": id, "username": name, "discriminator": "0000", "global_name": null, "avatar": null,
                "bot": true, "public_flags": 0, "flags": 0, "primary_guild": null,
            }),
            None => self.user_json(message.author),
        }
    }

    /// The message with what a bot without the message-content intent may not read taken out.
    pub(crate) fn without_content(&self, message: &Message, mut json: Value) -> Value {
        let direct = self
            .channels
            .get(&message.channel)
            .is_some_and(|channel| channel.guild.is_none());
        let own = message.author == self.bot && message.webhook.is_none();
        if own || direct || message.mentions.contains(&self.bot) {
            return json;
        }
        json["content"] = json!("");
        for key in ["embeds", "attachments", "components"] {
            json[key] = json!([]);
        }
        if let Some(map) = json.as_object_mut() {
            map.remove("poll");
            map.remove("message_snapshots");
        }
        json
    }
}
