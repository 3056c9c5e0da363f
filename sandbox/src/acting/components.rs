//! Pressing buttons and choosing from menus.

use serde_json::{Value, json};

use super::answer::Answer;
use super::error::ActError;
use super::names::ChannelRef;
use super::options::{self, Typed};
use super::payload::Act;
use crate::sandbox::Sandbox;
use crate::snowflake::Snowflake;
use crate::world::World;
use crate::world::interaction::COMPONENT;

impl Sandbox {
    /// Presses the button with that `custom_id`. Works on an ephemeral answer for the member who got it.
    pub async fn click(
        &self,
        member: &str,
        channel: impl Into<ChannelRef>,
        message: Snowflake,
        custom_id: &str,
    ) -> Result<Answer, ActError> {
        let by_id = |button: &Value| button["custom_id"].as_str() == Some(custom_id);
        self.press(member, &channel.into(), message, custom_id, by_id)
            .await
    }

    /// Presses the button with that label.
    pub async fn click_label(
        &self,
        member: &str,
        channel: impl Into<ChannelRef>,
        message: Snowflake,
        label: &str,
    ) -> Result<Answer, ActError> {
        let by_label = |button: &Value| button["label"].as_str() == Some(label);
        self.press(member, &channel.into(), message, label, by_label)
            .await
    }

    async fn press(
        &self,
        member: &str,
        channel: &ChannelRef,
        message: Snowflake,
        what: &str,
        is_it: impl Fn(&Value) -> bool,
    ) -> Result<Answer, ActError> {
        let id = self.shared.change(|world| {
            let (user, channel) = world.member_in(member, channel)?;
            let button = world.component(user, channel, message, what, |component| {
                component["type"].as_u64() == Some(2) && is_it(component)
            })?;
            let custom_id = button["custom_id"].as_str().ok_or_else(|| {
                ActError::Component(format!("{what:?} is a link: the bot is not told"))
            })?;
            let data = json!({"component_type": 2, "custom_id": custom_id, "id": button["id"]});
            world.send_interaction(component_act(user, channel, message, data))
        })?;
        self.wait_for_answer(id).await
    }

    /// Chooses from the menu with that `custom_id`: values or labels of a text menu, names of users, roles or channels.
    pub async fn select(
        &self,
        member: &str,
        channel: impl Into<ChannelRef>,
        message: Snowflake,
        custom_id: &str,
        values: &[&str],
    ) -> Result<Answer, ActError> {
        let channel = channel.into();
        let id = self.shared.change(|world| {
            let (user, channel) = world.member_in(member, &channel)?;
            let menu = world.component(user, channel, message, custom_id, |component| {
                matches!(component["type"].as_u64(), Some(3 | 5..=8))
                    && component["custom_id"].as_str() == Some(custom_id)
            })?;
            let typed = Typed {
                user,
                guild: world.channel(channel)?.guild,
            };
            let data = world.selected(typed, &menu, values)?;
            world.send_interaction(component_act(user, channel, message, data))
        })?;
        self.wait_for_answer(id).await
    }
}

fn component_act(user: Snowflake, channel: Snowflake, message: Snowflake, data: Value) -> Act {
    Act {
        kind: COMPONENT,
        user,
        channel,
        data,
        command_name: None,
        from_menu: false,
        source: Some((channel, message)),
    }
}

impl World {
    /// A component of a message that the user can see and use.
    fn component(
        &self,
        user: Snowflake,
        channel: Snowflake,
        message: Snowflake,
        what: &str,
        is_it: impl Fn(&Value) -> bool,
    ) -> Result<Value, ActError> {
        let found = self.message(channel, message)?;
        if found.ephemeral_to.is_some_and(|only| only != user) {
            return Err(ActError::Component(
                "the message is for somebody else's eyes".into(),
            ));
        }
        let component = found
            .components
            .iter()
            .find_map(|component| find(component, &is_it))
            .ok_or_else(|| ActError::Component(format!("the message has no {what:?}")))?;
        if component["disabled"].as_bool() == Some(true) {
            return Err(ActError::Component(format!("{what:?} is switched off")));
        }
        Ok(component.clone())
    }

    /// The data of a choice from a menu.
    pub(super) fn selected(
        &self,
        typed: Typed,
        menu: &Value,
        values: &[&str],
    ) -> Result<Value, ActError> {
        let min = menu["min_values"].as_u64().unwrap_or(1) as usize;
        let max = menu["max_values"].as_u64().unwrap_or(1) as usize;
        if !(min..=max).contains(&values.len()) {
            let problem = format!("{} choices are not {min} to {max}", values.len());
            return Err(ActError::Component(problem));
        }
        let kind = menu["type"].as_u64().unwrap_or(0);
        let mut resolved = json!({});
        let chosen: Result<Vec<Value>, ActError> = values
            .iter()
            .map(|text| match kind {
                3 => {
                    let options = menu["options"].as_array().into_iter().flatten();
                    options
                        .filter(|o| {
                            [&o["value"], &o["label"]]
                                .iter()
                                .any(|v| v.as_str() == Some(text))
                        })
                        .map(|o| o["value"].clone())
                        .next()
                        .ok_or_else(|| ActError::Component(format!("the menu has no {text:?}")))
                }
                5 => options::user(self, typed, text, &mut resolved),
                6 => options::role(self, typed, "menu", text, &mut resolved),
                7 => options::user(self, typed, text, &mut resolved)
                    .or_else(|_| options::role(self, typed, "menu", text, &mut resolved)),
                _ => {
                    let channel = self.find_channel(&ChannelRef::from(*text))?;
                    resolved["channels"][channel.id.to_string()] =
                        self.partial_channel(channel, typed.user);
                    Ok(json!(channel.id))
                }
            })
            .collect();
        let mut data = json!({
            "component_type": kind, "custom_id": menu["custom_id"], "id": menu["id"], "values": chosen?,
        });
        if resolved != json!({}) {
            data["resolved"] = resolved;
        }
        Ok(data)
    }
}

fn find<'a>(component: &'a Value, is_it: &impl Fn(&Value) -> bool) -> Option<&'a Value> {
    if is_it(component) {
        return Some(component);
    }
    let children = component["components"].as_array().into_iter().flatten();
    children
        .chain(Some(&component["accessory"]).filter(|a| a.is_object()))
        .find_map(|child| find(child, is_it))
}
