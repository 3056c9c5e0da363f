//! INTERACTION_CREATE: what the bot is told when a member acts.

use std::time::Instant;

use serde_json::{Value, json};

use super::error::ActError;
use crate::gateway::{Event, intent};
use crate::snowflake::Snowflake;
use crate::world::World;
use crate::world::channel::Channel;
use crate::world::interaction::Interaction;

/// What is known of an interaction before it is sent.
pub(super) struct Act {
    pub(super) kind: u8,
    pub(super) user: Snowflake,
    pub(super) channel: Snowflake,
    pub(super) data: Value,
    pub(super) command_name: Option<String>,
    pub(super) from_menu: bool,
    pub(super) source: Option<(Snowflake, Snowflake)>,
}

impl World {
    /// Sends an interaction to the bot and starts its clock.
    pub(super) fn send_interaction(&mut self, act: Act) -> Result<Snowflake, ActError> {
        if self.gateway.sessions.is_empty() {
            return Err(ActError::BotOffline);
        }
        let id = self.new_id();
        let token = self.new_token("interaction");
        let guild = self.channel(act.channel)?.guild;
        let mut data = json!({
            "id": id,
            "application_id": self.application,
            "type": act.kind,
            "token": token,
            "version": 1,
            "data": act.data,
            "channel_id": act.channel,
            "channel": self.partial_channel(self.channel(act.channel)?, act.user),
            "app_permissions": self.permissions_in(self.bot, act.channel).to_string(),
            "locale": self.locale_of(act.user),
            "entitlements": [],
            "authorizing_integration_owners": {"0": guild.map_or_else(|| "0".into(), |g| g.to_string())},
            "context": u8::from(guild.is_none()),
            "attachment_size_limit": self.options.attachment_limit,
        });
        match guild {
            Some(guild) => {
                data["guild_id"] = json!(guild);
                let locale = self.guilds.get(&guild).map(|guild| guild.locale.clone());
                data["guild_locale"] = json!(locale);
                data["guild"] = json!({"id": guild, "locale": locale, "features": []});
                if let Some(mut member) = self.member_json(guild, act.user) {
                    let permissions = self.permissions_in(act.user, act.channel);
                    member["permissions"] = json!(permissions.to_string());
                    data["member"] = member;
                }
            }
            None => data["user"] = self.user_json(act.user),
        }
        if let Some((channel, message)) = act.source
            && let Ok(message) = self.message(channel, message)
        {
            data["message"] = self.message_json(message);
        }
        self.interactions.insert(
            id,
            Interaction {
                id,
                token,
                kind: act.kind,
                user: act.user,
                channel: act.channel,
                guild,
                command_name: act.command_name,
                from_menu: act.from_menu,
                source: act.source,
                sent: Instant::now(),
                first: None,
                original: None,
                waiting: false,
                followups: Vec::new(),
            },
        );
        self.gateway.dispatch(Event {
            name: "INTERACTION_CREATE",
            guild,
            intent: intent::NONE,
            data,
            without_content: None,
        });
        Ok(id)
    }

    /// A channel as interactions show it, with what the member may do in it.
    pub(super) fn partial_channel(&self, channel: &Channel, user: Snowflake) -> Value {
        let mut json = self.channel_json(channel);
        json["permissions"] = json!(self.permissions_in(user, channel.id).to_string());
        json
    }
}
