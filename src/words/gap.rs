//! What a postmortem draft lacks or should be looked at, and how it is said:
//! what is missing, and what to do about it.

use crate::incident::{Component, ComponentState, HISTORY, IncidentNumber, Section, Status};

use super::count::{Noun, count};
use super::language::say;
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
        /// By the end of which day, as shown.
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
            Self::NotResolved { status } => say!(
                "{incident} is not over: its status is {status}. This draft tells what is known so far.",
                "{incident} ist nicht vorbei: Sein Status ist „{status}“. Dieser Entwurf sagt, was bisher bekannt ist.",
                status = super::name::status(*status)
            ),
            Self::NoOutage { out } => no_outage(out.as_ref()),
            Self::Promised { by } => {
                let by = by
                    .as_deref()
                    .map_or(String::new(), |by| say!(", by {by}", ", bis {by}"));
                say!(
                    "The public was promised a postmortem{by}. None is published yet.",
                    "Öffentlich versprochen ist ein Postmortem{by}. Veröffentlicht ist noch keines."
                )
            }
            Self::OutageEndUnknown { since } => say!(
                "The end of the outage that began at {since} is not recorded. Add it with /incident outage end.",
                "Das Ende des Ausfalls, der am {since} begann, ist nicht aufgezeichnet. Ergänze es mit /incident outage end."
            ),
            Self::OutageAfterResolved { ended, resolved } => say!(
                "An outage ended at {ended}, after the incident was resolved at {resolved}. One of the times may need /incident correct.",
                "Ein Ausfall endete am {ended}, nachdem der Incident am {resolved} gelöst war. Eine der Zeiten braucht wohl /incident correct."
            ),
            Self::ComponentNotWell { component, state } => say!(
                "{component} is still recorded as {state} although the incident is over.",
                "{component} ist noch als {state} aufgezeichnet, obwohl der Incident vorbei ist.",
                state = name::component_state(*state)
            ),
            Self::NoCause { hinted: false } => say!(
                "No cause is noted: no note, update, status message or key event names one. Add it with /incident note.",
                "Keine Ursache ist vermerkt: Keine Notiz, kein Update, keine Statusmeldung und kein Schlüsselereignis nennt eine. Ergänze sie mit /incident note."
            ),
            Self::NoCause { hinted: true } => say!(
                "No cause is noted: no note, update, status message or key event names one. These messages may; mark the right message as a key event, or add a note.",
                "Keine Ursache ist vermerkt: Keine Notiz, kein Update, keine Statusmeldung und kein Schlüsselereignis nennt eine. Diese Nachrichten vielleicht; markiere die richtige als Schlüsselereignis, oder schreib eine Notiz."
            ),
            Self::NeverIdentified => say!(
                "The status was never “identified”, so the log does not say when the cause was known.",
                "Der Status war nie „Ursache bekannt“, darum sagt das Log nicht, wann die Ursache bekannt war."
            ),
            Self::NothingMarked { messages } => say!(
                "Nobody marked any of the {messages} messages or wrote a note, so fixed rules alone chose what stands in the timeline. Mark what mattered as a key event (right click, or 📌).",
                "Niemand hat eine der {messages} Nachrichten markiert oder eine Notiz geschrieben; was in der Timeline steht, haben allein feste Regeln gewählt. Markiere Wichtiges als Schlüsselereignis (Rechtsklick oder 📌)."
            ),
            Self::NoCommander => say!(
                "Nobody had the role commander.",
                "Niemand hatte die Rolle Commander."
            ),
            Self::NoSummary => say!(
                "No summary was given when the incident was opened.",
                "Beim Eröffnen wurde keine Zusammenfassung angegeben."
            ),
            Self::NothingTold => say!(
                "No update for the public is recorded.",
                "Kein öffentliches Update ist aufgezeichnet."
            ),
            Self::TwoVersions { section } => say!(
                "“{title}” was written by several people at the same time, and all of it stands there. Bring it together with /postmortem write.",
                "„{title}“ haben mehrere zur selben Zeit geschrieben, und alles steht dort. Führe es mit /postmortem write zusammen.",
                title = section::title(*section)
            ),
            Self::NoActions => say!(
                "No action items. Add them with /incident action add.",
                "Keine Aufgaben. Ergänze sie mit /incident action add."
            ),
            Self::NoOwner { action } => say!(
                "Action item {action} has no owner.",
                "Aufgabe {action} hat niemanden, der sie übernimmt."
            ),
            Self::NoDue { action } => say!(
                "Action item {action} has no due date.",
                "Aufgabe {action} hat keinen Termin."
            ),
            Self::Undelivered { what, reason } if what == HISTORY => say!(
                "What was said before could not be read: {reason}",
                "Was vorher gesagt wurde, war nicht zu lesen: {reason}"
            ),
            Self::Undelivered { what, reason } => say!(
                "The {what} could not be delivered: {reason}",
                "Nicht zugestellt werden konnte: {what}. Grund: {reason}",
                what = name::delivered(what)
            ),
            Self::Away { times } => {
                let unknowable = absence::unknowable();
                match times {
                    1 => say!(
                        "Scribe was away once. {unknowable}.",
                        "Scribe war einmal weg. {unknowable}."
                    ),
                    times => say!(
                        "Scribe was away {times} times. {unknowable}.",
                        "Scribe war {times}-mal weg. {unknowable}."
                    ),
                }
            }
            Self::Unread { channels } => {
                let them = count(*channels, Noun::Channel);
                match channels {
                    1 => say!(
                        "After an absence {them} could not be read; what was said there meanwhile may not be in the log.",
                        "Nach einer Abwesenheit war {them} nicht zu lesen; was dort inzwischen gesagt wurde, fehlt vielleicht im Log."
                    ),
                    _ => say!(
                        "After an absence {them} could not be read; what was said there meanwhile may not be in the log.",
                        "Nach einer Abwesenheit waren {them} nicht zu lesen; was dort inzwischen gesagt wurde, fehlt vielleicht im Log."
                    ),
                }
            }
            Self::FilesLost { count: lost } => {
                let files = count(*lost, Noun::File);
                match lost {
                    1 => say!(
                        "{files} could not be kept.",
                        "{files} ließ sich nicht aufbewahren."
                    ),
                    _ => say!(
                        "{files} could not be kept.",
                        "{files} ließen sich nicht aufbewahren."
                    ),
                }
            }
        }
    }
}

fn no_outage(out: Option<&(String, Option<String>)>) -> String {
    let out = match out {
        None => String::new(),
        Some((from, Some(to))) => say!(
            " Components were out from {from} to {to}.",
            " Komponenten waren von {from} bis {to} ausgefallen."
        ),
        Some((from, None)) => say!(
            " Components were out from {from} on.",
            " Komponenten waren ab {from} ausgefallen."
        ),
    };
    say!(
        "No outage window: nobody recorded when users were affected.{out} Add it with /incident outage start and end; it may lie before the declaration.",
        "Kein Ausfall: Niemand hat aufgezeichnet, wann Nutzer betroffen waren.{out} Ergänze ihn mit /incident outage start und end; er darf vor dem Ausrufen liegen."
    )
}
