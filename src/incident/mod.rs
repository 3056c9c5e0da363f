//! The pure core: what an incident is and by which rules it changes.
//!
//! [`decide`] turns a [`Command`] into [`Entry`]s or a [`Refusal`],
//! [`Incident::evolve`] folds entries into the state, [`outgoing`] says what
//! has to be told because of them. Nothing here is async, reads a clock or
//! knows a database or Discord.

pub mod access;
mod as_of;
mod command;
mod component;
mod decide;
pub mod ending;
mod entry;
mod handover;
pub mod human_time;
mod id;
mod language;
mod likeness;
mod link;
mod message;
mod metrics;
mod outage;
mod outgoing;
mod pen;
mod people;
mod person;
pub mod promise;
#[cfg(test)]
mod properties;
mod publication;
#[cfg(test)]
pub(crate) mod random_log;
mod redaction;
mod refusal;
pub mod reminder;
mod role;
mod secret;
mod section;
mod settings;
mod severity;
mod source;
mod standing;
mod state;
mod status;
#[cfg(test)]
mod stories;
pub mod text;
mod timeline;
mod told;
mod track;
mod unread;

pub use command::{Adopted, Command, Context, Open};
pub use component::{Component, ComponentState};
pub use decide::decide;
pub use entry::{Entry, Fact, Place, REDACTED, YEARS};
pub use handover::{
    Ended, Handover, HandoverEnd, HandoverOffer, NotAccepted, Outcome, Passing, TAKEOVER_AFTER,
};
pub use id::{
    AttachmentId, ChannelId, GuildId, IncidentKey, IncidentNumber, MessageId, NotANumber, RoleId,
    Seq, UserId,
};
pub use language::Language;
pub use likeness::{
    ALERTED_FOR, Alert, LIKE_FOR, Likeness, MOST_ALIKE, SameAlert, alike, telling_words,
};
pub use link::{LinkTarget, Relation, Side};
pub use message::{Attachment, Message, MessageRef};
pub use metrics::{Measure, Metrics, Missing, Span, Spans};
pub use outage::{OutageWindow, union_length};
pub use outgoing::{Outgoing, outgoing};
pub use people::{Guest, People};
pub use person::{Actor, Person};
pub use publication::{Document, DocumentFormat, MAX_DOCUMENT_BYTES, Publication};
pub use redaction::Redaction;
pub use refusal::Refusal;
pub use role::Role;
pub use secret::{Secret, secrets};
pub use section::Section;
pub use settings::{Besides, GuildSettings, ReviewPolicy, SummarySchedule};
pub use severity::{Impact, Severity};
pub use source::{Source, SourceSystem};
pub use state::{ActionItem, BrokenLog, Incident};
pub use status::Status;
pub use timeline::{Line, Revision, timeline};
pub use told::{News, Told};
pub use track::{Change, Track};
pub use unread::{HISTORY, Unread, WhyUnread};
