//! The log as a timeline: each thing that happened once, as it is known now,
//! with its corrections, edits and deletion gathered at it.

use std::collections::HashMap;

use chrono::{DateTime, Utc};

use super::entry::{Entry, Fact, REDACTED};
use super::handover::Passing;
use super::id::{AttachmentId, MessageId, Seq};

/// One line of a timeline.
#[derive(Clone, Debug, PartialEq)]
pub struct Line<'a> {
    /// The entry it stands on.
    pub entry: &'a Entry,
    /// When it happened, as last corrected (UTC).
    pub at: DateTime<Utc>,
    /// What was written, as last edited or corrected.
    pub text: Option<&'a str>,
    /// Former texts and times, oldest first.
    pub revisions: Vec<Revision<'a>>,
    /// When it was deleted on Discord (UTC). The record keeps it.
    pub deleted_at: Option<DateTime<Utc>>,
    /// Whether it is a key event.
    pub key: bool,
    /// Whether its text was removed for good, and the entry that says why.
    pub redacted_by: Option<Seq>,
    /// What settled an offer of command: that it was accepted, declined or taken back.
    pub settled: Option<&'a Entry>,
    /// Its files that are kept, with their SHA-256 in hex.
    pub kept: Vec<(AttachmentId, &'a str)>,
}

/// What a line said before.
#[derive(Clone, Debug, PartialEq)]
pub struct Revision<'a> {
    /// The entry that changed it.
    pub by: Seq,
    /// When that was (UTC).
    pub changed_at: DateTime<Utc>,
    /// The text before.
    pub text: Option<&'a str>,
    /// The time before, where that was corrected (UTC).
    pub at: Option<DateTime<Utc>>,
}

impl Line<'_> {
    /// Whether it was recorded only after its author had edited it.
    #[must_use]
    pub fn came_edited(&self) -> bool {
        matches!(&self.entry.fact, Fact::MessagePosted(message) if message.edited_at.is_some())
    }

    /// Whether it once said something else, be that recorded or not.
    #[must_use]
    pub fn is_changed(&self) -> bool {
        self.came_edited() || !self.revisions.is_empty()
    }

    /// Whether it belongs in the short timeline of what people decided and
    /// told: status changes, key events, notes, updates and their like.
    #[must_use]
    pub fn is_key(&self) -> bool {
        // What came of it is told by the line that passed command.
        let accepted = |by: &Entry| matches!(by.fact, Fact::RoleGiven { .. });
        if matches!(self.entry.fact, Fact::HandoverOffered(_)) {
            return self.key || !self.settled.is_some_and(accepted);
        }
        self.key
            || matches!(
                self.entry.fact,
                Fact::Opened { .. }
                    | Fact::StatusChanged { .. }
                    | Fact::Updated { .. }
                    | Fact::Noted { .. }
                    | Fact::SeverityChanged { .. }
                    | Fact::ComponentChanged { .. }
                    | Fact::OutageStarted { .. }
                    | Fact::OutageEnded { .. }
                    | Fact::RoleGiven { .. }
                    | Fact::Absence { .. }
            )
    }
}

/// The lines of a log in the order things happened. Entries that tell about
/// other entries (edits, corrections, marks, kept files) are gathered at the
/// line they tell about. `entries` is in the order of `seq`.
#[must_use]
pub fn timeline(entries: &[Entry]) -> Vec<Line<'_>> {
    let mut lines: Vec<Line<'_>> = Vec::new();
    let mut by_seq: HashMap<Seq, usize> = HashMap::new();
    let mut by_message: HashMap<MessageId, usize> = HashMap::new();
    let mut edits: Vec<(usize, &Entry, &str)> = Vec::new();
    let messages = entries
        .iter()
        .filter(|e| matches!(e.fact, Fact::MessagePosted(_)));
    for entry in messages {
        push(&mut lines, &mut by_seq, entry);
        if let Some(origin) = entry.origin {
            by_message.insert(origin.message, lines.len() - 1);
        }
    }
    for entry in entries {
        let message = entry
            .origin
            .and_then(|origin| by_message.get(&origin.message));
        match &entry.fact {
            Fact::MessagePosted(_) => {}
            Fact::MessageEdited { text } => match message {
                Some(line) => edits.push((*line, entry, text)),
                None => push(&mut lines, &mut by_seq, entry),
            },
            Fact::MessageDeleted {} => match message {
                Some(line) => lines[*line].deleted_at = Some(entry.happened_at),
                None => push(&mut lines, &mut by_seq, entry),
            },
            Fact::AttachmentKept { attachment, sha256 } => {
                if let Some(line) = message
                    && sha256 != REDACTED
                {
                    lines[*line].kept.push((*attachment, sha256));
                }
            }
            Fact::KeyMarked { entry: marked, .. } => set_key(&mut lines, &by_seq, *marked, true),
            Fact::KeyUnmarked { entry: marked } => set_key(&mut lines, &by_seq, *marked, false),
            Fact::Corrected { .. } | Fact::Redacted { .. } => {}
            Fact::HandoverEnded(end) => {
                if let Some(line) = by_seq.get(&end.offer) {
                    lines[*line].settled = Some(entry);
                }
            }
            Fact::RoleGiven { by, .. } => {
                push(&mut lines, &mut by_seq, entry);
                if let Some(Passing::Handover { offer }) = by
                    && let Some(line) = by_seq.get(offer)
                {
                    lines[*line].settled = Some(entry);
                }
            }
            Fact::AttachmentLost { .. }
            | Fact::DeliveryFailed { .. }
            | Fact::DeliveryRecovered { .. }
            | Fact::PlaceOpened { .. }
            | Fact::PlaceArchived { .. }
            | Fact::PlaceRestored {}
            | Fact::ThreadFollowed { .. } => {}
            _ => push(&mut lines, &mut by_seq, entry),
        }
    }
    apply_edits(&mut lines, edits);
    apply_corrections(&mut lines, &by_seq, entries);
    tell_with_acceptance(&mut lines, &by_seq);
    lines.sort_by_key(|line| {
        let (_, message, seq) = line.entry.order();
        (line.at, message, seq)
    });
    lines
}

