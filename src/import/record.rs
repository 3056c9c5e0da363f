//! What readers make of a text: incidents of the past, in the words of the core.

use chrono::{DateTime, Utc};

use crate::incident::{Component, ComponentState, Severity, Source, Status};

/// All that a text tells.
#[derive(Debug, Clone, PartialEq)]
pub struct Record {
    /// Its incidents in the order of the text.
    pub incidents: Vec<PastIncident>,
    /// The titles of what is in the text and is no incident: planned maintenance.
    pub left_out: Vec<String>,
}

/// An incident as somebody else recorded it.
#[derive(Debug, Clone, PartialEq)]
pub struct PastIncident {
    /// Where it was taken from; its name for ever.
    pub source: Source,
    /// Where in the text it is, for errors.
    pub place: String,
    /// What was wrong. Longer than a title may be, it is shortened and kept whole in the summary.
    pub title: String,
    /// What else is known of the whole.
    pub summary: Option<String>,
    /// How bad it was.
    pub severity: Severity,
    /// Who speaks where an event does not say.
    pub author: String,
    /// What happened, at least one event, in any order of time; of two at one moment the first comes first.
    pub events: Vec<Event>,
}

/// One thing that happened.
#[derive(Debug, Clone, PartialEq)]
pub struct Event {
    /// Where in the text it is, for errors.
    pub place: String,
    /// When (UTC).
    pub at: DateTime<Utc>,
    /// What.
    pub what: What,
}

/// What happened.
#[derive(Debug, Clone, PartialEq)]
pub enum What {
    /// News for the public.
    Update {
        /// The status that held with it.
        status: Status,
        /// The news, if there was any.
        message: Option<String>,
        /// The components it names and how they were.
        components: Vec<(Component, ComponentState)>,
    },
    /// Somebody said something.
    Message {
        /// Who.
        author: String,
        /// What.
        text: String,
    },
}
