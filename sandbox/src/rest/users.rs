//! Users, the bot itself, and where the gateway is.

use serde_json::{Value, json};

use super::call::{Answered, Call, Reply, id};
use super::error::ApiError;
use crate::permission::Permissions;
use crate::world::World;
use crate::world::posting::snowflake;

pub(super) fn gateway(world: &World) -> Answered {
    Ok(Reply::ok(json!({"url": world.gateway.url})))
}

pub(super) fn gateway_bot(world: &World) -> Answered {
    Ok(Reply::ok(json!({
        "url": world.gateway.url,
        "shards": world.options.shards,
        "session_start_limit": {
            "total": 1000, "remaining": 999, "reset_after": 14_400_000, "max_concurrency": 1,
        },
    })))
}

pub(super) fn me(world: &World) -> Answered {
    let me = world.users.get(&world.bot).map(|bot| bot.own_json());
    me.map(Reply::ok).ok_or_else(ApiError::unknown_user)
}

pub(super) fn my_guilds(world: &World) -> Answered {
    let mine = world
        .guilds
        .values()
        .filter(|guild| guild.members.contains_key(&world.bot));
    let list: Vec<Value> = mine
        .map(|guild| {
            let permissions: Permissions = guild.base_permissions(world.bot);
            json!({
                "id": guild.id, "name": guild.name, "icon": null, "banner": null,
                "owner": guild.owner == world.bot, "permissions": permissions.to_string(), "features": [],
            })
        })
        .collect();
    Ok(Reply::ok(list))
}

pub(super) fn get(world: &World, user: &str) -> Answered {
    let user = world
        .users
        .get(&id(user)?)
        .ok_or_else(ApiError::unknown_user)?;
    Ok(Reply::ok(user.json()))
}

/// Opens a conversation with a user.
pub(super) fn direct(world: &mut World, call: &Call) -> Answered {
    let user = snowflake(&call.body["recipient_id"])
        .filter(|user| world.users.contains_key(user))
        .ok_or_else(|| ApiError::new(400, 50033, "Invalid Recipient(s)"))?;
    if user == world.bot {
        return Err(ApiError::new(
            400,
            50007,
            "Cannot send messages to this user",
        ));
    }
    let channel = world.direct_channel(world.bot, user);
    let channel = world.channel(channel)?;
    Ok(Reply::ok(world.channel_json(channel)))
}
