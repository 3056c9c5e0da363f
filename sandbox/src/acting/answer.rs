//! What the bot answered.

use std::time::Duration;

use serde_json::Value;

use super::error::ActError;
use crate::sandbox::Sandbox;
use crate::snowflake::Snowflake;
use crate::viewing::{SeenFile, SeenMessage};
use crate::world::World;
use crate::world::interaction::Interaction;

/// How long the change is waited for that may follow when a click was taken notice of (answer type 6).
const AFTER_NOTICE: Duration = Duration::from_secs(1);

/// The kind of the first answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AnswerKind {
    /// A message (4).
    Message,
    /// "Thinking ...", then a message (5).
    DeferredMessage,
    /// Taken notice of; the message may change later (6).
    DeferredUpdate,
    /// The message with the component changed (7).
    Update,
    /// Proposals for an option (8).
    Choices,
    /// A form (9).
    Modal,
}

/// What the bot answered to a command, a click or a form.
#[derive(Clone, Debug)]
pub struct Answer {
    /// The interaction's id.
    pub interaction: Snowflake,
    /// The kind of the first answer.
    pub kind: AnswerKind,
    /// From the sending of the interaction until the first answer had arrived.
    pub latency: Duration,
    /// The channel of the answer.
    pub channel_id: Snowflake,
    /// The message that holds the answer, or the one that a click changed.
    pub message_id: Option<Snowflake>,
    /// Text of that message.
    pub content: String,
    /// Embeds of that message.
    pub embeds: Vec<Value>,
    /// Components of that message.
    pub components: Vec<Value>,
    /// Files of that message.
    pub files: Vec<SeenFile>,
    /// Whether only the member who acted sees it.
    pub ephemeral: bool,
    /// Messages that came after, oldest first.
    pub follow_ups: Vec<SeenMessage>,
    /// The form, when the answer is one.
    pub modal: Option<Modal>,
    /// The proposals, when the answer is such.
    pub choices: Vec<Choice>,
}

impl Answer {
    /// All that can be read in it: text, embeds and components.
    pub fn text(&self) -> String {
        crate::viewing::readable_text(&self.content, &self.embeds, &self.components)
    }
}

/// A proposal of an autocomplete.
#[derive(Clone, Debug, PartialEq)]
pub struct Choice {
    /// What the member reads.
    pub name: String,
    /// What the bot gets; text or a number.
    pub value: Value,
}

/// A form that the bot has opened.
#[derive(Clone, Debug, PartialEq)]
pub struct Modal {
    /// The bot's id for it.
    pub custom_id: String,
    /// Its heading.
    pub title: String,
    /// What can be filled in.
    pub fields: Vec<ModalField>,
}

/// A field of a form.
#[derive(Clone, Debug, PartialEq)]
pub struct ModalField {
    /// The bot's id for it.
    pub custom_id: String,
    /// What the member reads beside it.
    pub label: String,
    /// Discord's number of the component: 4 is a text input.
    pub kind: u64,
    /// Whether it must be filled in.
    pub required: bool,
    /// Fewest characters.
    pub min_length: usize,
    /// Most characters.
    pub max_length: usize,
    /// What stands in it at first.
    pub value: String,
    /// The grey text of an empty field.
    pub placeholder: String,
    /// Whether it is wrapped in a Label (18) and not in an Action Row.
    pub in_label: bool,
}

impl Modal {
    fn read(data: &Value) -> Self {
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let fields = data["components"].as_array().into_iter().flatten();
        let fields = fields.filter_map(|outer| {
            let (inner, label) = match outer["type"].as_u64() {
                Some(1) => (&outer["components"][0], &outer["components"][0]["label"]),
                Some(18) => (&outer["component"], &outer["label"]),
                _ => return None,
            };
            let number = |key: &str, default| inner[key].as_u64().map_or(default, |n| n as usize);
            Some(ModalField {
                custom_id: text(&inner["custom_id"]),
                label: text(label),
                kind: inner["type"].as_u64().unwrap_or(0),
                required: inner["required"].as_bool().unwrap_or(true),
                min_length: number("min_length", 0),
                max_length: number("max_length", 4000),
                value: text(&inner["value"]),
                placeholder: text(&inner["placeholder"]),
                in_label: outer["type"].as_u64() == Some(18),
            })
        });
        Self {
            custom_id: text(&data["custom_id"]),
            title: text(&data["title"]),
            fields: fields.collect(),
        }
    }
}

