//! `/scribe`: what a guild chooses.

mod archive;
mod components;
mod doctor;
mod permissions;
mod policy;
pub(crate) mod policy_form;
mod postmortems;
mod schedule;
pub(crate) mod setup;
mod template;

use archive::archive;
use components::components;
use doctor::doctor;
use permissions::permissions;
use policy::policy;
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
    subcommands(
        "setup",
        "components",
        "postmortems",
        "schedule",
        "template",
        "archive",
        "policy",
        "permissions",
        "doctor"
    )
)]
pub(crate) async fn scribe(_: Ctx<'_>) -> Result<(), Failure> {
    Ok(())
}
