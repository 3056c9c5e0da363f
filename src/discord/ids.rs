//! Discord's names for things as the core's.

use poise::serenity_prelude as serenity;

use crate::incident::{ChannelId, GuildId, MessageId, Person, UserId};

pub(crate) fn guild(id: serenity::GuildId) -> GuildId {
    GuildId(id.get())
}

pub(crate) fn channel(id: serenity::ChannelId) -> ChannelId {
    ChannelId(id.get())
}

pub(crate) fn message(id: serenity::MessageId) -> MessageId {
    MessageId(id.get())
}

pub(crate) fn user(id: serenity::UserId) -> UserId {
    UserId(id.get())
}

/// A user under the name the guild sees.
pub(crate) fn person(user: &serenity::User, nick: Option<&str>) -> Person {
    let name = nick.or(user.global_name.as_deref()).unwrap_or(&user.name);
    Person {
        id: self::user(user.id),
        name: crate::incident::text::one_line(name),
        bot: user.bot,
    }
}

/// When a message, channel or other thing was created, told by its id (UTC).
pub(crate) fn created_at(id: u64) -> chrono::DateTime<chrono::Utc> {
    /// Discord's epoch: the first second of 2015, in Unix milliseconds.
    const EPOCH: i64 = 1_420_070_400_000;
    let millis = i64::try_from(id >> 22).unwrap_or(0) + EPOCH;
    chrono::DateTime::from_timestamp_millis(millis).unwrap_or_default()
}
