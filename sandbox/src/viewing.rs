//! Seeing what there is.

use std::time::Duration;

use chrono::{DateTime, Utc};
use serde_json::Value;

use crate::acting::{ActError, ChannelRef};
use crate::permission::{Overwrite, Permissions};
use crate::sandbox::Sandbox;
use crate::snowflake::Snowflake;
use crate::world::channel::{Channel, ChannelKind};
use crate::world::{Message, World};

/// A file of a message.
#[derive(Clone, Debug, PartialEq)]
pub struct SeenFile {
    /// Its name.
    pub name: String,
    /// Its media type.
    pub content_type: String,
    /// What is in it.
    pub bytes: Vec<u8>,
    /// The link to it, which expires.
    pub url: String,
}

impl SeenFile {
    /// The bytes as text; what is no UTF-8 is replaced.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.bytes).into_owned()
    }
}

/// An emoji under a message.
#[derive(Clone, Debug, PartialEq)]
pub struct SeenReaction {
    /// The emoji itself, or `name:id`.
    pub emoji: String,
    /// User names of those who gave it.
    pub users: Vec<String>,
}

/// A message as a member with all rights sees it.
#[derive(Clone, Debug, PartialEq)]
pub struct SeenMessage {
    /// Its id.
    pub id: Snowflake,
    /// The channel or thread it is in.
    pub channel_id: Snowflake,
    /// The author's user name, or the name a webhook used.
    pub author: String,
    /// Discord's number of the message type: 0 ordinary, 6 "pinned a message", 19 reply, 20 answer to a command.
    pub kind: u8,
    /// When it was posted (UTC).
    pub at: DateTime<Utc>,
    /// When it was last edited (UTC).
    pub edited: Option<DateTime<Utc>>,
    /// Its text.
    pub content: String,
    /// Its embeds, as JSON.
    pub embeds: Vec<Value>,
    /// Its components, as JSON.
    pub components: Vec<Value>,
    /// Its files.
    pub files: Vec<SeenFile>,
    /// Whether it is pinned.
    pub pinned: bool,
    /// The message it replies to.
    pub reply_to: Option<Snowflake>,
    /// Whether it pinged @everyone or @here.
    pub pinged_everyone: bool,
    /// User names of those it pinged.
    pub pinged_users: Vec<String>,
    /// Names of the roles it pinged.
    pub pinged_roles: Vec<String>,
    /// Reactions under it.
    pub reactions: Vec<SeenReaction>,
    /// Whether only one member sees it.
    pub ephemeral: bool,
    /// Message flags.
    pub flags: u64,
    /// The thread that hangs on it.
    pub thread: Option<Snowflake>,
}

impl SeenMessage {
    /// All that can be read in it: text, embeds and components.
    pub fn text(&self) -> String {
        readable_text(&self.content, &self.embeds, &self.components)
    }

    /// The file of that name.
    pub fn file(&self, name: &str) -> Option<&SeenFile> {
        self.files.iter().find(|file| file.name == name)
    }

    /// Labels of its buttons, in order.
    pub fn buttons(&self) -> Vec<String> {
        let mut labels = Vec::new();
        self.components.iter().for_each(|c| {
            walk(c, &mut |part| {
                if part["type"].as_u64() == Some(2)
                    && let Some(label) = part["label"].as_str()
                {
                    labels.push(label.to_owned());
                }
            })
        });
        labels
    }
}

/// A channel or thread.
#[derive(Clone, Debug, PartialEq)]
pub struct SeenChannel {
    /// Its id.
    pub id: Snowflake,
    /// The guild it is in; none for a conversation of two.
    pub guild: Option<Snowflake>,
    /// What it is.
    pub kind: ChannelKind,
    /// Its name.
    pub name: String,
    /// Its topic.
    pub topic: Option<String>,
    /// Its category, or a thread's channel.
    pub parent: Option<Snowflake>,
    /// Its exceptions from the guild's permissions.
    pub overwrites: Vec<Overwrite>,
    /// For a thread: whether it is archived.
    pub archived: bool,
    /// For a thread: whether it is locked.
    pub locked: bool,
}

/// A registered command.
#[derive(Clone, Debug, PartialEq)]
pub struct SeenCommand {
    /// Its name.
    pub name: String,
    /// 1: typed after a slash, 2: on a user, 3: on a message.
    pub kind: u64,
    /// The only guild it works in.
    pub guild: Option<Snowflake>,
    /// All of it, as JSON.
    pub json: Value,
}

