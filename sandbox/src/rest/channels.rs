//! Channels and their overwrites.

use serde_json::{Value, json};

use super::call::{Answered, Call, Reply, id};
use super::routes::unhandled;
use crate::checks;
use crate::permission::{MANAGE_CHANNELS, VIEW_CHANNEL};
use crate::snowflake::Snowflake;
use crate::world::World;
use crate::world::channel::ChannelKind;
use crate::world::channel_changes::{given_name, overwrite};

pub(super) fn answer(world: &mut World, call: &Call, channel: &str, rest: &[&str]) -> Answered {
    let channel = id(channel)?;
    let bot = world.bot;
    match (call.method.as_str(), rest) {
        ("GET", []) => {
            world.require(bot, channel, VIEW_CHANNEL)?;
            Ok(Reply::ok(world.channel_json(world.channel(channel)?)))
        }
        ("PATCH", []) => patch(world, call, channel),
        ("DELETE", []) => Ok(Reply::ok(world.delete_channel(bot, channel)?)),
        ("POST", ["typing"]) => {
            world.require(bot, channel, VIEW_CHANNEL)?;
            Ok(Reply::nothing())
        }
        ("PUT", ["permissions", target]) => put_overwrite(world, call, channel, id(target)?),
        ("DELETE", ["permissions", target]) => {
            world.drop_overwrite(bot, channel, id(target)?)?;
            Ok(Reply::nothing())
        }
        _ => unhandled(world, call),
    }
}

fn patch(world: &mut World, call: &Call, id: Snowflake) -> Answered {
    let channel = world.channel(id)?;
    let kind = channel.kind;
    if kind.is_thread() {
        checks::thread(&call.body, false)?;
    } else {
        let forum = matches!(kind, ChannelKind::Forum | ChannelKind::Media);
        checks::channel(&call.body, false, forum)?;
    }
    let bot = world.bot;
    world.require(bot, id, VIEW_CHANNEL)?;
    if !kind.is_thread() && renames(world, id, &call.body)? {
        world.require(bot, id, MANAGE_CHANNELS)?;
        world.buckets.rename(id)?;
    }
    world.edit_channel(bot, id, &call.body)?;
    Ok(Reply::ok(world.channel_json(world.channel(id)?)))
}

/// Whether a change touches what Discord limits so hard: the name or the topic.
fn renames(world: &World, id: Snowflake, body: &Value) -> Result<bool, super::error::ApiError> {
    let channel = world.channel(id)?;
    let name = match body["name"].as_str() {
        Some(name) => given_name(channel.kind, name)? != channel.name,
        None => false,
    };
    let topic = body.get("topic").is_some_and(|topic| {
        topic.as_str().unwrap_or_default() != channel.topic.as_deref().unwrap_or_default()
    });
    Ok(name || topic)
}

fn put_overwrite(
    world: &mut World,
    call: &Call,
    channel: Snowflake,
    target: Snowflake,
) -> Answered {
    let mut body = call.body.clone();
    body["id"] = json!(target);
    checks::overwrites(&json!([body]))?;
    if let Some(new) = overwrite(&body) {
        world.set_overwrite(world.bot, channel, new)?;
    }
    Ok(Reply::nothing())
}
