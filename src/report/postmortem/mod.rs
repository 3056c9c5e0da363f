//! The first draft of a postmortem, made from the log alone.
//!
//! [`draft`] gathers the facts, each with the entries it stands on;
//! [`markdown`] puts them into `templates/postmortem.md.hbs`, with the whole
//! log below. Nothing is invented: what the log does not say is listed as
//! missing, and what only people can say is asked of them.

mod appendix;
mod cause;
mod draft;
mod gaps;
mod impact;
mod people;
mod record;
mod sections;
mod summary;
#[cfg(test)]
mod tests;
mod timeline;

pub use draft::{
    Action, ComponentFact, Draft, DraftInput, MetricFact, Outage, SeverityStep, Total, Window,
    draft, markdown,
};
pub use gaps::MissingFact;
pub use people::{Participant, Participants, RoleSpan};
pub use sections::{Offered, Section};
pub use summary::{Sentence, Summary};
pub use timeline::{Day, TimelineLine};
