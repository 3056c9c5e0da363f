//! Posting a message.

use serde_json::{Value, json};

use super::channel::ChannelKind;
use super::draft::{Draft, NewFile};
use super::kept::{numbered, poll, rich};
use super::mention::{Written, pings_replied_user};
use super::message::{Attachment, EPHEMERAL, HAS_SNAPSHOT, LOADING, Message};
use super::state::World;
use crate::gateway::{Event, intent};
use crate::permission::{
    ATTACH_FILES, EMBED_LINKS, MANAGE_THREADS, MENTION_EVERYONE, READ_MESSAGE_HISTORY,
    SEND_MESSAGES, SEND_TTS_MESSAGES, VIEW_CHANNEL,
};
use crate::rest::error::ApiError;
use crate::snowflake::Snowflake;

/// Message type: a reply.
pub(crate) const REPLY: u8 = 19;

impl World {
    /// Posts as a user who must be allowed to. A repeated nonce gives the first message again.
    pub(crate) fn post(
        &mut self,
        author: Snowflake,
        channel: Snowflake,
        mut draft: Draft,
    ) -> Result<Snowflake, ApiError> {
        if !self.channel(channel)?.kind.holds_messages() {
            return Err(ApiError::new(
                400,
                50008,
                "Cannot send messages in a non-text channel",
            ));
        }
        self.require(author, channel, VIEW_CHANNEL)?;
        self.require(author, channel, SEND_MESSAGES)?;
        let mut bits = 0;
        if !draft.files.is_empty() {
            bits |= ATTACH_FILES;
        }
        if !draft.embeds.is_empty() {
            bits |= EMBED_LINKS;
        }
        if draft.tts {
            bits |= SEND_TTS_MESSAGES;
        }
        self.require(author, channel, bits)?;
        self.wake_thread(author, channel)?;
        self.check_reference(author, channel, &mut draft)?;
        if draft.is_empty() && draft.flags & HAS_SNAPSHOT == 0 {
            return Err(ApiError::empty_message());
        }
        let nonce = draft.nonce.as_ref().map(nonce_text);
        if let Some(nonce) = nonce.as_ref().filter(|_| draft.enforce_nonce)
            && let Some(first) = self.by_nonce(channel, author, nonce)
            && self.message(channel, first).is_ok()
        {
            return Ok(first);
        }
        let id = self.put(author, channel, draft)?;
        if let Some(nonce) = nonce {
            self.remember_nonce(channel, author, nonce, id);
        }
        Ok(id)
    }

    /// Posts without asking whether the author may: answers to interactions, webhooks and Discord's own lines.
    pub(crate) fn put(
        &mut self,
        author: Snowflake,
        channel: Snowflake,
        draft: Draft,
    ) -> Result<Snowflake, ApiError> {
        let id = match draft.at {
            Some(past) => self.new_id_at(past),
            None => self.new_id(),
        };
        self.put_as(id, author, channel, draft)
    }

    /// Posts under a given id: the first message of a forum post has the id of its thread.
    pub(crate) fn put_as(
        &mut self,
        id: Snowflake,
        author: Snowflake,
        channel: Snowflake,
        draft: Draft,
    ) -> Result<Snowflake, ApiError> {
        let attachments = self.store_files(draft.files)?;
        let mut message = Message {
            id,
            channel,
            author,
            webhook: draft.webhook,
            kind: draft.kind,
            content: draft.content,
            embeds: draft.embeds.into_iter().map(rich).collect(),
            components: numbered(draft.components),
            attachments,
            flags: draft.flags & !(EPHEMERAL | LOADING),
            tts: draft.tts,
            pinned_at: None,
            edited_at: None,
            late_edits: Vec::new(),
            mention_everyone: false,
            mentions: Vec::new(),
            mention_roles: Vec::new(),
            reference: draft.reference,
            snapshots: Vec::new(),
            stickers: draft.stickers,
            poll: draft.poll.map(|new| poll(new, id.created_at())),
            reactions: Vec::new(),
            nonce: draft.nonce,
            interaction: draft.interaction,
            ephemeral_to: draft.ephemeral_to,
            has_thread: false,
        };
        if draft.ephemeral_to.is_some() {
            message.flags |= EPHEMERAL;
        }
        if draft.loading {
            message.flags |= LOADING;
        }
        self.fill_snapshot(&mut message);
        self.resolve_mentions(&mut message, draft.allowed_mentions.as_ref());
        let visible = message.ephemeral_to.is_none();
        self.messages
            .entry(channel)
            .or_default()
            .insert(id, message);
        if visible {
            self.note_in_channel(channel, id, author);
            self.tell_message("MESSAGE_CREATE", channel, id);
        }
        Ok(id)
    }

