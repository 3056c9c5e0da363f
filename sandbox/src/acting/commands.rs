//! Using the bot's commands.

use serde_json::{Value, json};

use super::answer::{Answer, Choice};
use super::error::ActError;
use super::names::ChannelRef;
use super::options::{self, Typed};
use super::payload::Act;
use crate::permission::{Permissions, USE_APPLICATION_COMMANDS};
use crate::sandbox::Sandbox;
use crate::snowflake::Snowflake;
use crate::world::World;
use crate::world::command::Command;
use crate::world::interaction::{AUTOCOMPLETE, COMMAND};
use crate::world::message::Attachment;
use crate::world::posting::snowflake;

impl Sandbox {
    /// Types a slash command, sub-commands and all (`"incident open"`), and waits for its answer.
    ///
    /// Values are what a member would type: a user's, role's or channel's name, `true`, a number, the name or value
    /// of a choice, or for a file what [`upload`](Self::upload) returned.
    pub async fn slash(
        &self,
        member: &str,
        channel: impl Into<ChannelRef>,
        command: &str,
        values: &[(&str, &str)],
    ) -> Result<Answer, ActError> {
        let id = self.slash_no_wait(member, channel, command, values).await?;
        self.wait_for_answer(id).await
    }

    /// Types a slash command and does not wait. Gives the interaction's id for [`answer`](Self::answer).
    pub async fn slash_no_wait(
        &self,
        member: &str,
        channel: impl Into<ChannelRef>,
        command: &str,
        values: &[(&str, &str)],
    ) -> Result<Snowflake, ActError> {
        let channel = channel.into();
        self.shared.change(|world| {
            let act = world.typed_command(member, &channel, command, values, None)?;
            world.send_interaction(act)
        })
    }

    /// Types in an option (`focused`, which must be among the values) and gives what the bot proposes.
    pub async fn autocomplete(
        &self,
        member: &str,
        channel: impl Into<ChannelRef>,
        command: &str,
        values: &[(&str, &str)],
        focused: &str,
    ) -> Result<Vec<Choice>, ActError> {
        let channel = channel.into();
        let id = self.shared.change(|world| {
            let act = world.typed_command(member, &channel, command, values, Some(focused))?;
            world.send_interaction(act)
        })?;
        Ok(self.wait_for_answer(id).await?.choices)
    }

    /// Chooses a command from the menu of a message.
    pub async fn message_command(
        &self,
        member: &str,
        channel: impl Into<ChannelRef>,
        message: Snowflake,
        command: &str,
    ) -> Result<Answer, ActError> {
        let channel = channel.into();
        let id = self.shared.change(|world| {
            let (user, channel) = world.member_in(member, &channel)?;
            let target = world.message_json(world.message(channel, message)?);
            let resolved = json!({"messages": {message.to_string(): target}});
            let act = world.menu_command(member, user, channel, command, 3, message, resolved)?;
            world.send_interaction(act)
        })?;
        self.wait_for_answer(id).await
    }

    /// Chooses a command from the menu of a member.
    pub async fn user_command(
        &self,
        member: &str,
        channel: impl Into<ChannelRef>,
        target: &str,
        command: &str,
    ) -> Result<Answer, ActError> {
        let channel = channel.into();
        let id = self.shared.change(|world| {
            let (user, channel) = world.member_in(member, &channel)?;
            let target = world.find_user(target)?;
            let guild = world.channel(channel)?.guild;
            let mut resolved = json!({});
            options::user(
                world,
                Typed { user, guild },
                &target.to_string(),
                &mut resolved,
            )?;
            let act = world.menu_command(member, user, channel, command, 2, target, resolved)?;
            world.send_interaction(act)
        })?;
        self.wait_for_answer(id).await
    }

    /// Gives Discord a file for an option of a command. The returned text is the option's value.
    pub fn upload(&self, name: &str, bytes: &[u8]) -> String {
        self.shared
            .change(|world| world.upload(name, bytes))
            .to_string()
    }
}

impl World {
    fn upload(&mut self, name: &str, bytes: &[u8]) -> Snowflake {
        let id = self.new_id();
        self.files.insert(id, bytes.into());
        let upload = Attachment {
            id,
            name: name.to_owned(),
            content_type: crate::world::posting::content_type(name).to_owned(),
            description: None,
            size: bytes.len(),
        };
        self.uploads.insert(id, upload);
        id
    }

