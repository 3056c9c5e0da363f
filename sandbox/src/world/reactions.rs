//! Reactions under messages.

use serde_json::json;

use super::message::{Reaction, emoji_json};
use super::state::World;
use crate::permission::{ADD_REACTIONS, MANAGE_MESSAGES, READ_MESSAGE_HISTORY, VIEW_CHANNEL};
use crate::rest::error::ApiError;
use crate::snowflake::Snowflake;

/// Most different emoji a message takes.
const LIMIT: usize = 20;

impl World {
    pub(crate) fn react(
        &mut self,
        actor: Snowflake,
        channel: Snowflake,
        message: Snowflake,
        emoji: &str,
    ) -> Result<(), ApiError> {
        self.require(actor, channel, READ_MESSAGE_HISTORY)?;
        if !is_emoji(emoji) {
            return Err(ApiError::unknown_emoji());
        }
        let may_start = self.may(actor, channel, ADD_REACTIONS);
        let found = self.message_mut(channel, message)?;
        if found.ephemeral_to.is_some() {
            return Err(ApiError::unknown_message());
        }
        let count = found.reactions.len();
        match found.reactions.iter_mut().find(|r| r.emoji == emoji) {
            Some(reaction) if reaction.users.contains(&actor) => return Ok(()),
            Some(reaction) => reaction.users.push(actor),
            None if !may_start => return Err(ApiError::missing_permissions()),
            None if count >= LIMIT => {
                return Err(ApiError::new(
                    400,
                    30010,
                    "Maximum number of reactions reached (20)",
                ));
            }
            None => found.reactions.push(Reaction {
                emoji: emoji.to_owned(),
                users: vec![actor],
            }),
        }
        self.tell_reaction("MESSAGE_REACTION_ADD", actor, channel, message, emoji);
        Ok(())
    }

    /// Takes back a reaction; somebody else's needs the right to manage messages.
    pub(crate) fn unreact(
        &mut self,
        actor: Snowflake,
        channel: Snowflake,
        message: Snowflake,
        emoji: &str,
        whose: Snowflake,
    ) -> Result<(), ApiError> {
        let bits = if whose == actor {
            VIEW_CHANNEL
        } else {
            MANAGE_MESSAGES
        };
        self.require(actor, channel, bits)?;
        let reactions = &mut self.message_mut(channel, message)?.reactions;
        let Some(reaction) = reactions.iter_mut().find(|r| r.emoji == emoji) else {
            return Err(ApiError::unknown_emoji());
        };
        let before = reaction.users.len();
        reaction.users.retain(|user| *user != whose);
        let taken = reaction.users.len() < before;
        reactions.retain(|r| !r.users.is_empty());
        if taken {
            self.tell_reaction("MESSAGE_REACTION_REMOVE", whose, channel, message, emoji);
        }
        Ok(())
    }

    /// Clears all reactions of a message, or all of one emoji.
    pub(crate) fn clear_reactions(
        &mut self,
        actor: Snowflake,
        channel: Snowflake,
        message: Snowflake,
        emoji: Option<&str>,
    ) -> Result<(), ApiError> {
        self.require(actor, channel, MANAGE_MESSAGES)?;
        let reactions = &mut self.message_mut(channel, message)?.reactions;
        reactions.retain(|r| emoji.is_some_and(|emoji| r.emoji != emoji));
        let guild = self.channel(channel)?.guild;
        let mut data = json!({"channel_id": channel, "message_id": message, "guild_id": guild});
        let name = match emoji {
            Some(emoji) => {
                data["emoji"] = emoji_json(emoji);
                "MESSAGE_REACTION_REMOVE_EMOJI"
            }
            None => "MESSAGE_REACTION_REMOVE_ALL",
        };
        self.tell_about_messages(name, channel, data);
        Ok(())
    }

    fn tell_reaction(
        &mut self,
        name: &'static str,
        user: Snowflake,
        channel: Snowflake,
        message: Snowflake,
        emoji: &str,
    ) {
        let guild = self.channels.get(&channel).and_then(|c| c.guild);
        let mut data = json!({
            "user_id": user,
            "channel_id": channel,
            "message_id": message,
            "guild_id": guild,
            "emoji": emoji_json(emoji),
            "burst": false,
            "type": 0,
        });
        if name == "MESSAGE_REACTION_ADD" {
            if let Some(member) = guild.and_then(|guild| self.member_json(guild, user)) {
                data["member"] = member;
            }
            if let Ok(message) = self.message(channel, message) {
                data["message_author_id"] = json!(message.author);
            }
        }
        self.tell_about_messages(name, channel, data);
    }
}

/// A character that is no plain text, or `name:id` of a guild's own emoji.
fn is_emoji(text: &str) -> bool {
    match text.rsplit_once(':') {
        Some((_, id)) => !id.is_empty() && id.chars().all(|c| c.is_ascii_digit()),
        None => text.chars().any(|c| !c.is_ascii() && !c.is_alphanumeric()),
    }
}
