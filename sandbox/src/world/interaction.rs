//! Interactions: what a member did to the bot, and the bot's answers to it.

use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::draft::{Draft, NewFile};
use super::message::EPHEMERAL;
use super::posting::REPLY;
use super::state::World;
use crate::checks;
use crate::rest::error::ApiError;
use crate::snowflake::Snowflake;

/// Interaction type: a command.
pub(crate) const COMMAND: u8 = 2;
/// Interaction type: a button or select menu.
pub(crate) const COMPONENT: u8 = 3;
/// Interaction type: a member is typing an option.
pub(crate) const AUTOCOMPLETE: u8 = 4;
/// Interaction type: a form was sent.
pub(crate) const MODAL_SUBMIT: u8 = 5;

/// The bot's first answer.
#[derive(Clone, Debug)]
pub(crate) struct First {
    /// Discord's number of the answer's kind.
    pub(crate) kind: u8,
    pub(crate) after: Duration,
    pub(crate) data: Value,
}

/// One thing a member did.
#[derive(Clone, Debug)]
pub(crate) struct Interaction {
    pub(crate) id: Snowflake,
    pub(crate) token: String,
    pub(crate) kind: u8,
    pub(crate) user: Snowflake,
    pub(crate) channel: Snowflake,
    pub(crate) guild: Option<Snowflake>,
    /// Full name of the command, sub-commands included; none for components.
    pub(crate) command_name: Option<String>,
    /// Whether the command was chosen on a user or message.
    pub(crate) from_menu: bool,
    /// The message whose component was used, or from which the form was opened.
    pub(crate) source: Option<(Snowflake, Snowflake)>,
    pub(crate) sent: Instant,
    pub(crate) first: Option<First>,
    /// The message that `@original` names.
    pub(crate) original: Option<Snowflake>,
    /// Deferred and still without its real answer.
    pub(crate) waiting: bool,
    pub(crate) followups: Vec<Snowflake>,
}

impl Interaction {
    /// Whether the member has been answered for good.
    pub(crate) fn is_settled(&self) -> bool {
        self.first.is_some() && !self.waiting
    }

    /// What messages that answer it say of it.
    pub(crate) fn metadata(&self, user: &Value) -> Value {
        let mut metadata = json!({
            "id": self.id,
            "type": self.kind,
            "user": user,
            "authorizing_integration_owners": self.guild.map_or_else(|| json!({}), |guild| json!({"0": guild})),
        });
        match (self.kind, self.source) {
            (COMPONENT, Some((_, message))) => metadata["interacted_message_id"] = json!(message),
            (MODAL_SUBMIT, source) => {
                let mut opener = metadata.clone();
                opener["type"] = json!(COMMAND);
                if let Some((_, message)) = source {
                    opener["type"] = json!(COMPONENT);
                    opener["interacted_message_id"] = json!(message);
                }
                metadata["triggering_interaction_metadata"] = opener;
            }
            _ => {}
        }
        metadata
    }

    fn allows(&self, answer: u64) -> bool {
        match answer {
            4 | 5 => matches!(self.kind, COMMAND | COMPONENT | MODAL_SUBMIT),
            6 => matches!(self.kind, COMPONENT | MODAL_SUBMIT),
            7 => self.kind == COMPONENT || (self.kind == MODAL_SUBMIT && self.source.is_some()),
            8 => self.kind == AUTOCOMPLETE,
            9 => matches!(self.kind, COMMAND | COMPONENT),
            _ => false,
        }
    }
}

impl World {
    /// Takes the first answer, which has arrived at that instant. Gives the message it made, if it made one.
    pub(crate) fn respond(
        &mut self,
        id: Snowflake,
        token: &str,
        body: &Value,
        files: Vec<NewFile>,
        arrived: Instant,
    ) -> Result<Option<(Snowflake, Snowflake)>, ApiError> {
        let limit = self.options.first_answer;
        let interaction = self
            .interactions
            .get(&id)
            .filter(|i| i.token == token)
            .ok_or_else(ApiError::unknown_interaction)?
            .clone();
        let after = arrived.saturating_duration_since(interaction.sent);
        if interaction.first.is_some() {
            return Err(ApiError::already_acknowledged());
        }
        if after > limit {
            return Err(ApiError::unknown_interaction());
        }
        let kind = body["type"].as_u64().unwrap_or(0);
        if !interaction.allows(kind) {
            return Err(ApiError::form(
                "type",
                "INTERACTION_APPLICATION_COMMAND_CALLBACK_INVALID_TYPE",
                "This type of answer does not fit this interaction.",
            ));
        }
        let data = &body["data"];
        checks::callback(kind, data)?;
        let message = self.first_message(&interaction, kind, data, files)?;
        if let Some(kept) = self.interactions.get_mut(&id) {
            kept.first = Some(First {
                kind: kind as u8,
                after,
                data: data.clone(),
            });
            kept.original = message.map(|(_, message)| message);
            kept.waiting = matches!(kind, 5 | 6);
        }
        Ok(message)
    }