    fn typed_command(
        &self,
        member: &str,
        channel: &ChannelRef,
        line: &str,
        values: &[(&str, &str)],
        focused: Option<&str>,
    ) -> Result<Act, ActError> {
        let (user, channel) = self.member_in(member, channel)?;
        let guild = self.channel(channel)?.guild;
        let mut words = line.trim_start_matches('/').split_whitespace();
        let unknown = || ActError::UnknownCommand(line.to_owned());
        let name = words.next().ok_or_else(unknown)?;
        let command = self.known_command(guild, name, 1).ok_or_else(unknown)?;
        self.check_use(member, user, channel, command)?;
        let mut resolved = json!({});
        let mut path: Vec<&Value> = Vec::new();
        let mut definitions = &command.body["options"];
        for word in words {
            let list = definitions.as_array().map_or(&[][..], Vec::as_slice);
            let next = list.iter().find(|o| {
                matches!(o["type"].as_u64(), Some(1 | 2)) && o["name"].as_str() == Some(word)
            });
            let next = next.ok_or_else(unknown)?;
            path.push(next);
            definitions = &next["options"];
        }
        let stops_short = definitions.as_array().is_some_and(|list| {
            list.iter()
                .any(|o| matches!(o["type"].as_u64(), Some(1 | 2)))
        });
        if stops_short {
            return Err(unknown());
        }
        let typed = Typed { user, guild };
        let mut filled = options::fill(self, typed, definitions, values, focused, &mut resolved)?;
        for level in path.iter().rev() {
            filled = vec![json!({"name": level["name"], "type": level["type"], "options": filled})];
        }
        let mut data =
            json!({"id": command.id, "name": command.name(), "type": 1, "options": filled});
        if resolved != json!({}) {
            data["resolved"] = resolved;
        }
        if let Some(guild) = command.guild {
            data["guild_id"] = json!(guild);
        }
        Ok(Act {
            kind: if focused.is_some() {
                AUTOCOMPLETE
            } else {
                COMMAND
            },
            user,
            channel,
            data,
            command_name: Some(line.trim_start_matches('/').to_owned()),
            from_menu: false,
            source: None,
        })
    }

    #[expect(
        clippy::too_many_arguments,
        reason = "each says one thing about the same click"
    )]
    fn menu_command(
        &self,
        member: &str,
        user: Snowflake,
        channel: Snowflake,
        name: &str,
        kind: u64,
        target: Snowflake,
        resolved: Value,
    ) -> Result<Act, ActError> {
        let guild = self.channel(channel)?.guild;
        let command = self
            .known_command(guild, name, kind)
            .ok_or_else(|| ActError::UnknownCommand(name.to_owned()))?;
        self.check_use(member, user, channel, command)?;
        let data = json!({
            "id": command.id, "name": name, "type": kind, "target_id": target, "resolved": resolved,
        });
        Ok(Act {
            kind: COMMAND,
            user,
            channel,
            data,
            command_name: Some(name.to_owned()),
            from_menu: true,
            source: None,
        })
    }

    /// A guild's own command before a global one of the same name.
    fn known_command(&self, guild: Option<Snowflake>, name: &str, kind: u64) -> Option<&Command> {
        let fits = |c: &&Command| c.kind() == kind && c.name() == name;
        let own = guild.and_then(|_| self.commands.values().find(|c| c.guild == guild && fits(c)));
        own.or_else(|| {
            self.commands
                .values()
                .find(|c| c.guild.is_none() && fits(c))
        })
    }

    /// Whether the command is shown to the member: their right to use commands, and what the bot asks for.
    fn check_use(
        &self,
        member: &str,
        user: Snowflake,
        channel: Snowflake,
        command: &Command,
    ) -> Result<(), ActError> {
        let denied = || ActError::NotAllowed {
            member: member.to_owned(),
            what: command.name().to_owned(),
        };
        if self.channel(channel)?.guild.is_none() {
            let in_dm =
                command.guild.is_none() && command.body["dm_permission"].as_bool() != Some(false);
            return if in_dm { Ok(()) } else { Err(denied()) };
        }
        let has = self.permissions_in(user, channel);
        let wanted: Option<Permissions> =
            snowflake(&command.body["default_member_permissions"]).map(|bits| bits.0);
        let admin = has & crate::permission::ADMINISTRATOR != 0;
        let member_of = self
            .channel(channel)?
            .guild
            .and_then(|id| self.guilds.get(&id));
        let shown = member_of.and_then(|guild| guild.members.get(&user));
        let shown = shown.is_some_and(|member| {
            let mut roles = member.roles.iter();
            roles.any(|role| self.shown_to.contains(&(command.name().to_owned(), *role)))
        });
        let allowed = shown
            || match wanted {
                None => true,
                Some(0) => admin,
                Some(bits) => admin || has & bits == bits,
            };
        if has & USE_APPLICATION_COMMANDS == 0 || !allowed {
            return Err(denied());
        }
        Ok(())
    }
}