impl Sandbox {
    /// The answer to an interaction as it is now; none while there is no first answer.
    pub fn answer(&self, interaction: Snowflake) -> Option<Answer> {
        self.shared.look(|world| world.answer_to(interaction))
    }

    /// The same answer as it is now: follow-ups and edits come after the first one.
    pub fn refresh(&self, answer: &Answer) -> Answer {
        self.answer(answer.interaction)
            .unwrap_or_else(|| answer.clone())
    }

    /// Waits until an interaction is answered for good: a deferred one until its message is there. A click that was
    /// only taken notice of may never show more, so for its change the wait is short.
    pub async fn wait_for_answer(&self, interaction: Snowflake) -> Result<Answer, ActError> {
        let (first, patience) = self
            .shared
            .look(|world| (world.options.first_answer, world.options.patience));
        self.shared
            .until(first, |world| {
                let found = world.interactions.get(&interaction)?;
                found.first.is_some().then_some(())
            })
            .await
            .ok_or(ActError::NoAnswer(first))?;
        let acknowledged = self
            .answer(interaction)
            .is_some_and(|answer| answer.kind == AnswerKind::DeferredUpdate);
        let patience = if acknowledged {
            patience.min(AFTER_NOTICE)
        } else {
            patience
        };
        let settled = self
            .shared
            .until(patience, |world| {
                let found = world.interactions.get(&interaction)?;
                found.is_settled().then_some(())
            })
            .await;
        let answer = self.answer(interaction).ok_or(ActError::NoAnswer(first))?;
        match settled {
            // A click may be taken notice of without anything to show for it.
            None if answer.kind != AnswerKind::DeferredUpdate => {
                Err(ActError::NoFinalAnswer(patience))
            }
            _ => Ok(answer),
        }
    }

    /// Waits until an answer has so many follow-ups.
    pub async fn wait_for_follow_ups(
        &self,
        answer: &Answer,
        count: usize,
    ) -> Result<Answer, ActError> {
        let patience = self.shared.look(|world| world.options.patience);
        self.shared
            .until(patience, |world| {
                let now = world.answer_to(answer.interaction)?;
                (now.follow_ups.len() >= count).then_some(now)
            })
            .await
            .ok_or(ActError::NoFinalAnswer(patience))
    }
}

impl World {
    pub(super) fn answer_to(&self, id: Snowflake) -> Option<Answer> {
        let interaction: &Interaction = self.interactions.get(&id)?;
        let first = interaction.first.as_ref()?;
        let channel = match interaction.source {
            Some((channel, message)) if interaction.original == Some(message) => channel,
            _ => interaction.channel,
        };
        let message = interaction
            .original
            .and_then(|m| self.message(channel, m).ok());
        let seen = message.map(|m| self.seen(m));
        let follow_ups = interaction
            .followups
            .iter()
            .filter_map(|m| self.message(interaction.channel, *m).ok())
            .map(|m| self.seen(m))
            .collect();
        let choices = first.data["choices"].as_array().into_iter().flatten();
        Some(Answer {
            interaction: id,
            kind: match first.kind {
                5 => AnswerKind::DeferredMessage,
                6 => AnswerKind::DeferredUpdate,
                7 => AnswerKind::Update,
                8 => AnswerKind::Choices,
                9 => AnswerKind::Modal,
                _ => AnswerKind::Message,
            },
            latency: first.after,
            channel_id: channel,
            message_id: seen.as_ref().map(|m| m.id),
            ephemeral: seen.as_ref().is_some_and(|m| m.ephemeral),
            content: seen.as_ref().map(|m| m.content.clone()).unwrap_or_default(),
            embeds: seen.as_ref().map(|m| m.embeds.clone()).unwrap_or_default(),
            components: seen
                .as_ref()
                .map(|m| m.components.clone())
                .unwrap_or_default(),
            files: seen.map(|m| m.files).unwrap_or_default(),
            follow_ups,
            modal: (first.kind == 9).then(|| Modal::read(&first.data)),
            choices: choices
                .map(|choice| Choice {
                    name: choice["name"].as_str().unwrap_or_default().to_owned(),
                    value: choice["value"].clone(),
                })
                .collect(),
        })
    }
}
