//! From what a member types to the options of a command, as the Discord client does it.

use serde_json::{Value, json};

use super::error::ActError;
use super::names::ChannelRef;
use crate::snowflake::Snowflake;
use crate::world::World;

/// Where and by whom a command is typed.
#[derive(Clone, Copy)]
pub(super) struct Typed {
    pub(super) user: Snowflake,
    pub(super) guild: Option<Snowflake>,
}

fn wrong(option: &str, problem: impl Into<String>) -> ActError {
    ActError::Option {
        option: option.to_owned(),
        problem: problem.into(),
    }
}

/// The options of a (sub-)command from what was typed, with `resolved` filled in. `focused` is the option that is being
/// typed: it goes out unchecked, and others may still be missing.
pub(super) fn fill(
    world: &World,
    typed: Typed,
    definitions: &Value,
    values: &[(&str, &str)],
    focused: Option<&str>,
    resolved: &mut Value,
) -> Result<Vec<Value>, ActError> {
    let definitions = definitions.as_array().map_or(&[][..], Vec::as_slice);
    let definition = |name: &str| {
        definitions
            .iter()
            .find(|d| d["name"].as_str() == Some(name))
    };
    for (name, _) in values {
        if definition(name).is_none() {
            return Err(wrong(name, "the command has no such option"));
        }
    }
    let missing = definitions.iter().find(|d| {
        d["required"].as_bool() == Some(true)
            && !values
                .iter()
                .any(|(name, _)| d["name"].as_str() == Some(name))
    });
    if let Some(missing) = missing.filter(|_| focused.is_none()) {
        return Err(wrong(
            missing["name"].as_str().unwrap_or_default(),
            "it is required",
        ));
    }
    values
        .iter()
        .filter_map(|(name, text)| definition(name).map(|d| (*name, *text, d)))
        .map(|(name, text, definition)| {
            let kind = &definition["type"];
            if focused == Some(name) {
                if definition["autocomplete"].as_bool() != Some(true) {
                    return Err(wrong(name, "it has no autocomplete"));
                }
                return Ok(json!({"name": name, "type": kind, "value": text, "focused": true}));
            }
            let value = value(world, typed, definition, name, text, resolved)?;
            Ok(json!({"name": name, "type": kind, "value": value}))
        })
        .collect()
}

fn value(
    world: &World,
    typed: Typed,
    definition: &Value,
    name: &str,
    text: &str,
    resolved: &mut Value,
) -> Result<Value, ActError> {
    if let Some(choices) = definition["choices"]
        .as_array()
        .filter(|list| !list.is_empty())
    {
        let chosen = choices.iter().find(|choice| {
            let value = &choice["value"];
            choice["name"].as_str() == Some(text)
                || value.as_str() == Some(text)
                || value
                    .as_f64()
                    .is_some_and(|number| text.parse() == Ok(number))
        });
        let names: Vec<_> = choices.iter().filter_map(|c| c["name"].as_str()).collect();
        return chosen
            .map(|choice| choice["value"].clone())
            .ok_or_else(|| wrong(name, format!("{text:?} is none of {names:?}")));
    }
    match definition["type"].as_u64() {
        Some(3) => {
            let length = text.chars().count() as u64;
            let min = definition["min_length"].as_u64().unwrap_or(0);
            let max = definition["max_length"].as_u64().unwrap_or(6000);
            if !(min..=max).contains(&length) {
                return Err(wrong(
                    name,
                    format!("{length} characters are not {min} to {max}"),
                ));
            }
            Ok(json!(text))
        }
        Some(4) => {
            let number: i64 = text
                .parse()
                .map_err(|_| wrong(name, format!("{text:?} is no integer")))?;
            in_range(definition, name, number as f64)?;
            Ok(json!(number))
        }
        Some(5) => match text.to_lowercase().as_str() {
            "true" | "yes" => Ok(json!(true)),
            "false" | "no" => Ok(json!(false)),
            _ => Err(wrong(name, format!("{text:?} is neither True nor False"))),
        },
        Some(6) => user(world, typed, text, resolved),
        Some(7) => {
            let channel = world.find_channel(&ChannelRef::from(text))?;
            let kinds = definition["channel_types"]
                .as_array()
                .filter(|list| !list.is_empty());
            let number = u64::from(channel.kind.number());
            if kinds.is_some_and(|kinds| !kinds.iter().any(|k| k.as_u64() == Some(number))) {
                return Err(wrong(name, format!("{text} is not of the wanted kind")));
            }
            resolved["channels"][channel.id.to_string()] =
                world.partial_channel(channel, typed.user);
            Ok(json!(channel.id))
        }
        Some(8) => role(world, typed, name, text, resolved),
        Some(9) => {
            user(world, typed, text, resolved).or_else(|_| role(world, typed, name, text, resolved))
        }
        Some(10) => {
            let number: f64 = text
                .parse()
                .map_err(|_| wrong(name, format!("{text:?} is no number")))?;
            in_range(definition, name, number)?;
            Ok(json!(number))
        }
        Some(11) => attachment(world, name, text, resolved),
        other => Err(wrong(
            name,
            format!("the sandbox knows no option of type {other:?}"),
        )),
    }
}

fn in_range(definition: &Value, name: &str, number: f64) -> Result<(), ActError> {
    let below = definition["min_value"]
        .as_f64()
        .is_some_and(|min| number < min);
    let above = definition["max_value"]
        .as_f64()
        .is_some_and(|max| number > max);
    if below || above {
        return Err(wrong(name, format!("{number} is out of range")));
    }
    Ok(())
}

pub(super) fn user(
    world: &World,
    typed: Typed,
    text: &str,
    resolved: &mut Value,
) -> Result<Value, ActError> {
    let user = world.find_user(text)?;
    resolved["users"][user.to_string()] = world.user_json(user);
    if let Some(member) = typed
        .guild
        .and_then(|guild| world.guilds.get(&guild))
        .and_then(|guild| Some((guild, guild.members.get(&user)?)))
    {
        let (guild, member) = member;
        let mut json = member.bare_json();
        json["permissions"] = json!(guild.base_permissions(user).to_string());
        resolved["members"][user.to_string()] = json;
    }
    Ok(json!(user))
}

pub(super) fn role(
    world: &World,
    typed: Typed,
    name: &str,
    text: &str,
    resolved: &mut Value,
) -> Result<Value, ActError> {
    let found = typed
        .guild
        .and_then(|guild| Some((guild, world.find_role(guild, text)?)));
    let (guild, role) = found.ok_or_else(|| wrong(name, format!("there is no role {text}")))?;
    let json = world
        .guilds
        .get(&guild)
        .and_then(|g| g.roles.get(&role))
        .map(|r| r.json());
    resolved["roles"][role.to_string()] = json!(json);
    Ok(json!(role))
}

fn attachment(
    world: &World,
    name: &str,
    text: &str,
    resolved: &mut Value,
) -> Result<Value, ActError> {
    let upload = text
        .parse()
        .ok()
        .and_then(|id| world.uploads.get(&id))
        .ok_or_else(|| wrong(name, "give what `Sandbox::upload` returned"))?;
    let mut json = world.attachment_json(world.uploads_channel, upload);
    json["ephemeral"] = json!(true);
    resolved["attachments"][upload.id.to_string()] = json;
    Ok(json!(upload.id))
}
