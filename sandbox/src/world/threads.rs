//! Threads and forum posts.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::channel::{Channel, ChannelKind, Thread};
use super::draft::Draft;
use super::message::HAS_THREAD;
use super::posting::snowflake;
use super::state::World;
use crate::gateway::{Event, intent};
use crate::permission::{
    CREATE_PRIVATE_THREADS, CREATE_PUBLIC_THREADS, MANAGE_THREADS, READ_MESSAGE_HISTORY,
    SEND_MESSAGES, VIEW_CHANNEL,
};
use crate::rest::error::ApiError;
use crate::snowflake::Snowflake;

/// Message type: "somebody started a thread".
const THREAD_CREATED: u8 = 18;
/// Message type: the first line of a thread that hangs on a message.
const THREAD_STARTER: u8 = 21;

impl World {
    /// Starts a thread on a message; it gets the message's id.
    pub(crate) fn thread_on(
        &mut self,
        actor: Snowflake,
        channel: Snowflake,
        message: Snowflake,
        body: &Value,
    ) -> Result<Snowflake, ApiError> {
        let parent = self.channel(channel)?.kind;
        let kind = match parent {
            ChannelKind::Text => ChannelKind::PublicThread,
            ChannelKind::Announcement => ChannelKind::AnnouncementThread,
            _ => return Err(ApiError::wrong_channel_type()),
        };
        self.require(actor, channel, CREATE_PUBLIC_THREADS | READ_MESSAGE_HISTORY)?;
        let starter = self.message(channel, message)?;
        if starter.has_thread || self.channels.contains_key(&message) {
            return Err(ApiError::new(
                400,
                160_004,
                "A thread has already been created for this message",
            ));
        }
        self.add_thread(message, actor, channel, kind, body);
        let starter = self.message_mut(channel, message)?;
        starter.has_thread = true;
        starter.flags |= HAS_THREAD;
        self.tell_channel("THREAD_CREATE", message);
        self.tell_message("MESSAGE_UPDATE", channel, message);
        let guild = self.channel(channel)?.guild;
        let draft = Draft {
            kind: THREAD_STARTER,
            reference: Some(
                json!({"type": 0, "channel_id": channel, "message_id": message, "guild_id": guild}),
            ),
            ..Draft::default()
        };
        self.put(actor, message, draft)?;
        Ok(message)
    }

    /// Starts a thread that hangs on no message; private unless the body says otherwise, as Discord does.
    pub(crate) fn free_thread(
        &mut self,
        actor: Snowflake,
        channel: Snowflake,
        body: &Value,
    ) -> Result<Snowflake, ApiError> {
        let parent = self.channel(channel)?.kind;
        let kind = ChannelKind::from_number(body["type"].as_u64().unwrap_or(12));
        let kind = match (parent, kind) {
            (
                ChannelKind::Text,
                Some(kind @ (ChannelKind::PublicThread | ChannelKind::PrivateThread)),
            ) => kind,
            (ChannelKind::Announcement, Some(kind @ ChannelKind::AnnouncementThread)) => kind,
            _ => return Err(ApiError::wrong_channel_type()),
        };
        self.require(
            actor,
            channel,
            if kind == ChannelKind::PrivateThread {
                CREATE_PRIVATE_THREADS
            } else {
                CREATE_PUBLIC_THREADS
            },
        )?;
        let id = self.new_id();
        self.add_thread(id, actor, channel, kind, body);
        self.tell_channel("THREAD_CREATE", id);
        if kind != ChannelKind::PrivateThread {
            let guild = self.channel(channel)?.guild;
            let draft = Draft {
                kind: THREAD_CREATED,
                content: self.channel(id)?.name.clone(),
                reference: Some(json!({"type": 0, "channel_id": id, "guild_id": guild})),
                ..Draft::default()
            };
            self.put(actor, channel, draft)?;
        }
        Ok(id)
    }

    /// A post in a forum: a thread whose first message has its id.
    pub(crate) fn forum_post(
        &mut self,
        actor: Snowflake,
        forum: Snowflake,
        body: &Value,
        draft: Draft,
    ) -> Result<Snowflake, ApiError> {
        self.require(actor, forum, SEND_MESSAGES)?;
        if draft.is_empty() {
            return Err(ApiError::empty_message());
        }
        let known: Vec<_> = self
            .channel(forum)?
            .available_tags
            .iter()
            .filter_map(|tag| snowflake(&tag["id"]))
            .collect();
        let tags = applied_tags(body);
        if tags.len() > 5 || tags.iter().any(|tag| !known.contains(tag)) {
            return Err(ApiError::new(400, 10087, "Unknown tag"));
        }
        let id = self.new_id();
        self.add_thread(id, actor, forum, ChannelKind::PublicThread, body);
        self.tell_channel("THREAD_CREATE", id);
        self.put_as(id, actor, id, draft)?;
        Ok(id)
    }

    fn add_thread(
        &mut self,
        id: Snowflake,
        owner: Snowflake,
        parent: Snowflake,
        kind: ChannelKind,
        body: &Value,
    ) {
        let now = self.now();
        let mut channel = Channel::new(id, kind, body["name"].as_str().unwrap_or_default().trim());
        channel.guild = self.channels.get(&parent).and_then(|p| p.guild);
        channel.parent = Some(parent);
        channel.slowmode = body["rate_limit_per_user"].as_u64().unwrap_or(0);
        channel.thread = Some(Thread {
            owner,
            archived: false,
            archived_at: now,
            locked: false,
            auto_archive: body["auto_archive_duration"].as_u64().unwrap_or(4320),
            invitable: body["invitable"].as_bool().unwrap_or(true),
            members: BTreeMap::from([(owner, now)]),
            messages: 0,
            sent: 0,
            tags: applied_tags(body),
        });
        self.put_channel(channel);
        if let Some(parent) = self.channels.get_mut(&parent) {
            parent.last_message = parent.last_message.max(Some(id));
        }
    }

