//! Channels of every kind, threads and direct messages among them.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde_json::{Value, json};

use crate::clock::stamp;
use crate::permission::Overwrite;
use crate::snowflake::Snowflake;

/// What a channel is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChannelKind {
    /// Messages in a guild.
    Text,
    /// A conversation of two.
    Direct,
    /// Voice, with messages beside it.
    Voice,
    /// A heading that holds channels.
    Category,
    /// Messages that other guilds can follow.
    Announcement,
    /// A thread of an announcement channel.
    AnnouncementThread,
    /// A thread that all may see who see its parent.
    PublicThread,
    /// A thread for those who were added.
    PrivateThread,
    /// A voice channel with an audience.
    Stage,
    /// A channel that holds threads only.
    Forum,
    /// A forum of pictures.
    Media,
}

impl ChannelKind {
    const NUMBERS: [(Self, u8); 11] = [
        (Self::Text, 0),
        (Self::Direct, 1),
        (Self::Voice, 2),
        (Self::Category, 4),
        (Self::Announcement, 5),
        (Self::AnnouncementThread, 10),
        (Self::PublicThread, 11),
        (Self::PrivateThread, 12),
        (Self::Stage, 13),
        (Self::Forum, 15),
        (Self::Media, 16),
    ];

    /// Discord's number for it.
    pub fn number(self) -> u8 {
        Self::NUMBERS
            .iter()
            .find(|(kind, _)| *kind == self)
            .map_or(0, |(_, number)| *number)
    }

    pub(crate) fn from_number(number: u64) -> Option<Self> {
        Self::NUMBERS
            .iter()
            .find(|(_, n)| u64::from(*n) == number)
            .map(|(kind, _)| *kind)
    }

    /// Whether it is one of the three kinds of thread.
    pub fn is_thread(self) -> bool {
        matches!(
            self,
            Self::AnnouncementThread | Self::PublicThread | Self::PrivateThread
        )
    }

    /// Whether messages can be posted into it directly.
    pub fn holds_messages(self) -> bool {
        !matches!(self, Self::Category | Self::Forum | Self::Media)
    }

    /// Whether its name is lower case without spaces.
    pub(crate) fn has_plain_name(self) -> bool {
        matches!(
            self,
            Self::Text | Self::Announcement | Self::Forum | Self::Media
        )
    }
}

/// What only threads have.
#[derive(Clone, Debug)]
pub(crate) struct Thread {
    pub(crate) owner: Snowflake,
    pub(crate) archived: bool,
    pub(crate) archived_at: DateTime<Utc>,
    pub(crate) locked: bool,
    /// Minutes of silence until it is archived.
    pub(crate) auto_archive: u64,
    pub(crate) invitable: bool,
    pub(crate) members: BTreeMap<Snowflake, DateTime<Utc>>,
    pub(crate) messages: u64,
    pub(crate) sent: u64,
    pub(crate) tags: Vec<Snowflake>,
}

impl Thread {
    pub(crate) fn member_json(&self, thread: Snowflake, user: Snowflake) -> Option<Value> {
        self.members.get(&user).map(|joined| {
            json!({"id": thread, "user_id": user, "join_timestamp": stamp(*joined), "flags": 1})
        })
    }
}

/// A channel.
#[derive(Clone, Debug)]
pub(crate) struct Channel {
    pub(crate) id: Snowflake,
    pub(crate) kind: ChannelKind,
    pub(crate) guild: Option<Snowflake>,
    pub(crate) name: String,
    pub(crate) topic: Option<String>,
    pub(crate) parent: Option<Snowflake>,
    pub(crate) position: i64,
    pub(crate) nsfw: bool,
    pub(crate) slowmode: u64,
    pub(crate) overwrites: Vec<Overwrite>,
    pub(crate) thread: Option<Thread>,
    /// The tags that posts of a forum may carry.
    pub(crate) available_tags: Vec<Value>,
    pub(crate) recipients: Vec<Snowflake>,
    pub(crate) last_message: Option<Snowflake>,
    pub(crate) last_pin: Option<DateTime<Utc>>,
}

impl Channel {
    pub(crate) fn new(id: Snowflake, kind: ChannelKind, name: impl Into<String>) -> Self {
        Self {
            id,
            kind,
            guild: None,
            name: name.into(),
            topic: None,
            parent: None,
            position: 0,
            nsfw: false,
            slowmode: 0,
            overwrites: Vec::new(),
            thread: None,
            available_tags: Vec::new(),
            recipients: Vec::new(),
            last_message: None,
            last_pin: None,
        }
    }

    /// The channel object as `viewer` gets it. Recipients of direct messages are filled in by the caller.
    pub(crate) fn json(&self, viewer: Snowflake) -> Value {
        let mut out = json!({
            "id": self.id,
            "type": self.kind.number(),
            "flags": 0,
            "last_message_id": self.last_message,
        });
        if self.kind.holds_messages() {
            out["last_pin_timestamp"] = self.last_pin.map(stamp).into();
        }
        let Some(guild) = self.guild else { return out };
        out["guild_id"] = json!(guild);
        out["name"] = json!(self.name);
        out["parent_id"] = json!(self.parent);
        out["rate_limit_per_user"] = json!(self.slowmode);
        match &self.thread {
            Some(thread) => {
                out["owner_id"] = json!(thread.owner);
                out["message_count"] = json!(thread.messages);
                out["total_message_sent"] = json!(thread.sent);
                out["member_count"] = json!(thread.members.len().min(50));
                out["applied_tags"] = json!(thread.tags);
                out["thread_metadata"] = json!({
                    "archived": thread.archived,
                    "archive_timestamp": stamp(thread.archived_at),
                    "auto_archive_duration": thread.auto_archive,
                    "locked": thread.locked,
                    "create_timestamp": stamp(self.id.created_at()),
                });
                if self.kind == ChannelKind::PrivateThread {
                    out["thread_metadata"]["invitable"] = json!(thread.invitable);
                }
                if let Some(member) = thread.member_json(self.id, viewer) {
                    out["member"] = member;
                }
            }
            None => {
                out["topic"] = json!(self.topic);
                out["position"] = json!(self.position);
                out["nsfw"] = json!(self.nsfw);
                out["permission_overwrites"] = self.overwrites.iter().map(overwrite_json).collect();
                if matches!(self.kind, ChannelKind::Voice | ChannelKind::Stage) {
                    out["bitrate"] = json!(64_000);
                    out["user_limit"] = json!(0);
                    out["rtc_region"] = Value::Null;
                }
                if matches!(self.kind, ChannelKind::Forum | ChannelKind::Media) {
                    out["available_tags"] = json!(self.available_tags);
                    out["default_reaction_emoji"] = Value::Null;
                    out["default_sort_order"] = Value::Null;
                    out["default_forum_layout"] = json!(0);
                }
            }
        }
        out
    }
}

fn overwrite_json(overwrite: &Overwrite) -> Value {
    json!({
        "id": overwrite.id,
        "type": u8::from(overwrite.member),
        "allow": overwrite.allow.to_string(),
        "deny": overwrite.deny.to_string(),
    })
}
