//! Mending what the log says: corrections and redactions.

use chrono::{DateTime, Utc};

use super::{Pen, ends_before_start, known, required};
use crate::incident::entry::{Entry, Fact};
use crate::incident::redaction::Redaction;
use crate::incident::refusal::Refusal;
use crate::incident::state::Incident;
use crate::incident::text;

pub(super) fn correct(
    log: &mut Pen<'_>,
    incident: &Incident,
    target: &Entry,
    text: Option<String>,
    at: Option<DateTime<Utc>>,
) -> Result<(), Refusal> {
    let entry = target.seq;
    known(incident, entry)?;
    let text = text.map(|text| required("text", &text)).transpose()?;
    if text.is_none() && at.is_none() {
        return Err(Refusal::NothingToCorrect);
    }
    let kind = target.fact.kind();
    match (correctable(&target.fact), &text) {
        (None, _) => return Err(Refusal::NotCorrectable { entry, kind }),
        (Some(Correctable::TimeOnly), Some(_)) => {
            return Err(Refusal::NoTextToCorrect { entry, kind });
        }
        _ => {}
    }
    if incident.redacted.contains(&entry) {
        return Err(Refusal::AlreadyRedacted { entry });
    }
    let at = at.map(|at| log.moment(Some(at))).transpose()?;
    if let Some(at) = at {
        for window in &incident.outages {
            let start = if window.seq == entry {
                at
            } else {
                window.start
            };
            let end = match window.end {
                Some((_, by)) if by == entry => at,
                Some((end, _)) => end,
                None => continue,
            };
            if end < start {
                return Err(ends_before_start(window, start, end));
            }
        }
    }
    log.write_now(Fact::Corrected { entry, text, at });
    Ok(())
}

enum Correctable {
    TextAndTime,
    TimeOnly,
}

/// What of an entry may be corrected. What Scribe notes about the record
/// itself cannot; it has commands of its own or is simply so.
fn correctable(fact: &Fact) -> Option<Correctable> {
    match fact {
        Fact::StatusChanged { .. }
        | Fact::Updated { .. }
        | Fact::Noted { .. }
        | Fact::SeverityChanged { .. }
        | Fact::ActionAdded { .. }
        | Fact::MessagePosted(_) => Some(Correctable::TextAndTime),
        Fact::Opened { .. }
        | Fact::ComponentChanged { .. }
        | Fact::OutageStarted { .. }
        | Fact::OutageEnded { .. }
        | Fact::RoleGiven { .. } => Some(Correctable::TimeOnly),
        _ => None,
    }
}

pub(super) fn redact(
    log: &mut Pen<'_>,
    incident: &Incident,
    redaction: Redaction,
) -> Result<(), Refusal> {
    let reason = required("reason", &text::one_line(&redaction.reason))?;
    let mut entries = redaction.entries;
    entries.sort_unstable();
    entries.dedup();
    for entry in &entries {
        known(incident, *entry)?;
    }
    if let Some(entry) = entries.iter().find(|e| incident.redacted.contains(e)) {
        return Err(Refusal::AlreadyRedacted { entry: *entry });
    }
    log.write_now(Fact::Redacted {
        entries,
        messages: redaction.messages,
        reason,
    });
    Ok(())
}