    fn note_in_channel(&mut self, channel: Snowflake, message: Snowflake, author: Snowflake) {
        let now = self.now();
        let Some(channel) = self.channels.get_mut(&channel) else {
            return;
        };
        channel.last_message = channel.last_message.max(Some(message));
        if let Some(thread) = &mut channel.thread {
            thread.sent += 1;
            thread.messages += 1;
            thread.members.entry(author).or_insert(now);
        }
    }

    /// Posting wakes an archived thread, unless it is locked and the author may not manage threads.
    fn wake_thread(&mut self, author: Snowflake, channel: Snowflake) -> Result<(), ApiError> {
        let manages = self.may(author, channel, MANAGE_THREADS);
        let now = self.now();
        let Some(thread) = &mut self.channel_mut(channel)?.thread else {
            return Ok(());
        };
        if thread.locked && !manages {
            return Err(if thread.archived {
                ApiError::archived()
            } else {
                ApiError::missing_permissions()
            });
        }
        if thread.archived {
            thread.archived = false;
            thread.archived_at = now;
            self.tell_channel("THREAD_UPDATE", channel);
        }
        Ok(())
    }

    fn check_reference(
        &mut self,
        author: Snowflake,
        channel: Snowflake,
        draft: &mut Draft,
    ) -> Result<(), ApiError> {
        let Some(reference) = draft.reference.take() else {
            return Ok(());
        };
        let forward = reference["type"].as_u64() == Some(1);
        let from = snowflake(&reference["channel_id"]).unwrap_or(channel);
        let Some(target) = snowflake(&reference["message_id"]) else {
            return Err(ApiError::form(
                "message_reference.message_id",
                "BASE_TYPE_REQUIRED",
                "This field is required",
            ));
        };
        if !self.may(author, from, READ_MESSAGE_HISTORY) {
            return Err(ApiError::new(
                400,
                160_002,
                "You cannot reply without permission to read message history",
            ));
        }
        if !forward && from != channel {
            return Err(ApiError::form(
                "message_reference",
                "MESSAGE_REFERENCE_CHANNEL_MISMATCH",
                "Channel of the reference is not the channel of the message",
            ));
        }
        if self.message(from, target).is_err() {
            if reference["fail_if_not_exists"].as_bool() == Some(false) {
                return Ok(());
            }
            return Err(ApiError::form(
                "message_reference",
                "REPLIES_UNKNOWN_MESSAGE",
                "Unknown message",
            ));
        }
        let guild = self.channel(from)?.guild;
        draft.reference = Some(json!({
            "type": u8::from(forward), "channel_id": from, "message_id": target, "guild_id": guild,
        }));
        if forward {
            draft.flags |= HAS_SNAPSHOT;
        } else {
            draft.kind = REPLY;
        }
        Ok(())
    }

    /// A forwarded message carries a copy of what it forwards and is empty itself.
    fn fill_snapshot(&self, message: &mut Message) {
        if message.flags & HAS_SNAPSHOT == 0 {
            return;
        }
        let source = message.reference.as_ref().and_then(|reference| {
            let channel = snowflake(&reference["channel_id"])?;
            let id = snowflake(&reference["message_id"])?;
            self.message(channel, id).ok()
        });
        if let Some(source) = source {
            let full = self.message_json(source);
            let mut copy = json!({});
            for key in [
                "type",
                "content",
                "embeds",
                "attachments",
                "timestamp",
                "edited_timestamp",
                "flags",
                "mentions",
                "mention_roles",
                "components",
            ] {
                copy[key] = full[key].clone();
            }
            message.snapshots = vec![json!({"message": copy})];
        }
    }

