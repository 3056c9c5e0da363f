//! `/incident` and what stands below it.

mod action;
mod adopt;
mod audit;
mod cancel;
mod component;
mod correct;
mod export;
pub(crate) mod handover;
pub(crate) mod link;
pub(crate) mod list;
mod note;
pub(crate) mod open;
mod outage;
mod redact;
mod rename;
mod reopen;
mod role;
pub(crate) mod search;
mod severity;
mod show;
mod status;
mod timeline;
mod update;

pub(crate) use audit::page as audit_page;
pub(crate) use redact::{button as redact_button, offered as redact_offered};
pub(crate) use timeline::page as timeline_page;

use action::action;
pub(crate) use action::due_on;
use adopt::adopt;
use audit::audit;
use cancel::cancel;
use component::component;
use correct::correct;
use export::export;
use handover::handover;
use link::link;
use list::list;
use note::note;
use open::open;
use outage::outage;
use redact::redact;
use rename::rename;
use reopen::reopen;
use role::role;
use search::search;
use severity::severity;
use show::show;
use status::status;
use timeline::timeline;
use update::update;

use crate::discord::{Ctx, Failure};

/// Open an incident and keep its record
#[poise::command(
    slash_command,
    guild_only,
    subcommand_required,
    subcommands(
        "open",
        "adopt",
        "status",
        "update",
        "note",
        "severity",
        "component",
        "outage",
        "role",
        "handover",
        "action",
        "timeline",
        "audit",
        "show",
        "list",
        "search",
        "export",
        "rename",
        "link",
        "correct",
        "redact",
        "reopen",
        "cancel"
    )
)]
pub(crate) async fn incident(_: Ctx<'_>) -> Result<(), Failure> {
    Ok(())
}
