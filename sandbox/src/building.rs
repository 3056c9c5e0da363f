//! Changing the world from outside: more guilds, members, channels; fewer rights for the bot.

use crate::acting::{ActError, ChannelRef};
use crate::permission::{Overwrite, Permissions};
use crate::rest::error::ApiError;
use crate::sandbox::Sandbox;
use crate::snowflake::Snowflake;
use crate::world::channel::ChannelKind;

impl Sandbox {
    /// The guild "Acme" of the default world.
    pub fn guild(&self) -> Snowflake {
        self.shared
            .look(|world| world.guilds.keys().next().copied())
            .unwrap_or_default()
    }

    /// A new guild with the bot in it, owned by that user (who is made if the name is new), with a channel #general.
    pub fn add_guild(&self, name: &str, owner: &str) -> Snowflake {
        self.shared.change(|world| {
            let owner = world
                .find_user(owner)
                .unwrap_or_else(|_| world.add_user(owner, false));
            let guild = world.add_guild(name, owner);
            world.add_channel(guild, ChannelKind::Text, "general", None);
            if let Some(data) = world.guild_create(guild) {
                world.tell_guild(guild, "GUILD_CREATE", crate::gateway::intent::GUILDS, data);
            }
            guild
        })
    }

    /// Makes a user a member; a name that is new makes a new account.
    pub fn add_member(&self, guild: Snowflake, name: &str) -> Snowflake {
        self.shared.change(|world| {
            let user = world
                .find_user(name)
                .unwrap_or_else(|_| world.add_user(name, false));
            world.add_member(guild, user, Vec::new());
            user
        })
    }

    /// Another bot, as a member.
    pub fn add_bot(&self, guild: Snowflake, name: &str) -> Snowflake {
        self.shared.change(|world| {
            let user = world.add_user(name, true);
            world.add_member(guild, user, Vec::new());
            user
        })
    }

    /// A role.
    pub fn add_role(&self, guild: Snowflake, name: &str, permissions: Permissions) -> Snowflake {
        self.shared
            .change(|world| world.add_role(guild, name, permissions))
    }

    /// Gives a member a role, besides those they have.
    pub fn give_role(
        &self,
        guild: Snowflake,
        member: &str,
        role: Snowflake,
    ) -> Result<(), ActError> {
        self.shared.change(|world| {
            let user = world.find_user(member)?;
            let found = world.guild(guild)?.members.get(&user);
            let mut roles = found.ok_or_else(ApiError::unknown_member)?.roles.clone();
            roles.push(role);
            world.add_member(guild, user, roles);
            Ok(())
        })
    }

    /// Deletes a role, asked of nobody.
    pub fn remove_role(&self, guild: Snowflake, role: Snowflake) -> Result<(), ActError> {
        self.shared.change(|world| {
            let found = world.guild_mut(guild)?;
            found
                .roles
                .remove(&role)
                .ok_or_else(ApiError::unknown_role)?;
            for member in found.members.values_mut() {
                member.roles.retain(|one| *one != role);
            }
            let data = serde_json::json!({"guild_id": guild, "role_id": role});
            let intent = crate::gateway::intent::GUILDS;
            world.tell_guild(guild, "GUILD_ROLE_DELETE", intent, data);
            Ok(())
        })
    }

    /// Shows a command to a role whatever permission the bot asks for, as the settings of its integration do.
    pub fn show_command(&self, command: &str, role: Snowflake) {
        self.shared.change(|world| {
            world.shown_to.insert((command.to_owned(), role));
        });
    }

    /// A channel, asked of nobody; `parent` is its category.
    pub fn add_channel(
        &self,
        guild: Snowflake,
        kind: ChannelKind,
        name: &str,
        parent: Option<Snowflake>,
    ) -> Snowflake {
        self.shared
            .change(|world| world.add_channel(guild, kind, name, parent))
    }

    /// Takes a channel away, asked of nobody.
    pub fn remove_channel(&self, channel: impl Into<ChannelRef>) -> Result<(), ActError> {
        let channel = channel.into();
        self.shared.change(|world| {
            let channel = world.find_channel(&channel)?.id;
            world.remove_channel(channel);
            Ok(())
        })
    }

    /// Puts channels into a category until no more fit (50).
    pub fn fill_category(&self, category: impl Into<ChannelRef>) -> Result<(), ActError> {
        let category = category.into();
        self.shared.change(|world| {
            let category = world.find_channel(&category)?;
            let (id, guild) = (category.id, category.guild.unwrap_or_default());
            let inside = world
                .channels
                .values()
                .filter(|c| c.parent == Some(id))
                .count();
            for n in inside..50 {
                world.add_channel(guild, ChannelKind::Text, &format!("filler-{n}"), Some(id));
            }
            Ok(())
        })
    }

    /// Sets an exception from the guild's permissions in a channel.
    pub fn overwrite(
        &self,
        channel: impl Into<ChannelRef>,
        overwrite: Overwrite,
    ) -> Result<(), ActError> {
        let channel = channel.into();
        self.shared.change(|world| {
            let channel = world.find_channel(&channel)?.id;
            Ok(world.put_overwrite(channel, overwrite)?)
        })
    }

    /// Sets what the bot's own role allows in a guild.
    pub fn set_bot_permissions(
        &self,
        guild: Snowflake,
        permissions: Permissions,
    ) -> Result<(), ActError> {
        self.change_bot_role(guild, |_| permissions)
    }

    /// Takes permissions from the bot in a guild: from its own role, and from the one that everyone has.
    pub fn take_from_bot(
        &self,
        guild: Snowflake,
        permissions: Permissions,
    ) -> Result<(), ActError> {
        self.change_bot_role(guild, |has| has & !permissions)?;
        self.change_role(guild, guild, |has| has & !permissions)
    }

    /// Takes permissions from the bot in one channel.
    pub fn deny_bot(
        &self,
        channel: impl Into<ChannelRef>,
        permissions: Permissions,
    ) -> Result<(), ActError> {
        let bot = self.shared.look(|world| world.bot);
        self.overwrite(channel, Overwrite::member(bot, 0, permissions))
    }

    fn change_bot_role(
        &self,
        guild: Snowflake,
        change: impl FnOnce(Permissions) -> Permissions,
    ) -> Result<(), ActError> {
        let role = self.shared.look(|world| {
            let roles = &world.guild(guild)?.roles;
            let own = roles.values().find(|r| r.of_bot == Some(world.bot));
            own.map(|r| r.id).ok_or_else(ApiError::unknown_role)
        })?;
        self.change_role(guild, role, change)
    }

    fn change_role(
        &self,
        guild: Snowflake,
        role: Snowflake,
        change: impl FnOnce(Permissions) -> Permissions,
    ) -> Result<(), ActError> {
        self.shared.change(|world| {
            let roles = &mut world.guild_mut(guild)?.roles;
            let found = roles.get_mut(&role).ok_or_else(ApiError::unknown_role)?;
            found.permissions = change(found.permissions);
            let data = serde_json::json!({"guild_id": guild, "role": found.json()});
            world.tell_guild(
                guild,
                "GUILD_ROLE_UPDATE",
                crate::gateway::intent::GUILDS,
                data,
            );
            Ok(())
        })
    }
}
