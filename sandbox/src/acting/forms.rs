//! Filling in and sending forms.

use serde_json::{Value, json};

use super::answer::{Answer, ModalField};
use super::error::ActError;
use super::options::Typed;
use super::payload::Act;
use crate::sandbox::Sandbox;
use crate::world::World;
use crate::world::interaction::MODAL_SUBMIT;

impl Sandbox {
    /// Fills in the form that an answer is, fields named by `custom_id` or label, and sends it. A field that is left
    /// out keeps what stood in it.
    pub async fn submit(
        &self,
        member: &str,
        form: &Answer,
        values: &[(&str, &str)],
    ) -> Result<Answer, ActError> {
        let id = self.shared.change(|world| {
            let act = world.filled_form(member, form, values)?;
            world.send_interaction(act)
        })?;
        self.wait_for_answer(id).await
    }
}

impl World {
    fn filled_form(
        &self,
        member: &str,
        form: &Answer,
        values: &[(&str, &str)],
    ) -> Result<Act, ActError> {
        let user = self.find_user(member)?;
        let opened = self.interactions.get(&form.interaction);
        let opened = opened.filter(|i| i.user == user);
        let opened =
            opened.ok_or_else(|| ActError::Form(format!("it was not opened for {member}")))?;
        let (Some(modal), Some(first)) = (&form.modal, &opened.first) else {
            return Err(ActError::Form("the answer is none".into()));
        };
        let names = |field: &ModalField, name: &str| field.custom_id == name || field.label == name;
        for (name, _) in values {
            if !modal.fields.iter().any(|field| names(field, name)) {
                return Err(ActError::Form(format!("it has no field {name:?}")));
            }
        }
        let raw = first.data["components"]
            .as_array()
            .cloned()
            .unwrap_or_default();
        let raw_of = |id: &str| {
            raw.iter()
                .map(|outer| &outer["component"])
                .find(|inner| inner["custom_id"].as_str() == Some(id))
        };
        let typed = Typed {
            user,
            guild: opened.guild,
        };
        let components: Result<Vec<Value>, ActError> = modal
            .fields
            .iter()
            .map(|field| {
                let given = values.iter().find(|(name, _)| names(field, name));
                let text = given.map_or(field.value.as_str(), |(_, text)| *text);
                let inner = if field.kind == 4 {
                    check_text(field, text)?;
                    json!({"type": 4, "custom_id": field.custom_id, "value": text})
                } else {
                    let menu = raw_of(&field.custom_id).cloned().unwrap_or_default();
                    let chosen: Vec<_> = text
                        .split(',')
                        .map(str::trim)
                        .filter(|t| !t.is_empty())
                        .collect();
                    let mut data = self.selected(typed, &menu, &chosen)?;
                    data["type"] = json!(field.kind);
                    data
                };
                Ok(if field.in_label {
                    json!({"type": 18, "component": inner})
                } else {
                    json!({"type": 1, "components": [inner]})
                })
            })
            .collect();
        Ok(Act {
            kind: MODAL_SUBMIT,
            user,
            channel: opened.channel,
            data: json!({"custom_id": modal.custom_id, "components": components?}),
            command_name: None,
            from_menu: false,
            source: opened.source,
        })
    }
}

fn check_text(field: &ModalField, text: &str) -> Result<(), ActError> {
    let length = text.chars().count();
    let problem = |what: String| Err(ActError::Form(format!("{:?} {what}", field.label)));
    if text.is_empty() {
        return if field.required {
            problem("is required".into())
        } else {
            Ok(())
        };
    }
    if length < field.min_length || length > field.max_length {
        return problem(format!(
            "has {length} characters, not {} to {}",
            field.min_length, field.max_length
        ));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant};

    use super::*;
    use crate::options::Options;
    use crate::snowflake::Snowflake;
    use crate::world::interaction::{COMMAND, First, Interaction};

    /// Serenity 0.12.5 cannot read forms made of Labels, so no test with it can show what is sent.
    #[test]
    fn a_form_of_labels_is_sent_as_labels() {
        let mut world = World::empty(Options::default(), "http://127.0.0.1:1".into());
        world.populate();
        let ben = world.find_user("ben").unwrap();
        let data = json!({"custom_id": "f", "title": "Tell me", "components": [
            {"type": 18, "label": "Title", "component": {"type": 4, "style": 1, "custom_id": "title"}},
            {"type": 18, "label": "Level", "component": {"type": 3, "custom_id": "level",
                "options": [{"label": "Critical", "value": "SEV1"}, {"label": "Minor", "value": "SEV3"}]}},
        ]});
        let id = Snowflake(7);
        world.interactions.insert(
            id,
            Interaction {
                id,
                token: "t".into(),
                kind: COMMAND,
                user: ben,
                channel: Snowflake(1),
                guild: None,
                command_name: None,
                from_menu: false,
                source: None,
                sent: Instant::now(),
                first: Some(First {
                    kind: 9,
                    after: Duration::ZERO,
                    data,
                }),
                original: None,
                waiting: false,
                followups: Vec::new(),
            },
        );
        let form = world.answer_to(id).unwrap();
        let values = [("Title", "API is down"), ("level", "Critical")];
        let act = world.filled_form("ben", &form, &values).unwrap();
        let sent = act.data["components"].as_array().unwrap();
        assert_eq!(
            sent[0],
            json!({"type": 18, "component": {"type": 4, "custom_id": "title", "value": "API is down"}})
        );
        assert_eq!(sent[1]["type"], 18);
        assert_eq!(sent[1]["component"]["values"], json!(["SEV1"]));
        let refused = world.filled_form("cho", &form, &values);
        assert!(
            matches!(refused, Err(ActError::Form(_))),
            "a form is for who opened it"
        );
    }
}
