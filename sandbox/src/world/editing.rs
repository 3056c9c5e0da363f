//! Changing and deleting messages.

use chrono::Duration;
use serde_json::{Value, json};

use super::draft::{NewFile, described};
use super::kept::{numbered, rich};
use super::message::{COMPONENTS_V2, LOADING};
use super::posting::snowflake;
use super::state::World;
use crate::gateway::{Event, intent};
use crate::permission::{ATTACH_FILES, EMBED_LINKS, MANAGE_MESSAGES, VIEW_CHANNEL};
use crate::rest::error::ApiError;
use crate::snowflake::Snowflake;

/// How many edits a minute a message older than an hour takes.
const LATE_EDITS: usize = 3;

impl World {
    /// Edits one's own message; fields that are absent stay.
    pub(crate) fn edit(
        &mut self,
        actor: Snowflake,
        channel: Snowflake,
        message: Snowflake,
        body: &Value,
        files: Vec<NewFile>,
    ) -> Result<(), ApiError> {
        self.require(actor, channel, VIEW_CHANNEL)?;
        let found = self.message(channel, message)?;
        if found.ephemeral_to.is_some() {
            return Err(ApiError::unknown_message());
        }
        let own = found.author == actor && found.webhook.is_none();
        let only_flags = body
            .as_object()
            .is_some_and(|map| map.keys().all(|key| key == "flags"));
        let moderates = only_flags && self.may(actor, channel, MANAGE_MESSAGES);
        if !own && !moderates {
            return Err(ApiError::not_the_author());
        }
        let mut bits = 0;
        if !files.is_empty() {
            bits |= ATTACH_FILES;
        }
        if body["embeds"]
            .as_array()
            .is_some_and(|list| !list.is_empty())
        {
            bits |= EMBED_LINKS;
        }
        self.require(actor, channel, bits)?;
        if self
            .channel(channel)?
            .thread
            .as_ref()
            .is_some_and(|t| t.archived)
        {
            return Err(ApiError::archived());
        }
        self.count_late_edit(channel, message)?;
        self.apply_edit(channel, message, body, files)
    }

    fn count_late_edit(&mut self, channel: Snowflake, message: Snowflake) -> Result<(), ApiError> {
        let now = self.now();
        if !self.options.limit_old_edits || now - message.created_at() < Duration::hours(1) {
            return Ok(());
        }
        let edits = &mut self.message_mut(channel, message)?.late_edits;
        edits.retain(|at| now - *at < Duration::minutes(1));
        if edits.len() >= LATE_EDITS {
            return Err(ApiError::new(
                429,
                30046,
                "Maximum number of edits to messages older than 1 hour reached. Try again later",
            ));
        }
        edits.push(now);
        Ok(())
    }

    /// Edits without asking: for answers to interactions, whose token is the permission.
    pub(crate) fn apply_edit(
        &mut self,
        channel: Snowflake,
        message: Snowflake,
        body: &Value,
        files: Vec<NewFile>,
    ) -> Result<(), ApiError> {
        let mut edited = self.message(channel, message)?.clone();
        if let Some(content) = body.get("content") {
            edited.content = content.as_str().unwrap_or_default().trim().to_owned();
        }
        if let Some(embeds) = body.get("embeds") {
            edited.embeds = embeds
                .as_array()
                .into_iter()
                .flatten()
                .cloned()
                .map(rich)
                .collect();
        }
        if let Some(components) = body.get("components") {
            edited.components = numbered(components.as_array().cloned().unwrap_or_default());
        }
        if let Some(flags) = body["flags"].as_u64() {
            edited.flags |= flags & COMPONENTS_V2;
        }
        if let Some(kept) = body.get("attachments") {
            let kept: Vec<_> = kept
                .as_array()
                .into_iter()
                .flatten()
                .filter_map(|entry| snowflake(&entry["id"]))
                .collect();
            edited.attachments.retain(|file| kept.contains(&file.id));
        }
        let new = self.store_files(described(files, body))?;
        edited.attachments.extend(new);
        if edited.attachments.len() > 10 {
            return Err(ApiError::new(
                400,
                30015,
                "Maximum number of attachments in a message reached (10)",
            ));
        }
        let empty = edited.content.is_empty()
            && edited.embeds.is_empty()
            && edited.components.is_empty()
            && edited.attachments.is_empty()
            && edited.stickers.is_empty();
        if empty {
            return Err(ApiError::empty_message());
        }
        if body.get("content").is_some() {
            let allowed = body.get("allowed_mentions").filter(|v| !v.is_null());
            self.resolve_mentions(&mut edited, allowed);
        }
        // Turning "thinking ..." into the answer is not shown as an edit.
        if edited.is_loading() {
            edited.flags &= !LOADING;
        } else {
            edited.edited_at = Some(self.now());
        }
        *self.message_mut(channel, message)? = edited;
        self.settle_about(message);
        self.tell_message("MESSAGE_UPDATE", channel, message);
        Ok(())
    }

