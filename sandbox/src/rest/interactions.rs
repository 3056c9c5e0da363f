//! First answers to interactions.

use serde_json::json;

use super::call::{Answered, Call, Reply, id};
use crate::world::World;
use crate::world::message::EPHEMERAL;

pub(super) fn callback(world: &mut World, call: &Call, interaction: &str, token: &str) -> Answered {
    let interaction = id(interaction)?;
    let message = world.respond(
        interaction,
        token,
        &call.body,
        call.files.clone(),
        call.arrived,
    )?;
    if !call.flag("with_response") {
        return Ok(Reply::nothing());
    }
    let kind = call.body["type"].as_u64().unwrap_or(0);
    let mut out = json!({"interaction": {
        "id": interaction,
        "type": world.interactions.get(&interaction).map(|i| i.kind),
        "response_message_loading": kind == 5,
        "response_message_ephemeral": call.body["data"]["flags"].as_u64().unwrap_or(0) & EPHEMERAL != 0,
    }});
    if let Some((channel, message)) = message {
        out["interaction"]["response_message_id"] = json!(message);
        let json = world.message_json(world.message(channel, message)?);
        out["resource"] = json!({"type": kind, "message": json});
    }
    Ok(Reply::ok(out))
}