fn push<'a>(lines: &mut Vec<Line<'a>>, by_seq: &mut HashMap<Seq, usize>, entry: &'a Entry) {
    by_seq.insert(entry.seq, lines.len());
    lines.push(Line {
        entry,
        at: entry.happened_at,
        text: entry.fact.text(),
        revisions: Vec::new(),
        deleted_at: None,
        key: matches!(entry.fact, Fact::Noted { key: true, .. }),
        redacted_by: None,
        settled: None,
        kept: Vec::new(),
    });
}

fn set_key(lines: &mut [Line<'_>], by_seq: &HashMap<Seq, usize>, entry: Seq, key: bool) {
    if let Some(line) = by_seq.get(&entry) {
        lines[*line].key = key;
    }
}

/// That command passed is told with what was said when it was offered.
fn tell_with_acceptance(lines: &mut [Line<'_>], by_seq: &HashMap<Seq, usize>) {
    for place in 0..lines.len() {
        let settled = lines[place].settled.map(|by| by.seq);
        let accepted = settled.and_then(|by| by_seq.get(&by));
        if let Some(accepted) = accepted {
            lines[*accepted].text = lines[place].text;
        }
    }
}

/// Edits count in the order people made them, not in the order they arrived.
fn apply_edits<'a>(lines: &mut [Line<'a>], mut edits: Vec<(usize, &'a Entry, &'a str)>) {
    edits.sort_by_key(|(_, entry, _)| (entry.happened_at, entry.seq));
    for (line, entry, text) in edits {
        let line = &mut lines[line];
        let edited_already = match &line.entry.fact {
            Fact::MessagePosted(message) => message.edited_at,
            _ => None,
        };
        // It says what was there before the text that was recorded first.
        let earlier = edited_already.filter(|recorded| entry.happened_at < *recorded);
        line.revisions.push(match earlier {
            Some(recorded) => Revision {
                by: line.entry.seq,
                changed_at: recorded,
                text: Some(text),
                at: None,
            },
            None => Revision {
                by: entry.seq,
                changed_at: entry.happened_at,
                text: line.text.replace(text),
                at: None,
            },
        });
    }
}

fn apply_corrections<'a>(
    lines: &mut [Line<'a>],
    by_seq: &HashMap<Seq, usize>,
    entries: &'a [Entry],
) {
    for correction in entries {
        match &correction.fact {
            Fact::Corrected { entry, text, at } => {
                let Some(line) = by_seq.get(entry) else {
                    continue;
                };
                let line = &mut lines[*line];
                line.revisions.push(Revision {
                    by: correction.seq,
                    changed_at: correction.recorded_at,
                    text: line.text,
                    at: at.map(|_| line.at),
                });
                line.text = text.as_deref().or(line.text);
                line.at = at.unwrap_or(line.at);
            }
            Fact::Redacted { entries, .. } => {
                for entry in entries {
                    if let Some(line) = by_seq.get(entry) {
                        lines[*line].redacted_by = Some(correction.seq);
                        lines[*line].text = lines[*line].text.map(|_| REDACTED);
                    }
                }
            }
            _ => {}
        }
    }
}
