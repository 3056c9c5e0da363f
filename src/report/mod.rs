//! What is written from a log: the postmortem draft and the weekly summary.
//!
//! Pure: a log and a moment go in, text comes out, the same for a test, the
//! command line, a slash command and the web. Facts first become a typed value
//! ([`postmortem::Draft`], [`week::Review`]) in which each knows the
//! entries it stands on; a template turns that into text. All lengths are
//! taken between the minutes that are shown, so a reader who subtracts gets
//! the same number. [`check`] reads such texts again and says what contradicts itself.

pub mod check;
pub mod choose;
pub mod downtime;
mod error;
pub mod link;
pub mod moment;
mod own_template;
mod page;
pub mod picture;
pub mod postmortem;
#[cfg(test)]
pub(crate) mod story;
mod template;
pub mod week;
#[cfg(test)]
pub(crate) mod well_formed;

pub use error::ReportError;
pub use own_template::{MAX_TEMPLATE_BYTES, TemplateFault};
