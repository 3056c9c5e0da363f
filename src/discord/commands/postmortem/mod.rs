//! `/postmortem`: what has to be written after an incident.

mod check;
mod draft;
mod publish;
mod versions;
pub(crate) mod write;

use check::check;
use draft::{draft, show};
use publish::publish;
use versions::versions;
use write::write;

use crate::discord::{Ctx, Failure};

/// What has to be written after an incident
#[poise::command(
    slash_command,
    guild_only,
    subcommand_required,
    subcommands("write", "versions", "draft", "show", "check", "publish")
)]
pub(crate) async fn postmortem(_: Ctx<'_>) -> Result<(), Failure> {
    Ok(())
}
