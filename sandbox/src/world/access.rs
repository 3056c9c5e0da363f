//! Who may do what where.

use super::channel::{Channel, ChannelKind};
use super::state::World;
use crate::permission::{
    self, ALL, MANAGE_THREADS, Permissions, SEND_MESSAGES, SEND_MESSAGES_IN_THREADS, VIEW_CHANNEL,
};
use crate::rest::error::ApiError;
use crate::snowflake::Snowflake;

impl World {
    /// What a user may do in a channel; nothing in one that is unknown or of a guild they are not in.
    pub(crate) fn permissions_in(&self, user: Snowflake, channel: Snowflake) -> Permissions {
        let Some(channel) = self.channels.get(&channel) else {
            return 0;
        };
        if channel.kind == ChannelKind::Direct {
            return if channel.recipients.contains(&user) {
                ALL
            } else {
                0
            };
        }
        let Some(parent) = self.rule_giver(channel) else {
            return 0;
        };
        let Some(guild) = channel.guild.and_then(|id| self.guilds.get(&id)) else {
            return 0;
        };
        let Some(member) = guild.members.get(&user) else {
            return 0;
        };
        let granted = permission::with_overwrites(
            guild.base_permissions(user),
            &parent.overwrites,
            guild.id,
            &member.roles,
            user,
        );
        match &channel.thread {
            None => permission::without_implied(granted),
            Some(thread) => {
                let in_thread = as_in_thread(granted);
                let hidden = channel.kind == ChannelKind::PrivateThread
                    && in_thread & MANAGE_THREADS == 0
                    && !thread.members.contains_key(&user);
                if hidden { 0 } else { in_thread }
            }
        }
    }

    /// The channel whose overwrites hold: a thread's parent, else the channel itself.
    fn rule_giver<'a>(&'a self, channel: &'a Channel) -> Option<&'a Channel> {
        if channel.kind.is_thread() {
            self.channels.get(&channel.parent?)
        } else {
            Some(channel)
        }
    }

    pub(crate) fn may(&self, user: Snowflake, channel: Snowflake, bits: Permissions) -> bool {
        self.permissions_in(user, channel) & bits == bits
    }

    /// Refuses as Discord does: 10003 for a channel that is not, 50001 for one that cannot be seen, 50013 for the rest.
    pub(crate) fn require(
        &self,
        user: Snowflake,
        channel: Snowflake,
        bits: Permissions,
    ) -> Result<(), ApiError> {
        self.channel(channel)?;
        let has = self.permissions_in(user, channel);
        if has & VIEW_CHANNEL == 0 {
            return Err(ApiError::missing_access());
        }
        if has & bits != bits {
            return Err(ApiError::missing_permissions());
        }
        Ok(())
    }

    /// The same for a guild as a whole.
    pub(crate) fn require_in_guild(
        &self,
        user: Snowflake,
        guild: Snowflake,
        bits: Permissions,
    ) -> Result<(), ApiError> {
        let guild = self.guild(guild)?;
        if !guild.members.contains_key(&user) {
            return Err(ApiError::missing_access());
        }
        if guild.base_permissions(user) & bits != bits {
            return Err(ApiError::missing_permissions());
        }
        Ok(())
    }
}

/// In threads the right to post is a bit of its own; the rest is the parent's.
fn as_in_thread(granted: Permissions) -> Permissions {
    let speak = if granted & SEND_MESSAGES_IN_THREADS != 0 {
        SEND_MESSAGES
    } else {
        0
    };
    permission::without_implied(granted & !SEND_MESSAGES | speak)
}
