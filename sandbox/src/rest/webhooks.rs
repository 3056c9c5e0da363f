//! Webhooks: those of channels, and those by which interactions are answered further.

use serde_json::{Value, json};

use super::call::{Answered, Call, Reply, id};
use super::error::ApiError;
use super::routes::unhandled;
use crate::checks;
use crate::permission::MANAGE_WEBHOOKS;
use crate::snowflake::Snowflake;
use crate::world::state::Webhook;
use crate::world::{Draft, World};

pub(super) fn answer(
    world: &mut World,
    call: &Call,
    webhook: &str,
    token: &str,
    rest: &[&str],
) -> Answered {
    let webhook = id(webhook)?;
    if webhook != world.application {
        return of_its_own(world, call, webhook, token, rest);
    }
    match (call.method.as_str(), rest) {
        ("POST", []) => {
            checks::message(&call.body)?;
            let (channel, message) = world.follow_up(token, &call.body, call.files.clone())?;
            shown(world, channel, message)
        }
        ("GET", ["messages", which]) => {
            let (channel, message) = world.answer_message(token, which)?;
            shown(world, channel, message)
        }
        ("PATCH", ["messages", which]) => {
            checks::message(&call.body)?;
            let (channel, message) =
                world.edit_answer(token, which, &call.body, call.files.clone())?;
            shown(world, channel, message)
        }
        ("DELETE", ["messages", which]) => {
            world.delete_answer(token, which)?;
            Ok(Reply::nothing())
        }
        _ => unhandled(world, call),
    }
}

fn shown(world: &World, channel: Snowflake, message: Snowflake) -> Answered {
    let message = world.message(channel, message)?;
    Ok(Reply::ok(world.message_json(message)))
}

/// The webhooks of a channel.
pub(super) fn of_channel(world: &mut World, call: &Call, channel: &str) -> Answered {
    let channel = id(channel)?;
    world.require(world.bot, channel, MANAGE_WEBHOOKS)?;
    match call.method.as_str() {
        "GET" => {
            let list: Vec<_> = world
                .webhooks
                .values()
                .filter(|w| w.channel == channel)
                .map(|w| webhook_json(world, w))
                .collect();
            Ok(Reply::ok(list))
        }
        "POST" => {
            let name = call.body["name"].as_str().unwrap_or_default();
            if !(1..=80).contains(&name.chars().count()) {
                return Err(ApiError::form(
                    "name",
                    "BASE_TYPE_BAD_LENGTH",
                    "Must be between 1 and 80 in length.",
                ));
            }
            let webhook = Webhook {
                id: world.new_id(),
                token: world.new_token("webhook"),
                channel,
                name: name.to_owned(),
            };
            let json = webhook_json(world, &webhook);
            world.webhooks.insert(webhook.id, webhook);
            Ok(Reply::ok(json))
        }
        _ => unhandled(world, call),
    }
}

fn webhook_json(world: &World, webhook: &Webhook) -> Value {
    json!({
        "id": webhook.id, "type": 1, "token": webhook.token, "name": webhook.name, "avatar": null,
        "channel_id": webhook.channel, "application_id": world.application,
        "guild_id": world.channels.get(&webhook.channel).and_then(|c| c.guild),
        "user": world.user_json(world.bot),
        "url": format!("{}/api/webhooks/{}/{}", world.url, webhook.id, webhook.token),
    })
}

fn of_its_own(
    world: &mut World,
    call: &Call,
    webhook: Snowflake,
    token: &str,
    rest: &[&str],
) -> Answered {
    let found = world
        .webhooks
        .get(&webhook)
        .filter(|w| w.token == token)
        .ok_or_else(ApiError::unknown_webhook)?
        .clone();
    match (call.method.as_str(), rest) {
        ("GET", []) => Ok(Reply::ok(webhook_json(world, &found))),
        ("DELETE", []) => {
            world.webhooks.remove(&webhook);
            Ok(Reply::nothing())
        }
        ("POST", []) => {
            checks::message(&call.body)?;
            let mut draft = Draft::from_body(&call.body, call.files.clone());
            if draft.is_empty() {
                return Err(ApiError::empty_message());
            }
            let name = call.body["username"].as_str().unwrap_or(&found.name);
            draft.webhook = Some((found.id, name.to_owned()));
            let message = world.put(world.bot, found.channel, draft)?;
            if call.flag("wait") {
                shown(world, found.channel, message)
            } else {
                Ok(Reply::nothing())
            }
        }
        ("PATCH", ["messages", message]) => {
            checks::message(&call.body)?;
            let message = own_message(world, &found, message)?;
            world.apply_edit(found.channel, message, &call.body, call.files.clone())?;
            shown(world, found.channel, message)
        }
        ("DELETE", ["messages", message]) => {
            let message = own_message(world, &found, message)?;
            world.remove(found.channel, message)?;
            Ok(Reply::nothing())
        }
        _ => unhandled(world, call),
    }
}

fn own_message(world: &World, webhook: &Webhook, message: &str) -> Result<Snowflake, ApiError> {
    let message = id(message)?;
    let found = world.message(webhook.channel, message)?;
    match &found.webhook {
        Some((by, _)) if *by == webhook.id => Ok(message),
        _ => Err(ApiError::unknown_message()),
    }
}
