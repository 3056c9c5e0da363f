//! Pinned messages.

use serde_json::{Value, json};

use super::draft::Draft;
use super::message::Message;
use super::state::World;
use crate::clock::stamp;
use crate::gateway::{Event, intent};
use crate::permission::{PIN_MESSAGES, READ_MESSAGE_HISTORY, VIEW_CHANNEL};
use crate::rest::error::ApiError;
use crate::snowflake::Snowflake;

/// Most pins a channel takes.
const LIMIT: usize = 250;
/// Message type: "somebody pinned a message".
const PIN_ADDED: u8 = 6;

impl World {
    pub(crate) fn pin(
        &mut self,
        actor: Snowflake,
        channel: Snowflake,
        message: Snowflake,
    ) -> Result<(), ApiError> {
        self.require(actor, channel, VIEW_CHANNEL)?;
        let found = self.message(channel, message)?;
        if found.ephemeral_to.is_some() {
            return Err(ApiError::unknown_message());
        }
        self.require(actor, channel, PIN_MESSAGES)?;
        if found.pinned_at.is_some() {
            return Ok(());
        }
        if self.pinned(channel).len() >= LIMIT {
            return Err(ApiError::new(
                400,
                30003,
                "Maximum number of pins reached for the channel (250)",
            ));
        }
        let now = self.now();
        self.message_mut(channel, message)?.pinned_at = Some(now);
        self.channel_mut(channel)?.last_pin = Some(now);
        self.tell_message("MESSAGE_UPDATE", channel, message);
        self.tell_pins(channel);
        let guild = self.channel(channel)?.guild;
        let draft = Draft {
            kind: PIN_ADDED,
            reference: Some(
                json!({"type": 0, "channel_id": channel, "message_id": message, "guild_id": guild}),
            ),
            ..Draft::default()
        };
        self.put(actor, channel, draft)?;
        Ok(())
    }

    pub(crate) fn unpin(
        &mut self,
        actor: Snowflake,
        channel: Snowflake,
        message: Snowflake,
    ) -> Result<(), ApiError> {
        self.require(actor, channel, VIEW_CHANNEL)?;
        self.message(channel, message)?;
        self.require(actor, channel, PIN_MESSAGES)?;
        if self
            .message_mut(channel, message)?
            .pinned_at
            .take()
            .is_some()
        {
            self.tell_message("MESSAGE_UPDATE", channel, message);
            self.tell_pins(channel);
        }
        Ok(())
    }

    /// The pinned messages, the last pinned first.
    pub(crate) fn pinned(&self, channel: Snowflake) -> Vec<&Message> {
        let mut list: Vec<_> = self
            .messages
            .get(&channel)
            .into_iter()
            .flat_map(|of| of.values())
            .filter(|m| m.pinned_at.is_some())
            .collect();
        list.sort_by_key(|m| std::cmp::Reverse(m.pinned_at));
        list
    }

    /// Pins as REST shows them, `(pinned_at, message)`; none to who may not read the history.
    pub(crate) fn pins_json(
        &self,
        actor: Snowflake,
        channel: Snowflake,
    ) -> Result<Vec<(String, Value)>, ApiError> {
        self.require(actor, channel, VIEW_CHANNEL)?;
        if !self.may(actor, channel, READ_MESSAGE_HISTORY) {
            return Ok(Vec::new());
        }
        Ok(self
            .pinned(channel)
            .into_iter()
            .filter_map(|m| Some((stamp(m.pinned_at?), self.readable_json(m))))
            .collect())
    }

    fn tell_pins(&mut self, channel: Snowflake) {
        let Some(found) = self.channels.get(&channel) else {
            return;
        };
        let guild = found.guild;
        let mut data = json!({
            "channel_id": channel,
            "last_pin_timestamp": found.last_pin.map(stamp),
        });
        if let Some(guild) = guild {
            data["guild_id"] = json!(guild);
        }
        if self.may(self.bot, channel, VIEW_CHANNEL) {
            self.gateway.dispatch(Event {
                name: "CHANNEL_PINS_UPDATE",
                guild,
                intent: if guild.is_some() {
                    intent::GUILDS
                } else {
                    intent::DIRECT_MESSAGES
                },
                data,
                without_content: None,
            });
        }
    }

    /// The message as REST gives it to the bot: without content where the portal has not switched the intent on.
    pub(crate) fn readable_json(&self, message: &Message) -> Value {
        let full = self.message_json(message);
        if self.options.message_content {
            full
        } else {
            self.without_content(message, full)
        }
    }
}
