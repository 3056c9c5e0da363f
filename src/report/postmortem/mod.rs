//! The first draft of a postmortem, made from the log alone.
//!
//! [`draft`] gathers the facts, each with the entries it stands on;
//! [`markdown`] and [`html`] put them into `templates/postmortem.md.hbs` and
//! `templates/postmortem.html.hbs`, with the whole log below. Nothing is invented: what the log does not say is listed as
//! missing, and what only people can say is asked of them.

mod appendix;
mod course;
mod draft;
mod gaps;
mod html;
mod impact;
mod log_page;
mod offers;
mod people;
mod record;
mod sample;
mod schema;
mod sections;
mod summary;
#[cfg(test)]
mod tests;
mod timeline;
mod topic;
mod versions;

pub use draft::{
    Action, ComponentFact, Draft, DraftInput, Form, MetricFact, Outage, SeverityStep, StatusStep,
    Total, Window, draft, markdown, markdown_template, try_markdown, without_log,
};
pub use gaps::MissingFact;
pub use html::{html, html_template, try_html};
pub use offers::Offered;
pub use people::{Participant, Participants, RoleSpan};
pub use schema::schema;
pub use sections::{SectionFact, Words, to_start_with};
pub use summary::{Sentence, Summary};
pub use timeline::{Day, TimelineLine};
pub use versions::{Version, changes, versions};
