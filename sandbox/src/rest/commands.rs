//! Registering commands, globally or in one guild.

use serde_json::Value;

use super::call::{Answered, Call, Reply, id};
use super::error::ApiError;
use super::routes::unhandled;
use crate::checks;
use crate::snowflake::Snowflake;
use crate::world::World;

pub(super) fn answer(
    world: &mut World,
    call: &Call,
    application: &str,
    guild: Option<&str>,
    rest: &[&str],
) -> Answered {
    if id(application)? != world.application {
        return Err(ApiError::new(
            403,
            20012,
            "You are not authorized to perform this action on this application",
        ));
    }
    let guild = match guild {
        Some(guild) => {
            let guild = id(guild)?;
            world.require_in_guild(world.bot, guild, 0)?;
            Some(guild)
        }
        None => None,
    };
    match (call.method.as_str(), rest) {
        ("GET", []) => {
            let list: Vec<Value> = world
                .commands_in(guild)
                .into_iter()
                .map(|c| c.json(world.application))
                .collect();
            Ok(Reply::ok(list))
        }
        ("PUT", []) => {
            checks::command_list(&call.body)?;
            let bodies = call.body.as_array().cloned().unwrap_or_default();
            let ids = world.replace_commands(guild, &bodies);
            let list: Result<Vec<Value>, _> = ids.iter().map(|id| one(world, guild, *id)).collect();
            Ok(Reply::ok(list?))
        }
        ("POST", []) => {
            checks::command(&call.body)?;
            let (id, new) = world.upsert_command(guild, call.body.clone());
            let body = one(world, guild, id)?;
            Ok(if new {
                Reply::created(body)
            } else {
                Reply::ok(body)
            })
        }
        ("GET", [command]) => Ok(Reply::ok(one(world, guild, id(command)?)?)),
        ("PATCH", [command]) => {
            let command = id(command)?;
            let mut whole = one(world, guild, command)?;
            for (key, value) in call.body.as_object().into_iter().flatten() {
                whole[key] = value.clone();
            }
            checks::command(&whole)?;
            world.patch_command(guild, command, &call.body)?;
            Ok(Reply::ok(one(world, guild, command)?))
        }
        ("DELETE", [command]) => {
            let command = id(command)?;
            one(world, guild, command)?;
            world.commands.remove(&command);
            Ok(Reply::nothing())
        }
        _ => unhandled(world, call),
    }
}

fn one(world: &World, guild: Option<Snowflake>, id: Snowflake) -> Result<Value, ApiError> {
    world
        .commands
        .get(&id)
        .filter(|command| command.guild == guild)
        .map(|command| command.json(world.application))
        .ok_or_else(ApiError::unknown_command)
}
