//! Guilds, their channels, roles and members.

use serde_json::{Value, json};

use super::call::{Answered, Call, Reply, id};
use super::error::ApiError;
use super::routes::unhandled;
use crate::checks;
use crate::permission::{KICK_MEMBERS, MANAGE_CHANNELS, MANAGE_ROLES};
use crate::snowflake::Snowflake;
use crate::world::World;
use crate::world::posting::snowflake;

pub(super) fn answer(world: &mut World, call: &Call, guild: &str, rest: &[&str]) -> Answered {
    let guild = id(guild)?;
    let bot = world.bot;
    let found = world.guild(guild)?;
    if !found.members.contains_key(&bot) {
        return Err(ApiError::missing_access());
    }
    match (call.method.as_str(), rest) {
        ("GET", []) => {
            let mut out = found.json();
            if call.flag("with_counts") {
                out["approximate_member_count"] = json!(found.members.len());
                out["approximate_presence_count"] = json!(found.members.len());
            }
            Ok(Reply::ok(out))
        }
        ("GET", ["channels"]) => {
            let list: Vec<_> = world
                .channels_of(guild)
                .into_iter()
                .map(|c| world.channel_json(c))
                .collect();
            Ok(Reply::ok(list))
        }
        ("POST", ["channels"]) => {
            let forum = matches!(call.body["type"].as_u64(), Some(15 | 16));
            checks::channel(&call.body, true, forum)?;
            let channel = world.create_channel(bot, guild, &call.body)?;
            Ok(Reply::created(world.channel_json(world.channel(channel)?)))
        }
        ("PATCH", ["channels"]) => reorder(world, call, guild),
        ("GET", ["roles"]) => Ok(Reply::ok(found.roles_json())),
        ("POST", ["roles"]) => create_role(world, call, guild),
        ("GET", ["members"]) => members(world, call, guild),
        ("GET", ["members", "search"]) => search(world, call, guild),
        ("GET", ["members", user]) => {
            let user = if *user == "@me" { bot } else { id(user)? };
            let member = world.member_json(guild, user);
            member.map(Reply::ok).ok_or_else(ApiError::unknown_member)
        }
        ("DELETE", ["members", user]) => {
            world.require_in_guild(bot, guild, KICK_MEMBERS)?;
            world.remove_member(guild, id(user)?)?;
            Ok(Reply::nothing())
        }
        ("PUT", ["members", user, "roles", role]) => {
            change_roles(world, guild, id(user)?, id(role)?, true)
        }
        ("DELETE", ["members", user, "roles", role]) => {
            change_roles(world, guild, id(user)?, id(role)?, false)
        }
        _ => unhandled(world, call),
    }
}

fn reorder(world: &mut World, call: &Call, guild: Snowflake) -> Answered {
    world.require_in_guild(world.bot, guild, MANAGE_CHANNELS)?;
    for entry in call.body.as_array().into_iter().flatten() {
        let channel = snowflake(&entry["id"]).ok_or_else(ApiError::unknown_channel)?;
        let found = world.channel_mut(channel)?;
        if let Some(position) = entry["position"].as_i64() {
            found.position = position;
        }
        if let Some(parent) = entry.get("parent_id") {
            found.parent = snowflake(parent);
        }
        world.tell_channel("CHANNEL_UPDATE", channel);
    }
    Ok(Reply::nothing())
}

fn create_role(world: &mut World, call: &Call, guild: Snowflake) -> Answered {
    world.require_in_guild(world.bot, guild, MANAGE_ROLES)?;
    let permissions = snowflake(&call.body["permissions"]).map_or(0, |bits| bits.0);
    let own = world.guild(guild)?.base_permissions(world.bot);
    if permissions & !own != 0 {
        return Err(ApiError::missing_permissions());
    }
    let name = call.body["name"].as_str().unwrap_or("new role").to_owned();
    let role = world.add_role(guild, &name, permissions);
    let found = world.guild_mut(guild)?.roles.get_mut(&role);
    let found = found.ok_or_else(ApiError::unknown_role)?;
    found.mentionable = call.body["mentionable"].as_bool().unwrap_or(false);
    Ok(Reply::ok(found.json()))
}

fn change_roles(
    world: &mut World,
    guild: Snowflake,
    user: Snowflake,
    role: Snowflake,
    give: bool,
) -> Answered {
    world.require_in_guild(world.bot, guild, MANAGE_ROLES)?;
    let found = world.guild(guild)?;
    let position = found
        .roles
        .get(&role)
        .ok_or_else(ApiError::unknown_role)?
        .position;
    if found.rank(world.bot) <= position {
        return Err(ApiError::missing_permissions());
    }
    let member = found
        .members
        .get(&user)
        .ok_or_else(ApiError::unknown_member)?;
    let mut roles = member.roles.clone();
    roles.retain(|r| *r != role);
    if give {
        roles.push(role);
    }
    world.add_member(guild, user, roles);
    Ok(Reply::nothing())
}

fn members(world: &World, call: &Call, guild: Snowflake) -> Answered {
    if !world.options.members {
        return Err(ApiError::missing_access());
    }
    let limit = call.limit(1, 1000)?;
    let after = call.id_in_query("after").unwrap_or_default();
    let list: Vec<Value> = world
        .guild(guild)?
        .members
        .keys()
        .filter(|user| **user > after)
        .take(limit)
        .filter_map(|user| world.member_json(guild, *user))
        .collect();
    Ok(Reply::ok(list))
}

fn search(world: &World, call: &Call, guild: Snowflake) -> Answered {
    let limit = call.limit(1, 1000)?;
    let query = call
        .query
        .get("query")
        .map_or("", String::as_str)
        .to_lowercase();
    let list: Vec<Value> = world
        .guild(guild)?
        .members
        .values()
        .filter(|member| {
            let user = world
                .users
                .get(&member.user)
                .map_or("", |u| u.name.as_str());
            let nick = member.nick.as_deref().unwrap_or_default();
            user.to_lowercase().starts_with(&query) || nick.to_lowercase().starts_with(&query)
        })
        .take(limit)
        .filter_map(|member| world.member_json(guild, member.user))
        .collect();
    Ok(Reply::ok(list))
}
