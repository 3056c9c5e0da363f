//! From a record to logs, through the rules of the core.

use std::collections::HashSet;

use chrono::{DateTime, Utc};

use crate::incident::text::{MAX_TITLE_CHARS, one_line};
use crate::incident::{
    Actor, Command, Component, ComponentState, Context, Entry, Incident, Message, Open, Refusal,
    Source, Status, decide,
};

use super::record::{Event, PastIncident, Record, What};
use super::unnumbered::UNNUMBERED;
use super::{ImportError, MAX_BYTES};

/// What a record comes to.
#[derive(Debug, Clone, PartialEq)]
pub struct TakenOver {
    /// The incidents that are new here, each to be appended as a whole under a number of its own.
    pub new: Vec<TakenOverIncident>,
    /// The titles of those that were taken over before.
    pub known: Vec<String>,
    /// The titles of what is no incident.
    pub left_out: Vec<String>,
}

/// An incident ready to be stored.
#[derive(Debug, Clone, PartialEq)]
pub struct TakenOverIncident {
    /// Its name for ever; must be stored once.
    pub source: Source,
    /// Its title.
    pub title: String,
    /// Its whole log, numbered from 1.
    pub log: Vec<Entry>,
}

/// Runs a record through the core's rules at `now`. `is_known` says whether an incident of that source is stored already; one that
/// the record itself tells twice counts as known the second time.
///
/// # Errors
///
/// [`ImportError`] for the first event that cannot be, with its place; then nothing is to be stored.
pub fn take_over(
    record: &Record,
    is_known: impl Fn(&Source) -> bool,
    now: DateTime<Utc>,
) -> Result<TakenOver, ImportError> {
    if record.incidents.is_empty() && record.left_out.is_empty() {
        return Err(ImportError::Empty);
    }
    let mut taken = TakenOver {
        new: Vec::new(),
        known: Vec::new(),
        left_out: record.left_out.clone(),
    };
    let mut seen = HashSet::new();
    for past in &record.incidents {
        let first = seen.insert((past.source.system, past.source.id.as_str()));
        if !first || is_known(&past.source) {
            taken.known.push(past.title.clone());
            continue;
        }
        let log = log_of(past, now)?;
        taken.new.push(TakenOverIncident {
            source: past.source.clone(),
            title: past.title.clone(),
            log,
        });
    }
    Ok(taken)
}

fn log_of(past: &PastIncident, now: DateTime<Utc>) -> Result<Vec<Entry>, ImportError> {
    let mut events: Vec<&Event> = past.events.iter().collect();
    events.sort_by_key(|event| event.at);
    let first = events.first().ok_or(ImportError::Empty)?;
    let mut teller = Teller {
        now,
        state: None,
        log: Vec::new(),
    };
    teller.tell(
        &past.place,
        &past.author,
        Command::Open(opening(past, first.at)),
    )?;
    for event in events {
        if event.at > now {
            return Err(ImportError::InFuture {
                place: event.place.clone(),
                at: event.at,
            });
        }
        match &event.what {
            What::Message { author, text } => {
                let message = Message {
                    text: text.clone(),
                    edited_at: None,
                    reply_to: None,
                    attachments: Vec::new(),
                };
                teller.tell(
                    &event.place,
                    author,
                    Command::RecordMessage {
                        message,
                        at: event.at,
                    },
                )?;
            }
            What::Update {
                status,
                message,
                components,
            } => {
                for (component, state) in components {
                    teller.component(event, &past.author, component, *state)?;
                }
                teller.update(event, &past.author, *status, message.clone())?;
            }
        }
    }
    Ok(teller.log)
}

fn opening(past: &PastIncident, at: DateTime<Utc>) -> Open {
    let whole = one_line(&past.title);
    let (title, rest) = if whole.chars().count() > MAX_TITLE_CHARS {
        let short: String = whole.chars().take(MAX_TITLE_CHARS - 1).collect();
        (format!("{short}…"), Some(whole))
    } else {
        (whole, None)
    };
    let summary: Vec<&str> = rest
        .iter()
        .chain(&past.summary)
        .map(String::as_str)
        .collect();
    Open {
        summary: (!summary.is_empty()).then(|| summary.join("\n")),
        at: Some(at),
        source: Some(past.source.clone()),
        ..Open::new(title, past.severity)
    }
}

/// Tells the core one command after another and keeps what it says.
struct Teller {
    now: DateTime<Utc>,
    state: Option<Incident>,
    log: Vec<Entry>,
}

impl Teller {
    fn tell(&mut self, place: &str, author: &str, command: Command) -> Result<(), ImportError> {
        let place = || place.to_owned();
        let context = Context {
            actor: Actor::Named {
                name: one_line(author),
            },
            now: self.now,
            origin: None,
        };
        let entries =
            decide(self.state.as_ref(), command, &context).map_err(|refusal| match refusal {
                Refusal::InFuture { at, .. } => ImportError::InFuture { place: place(), at },
                refusal => ImportError::Refused {
                    place: place(),
                    refusal,
                },
            })?;
        for entry in entries {
            let state = Incident::evolve(UNNUMBERED, self.state.take(), &entry);
            self.state = Some(state.map_err(|broken| ImportError::Broken {
                place: place(),
                broken,
            })?);
            self.log.push(entry);
        }
        Ok(())
    }

    /// Status pages say less, and allow more, than the rules for the living: the same status without a word is no news; a postmortem
    /// without an end means that it was over by then; what cannot follow at all is kept as an update in the status that holds.
    fn update(
        &mut self,
        event: &Event,
        author: &str,
        to: Status,
        message: Option<String>,
    ) -> Result<(), ImportError> {
        let message = message.filter(|message| !one_line(message).is_empty());
        let at = Some(event.at);
        let held = self
            .state
            .as_ref()
            .map_or(Status::Investigating, Incident::status_now);
        if to == Status::Postmortem && held.may_become(Status::Resolved) {
            let resolved = Command::SetStatus {
                to: Status::Resolved,
                message: None,
                at,
            };
            self.tell(&event.place, author, resolved)?;
        } else if held == to || !held.may_become(to) {
            return match message {
                Some(message) => self.tell(&event.place, author, Command::Update { message, at }),
                None => Ok(()),
            };
        }
        self.tell(&event.place, author, Command::SetStatus { to, message, at })
    }

    fn component(
        &mut self,
        event: &Event,
        author: &str,
        component: &Component,
        to: ComponentState,
    ) -> Result<(), ImportError> {
        let named = Component(one_line(&component.0));
        let held = self
            .state
            .as_ref()
            .and_then(|state| state.components.get(&named)?.current());
        if held.map_or(ComponentState::Operational, |change| change.value) == to {
            return Ok(());
        }
        let at = Some(event.at);
        self.tell(
            &event.place,
            author,
            Command::SetComponent {
                component: named,
                to,
                at,
            },
        )
    }
}

/// The text, if it is not too long to be read.
pub(super) fn bounded(text: &str) -> Result<&str, ImportError> {
    if text.len() > MAX_BYTES {
        return Err(ImportError::TooBig {
            bytes: text.len(),
            most: MAX_BYTES,
        });
    }
    Ok(text.strip_prefix('\u{feff}').unwrap_or(text))
}

#[cfg(test)]
mod tests;