/// Texts of a message, its embeds and components, one a line.
pub(crate) fn readable_text(content: &str, embeds: &[Value], components: &[Value]) -> String {
    let mut lines = vec![content.to_owned()];
    let mut add = |value: &Value| lines.extend(value.as_str().map(str::to_owned));
    for embed in embeds {
        add(&embed["author"]["name"]);
        add(&embed["title"]);
        add(&embed["description"]);
        for field in embed["fields"].as_array().into_iter().flatten() {
            add(&field["name"]);
            add(&field["value"]);
        }
        add(&embed["footer"]["text"]);
    }
    for component in components {
        walk(component, &mut |part| {
            add(&part["content"]);
            add(&part["label"]);
            add(&part["placeholder"]);
        });
    }
    lines.retain(|line| !line.is_empty());
    lines.join("\n")
}

fn walk(component: &Value, visit: &mut impl FnMut(&Value)) {
    visit(component);
    for child in component["components"].as_array().into_iter().flatten() {
        walk(child, visit);
    }
    if component["accessory"].is_object() {
        walk(&component["accessory"], visit);
    }
}

impl Sandbox {
    /// The messages of a channel or thread, oldest first; ephemeral ones are left out.
    pub fn messages(&self, channel: impl Into<ChannelRef>) -> Vec<SeenMessage> {
        let channel = channel.into();
        self.shared
            .look(|world| world.seen_messages(&channel).collect())
    }

    /// One message, be it ephemeral or not.
    pub fn message(
        &self,
        channel: impl Into<ChannelRef>,
        message: Snowflake,
    ) -> Option<SeenMessage> {
        let channel = channel.into();
        self.shared.look(|world| {
            let channel = world.find_channel(&channel).ok()?.id;
            world.message(channel, message).ok().map(|m| world.seen(m))
        })
    }

    /// The pinned messages of a channel, the last pinned first.
    pub fn pins(&self, channel: impl Into<ChannelRef>) -> Vec<SeenMessage> {
        let channel = channel.into();
        self.shared
            .look(|world| match world.find_channel(&channel) {
                Ok(channel) => world
                    .pinned(channel.id)
                    .into_iter()
                    .map(|m| world.seen(m))
                    .collect(),
                Err(_) => Vec::new(),
            })
    }

    /// A channel or thread.
    pub fn channel(&self, channel: impl Into<ChannelRef>) -> Result<SeenChannel, ActError> {
        let channel = channel.into();
        self.shared
            .look(|world| world.find_channel(&channel).map(seen_channel))
    }

    /// All channels and threads of all guilds, and the conversations of two.
    pub fn channels(&self) -> Vec<SeenChannel> {
        self.shared
            .look(|world| world.channels.values().map(seen_channel).collect())
    }

    /// A channel's topic.
    pub fn topic(&self, channel: impl Into<ChannelRef>) -> Option<String> {
        self.channel(channel).ok()?.topic
    }

    /// Whether a member can do something in a channel.
    pub fn may(&self, member: &str, channel: impl Into<ChannelRef>, bits: Permissions) -> bool {
        let channel = channel.into();
        self.shared.look(
            |world| match (world.find_user(member), world.find_channel(&channel)) {
                (Ok(user), Ok(channel)) => world.may(user, channel.id, bits),
                _ => false,
            },
        )
    }

    /// User names of a guild's members.
    pub fn members(&self, guild: Snowflake) -> Vec<String> {
        self.shared.look(|world| {
            let members = world
                .guilds
                .get(&guild)
                .into_iter()
                .flat_map(|g| g.members.keys());
            members.map(|user| world.user_name(*user)).collect()
        })
    }

    /// The id of a user.
    pub fn user(&self, name: &str) -> Result<Snowflake, ActError> {
        self.shared.look(|world| world.find_user(name))
    }

    /// The commands the bot has registered.
    pub fn commands(&self) -> Vec<SeenCommand> {
        self.shared.look(|world| {
            let commands = world.commands.values();
            commands
                .map(|c| SeenCommand {
                    name: c.name().to_owned(),
                    kind: c.kind(),
                    guild: c.guild,
                    json: c.json(world.application),
                })
                .collect()
        })
    }

    /// Waits for a message that the test is looking for; the present ones count. None when it has not come in time.
    pub async fn wait_for(
        &self,
        channel: impl Into<ChannelRef>,
        mut wanted: impl FnMut(&SeenMessage) -> bool,
        patience: Duration,
    ) -> Option<SeenMessage> {
        let channel = channel.into();
        self.shared
            .until(patience, |world| {
                world.seen_messages(&channel).find(|m| wanted(m))
            })
            .await
    }