    pub(crate) fn delete(
        &mut self,
        actor: Snowflake,
        channel: Snowflake,
        message: Snowflake,
    ) -> Result<(), ApiError> {
        self.require(actor, channel, VIEW_CHANNEL)?;
        let found = self.message(channel, message)?;
        if found.ephemeral_to.is_some() {
            return Err(ApiError::unknown_message());
        }
        if found.author != actor || found.webhook.is_some() {
            self.require(actor, channel, MANAGE_MESSAGES)?;
        }
        self.remove(channel, message)
    }

    /// Deletes without asking.
    pub(crate) fn remove(
        &mut self,
        channel: Snowflake,
        message: Snowflake,
    ) -> Result<(), ApiError> {
        let gone = self
            .messages
            .get_mut(&channel)
            .and_then(|of| of.remove(&message))
            .ok_or_else(ApiError::unknown_message)?;
        self.settle_about(message);
        if gone.ephemeral_to.is_some() {
            return Ok(());
        }
        self.count_out(channel, 1);
        let guild = self.channel(channel)?.guild;
        self.tell_about_messages(
            "MESSAGE_DELETE",
            channel,
            json!({"id": message, "channel_id": channel, "guild_id": guild}),
        );
        Ok(())
    }

    /// Deletes 2 to 100 messages at once, none older than two weeks.
    pub(crate) fn bulk_delete(
        &mut self,
        actor: Snowflake,
        channel: Snowflake,
        ids: &[Snowflake],
    ) -> Result<(), ApiError> {
        self.require(actor, channel, MANAGE_MESSAGES)?;
        if !(2..=100).contains(&ids.len()) {
            return Err(ApiError::new(
                400,
                50016,
                "Provided too few or too many messages to delete. Must provide at least 2 and fewer than 100 messages to delete",
            ));
        }
        let oldest = self.now() - Duration::days(14);
        if ids.iter().any(|id| id.created_at() < oldest) {
            return Err(ApiError::new(
                400,
                50034,
                "You can only bulk delete messages that are under 14 days old.",
            ));
        }
        let of = self.messages.entry(channel).or_default();
        let gone: Vec<_> = ids.iter().filter(|id| of.remove(id).is_some()).collect();
        let count = gone.len();
        let guild = self.channels.get(&channel).and_then(|c| c.guild);
        let data = json!({"ids": gone, "channel_id": channel, "guild_id": guild});
        self.count_out(channel, count as u64);
        self.tell_about_messages("MESSAGE_DELETE_BULK", channel, data);
        Ok(())
    }

    fn count_out(&mut self, channel: Snowflake, count: u64) {
        if let Some(thread) = self
            .channels
            .get_mut(&channel)
            .and_then(|c| c.thread.as_mut())
        {
            thread.messages = thread.messages.saturating_sub(count);
        }
    }

    /// Tells the gateway something about messages that has no content in it.
    pub(crate) fn tell_about_messages(
        &mut self,
        name: &'static str,
        channel: Snowflake,
        mut data: Value,
    ) {
        if !self.may(self.bot, channel, VIEW_CHANNEL) {
            return;
        }
        let guild = self.channels.get(&channel).and_then(|c| c.guild);
        if guild.is_none()
            && let Some(map) = data.as_object_mut()
        {
            map.remove("guild_id");
        }
        let intent = match (name.starts_with("MESSAGE_REACTION"), guild.is_some()) {
            (true, true) => intent::GUILD_REACTIONS,
            (true, false) => intent::DIRECT_REACTIONS,
            (false, true) => intent::GUILD_MESSAGES,
            (false, false) => intent::DIRECT_MESSAGES,
        };
        self.gateway.dispatch(Event {
            name,
            guild,
            intent,
            data,
            without_content: None,
        });
    }
}
