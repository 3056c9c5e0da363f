//! From names to ids.

use super::error::ActError;
use crate::permission::VIEW_CHANNEL;
use crate::rest::error::ApiError;
use crate::snowflake::Snowflake;
use crate::world::World;
use crate::world::channel::Channel;

/// A channel or thread: by id, or by name with or without `#`. Of several with one name the oldest is meant.
#[derive(Clone, Debug, PartialEq)]
pub enum ChannelRef {
    /// By id.
    Id(Snowflake),
    /// By name.
    Name(String),
}

impl From<Snowflake> for ChannelRef {
    fn from(id: Snowflake) -> Self {
        Self::Id(id)
    }
}

impl From<u64> for ChannelRef {
    fn from(id: u64) -> Self {
        Self::Id(Snowflake(id))
    }
}

impl From<&str> for ChannelRef {
    fn from(name: &str) -> Self {
        match name.parse() {
            Ok(id) => Self::Id(id),
            Err(_) => Self::Name(name.trim_start_matches('#').to_owned()),
        }
    }
}

impl From<&String> for ChannelRef {
    fn from(name: &String) -> Self {
        name.as_str().into()
    }
}

impl From<String> for ChannelRef {
    fn from(name: String) -> Self {
        name.as_str().into()
    }
}

impl From<&ChannelRef> for ChannelRef {
    fn from(channel: &ChannelRef) -> Self {
        channel.clone()
    }
}

impl World {
    pub(crate) fn find_channel(&self, channel: &ChannelRef) -> Result<&Channel, ActError> {
        let found = match channel {
            ChannelRef::Id(id) => self.channels.get(id),
            ChannelRef::Name(name) => self.channels.values().find(|c| c.name == *name),
        };
        found.ok_or_else(|| {
            ActError::UnknownChannel(match channel {
                ChannelRef::Id(id) => id.to_string(),
                ChannelRef::Name(name) => format!("#{name}"),
            })
        })
    }

    pub(crate) fn find_user(&self, name: &str) -> Result<Snowflake, ActError> {
        let name = name.trim_start_matches('@');
        let by_id = name.parse().ok().filter(|id| self.users.contains_key(id));
        self.users
            .values()
            .find(|user| user.name == name)
            .map(|user| user.id)
            .or(by_id)
            .ok_or_else(|| ActError::UnknownMember(name.to_owned()))
    }

    pub(crate) fn find_role(&self, guild: Snowflake, name: &str) -> Option<Snowflake> {
        let roles = &self.guilds.get(&guild)?.roles;
        let by_id = name.parse().ok().filter(|id| roles.contains_key(id));
        roles
            .values()
            .find(|role| role.name.trim_start_matches('@') == name.trim_start_matches('@'))
            .map(|role| role.id)
            .or(by_id)
    }

    pub(crate) fn user_name(&self, id: Snowflake) -> String {
        self.users
            .get(&id)
            .map_or_else(|| id.to_string(), |user| user.name.clone())
    }

    /// A member and a channel that they can see.
    pub(crate) fn member_in(
        &self,
        member: &str,
        channel: &ChannelRef,
    ) -> Result<(Snowflake, Snowflake), ActError> {
        let user = self.find_user(member)?;
        let channel = self.find_channel(channel)?;
        let outside = channel
            .guild
            .and_then(|guild| self.guilds.get(&guild))
            .is_some_and(|guild| !guild.members.contains_key(&user));
        if outside {
            return Err(ActError::UnknownMember(member.to_owned()));
        }
        if !self.may(user, channel.id, VIEW_CHANNEL) {
            return Err(ApiError::missing_access().into());
        }
        Ok((user, channel.id))
    }
}
