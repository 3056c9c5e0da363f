//! What is said while a channel becomes an incident's, or what was said in it
//! becomes one of the past.

use chrono::{DateTime, Utc};

use crate::incident::{Incident, IncidentNumber};

use super::name::count;
use super::speech::Speech;

/// The channel is an incident's already.
#[must_use]
pub fn already(incident: &Incident) -> String {
    let number = incident.key.number;
    let way_out = if incident.status_now().is_open() {
        "Its commands work right here."
    } else {
        "`/incident reopen` takes it up again; for another incident open a thread here and adopt that, or use `/incident open`."
    };
    format!("This channel is {number}'s already, and what is said here is in its record. {way_out}")
}

/// The channel is that of an incident they may not know of.
#[must_use]
pub fn taken() -> String {
    "This channel is already an incident's. Open a thread here and adopt that, or use `/incident open`."
        .to_owned()
}

/// Scribe may not do there what it has to.
#[must_use]
pub fn scribe_may_not(missing: &[&str]) -> String {
    format!(
        "I cannot keep the record of this channel: here I lack {}. Give my role these permissions in this channel and send the command again; nothing was opened.",
        super::name::list(missing)
    )
}

/// The end lies before the beginning.
#[must_use]
pub fn ends_before_it_begins(
    since: DateTime<Utc>,
    until: DateTime<Utc>,
    speech: &Speech,
) -> String {
    format!(
        "`until` ({}) lies before `since` ({}). Swap them, or write the day too; nothing was opened.",
        speech.time(until),
        speech.time(since)
    )
}

/// An incident of the past needs to know when it began.
#[must_use]
pub fn until_without_since() -> String {
    "`until` takes over an incident that is over, which needs `since` too: when it began. Leave `until` out while people still work on it."
        .to_owned()
}

/// More was said than is taken over at once.
#[must_use]
pub fn too_many(most: usize, since: DateTime<Utc>, speech: &Speech) -> String {
    format!(
        "More than {most} messages were written here since {}. Name a later `since`, or an `until`; nothing was opened.",
        speech.time(since)
    )
}

/// How far it is.
#[must_use]
pub fn progress(number: IncidentNumber, done: u32, of: usize) -> String {
    format!(
        "{number} is this channel's. Its history is being recorded: {done} of about {of} messages …"
    )
}

/// The channel is the incident's now.
#[must_use]
pub fn adopted(
    incident: &Incident,
    messages: u32,
    since: DateTime<Utc>,
    all: bool,
    speech: &Speech,
) -> String {
    let mut said = format!(
        "This is {} now. {} recorded, since {}, and so is all that is said here from now on. The pinned card has the next steps.",
        incident.key.number,
        history(messages as usize),
        speech.time(since)
    );
    if incident.private {
        said += " It is private, as this channel is: nobody else is told of it.";
    }
    if !all {
        said += " Discord did not give all of the history yet; the rest is recorded as soon as it does.";
    }
    said
}

/// What was said in a span is an incident of the past.
#[must_use]
pub fn imported(
    number: IncidentNumber,
    taken: usize,
    left: usize,
    span: (DateTime<Utc>, DateTime<Utc>),
    speech: &Speech,
) -> String {
    let mut said = format!(
        "{number} is in the record: {} from {} to {}, resolved at its end. `/postmortem show incident:{number}` shows its draft, `/incident outage start` and `end` tell when users were affected.",
        count(taken, "message"),
        speech.time(span.0),
        speech.time(span.1)
    );
    if left > 0 {
        said += &format!(
            " {} of that time stood in another incident's record already and stayed there.",
            count(left, "message")
        );
    }
    said
}

/// Exactly this was taken over before.
#[must_use]
pub fn imported_before() -> String {
    "Exactly this span of this channel was taken over before; `/incident list past:True` shows it. Nothing was recorded twice."
        .to_owned()
}

/// Nothing was said in the span.
#[must_use]
pub fn nothing_said(span: (DateTime<Utc>, DateTime<Utc>), speech: &Speech) -> String {
    format!(
        "Nobody wrote anything here from {} to {} that is not in a record already. Nothing was opened: look at the times, or use the channel where it was written.",
        speech.time(span.0),
        speech.time(span.1)
    )
}

fn history(messages: usize) -> String {
    match messages {
        0 => "No earlier message had to be".to_owned(),
        1 => "The one message is".to_owned(),
        many => format!("The {many} messages are"),
    }
}
