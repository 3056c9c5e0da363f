//! What a postmortem draft lacks or should be looked at, and how it is said:
//! what is missing, and what to do about it.

use crate::incident::{Component, ComponentState, HISTORY, IncidentNumber, Section, Status};

use super::{absence, name, section};

/// Something the log does not say, or says against itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Gap {
    /// It is still open.
    NotResolved {
        /// Where it stands.
        status: Status,
    },
    /// Nobody said when users were affected.
    NoOutage {
        /// From when to when components were out, as shown; the end where all were well again.
        out: Option<(String, Option<String>)>,
    },
    /// The public was promised a postmortem, and none is published.
    Promised {
        /// Until which day, as shown.
        by: Option<String>,
    },
    /// Nobody said when an outage ended.
    OutageEndUnknown {
        /// When it began, as shown.
        since: String,
    },
    /// An outage ended after the incident was resolved.
    OutageAfterResolved {
        /// When it ended, as shown.
        ended: String,
        /// When it was resolved, as shown.
        resolved: String,
    },
    /// A component is still not well although the incident is over.
    ComponentNotWell {
        /// Which.
        component: Component,
        /// How it is.
        state: ComponentState,
    },
    /// Nothing names a cause.
    NoCause {
        /// Whether messages that are no key events may name one.
        hinted: bool,
    },
    /// The status was never `identified`.
    NeverIdentified,
    /// Nobody marked anything of what was said.
    NothingMarked {
        /// How many messages were written.
        messages: usize,
    },
    /// Nobody led.
    NoCommander,
    /// Nothing said at the start what was known.
    NoSummary,
    /// The public was told nothing.
    NothingTold,
    /// Two people wrote a section at the same time.
    TwoVersions {
        /// Which.
        section: Section,
    },
    /// Nothing is to be done.
    NoActions,
    /// An action item is nobody's.
    NoOwner {
        /// Its number.
        action: u32,
    },
    /// An action item has no due date.
    NoDue {
        /// Its number.
        action: u32,
    },
    /// Something could not be delivered.
    Undelivered {
        /// What.
        what: String,
        /// Why.
        reason: String,
    },
    /// Scribe was away.
    Away {
        /// How often.
        times: usize,
    },
    /// Channels could not be read after an absence.
    Unread {
        /// How many.
        channels: usize,
    },
    /// Files of messages are not kept.
    FilesLost {
        /// How many.
        count: usize,
    },
}

impl Gap {
    /// The sentence. Texts from people in it are not escaped yet.
    #[must_use]
    pub fn said(&self, incident: IncidentNumber) -> String {
        match self {
            Self::NotResolved { status } => {
                format!("{incident} is not over: its status is {status}. This draft tells what is known so far.")
            }
            Self::NoOutage { out } => {
                let out = match out {
                    None => String::new(),
                    Some((from, Some(to))) => format!(" Components were out from {from} to {to}."),
                    Some((from, None)) => format!(" Components were out from {from} on."),
                };
                format!(
                    "No outage window: nobody recorded when users were affected.{out} \
                    Add it with /incident outage start and end; it may lie before the declaration."
                )
            }
            Self::Promised { by } => {
                let by = by.as_deref().map_or(String::new(), |by| format!(", until {by}"));
                format!("The public was promised a postmortem{by}. None is published yet.")
            }
            Self::OutageEndUnknown { since } => format!(
                "The end of the outage that began at {since} is not recorded. Add it with /incident outage end."
            ),
            Self::OutageAfterResolved { ended, resolved } => format!(
                "An outage ended at {ended}, after the incident was resolved at {resolved}. One of the times may need /incident correct."
            ),
            Self::ComponentNotWell { component, state } => format!(
                "{component} is still recorded as {} although the incident is over.",
                name::component_state(*state)
            ),
            Self::NoCause { hinted: false } => "No cause is noted: no note, update, status message or key event \
                names one. Add it with /incident note."
                .to_owned(),
            Self::NoCause { hinted: true } => "No cause is noted: no note, update, status message or key event \
                names one. These may; mark the right message as a key event, or add a note."
                .to_owned(),
            Self::NeverIdentified => {
                "The status was never “identified”, so the log does not say when the cause was known.".to_owned()
            }
            Self::NothingMarked { messages } => format!(
                "Nobody marked any of the {messages} messages or wrote a note, so fixed rules alone chose what stands in the timeline. Mark what mattered as a key event (right click, or 📌)."
            ),
            Self::NoCommander => "Nobody had the role commander.".to_owned(),
            Self::NoSummary => "No summary was given when the incident was opened.".to_owned(),
            Self::NothingTold => "No update for the public is recorded.".to_owned(),
            Self::TwoVersions { section } => format!(
                "“{}” was written by several people at the same time, and all of it stands there. Bring it together with /postmortem write.",
                section::title(*section)
            ),
            Self::NoActions => "No action items. Add them with /incident action add.".to_owned(),
            Self::NoOwner { action } => format!("Action item {action} has no owner."),
            Self::NoDue { action } => format!("Action item {action} has no due date."),
            Self::Undelivered { what, reason } if what == HISTORY => {
                format!("What was said before could not be read: {reason}")
            }
            Self::Undelivered { what, reason } => format!("The {what} could not be delivered: {reason}"),
            Self::Away { times } => {
                let times = if *times == 1 { "once".to_owned() } else { format!("{times} times") };
                format!("Scribe was away {times}. {}.", absence::unknowable())
            }
            Self::Unread { channels } => format!(
                "After an absence {} could not be read; what was said there meanwhile may not be in the log.",
                name::count(*channels, "channel")
            ),
            Self::FilesLost { count } => {
                format!("{} could not be kept.", name::count(*count, "file"))
            }
        }
    }
}
