//! Who answers what.

use super::call::{Answered, Call, Reply};
use super::error::ApiError;
use super::{channels, commands, guilds, interactions, messages, threads, users, webhooks};
use crate::world::World;

/// Answers a request, or says 404 and notes that nobody knew it.
pub(crate) fn answer(world: &mut World, call: &Call) -> Answered {
    let path = call.path();
    match (call.method.as_str(), path.as_slice()) {
        ("GET", ["gateway"]) => users::gateway(world),
        ("GET", ["gateway", "bot"]) => users::gateway_bot(world),
        ("GET", ["users", "@me"]) => users::me(world),
        ("GET", ["users", "@me", "guilds"]) => users::my_guilds(world),
        ("POST", ["users", "@me", "channels"]) => users::direct(world, call),
        ("GET", ["users", user]) => users::get(world, user),
        ("GET", ["applications", "@me"] | ["oauth2", "applications", "@me"]) => {
            Ok(Reply::ok(world.application_json()))
        }
        (_, ["applications", app, "commands", rest @ ..]) => {
            commands::answer(world, call, app, None, rest)
        }
        (_, ["applications", app, "guilds", guild, "commands", rest @ ..]) => {
            commands::answer(world, call, app, Some(guild), rest)
        }
        ("GET", ["guilds", guild, "threads", "active"]) => threads::active(world, guild),
        (_, ["guilds", guild, rest @ ..]) => guilds::answer(world, call, guild, rest),
        ("POST", ["interactions", id, token, "callback"]) => {
            interactions::callback(world, call, id, token)
        }
        (_, ["webhooks", id, token, rest @ ..]) => webhooks::answer(world, call, id, token, rest),
        (_, ["channels", channel, "webhooks"]) => webhooks::of_channel(world, call, channel),
        (
            _,
            [
                "channels",
                channel,
                rest @ ("threads" | "thread-members"),
                more @ ..,
            ],
        ) => threads::of_channel(world, call, channel, rest, more),
        ("POST", ["channels", channel, "messages", message, "threads"]) => {
            threads::on_message(world, call, channel, message)
        }
        (
            _,
            [
                "channels",
                channel,
                "users",
                "@me",
                "threads",
                "archived",
                "private",
            ],
        ) => threads::archived(world, call, channel, true),
        (_, ["channels", channel, rest @ ("messages" | "pins"), more @ ..]) => {
            messages::answer(world, call, channel, rest, more)
        }
        (_, ["channels", channel, rest @ ..]) => channels::answer(world, call, channel, rest),
        _ => unhandled(world, call),
    }
}

/// A 404 that the record keeps apart: the bot asked for something the sandbox does not have.
pub(super) fn unhandled(world: &mut World, call: &Call) -> Answered {
    let line = format!("{} /{}", call.method, call.segments.join("/"));
    tracing::warn!(request = line, "the sandbox has no such route");
    world.records.unhandled.push(line);
    Err(ApiError::not_found())
}