    pub(crate) fn edit_thread(
        &mut self,
        actor: Snowflake,
        id: Snowflake,
        body: &Value,
    ) -> Result<(), ApiError> {
        self.require(actor, id, VIEW_CHANNEL)?;
        let manages = self.may(actor, id, MANAGE_THREADS);
        let now = self.now();
        let channel = self.channel_mut(id)?;
        let Some(thread) = &mut channel.thread else {
            return Err(ApiError::wrong_channel_type());
        };
        let archive = body["archived"].as_bool();
        let lock = body["locked"].as_bool();
        if !manages && (thread.owner != actor || lock.is_some() || thread.locked) {
            // Anybody who may speak in it may wake a thread that is not locked.
            let only_wakes = archive == Some(false)
                && lock.is_none()
                && body.get("name").is_none()
                && !thread.locked;
            if !only_wakes {
                return Err(ApiError::missing_permissions());
            }
        }
        if thread.archived
            && archive != Some(false)
            && (body.get("name").is_some() || lock.is_some())
        {
            return Err(ApiError::archived());
        }
        if let Some(archived) = archive
            && archived != thread.archived
        {
            thread.archived = archived;
            thread.archived_at = now;
        }
        if let Some(locked) = lock {
            thread.locked = locked;
        }
        if let Some(minutes) = body["auto_archive_duration"].as_u64() {
            thread.auto_archive = minutes;
        }
        if let Some(invitable) = body["invitable"].as_bool() {
            thread.invitable = invitable;
        }
        if body["applied_tags"].is_array() {
            thread.tags = applied_tags(body);
        }
        if let Some(name) = body["name"].as_str() {
            channel.name = name.trim().to_owned();
        }
        if let Some(slowmode) = body["rate_limit_per_user"].as_u64() {
            channel.slowmode = slowmode;
        }
        self.tell_channel("THREAD_UPDATE", id);
        Ok(())
    }

    pub(crate) fn join_thread(
        &mut self,
        actor: Snowflake,
        id: Snowflake,
        user: Snowflake,
    ) -> Result<(), ApiError> {
        self.require(actor, id, VIEW_CHANNEL)?;
        let guild = self.channel(id)?.guild;
        let is_member = guild
            .and_then(|guild| self.guilds.get(&guild))
            .is_some_and(|guild| guild.members.contains_key(&user));
        if !is_member {
            return Err(ApiError::unknown_member());
        }
        let now = self.now();
        let Some(thread) = &mut self.channel_mut(id)?.thread else {
            return Err(ApiError::wrong_channel_type());
        };
        if thread.archived {
            return Err(ApiError::archived());
        }
        if thread.members.insert(user, now).is_none() {
            self.tell_thread_members(id, &[user], &[]);
            if user == self.bot {
                self.tell_channel("THREAD_CREATE", id);
            }
        }
        Ok(())
    }

    pub(crate) fn leave_thread(
        &mut self,
        actor: Snowflake,
        id: Snowflake,
        user: Snowflake,
    ) -> Result<(), ApiError> {
        self.require(actor, id, VIEW_CHANNEL)?;
        let manages = self.may(actor, id, MANAGE_THREADS);
        let Some(thread) = &mut self.channel_mut(id)?.thread else {
            return Err(ApiError::wrong_channel_type());
        };
        if actor != user && !manages && thread.owner != actor {
            return Err(ApiError::missing_permissions());
        }
        if thread.members.remove(&user).is_none() {
            return Err(ApiError::unknown_member());
        }
        self.tell_thread_members(id, &[], &[user]);
        Ok(())
    }

    fn tell_thread_members(&mut self, id: Snowflake, added: &[Snowflake], removed: &[Snowflake]) {
        let Some((channel, thread)) = self
            .channels
            .get(&id)
            .and_then(|c| Some((c, c.thread.as_ref()?)))
        else {
            return;
        };
        let data = json!({
            "id": id,
            "guild_id": channel.guild,
            "member_count": thread.members.len().min(50),
            "added_members": added.iter().filter_map(|u| thread.member_json(id, *u)).collect::<Vec<_>>(),
            "removed_member_ids": removed,
        });
        self.gateway.dispatch(Event {
            name: "THREAD_MEMBERS_UPDATE",
            guild: channel.guild,
            intent: intent::GUILDS,
            data,
            without_content: None,
        });
    }

    /// A list of threads with the bot's memberships, as all thread lists of REST are.
    pub(crate) fn threads_json(&self, threads: &[&Channel]) -> Value {
        let members: Vec<_> = threads
            .iter()
            .filter_map(|c| c.thread.as_ref()?.member_json(c.id, self.bot))
            .collect();
        let threads: Vec<_> = threads.iter().map(|c| self.channel_json(c)).collect();
        json!({"threads": threads, "members": members, "has_more": false})
    }
}

fn applied_tags(body: &Value) -> Vec<Snowflake> {
    body["applied_tags"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(snowflake)
        .collect()
}
