//! `/scribe`: what a guild chooses.

mod components;
mod postmortems;
mod schedule;
pub(crate) mod setup;
mod template;

use components::components;
use postmortems::postmortems;
use schedule::schedule;
use setup::setup;
use template::template;

use crate::discord::{Ctx, Failure};

/// What Scribe does here: channels, zone, components, summary
#[poise::command(
    slash_command,
    guild_only,
    subcommand_required,
    default_member_permissions = "MANAGE_GUILD",
    subcommands("setup", "components", "postmortems", "schedule", "template")
)]
pub(crate) async fn scribe(_: Ctx<'_>) -> Result<(), Failure> {
    Ok(())
}
