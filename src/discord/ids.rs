//! Discord's names for things as the core's.

use poise::serenity_prelude as serenity;

use crate::incident::{ChannelId, GuildId, MessageId, Person, RoleId, UserId};

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

pub(crate) fn role(id: serenity::RoleId) -> RoleId {
    RoleId(id.get())
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

/// Discord's epoch: the first second of 2015, in Unix milliseconds.
const EPOCH: i64 = 1_420_070_400_000;

/// When a message, channel or other thing was created, told by its id (UTC).
pub(crate) fn created_at(id: u64) -> chrono::DateTime<chrono::Utc> {
    let millis = i64::try_from(id >> 22).unwrap_or(0) + EPOCH;
    chrono::DateTime::from_timestamp_millis(millis).unwrap_or_default()
}

/// The first id that Discord could have given at a moment (UTC).
pub(crate) fn first_id(at: chrono::DateTime<chrono::Utc>) -> u64 {
    let since = (at.timestamp_millis() - EPOCH).max(0);
    since.cast_unsigned() << 22
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_as_old_as_its_moment() {
        let at = chrono::DateTime::from_timestamp(1_750_000_000, 0).unwrap();
        assert_eq!(created_at(first_id(at)), at);
        assert_eq!(first_id(chrono::DateTime::UNIX_EPOCH), 0);
    }
}