    fn first_message(
        &mut self,
        interaction: &Interaction,
        kind: u64,
        data: &Value,
        files: Vec<NewFile>,
    ) -> Result<Option<(Snowflake, Snowflake)>, ApiError> {
        match kind {
            4 | 5 => {
                let mut draft = Draft::from_body(data, files);
                draft.loading = kind == 5;
                if kind == 4 && draft.is_empty() {
                    return Err(ApiError::empty_message());
                }
                let message = self.answer(interaction, draft)?;
                Ok(Some((interaction.channel, message)))
            }
            6 => Ok(interaction.source),
            7 => {
                let Some((channel, message)) = interaction.source else {
                    return Ok(None);
                };
                self.apply_edit(channel, message, data, files)?;
                Ok(Some((channel, message)))
            }
            _ => Ok(None),
        }
    }

    /// Posts a message that belongs to an interaction.
    fn answer(
        &mut self,
        interaction: &Interaction,
        mut draft: Draft,
    ) -> Result<Snowflake, ApiError> {
        draft.interaction = Some(interaction.id);
        if draft.flags & EPHEMERAL != 0 {
            draft.ephemeral_to = Some(interaction.user);
        }
        if interaction.command_name.is_some() {
            draft.kind = if interaction.from_menu { 23 } else { 20 };
        } else if let Some((channel, message)) = interaction.source
            && self
                .message(channel, message)
                .is_ok_and(|m| m.ephemeral_to.is_none())
        {
            draft.kind = REPLY;
            draft.reference = Some(json!({
                "type": 0, "channel_id": channel, "message_id": message, "guild_id": interaction.guild,
            }));
        }
        self.put(self.bot, interaction.channel, draft)
    }

    /// The interaction a webhook path names, while its token lives and after its first answer.
    pub(crate) fn by_token(&self, token: &str) -> Result<&Interaction, ApiError> {
        let found = self
            .interactions
            .values()
            .find(|i| i.token == token)
            .ok_or_else(ApiError::unknown_webhook)?;
        if found.sent.elapsed() > self.options.token_life {
            return Err(ApiError::new(401, 50027, "Invalid Webhook Token"));
        }
        if found.first.is_none() {
            return Err(ApiError::unknown_webhook());
        }
        Ok(found)
    }

    /// The message a webhook path names: `@original` or the id of one of the interaction's messages.
    pub(crate) fn answer_message(
        &self,
        token: &str,
        which: &str,
    ) -> Result<(Snowflake, Snowflake), ApiError> {
        let interaction = self.by_token(token)?;
        let source = interaction.source;
        let known =
            |id: Snowflake| Some(id) == interaction.original || interaction.followups.contains(&id);
        let id = match which {
            "@original" => interaction.original,
            id => id.parse().ok().filter(|id| known(*id)),
        };
        let id = id.ok_or_else(ApiError::unknown_message)?;
        let channel = match source {
            Some((channel, message)) if message == id => channel,
            _ => interaction.channel,
        };
        self.message(channel, id)?;
        Ok((channel, id))
    }

    pub(crate) fn edit_answer(
        &mut self,
        token: &str,
        which: &str,
        body: &Value,
        files: Vec<NewFile>,
    ) -> Result<(Snowflake, Snowflake), ApiError> {
        let (channel, message) = self.answer_message(token, which)?;
        self.apply_edit(channel, message, body, files)?;
        Ok((channel, message))
    }

    pub(crate) fn delete_answer(&mut self, token: &str, which: &str) -> Result<(), ApiError> {
        let (channel, message) = self.answer_message(token, which)?;
        self.remove(channel, message)
    }

    /// Posts one more message. The first one after "thinking ..." takes its place and its visibility.
    pub(crate) fn follow_up(
        &mut self,
        token: &str,
        body: &Value,
        files: Vec<NewFile>,
    ) -> Result<(Snowflake, Snowflake), ApiError> {
        let interaction = self.by_token(token)?.clone();
        let draft = Draft::from_body(body, files.clone());
        if draft.is_empty() {
            return Err(ApiError::empty_message());
        }
        if let Some(original) = interaction.original
            && self
                .message(interaction.channel, original)
                .is_ok_and(|m| m.is_loading())
        {
            self.apply_edit(interaction.channel, original, body, files)?;
            return Ok((interaction.channel, original));
        }
        let message = self.answer(&interaction, draft)?;
        if let Some(kept) = self.interactions.get_mut(&interaction.id) {
            kept.waiting = false;
            kept.followups.push(message);
        }
        Ok((interaction.channel, message))
    }

    /// Marks deferred answers as given whose original message has been changed or deleted.
    pub(crate) fn settle_about(&mut self, message: Snowflake) {
        for interaction in self.interactions.values_mut() {
            if interaction.original == Some(message) {
                interaction.waiting = false;
            }
        }
    }
}
