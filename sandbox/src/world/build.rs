//! The default world, and what builders add to it.

use std::collections::BTreeMap;

use super::channel::{Channel, ChannelKind};
use super::guild::{Guild, Member, Role};
use super::state::World;
use super::user::User;
use crate::gateway::{Event, intent};
use crate::permission::{ADMINISTRATOR, BOT_DEFAULT, EVERYONE_DEFAULT, Permissions};
use crate::rest::error::ApiError;
use crate::snowflake::Snowflake;

impl World {
    /// Guild "Acme": ana owns and administers it; ben, cho and dee are ordinary members; the bot is in.
    pub(crate) fn populate(&mut self) {
        let ana = self.add_user("ana", false);
        let guild = self.add_guild("Acme", ana);
        let admins = self.add_role(guild, "admins", ADMINISTRATOR);
        self.add_member(guild, ana, vec![admins]);
        for name in ["ben", "cho", "dee"] {
            let user = self.add_user(name, false);
            self.add_member(guild, user, Vec::new());
        }
        self.add_channel(guild, ChannelKind::Text, "general", None);
        self.add_channel(guild, ChannelKind::Text, "incidents", None);
        self.add_channel(guild, ChannelKind::Category, "Incidents", None);
    }

    pub(crate) fn add_user(&mut self, name: &str, bot: bool) -> Snowflake {
        let id = self.new_id();
        let name = name.to_owned();
        self.users.insert(id, User { id, name, bot });
        id
    }

    /// A guild with the bot and its role in it.
    pub(crate) fn add_guild(&mut self, name: &str, owner: Snowflake) -> Snowflake {
        let id = self.new_id();
        let everyone = Role {
            id,
            name: "@everyone".into(),
            permissions: EVERYONE_DEFAULT,
            position: 0,
            mentionable: false,
            of_bot: None,
        };
        let guild = Guild {
            id,
            name: name.to_owned(),
            owner,
            roles: BTreeMap::from([(id, everyone)]),
            members: BTreeMap::new(),
        };
        self.guilds.insert(id, guild);
        let role = self.add_role(id, "Scribe", BOT_DEFAULT);
        let bot = self.bot;
        if let Some(role) = self
            .guilds
            .get_mut(&id)
            .and_then(|guild| guild.roles.get_mut(&role))
        {
            role.of_bot = Some(bot);
        }
        self.add_member(id, bot, vec![role]);
        self.add_member(id, owner, Vec::new());
        id
    }

    pub(crate) fn add_role(
        &mut self,
        guild: Snowflake,
        name: &str,
        permissions: Permissions,
    ) -> Snowflake {
        let id = self.new_id();
        let Some(of) = self.guilds.get_mut(&guild) else {
            return id;
        };
        let role = Role {
            id,
            name: name.to_owned(),
            permissions,
            position: of.roles.len() as u64,
            mentionable: false,
            of_bot: None,
        };
        let data = serde_json::json!({"guild_id": guild, "role": role.json()});
        of.roles.insert(id, role);
        self.tell_guild(guild, "GUILD_ROLE_CREATE", intent::GUILDS, data);
        id
    }

    /// Makes a user a member, or replaces the roles of one who is.
    pub(crate) fn add_member(&mut self, guild: Snowflake, user: Snowflake, roles: Vec<Snowflake>) {
        let joined_at = self.now();
        let Some(of) = self.guilds.get_mut(&guild) else {
            return;
        };
        let new = !of.members.contains_key(&user);
        of.members
            .entry(user)
            .and_modify(|member| member.roles.clone_from(&roles))
            .or_insert(Member {
                user,
                nick: None,
                roles,
                joined_at,
            });
        let name = if new {
            "GUILD_MEMBER_ADD"
        } else {
            "GUILD_MEMBER_UPDATE"
        };
        if let Some(mut data) = self.member_json(guild, user) {
            data["guild_id"] = serde_json::json!(guild);
            self.tell_guild(guild, name, intent::GUILD_MEMBERS, data);
        }
    }

    /// Takes a user out of a guild. When it is the bot, the guild is gone for it.
    pub(crate) fn remove_member(
        &mut self,
        guild: Snowflake,
        user: Snowflake,
    ) -> Result<(), ApiError> {
        self.guild_mut(guild)?
            .members
            .remove(&user)
            .ok_or_else(ApiError::unknown_member)?;
        if user == self.bot {
            let data = serde_json::json!({"id": guild});
            self.tell_guild(guild, "GUILD_DELETE", intent::GUILDS, data);
        } else {
            let data = serde_json::json!({"guild_id": guild, "user": self.user_json(user)});
            self.tell_guild(guild, "GUILD_MEMBER_REMOVE", intent::GUILD_MEMBERS, data);
        }
        Ok(())
    }

    /// A channel out of nowhere: no permission is asked and no limit kept.
    pub(crate) fn add_channel(
        &mut self,
        guild: Snowflake,
        kind: ChannelKind,
        name: &str,
        parent: Option<Snowflake>,
    ) -> Snowflake {
        let id = self.new_id();
        let position = self.channels_of(guild).len() as i64;
        let mut channel = Channel::new(id, kind, name);
        channel.guild = Some(guild);
        channel.parent = parent;
        channel.position = position;
        if let Some(category) = parent.and_then(|id| self.channels.get(&id)) {
            channel.overwrites.clone_from(&category.overwrites);
        }
        self.put_channel(channel);
        self.tell_channel("CHANNEL_CREATE", id);
        id
    }

    /// The conversation of two, opened if there is none.
    pub(crate) fn direct_channel(&mut self, one: Snowflake, other: Snowflake) -> Snowflake {
        let open = self.channels.values().find(|c| {
            c.kind == ChannelKind::Direct
                && c.recipients.contains(&one)
                && c.recipients.contains(&other)
        });
        if let Some(channel) = open {
            return channel.id;
        }
        let id = self.new_id();
        let mut channel = Channel::new(id, ChannelKind::Direct, "");
        channel.recipients = vec![one, other];
        self.put_channel(channel);
        id
    }

    /// Tells the gateway something about a guild as a whole.
    pub(crate) fn tell_guild(
        &mut self,
        guild: Snowflake,
        name: &'static str,
        intent: u64,
        data: serde_json::Value,
    ) {
        self.gateway.dispatch(Event {
            name,
            guild: Some(guild),
            intent,
            data,
            without_content: None,
        });
    }
}
