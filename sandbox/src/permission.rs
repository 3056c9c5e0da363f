//! Permission bits and how Discord computes what a member may do in a channel.

use crate::snowflake::Snowflake;

/// A set of permission bits.
pub type Permissions = u64;

/// See a channel at all.
pub const VIEW_CHANNEL: Permissions = 1 << 10;
/// Post in a channel (not in its threads).
pub const SEND_MESSAGES: Permissions = 1 << 11;
/// Add a reaction that nobody has given yet.
pub const ADD_REACTIONS: Permissions = 1 << 6;
/// Everything, everywhere in the guild.
pub const ADMINISTRATOR: Permissions = 1 << 3;
/// Throw members out.
pub const KICK_MEMBERS: Permissions = 1 << 1;
/// Create, change and delete channels.
pub const MANAGE_CHANNELS: Permissions = 1 << 4;
/// Change the guild.
pub const MANAGE_GUILD: Permissions = 1 << 5;
/// Post messages that are read aloud.
pub const SEND_TTS_MESSAGES: Permissions = 1 << 12;
/// Delete messages of others.
pub const MANAGE_MESSAGES: Permissions = 1 << 13;
/// Show embeds in one's messages.
pub const EMBED_LINKS: Permissions = 1 << 14;
/// Attach files.
pub const ATTACH_FILES: Permissions = 1 << 15;
/// Read what was said before.
pub const READ_MESSAGE_HISTORY: Permissions = 1 << 16;
/// Ping @everyone, @here and roles that are not mentionable.
pub const MENTION_EVERYONE: Permissions = 1 << 17;
/// Change roles, and overwrites of existing channels.
pub const MANAGE_ROLES: Permissions = 1 << 28;
/// Create and use webhooks.
pub const MANAGE_WEBHOOKS: Permissions = 1 << 29;
/// Use the commands of applications.
pub const USE_APPLICATION_COMMANDS: Permissions = 1 << 31;
/// Archive, lock, rename and delete threads; see all private ones.
pub const MANAGE_THREADS: Permissions = 1 << 34;
/// Start public threads.
pub const CREATE_PUBLIC_THREADS: Permissions = 1 << 35;
/// Start private threads.
pub const CREATE_PRIVATE_THREADS: Permissions = 1 << 36;
/// Post in threads.
pub const SEND_MESSAGES_IN_THREADS: Permissions = 1 << 38;
/// Pin and unpin messages (its own permission since 2026-02-23).
pub const PIN_MESSAGES: Permissions = 1 << 51;
/// Every bit that Discord defines.
pub const ALL: Permissions = (1 << 53) - 1;

/// What the role that everyone has allows in a fresh guild.
pub const EVERYONE_DEFAULT: Permissions = VIEW_CHANNEL
    | SEND_MESSAGES
    | ADD_REACTIONS
    | EMBED_LINKS
    | ATTACH_FILES
    | READ_MESSAGE_HISTORY
    | USE_APPLICATION_COMMANDS
    | CREATE_PUBLIC_THREADS
    | CREATE_PRIVATE_THREADS
    | SEND_MESSAGES_IN_THREADS;

/// What the bot's own role allows at first: enough for a bot that opens channels and keeps them in order.
pub const BOT_DEFAULT: Permissions = EVERYONE_DEFAULT
    | MANAGE_CHANNELS
    | MANAGE_ROLES
    | MANAGE_MESSAGES
    | MANAGE_THREADS
    | MANAGE_WEBHOOKS
    | MENTION_EVERYONE
    | PIN_MESSAGES;

/// An exception for one role or member in one channel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Overwrite {
    /// The role or user it is for.
    pub id: Snowflake,
    /// Whether `id` names a member (else a role).
    pub member: bool,
    /// Bits given.
    pub allow: Permissions,
    /// Bits taken.
    pub deny: Permissions,
}

impl Overwrite {
    /// An exception for a role.
    pub fn role(id: Snowflake, allow: Permissions, deny: Permissions) -> Self {
        Self {
            id,
            member: false,
            allow,
            deny,
        }
    }

    /// An exception for a member.
    pub fn member(id: Snowflake, allow: Permissions, deny: Permissions) -> Self {
        Self {
            id,
            member: true,
            allow,
            deny,
        }
    }
}

/// Applies a channel's overwrites to a member's guild-wide permissions, in Discord's order: everyone's role, the
/// member's other roles together, then the member.
pub(crate) fn with_overwrites(
    base: Permissions,
    overwrites: &[Overwrite],
    everyone: Snowflake,
    roles: &[Snowflake],
    member: Snowflake,
) -> Permissions {
    if base & ADMINISTRATOR != 0 {
        return ALL;
    }
    let mut result = base;
    if let Some(o) = overwrites.iter().find(|o| !o.member && o.id == everyone) {
        result = result & !o.deny | o.allow;
    }
    let of_roles = overwrites
        .iter()
        .filter(|o| !o.member && o.id != everyone && roles.contains(&o.id));
    let (allow, deny) = of_roles.fold((0, 0), |(a, d), o| (a | o.allow, d | o.deny));
    result = result & !deny | allow;
    if let Some(o) = overwrites.iter().find(|o| o.member && o.id == member) {
        result = result & !o.deny | o.allow;
    }
    result
}

/// Bits that mean nothing without others: a member who cannot see a channel can do nothing in it.
pub(crate) fn without_implied(permissions: Permissions) -> Permissions {
    if permissions & ADMINISTRATOR != 0 {
        return ALL;
    }
    if permissions & VIEW_CHANNEL == 0 {
        return 0;
    }
    if permissions & SEND_MESSAGES == 0 {
        return permissions & !(MENTION_EVERYONE | SEND_TTS_MESSAGES | ATTACH_FILES | EMBED_LINKS);
    }
    permissions
}

#[cfg(test)]
mod tests {
    use super::*;

    const EVERYONE: Snowflake = Snowflake(1);
    const OPS: Snowflake = Snowflake(2);
    const ANA: Snowflake = Snowflake(3);

    #[test]
    fn a_members_own_overwrite_beats_a_role_which_beats_everyone() {
        let private = Overwrite::role(EVERYONE, 0, VIEW_CHANNEL);
        let open_to_ops = Overwrite::role(OPS, VIEW_CHANNEL, 0);
        let not_ana = Overwrite::member(ANA, 0, VIEW_CHANNEL);
        let see = |overwrites: &[Overwrite], roles: &[Snowflake]| {
            with_overwrites(EVERYONE_DEFAULT, overwrites, EVERYONE, roles, ANA) & VIEW_CHANNEL != 0
        };
        assert!(!see(&[private], &[OPS]));
        assert!(see(&[private, open_to_ops], &[OPS]));
        assert!(!see(&[private, open_to_ops], &[]));
        assert!(!see(&[private, open_to_ops, not_ana], &[OPS]));
    }

    #[test]
    fn an_administrator_passes_every_overwrite() {
        let closed = Overwrite::role(EVERYONE, 0, ALL);
        assert_eq!(
            with_overwrites(ADMINISTRATOR, &[closed], EVERYONE, &[], ANA),
            ALL
        );
    }

    #[test]
    fn who_cannot_see_can_do_nothing() {
        assert_eq!(without_implied(SEND_MESSAGES | MANAGE_MESSAGES), 0);
    }
}
