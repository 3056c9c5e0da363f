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

pub(crate) use choices::View;
pub(crate) use incident::open::{OPEN_FORM, OpenWish, open_incident};
pub(crate) use incident::{audit_page, redact_button, redact_offered, timeline_page};
pub(crate) use incident::{handover, link, list, search};
pub(crate) use message::{Mark, add_to_timeline_of, mark};
pub(crate) use postmortem::write as section;
pub(crate) use scribe::{policy_form, setup};

/// All commands, as poise dispatches and registers them.
pub(crate) fn all() -> Vec<poise::Command<Data, Failure>> {
    vec![
        incident::incident(),
        postmortem::postmortem(),
        summary::summary(),
        scribe::scribe(),
        message::add_to_timeline(),
        message::mark_as_key_event(),
        action_item::add_action_item(),
    ]
}