    /// Waits for a channel or thread; the present ones count.
    pub async fn wait_for_channel(
        &self,
        mut wanted: impl FnMut(&SeenChannel) -> bool,
        patience: Duration,
    ) -> Option<SeenChannel> {
        self.shared
            .until(patience, |world| {
                world
                    .channels
                    .values()
                    .map(seen_channel)
                    .find(|c| wanted(c))
            })
            .await
    }

    /// Waits for a request that the bot makes; past ones count.
    pub async fn wait_for_request(
        &self,
        mut wanted: impl FnMut(&crate::Request) -> bool,
        patience: Duration,
    ) -> Option<crate::Request> {
        self.shared
            .until(patience, |world| {
                world.records.requests.iter().find(|r| wanted(r)).cloned()
            })
            .await
    }

    /// Waits until the bot has registered a command of that name.
    pub async fn wait_for_command(&self, name: &str, patience: Duration) -> bool {
        self.shared
            .until(patience, |world| {
                world
                    .commands
                    .values()
                    .any(|c| c.name() == name)
                    .then_some(())
            })
            .await
            .is_some()
    }

    /// Waits until a session of the bot is on the gateway.
    pub async fn bot_connected(&self, patience: Duration) -> bool {
        self.shared
            .until(patience, |world| {
                let sessions = &world.gateway.sessions;
                sessions.iter().any(|s| s.is_connected()).then_some(())
            })
            .await
            .is_some()
    }

    /// Waits until no session of the bot is on the gateway.
    pub async fn bot_disconnected(&self, patience: Duration) -> bool {
        self.shared
            .until(patience, |world| {
                let sessions = &world.gateway.sessions;
                (!sessions.iter().any(|s| s.is_connected())).then_some(())
            })
            .await
            .is_some()
    }
}

fn seen_channel(channel: &Channel) -> SeenChannel {
    let thread = channel.thread.as_ref();
    SeenChannel {
        id: channel.id,
        guild: channel.guild,
        kind: channel.kind,
        name: channel.name.clone(),
        topic: channel.topic.clone(),
        parent: channel.parent,
        overwrites: channel.overwrites.clone(),
        archived: thread.is_some_and(|t| t.archived),
        locked: thread.is_some_and(|t| t.locked),
    }
}

impl World {
    fn seen_messages(&self, channel: &ChannelRef) -> impl Iterator<Item = SeenMessage> {
        let found = self.find_channel(channel).ok();
        found
            .and_then(|channel| self.messages.get(&channel.id))
            .into_iter()
            .flat_map(|of| of.values())
            .filter(|m| m.ephemeral_to.is_none())
            .map(|m| self.seen(m))
    }

    pub(crate) fn seen(&self, message: &Message) -> SeenMessage {
        let names = |users: &[Snowflake]| users.iter().map(|u| self.user_name(*u)).collect();
        let guild = self
            .channels
            .get(&message.channel)
            .and_then(|c| c.guild)
            .and_then(|g| self.guilds.get(&g));
        let files = message.attachments.iter().map(|file| SeenFile {
            name: file.name.clone(),
            content_type: file.content_type.clone(),
            bytes: self
                .files
                .get(&file.id)
                .map(|b| b.to_vec())
                .unwrap_or_default(),
            url: self.attachment_url(message.channel, file),
        });
        let reply = message.reference.as_ref().filter(|_| message.kind == 19);
        SeenMessage {
            id: message.id,
            channel_id: message.channel,
            author: match &message.webhook {
                Some((_, name)) => name.clone(),
                None => self.user_name(message.author),
            },
            kind: message.kind,
            at: message.id.created_at(),
            edited: message.edited_at,
            content: message.content.clone(),
            embeds: message.embeds.clone(),
            components: message.components.clone(),
            files: files.collect(),
            pinned: message.pinned_at.is_some(),
            reply_to: reply.and_then(|r| r["message_id"].as_str()?.parse().ok()),
            pinged_everyone: message.mention_everyone,
            pinged_users: names(&message.mentions),
            pinged_roles: message
                .mention_roles
                .iter()
                .filter_map(|role| Some(guild?.roles.get(role)?.name.clone()))
                .collect(),
            reactions: message
                .reactions
                .iter()
                .map(|r| SeenReaction {
                    emoji: r.emoji.clone(),
                    users: names(&r.users),
                })
                .collect(),
            ephemeral: message.ephemeral_to.is_some(),
            flags: message.flags,
            thread: message.has_thread.then_some(message.id),
        }
    }
}
