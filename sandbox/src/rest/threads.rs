//! Threads and forum posts.

use serde_json::{Value, json};

use super::call::{Answered, Call, Reply, id};
use super::error::ApiError;
use super::routes::unhandled;
use crate::checks;
use crate::permission::{MANAGE_THREADS, READ_MESSAGE_HISTORY, VIEW_CHANNEL};
use crate::snowflake::Snowflake;
use crate::world::channel::{Channel, ChannelKind};
use crate::world::{Draft, World};

pub(super) fn active(world: &World, guild: &str) -> Answered {
    let guild = id(guild)?;
    world.require_in_guild(world.bot, guild, 0)?;
    let list: Vec<_> = world
        .threads_of(guild)
        .filter(|c| c.thread.as_ref().is_some_and(|t| !t.archived))
        .filter(|c| world.may(world.bot, c.id, VIEW_CHANNEL))
        .collect();
    Ok(Reply::ok(world.threads_json(&list)))
}

pub(super) fn of_channel(
    world: &mut World,
    call: &Call,
    channel: &str,
    section: &str,
    rest: &[&str],
) -> Answered {
    let bot = world.bot;
    match (call.method.as_str(), section, rest) {
        ("POST", "threads", []) => create(world, call, id(channel)?),
        ("GET", "threads", ["archived", "public"]) => archived(world, call, channel, false),
        ("GET", "threads", ["archived", "private"]) => {
            world.require(bot, id(channel)?, MANAGE_THREADS)?;
            archived(world, call, channel, true)
        }
        ("GET", "thread-members", []) => members(world, id(channel)?),
        ("GET", "thread-members", [user]) => {
            let channel = id(channel)?;
            world.require(bot, channel, VIEW_CHANNEL)?;
            let user = if *user == "@me" { bot } else { id(user)? };
            let thread = world.channel(channel)?.thread.as_ref();
            let member = thread.and_then(|t| t.member_json(channel, user));
            member.map(Reply::ok).ok_or_else(ApiError::unknown_member)
        }
        ("PUT", "thread-members", [user]) => {
            let user = if *user == "@me" { bot } else { id(user)? };
            world.join_thread(bot, id(channel)?, user)?;
            Ok(Reply::nothing())
        }
        ("DELETE", "thread-members", [user]) => {
            let user = if *user == "@me" { bot } else { id(user)? };
            world.leave_thread(bot, id(channel)?, user)?;
            Ok(Reply::nothing())
        }
        _ => unhandled(world, call),
    }
}

pub(super) fn on_message(world: &mut World, call: &Call, channel: &str, message: &str) -> Answered {
    checks::thread(&call.body, true)?;
    let thread = world.thread_on(world.bot, id(channel)?, id(message)?, &call.body)?;
    Ok(Reply::created(world.channel_json(world.channel(thread)?)))
}

fn create(world: &mut World, call: &Call, channel: Snowflake) -> Answered {
    checks::thread(&call.body, true)?;
    let kind = world.channel(channel)?.kind;
    let bot = world.bot;
    if !matches!(kind, ChannelKind::Forum | ChannelKind::Media) {
        let thread = world.free_thread(bot, channel, &call.body)?;
        return Ok(Reply::created(world.channel_json(world.channel(thread)?)));
    }
    let message = &call.body["message"];
    if !message.is_object() {
        return Err(ApiError::form(
            "message",
            "BASE_TYPE_REQUIRED",
            "This field is required",
        ));
    }
    checks::message(message)?;
    let draft = Draft::from_body(message, call.files.clone());
    let thread = world.forum_post(bot, channel, &call.body, draft)?;
    let mut out = world.channel_json(world.channel(thread)?);
    out["message"] = world.message_json(world.message(thread, thread)?);
    Ok(Reply::created(out))
}

fn members(world: &World, channel: Snowflake) -> Answered {
    world.require(world.bot, channel, VIEW_CHANNEL)?;
    let Some(thread) = &world.channel(channel)?.thread else {
        return Err(ApiError::wrong_channel_type());
    };
    let list: Vec<Value> = thread
        .members
        .keys()
        .filter_map(|user| thread.member_json(channel, *user))
        .collect();
    Ok(Reply::ok(list))
}

/// Archived threads, the last archived first; `before` is the moment to start from.
pub(super) fn archived(world: &World, call: &Call, channel: &str, private: bool) -> Answered {
    let channel = id(channel)?;
    world.require(world.bot, channel, VIEW_CHANNEL | READ_MESSAGE_HISTORY)?;
    let limit = call.limit(50, 100)?;
    let before = call
        .query
        .get("before")
        .and_then(|at| chrono::DateTime::parse_from_rfc3339(at).ok());
    let archived_at = |c: &Channel| {
        c.thread
            .as_ref()
            .filter(|t| t.archived)
            .map(|t| t.archived_at)
    };
    let mut list: Vec<_> = world
        .channels
        .values()
        .filter(|c| c.parent == Some(channel))
        .filter(|c| (c.kind == ChannelKind::PrivateThread) == private)
        .filter(|c| archived_at(c).is_some_and(|at| before.is_none_or(|before| at < before)))
        .collect();
    list.sort_by_key(|c| std::cmp::Reverse(archived_at(c)));
    let has_more = list.len() > limit;
    list.truncate(limit);
    let mut out = world.threads_json(&list);
    out["has_more"] = json!(has_more);
    Ok(Reply::ok(out))
}