    /// Works out who is pinged: what is written, what `allowed_mentions` lets through, what the author may ping.
    pub(crate) fn resolve_mentions(&self, message: &mut Message, allowed: Option<&Value>) {
        let may_ping_all = message.webhook.is_some()
            || self.may(message.author, message.channel, MENTION_EVERYONE);
        let guild = self
            .channels
            .get(&message.channel)
            .and_then(|channel| channel.guild)
            .and_then(|id| self.guilds.get(&id));
        let found = Written::read(&message.content).allowed_by(allowed);
        message.mention_everyone = found.everyone && may_ping_all && guild.is_some();
        message.mentions = found.users;
        message
            .mentions
            .retain(|user| self.users.contains_key(user));
        message.mention_roles = found.roles;
        message.mention_roles.retain(|role| {
            guild
                .and_then(|guild| guild.roles.get(role))
                .is_some_and(|role| role.mentionable || may_ping_all)
        });
        if message.kind == REPLY
            && pings_replied_user(allowed)
            && let Some(reference) = &message.reference
            && let Some(target) = snowflake(&reference["message_id"])
            && let Ok(target) = self.message(message.channel, target)
            && target.webhook.is_none()
            && !message.mentions.contains(&target.author)
        {
            message.mentions.push(target.author);
        }
    }

    /// Keeps the bytes of files.
    pub(crate) fn store_files(&mut self, files: Vec<NewFile>) -> Result<Vec<Attachment>, ApiError> {
        if files.len() > 10 {
            return Err(ApiError::new(
                400,
                30015,
                "Maximum number of attachments in a message reached (10)",
            ));
        }
        if files
            .iter()
            .any(|f| f.bytes.len() > self.options.attachment_limit)
        {
            return Err(ApiError::new(413, 40005, "Request entity too large"));
        }
        Ok(files
            .into_iter()
            .map(|file| {
                let id = self.new_id();
                let size = file.bytes.len();
                self.files.insert(id, file.bytes);
                Attachment {
                    id,
                    content_type: file
                        .content_type
                        .unwrap_or_else(|| content_type(&file.name).to_owned()),
                    name: file.name,
                    description: file.description,
                    size,
                }
            })
            .collect())
    }

    /// Tells the gateway about a message, to sessions without the content intent without its content.
    pub(crate) fn tell_message(
        &mut self,
        name: &'static str,
        channel: Snowflake,
        message: Snowflake,
    ) {
        let Ok(message) = self.message(channel, message) else {
            return;
        };
        if message.ephemeral_to.is_some() || !self.may(self.bot, channel, VIEW_CHANNEL) {
            return;
        }
        let guild = self.channels.get(&channel).and_then(|c| c.guild);
        let mut data = self.message_json(message);
        data["channel_type"] = json!(self.channels.get(&channel).map(|c| c.kind.number()));
        if let Some(guild) = guild {
            data["guild_id"] = json!(guild);
            let member = self
                .guilds
                .get(&guild)
                .and_then(|g| g.members.get(&message.author));
            if let Some(member) = member.filter(|_| message.webhook.is_none()) {
                data["member"] = member.bare_json();
            }
        }
        let bare = self.without_content(message, data.clone());
        let intent = match self.channels.get(&channel).map(|c| c.kind) {
            Some(ChannelKind::Direct) => intent::DIRECT_MESSAGES,
            _ => intent::GUILD_MESSAGES,
        };
        self.gateway.dispatch(Event {
            name,
            guild,
            intent,
            data,
            without_content: Some(bare),
        });
    }
}

/// An id written as text or number in a body.
pub(crate) fn snowflake(value: &Value) -> Option<Snowflake> {
    match value {
        Value::String(text) => text.parse().ok(),
        Value::Number(number) => number.as_u64().map(Snowflake),
        _ => None,
    }
}

fn nonce_text(nonce: &Value) -> String {
    nonce
        .as_str()
        .map_or_else(|| nonce.to_string(), str::to_owned)
}

pub(crate) fn content_type(name: &str) -> &'static str {
    match name.rsplit('.').next() {
        Some("png") => "image/png",
        Some("jpg" | "jpeg") => "image/jpeg",
        Some("json") => "application/json; charset=utf-8",
        Some("html") => "text/html; charset=utf-8",
        Some("md") => "text/markdown; charset=utf-8",
        Some("txt" | "log" | "csv") => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}
