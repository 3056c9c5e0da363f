//! The slash and message commands, one file each. Their names, options and
//! descriptions are what Discord shows; what they do is ask the common part
//! ([`Asked`](super::interaction::Asked)) and submit.

pub(crate) mod action_item;
mod choices;
mod incident;
mod message;
mod postmortem;
pub(crate) mod registration;
mod scribe;
mod suggest;
mod summary;

use super::{Data, Failure};
use crate::words;

pub(crate) use choices::View;
pub(crate) use incident::open::{OPEN_FORM, OpenWish, open_incident};
pub(crate) use incident::{audit_page, redact_button, redact_offered, timeline_page};
pub(crate) use incident::{handover, link, list, search};
pub(crate) use message::{Mark, add_to_timeline_of, mark};
pub(crate) use postmortem::write as section;
pub(crate) use scribe::{policy_form, setup};

/// What Discord calls German.
const GERMAN: &str = "de";

/// All commands, as poise dispatches and registers them, described in each language.
pub(crate) fn all() -> Vec<poise::Command<Data, Failure>> {
    let mut all = vec![
        incident::incident(),
        postmortem::postmortem(),
        summary::summary(),
        scribe::scribe(),
        message::add_to_timeline(),
        message::mark_as_key_event(),
        action_item::add_action_item(),
    ];
    all.iter_mut().for_each(describe);
    all
}

/// Adds the descriptions in the other language, of all that is below it too.
fn describe(command: &mut poise::Command<Data, Failure>) {
    let german = |english: &str| {
        let german = words::command::german(english)?;
        Some(vec![(GERMAN.into(), german.into())].into())
    };
    if let Some(own) = command.description.as_deref().and_then(german) {
        command.description_localizations = own;
    }
    for option in &mut command.parameters {
        if let Some(own) = option.description.as_deref().and_then(german) {
            option.description_localizations = own;
        }
    }
    command.subcommands.iter_mut().for_each(describe);
}
