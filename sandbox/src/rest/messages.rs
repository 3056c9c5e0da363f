//! Messages, their history, pins and reactions.

use serde_json::{Value, json};

use super::call::{Answered, Call, Reply, id};
use super::routes::unhandled;
use crate::checks;
use crate::permission::{READ_MESSAGE_HISTORY, VIEW_CHANNEL};
use crate::rest::error::ApiError;
use crate::snowflake::Snowflake;
use crate::world::message::Message;
use crate::world::posting::snowflake;
use crate::world::{Draft, World};

pub(super) fn answer(
    world: &mut World,
    call: &Call,
    channel: &str,
    section: &str,
    rest: &[&str],
) -> Answered {
    let channel = id(channel)?;
    let bot = world.bot;
    match (call.method.as_str(), section, rest) {
        ("GET", "messages", []) => history(world, call, channel),
        ("POST", "messages", []) => {
            checks::message(&call.body)?;
            let draft = Draft::from_body(&call.body, call.files.clone());
            let message = world.post(bot, channel, draft)?;
            Ok(Reply::ok(
                world.message_json(world.message(channel, message)?),
            ))
        }
        ("POST", "messages", ["bulk-delete"]) => {
            let ids: Vec<_> = call.body["messages"]
                .as_array()
                .into_iter()
                .flatten()
                .filter_map(snowflake)
                .collect();
            world.bulk_delete(bot, channel, &ids)?;
            Ok(Reply::nothing())
        }
        ("GET", "messages", ["pins"]) => pins(world, call, channel),
        ("GET", "pins", []) => {
            let pins = world.pins_json(bot, channel)?;
            let list: Vec<_> = pins
                .into_iter()
                .take(50)
                .map(|(_, message)| message)
                .collect();
            Ok(Reply::ok(list))
        }
        ("PUT", "messages", ["pins", message]) | ("PUT", "pins", [message]) => {
            world.pin(bot, channel, id(message)?)?;
            Ok(Reply::nothing())
        }
        ("DELETE", "messages", ["pins", message]) | ("DELETE", "pins", [message]) => {
            world.unpin(bot, channel, id(message)?)?;
            Ok(Reply::nothing())
        }
        ("GET", "messages", [message]) => {
            world.require(bot, channel, VIEW_CHANNEL | READ_MESSAGE_HISTORY)?;
            let message = visible(world, channel, id(message)?)?;
            Ok(Reply::ok(shown(world, message)))
        }
        ("PATCH", "messages", [message]) => {
            checks::message(&call.body)?;
            let message = id(message)?;
            world.edit(bot, channel, message, &call.body, call.files.clone())?;
            Ok(Reply::ok(
                world.message_json(world.message(channel, message)?),
            ))
        }
        ("DELETE", "messages", [message]) => {
            world.delete(bot, channel, id(message)?)?;
            Ok(Reply::nothing())
        }
        (_, "messages", [message, "reactions", more @ ..]) => {
            reactions(world, call, channel, id(message)?, more)
        }
        _ => unhandled(world, call),
    }
}

fn visible(world: &World, channel: Snowflake, message: Snowflake) -> Result<&Message, ApiError> {
    let found = world.message(channel, message)?;
    if found.ephemeral_to.is_some() {
        return Err(ApiError::unknown_message());
    }
    Ok(found)
}

/// A page of history, newest first; empty for who may not read it.
fn history(world: &World, call: &Call, channel: Snowflake) -> Answered {
    let bot = world.bot;
    world.require(bot, channel, VIEW_CHANNEL)?;
    let limit = call.limit(50, 100)?;
    if !world.channel(channel)?.kind.holds_messages() {
        return Err(ApiError::new(
            400,
            50008,
            "Cannot send messages in a non-text channel",
        ));
    }
    if !world.may(bot, channel, READ_MESSAGE_HISTORY) {
        return Ok(Reply::ok(json!([])));
    }
    let all: Vec<&Message> = world
        .messages
        .get(&channel)
        .into_iter()
        .flat_map(|of| of.values())
        .filter(|m| m.ephemeral_to.is_none())
        .collect();
    let page = page(&all, call, limit);
    let list: Vec<Value> = page.into_iter().rev().map(|m| shown(world, m)).collect();
    Ok(Reply::ok(list))
}

/// A message as the bot may read it, or as nobody can where that is wished for.
fn shown(world: &World, message: &Message) -> Value {
    let mut json = world.readable_json(message);
    if world.faults.garbled.contains(&message.id) {
        json["content"] = json!({"blocks": []});
    }
    json
}

/// The wanted stretch, oldest first.
fn page<'a>(all: &[&'a Message], call: &Call, limit: usize) -> Vec<&'a Message> {
    let upto = |id: Snowflake| all.partition_point(|m| m.id < id);
    let beyond = |id: Snowflake| all.partition_point(|m| m.id <= id);
    let (from, to) = if let Some(around) = call.id_in_query("around") {
        let from = upto(around).saturating_sub(limit / 2);
        (from, (from + limit).min(all.len()))
    } else if let Some(after) = call.id_in_query("after") {
        let from = beyond(after);
        (from, (from + limit).min(all.len()))
    } else {
        let to = call.id_in_query("before").map_or(all.len(), upto);
        (to.saturating_sub(limit), to)
    };
    all[from..to].to_vec()
}

/// The newer route of pins: 50 a page, by the time of pinning.
fn pins(world: &World, call: &Call, channel: Snowflake) -> Answered {
    let limit = call.limit(50, 50)?;
    let before = call.query.get("before");
    let mut pins = world.pins_json(world.bot, channel)?;
    if let Some(before) = before {
        pins.retain(|(at, _)| at < before);
    }
    let has_more = pins.len() > limit;
    let items: Vec<_> = pins
        .into_iter()
        .take(limit)
        .map(|(at, message)| json!({"pinned_at": at, "message": message}))
        .collect();
    Ok(Reply::ok(json!({"items": items, "has_more": has_more})))
}

fn reactions(
    world: &mut World,
    call: &Call,
    channel: Snowflake,
    message: Snowflake,
    rest: &[&str],
) -> Answered {
    let bot = world.bot;
    match (call.method.as_str(), rest) {
        ("PUT", [emoji, "@me"]) => world.react(bot, channel, message, emoji)?,
        ("DELETE", [emoji, "@me"]) => world.unreact(bot, channel, message, emoji, bot)?,
        ("DELETE", [emoji, user]) => world.unreact(bot, channel, message, emoji, id(user)?)?,
        ("DELETE", [emoji]) => world.clear_reactions(bot, channel, message, Some(emoji))?,
        ("DELETE", []) => world.clear_reactions(bot, channel, message, None)?,
        ("GET", [emoji]) => {
            world.require(bot, channel, VIEW_CHANNEL)?;
            let limit = call.limit(25, 100)?;
            let after = call.id_in_query("after").unwrap_or_default();
            let found = visible(world, channel, message)?;
            let list: Vec<_> = found
                .reactions
                .iter()
                .filter(|r| r.emoji == *emoji)
                .flat_map(|r| &r.users)
                .filter(|user| **user > after)
                .take(limit)
                .map(|user| world.user_json(*user))
                .collect();
            return Ok(Reply::ok(list));
        }
        _ => return unhandled(world, call),
    }
    Ok(Reply::nothing())
}
