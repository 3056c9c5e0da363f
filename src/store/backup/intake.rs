//! In, the pure half: whether a line may follow those before it and what rows
//! it stands for. Nothing here touches a database, so all of it can be tried
//! with any bytes.

use std::collections::BTreeSet;
use std::io::{BufRead, Read};

use chrono::{DateTime, Datelike, Utc};
use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};

use super::error::RestoreError;
use super::form::{
    End, EntryLine, FORM, Line, OutboxLine, PublicationLine, SettingsLine, TemplateLine,
};
use crate::incident::{
    Actor, DocumentFormat, Entry, Fact, GuildSettings, Incident, IncidentKey, Outgoing, Seq, YEARS,
};
use crate::store::chain;
use crate::store::document_hash;
use crate::store::projection::IncidentRow;
use crate::store::row::{self, EntryRow};

/// The longest line, in bytes. The longest entry is a thousandth of it.
const LONGEST: u64 = 16 * 1024 * 1024;

/// What was restored, or would be.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Restored {
    /// How many incidents.
    pub incidents: u64,
    /// How many entries.
    pub entries: u64,
    /// How many versions of settings.
    pub settings: u64,
    /// How much has still to be said.
    pub outbox: u64,
}

/// What a line brings.
#[derive(Debug, Default)]
pub(super) struct Taken {
    /// The incident that ended with the line before.
    pub(super) finished: Option<IncidentRow>,
    /// The line, where it stands for a row.
    pub(super) row: Option<Row>,
}

/// A row to be written.
#[derive(Debug)]
pub(super) enum Row {
    Entry(Box<(IncidentKey, EntryRow, Entry)>),
    Other(Line),
}

/// The incident whose entries are being read.
#[derive(Debug)]
struct Current {
    state: Incident,
    hash: String,
    textless: BTreeSet<Seq>,
}

/// Reads lines in order.
#[derive(Debug, Default)]
pub(super) struct Intake {
    sha: Sha256,
    lines: u64,
    ended: bool,
    current: Option<Current>,
    last_key: Option<IncidentKey>,
    restored: Restored,
}

type Reason = String;

impl Intake {
    /// Reads a file to its end and gives what it brings, line by line.
    pub(super) fn next(&mut self, file: &mut dyn BufRead) -> Result<Option<Taken>, RestoreError> {
        let line = self.lines + 1;
        let wrong = |reason| RestoreError::Line { line, reason };
        let mut bytes = Vec::new();
        file.take(LONGEST).read_until(b'\n', &mut bytes)?;
        if bytes.is_empty() {
            let cut = "the file ends here, without its last line: it was cut".to_owned();
            return if self.ended {
                Ok(None)
            } else {
                Err(wrong(cut))
            };
        }
        self.take(&bytes).map(Some).map_err(wrong)
    }

    /// All that was read; asked after the last line.
    pub(super) fn restored(&self) -> Restored {
        self.restored
    }

    fn take(&mut self, bytes: &[u8]) -> Result<Taken, Reason> {
        if self.ended {
            return Err("something stands after the last line".to_owned());
        }
        let text = bytes
            .strip_suffix(b"\n")
            .ok_or("the line is cut, or longer than any that Scribe writes")?;
        let line: Line = serde_json::from_slice(text)
            .map_err(|error| format!("it is no line of `scribe export`: {error}"))?;
        match (&line, self.lines) {
            (Line::ScribeExport(head), 0) if head.form == FORM => {}
            (Line::ScribeExport(head), 0) => {
                return Err(format!(
                    "the file was written by another version of Scribe (form {}, this one reads {FORM})",
                    head.form
                ));
            }
            (Line::ScribeExport(_), _) => {
                return Err("a file begins in the middle of another".to_owned());
            }
            (_, 0) => {
                return Err(
                    "it is no file of `scribe export`, which begins by naming its form".to_owned(),
                );
            }
            _ => {}
        }
        if let Line::End(end) = &line {
            self.check_end(end)?;
        }
        self.sha.update(bytes);
        self.lines += 1;
        let row = match line {
            Line::Entry(line) => return self.entry(*line),
            Line::ScribeExport(_) | Line::End(_) => None,
            other => Some(Row::Other(self.other(other)?)),
        };
        let finished = self.finish()?;
        Ok(Taken { finished, row })
    }

    fn check_end(&mut self, end: &End) -> Result<(), Reason> {
        if end.lines != self.lines {
            return Err(format!(
                "{} lines stand before the last, and it says {}: some were added or taken out",
                self.lines, end.lines
            ));
        }
        let found = chain::hex(&self.sha.clone().finalize());
        if end.sha256 != found {
            return Err(format!(
                "the file was changed after it was written: the SHA-256 of what stands before is {found}, and this line says {}",
                end.sha256.escape_debug()
            ));
        }
        self.ended = true;
        Ok(())
    }

    fn entry(&mut self, line: EntryLine) -> Result<Taken, Reason> {
        let row = line
            .row()
            .map_err(|error| format!("its fact is none: {error}"))?;
        let key = row::key(row.guild, row.number);
        let mut taken = Taken::default();
        if self.last_key != Some(key) {
            taken.finished = self.finish()?;
            if row.number == 0 || self.last_key.is_some_and(|last| last >= key) {
                return Err(format!(
                    "{} of guild {} is out of order",
                    key.number, key.guild
                ));
            }
            self.last_key = Some(key);
            self.restored.incidents += 1;
        }
        let entry = row.entry().map_err(|error| error.to_string())?;
        let name = format!("entry {} of {}", entry.seq, key.number);
        for at in entry.times() {
            year(at)?;
        }
        let before = self.current.take();
        let previous = before.as_ref().map_or("", |one| one.hash.as_str());
        let same_body = match &row.salt {
            Some(salt) => chain::body_digest(salt, &row.body) == row.body_digest,
            None => entry.fact == entry.fact.redacted(),
        };
        if !same_body {
            return Err(format!(
                "{name} was changed: its text does not match its hash"
            ));
        }
        if chain::hash(previous, &row) != row.hash {
            return Err(format!(
                "{name} was changed, or one before it is gone: it does not match its hash"
            ));
        }
        if row.once_last.is_some_and(|last| last < row.seq) {
            return Err(format!("{name} ends before it begins"));
        }
        if let Fact::Redacted { entries, .. } = &entry.fact
            && entries.iter().any(|of| *of >= entry.seq || *of == Seq(0))
        {
            return Err(format!("{name} redacts what is not before it"));
        }
        let (state, mut textless) =
            before.map_or_else(Default::default, |one| (Some(one.state), one.textless));
        let state = Incident::evolve(key, state, &entry).map_err(|error| error.to_string())?;
        if row.salt.is_none() {
            textless.insert(entry.seq);
        }
        let hash = row.hash.clone();
        self.current = Some(Current {
            state,
            hash,
            textless,
        });
        self.restored.entries += 1;
        taken.row = Some(Row::Entry(Box::new((key, row, entry))));
        Ok(taken)
    }

    /// Ends the incident that is being read, if there is one.
    fn finish(&mut self) -> Result<Option<IncidentRow>, Reason> {
        let Some(Current {
            state,
            hash,
            textless,
        }) = self.current.take()
        else {
            return Ok(None);
        };
        if let Some(seq) = textless.symmetric_difference(&state.redacted).next() {
            let number = state.key.number;
            return Err(match textless.contains(seq) {
                true => format!(
                    "entry {seq} of {number}, before this line, lost its text without a redaction"
                ),
                false => format!(
                    "entry {seq} of {number}, before this line, was redacted and still has its text"
                ),
            });
        }
        let row = IncidentRow::new(&state, &hash).map_err(|error| error.to_string())?;
        Ok(Some(row))
    }

    fn other(&mut self, line: Line) -> Result<Line, Reason> {
        match &line {
            Line::Settings(SettingsLine {
                settings,
                actor,
                saved_at,
                ..
            }) => {
                meant::<GuildSettings>("settings", settings)?;
                meant::<Actor>("actor", actor)?;
                year(*saved_at)?;
                self.restored.settings += 1;
            }
            Line::Template(TemplateLine {
                format,
                actor,
                saved_at,
                ..
            }) => {
                let known = format.parse::<DocumentFormat>();
                known.map_err(|_| "a template of no format".to_owned())?;
                meant::<Actor>("actor", actor)?;
                year(*saved_at)?;
            }
            Line::Outbox(OutboxLine {
                what,
                created_at,
                due_at,
                failed_at,
                ..
            }) => {
                meant::<Outgoing>("what", what)?;
                year(*created_at)?;
                year(*due_at)?;
                failed_at.map_or(Ok(()), year)?;
                self.restored.outbox += 1;
            }
            Line::Publication(PublicationLine {
                document,
                sha256,
                redacted_by,
                ..
            }) => {
                if document.is_some() == redacted_by.is_some() {
                    return Err("a document is there or was removed by an entry".to_owned());
                }
                if document
                    .as_deref()
                    .is_some_and(|text| document_hash(text) != *sha256)
                {
                    return Err(
                        "a published document was changed: it does not match its hash".to_owned(),
                    );
                }
            }
            Line::Post(post) => year(post.posted_at)?,
            Line::Period(period) => year(period.done_at)?,
            Line::Heard(heard) => year(heard.at)?,
            _ => {}
        }
        Ok(line)
    }
}

fn meant<T: DeserializeOwned>(name: &str, json: &str) -> Result<(), Reason> {
    let read = serde_json::from_str::<T>(json);
    read.map(drop)
        .map_err(|error| format!("its {name} means nothing: {error}"))
}

fn year(at: DateTime<Utc>) -> Result<(), Reason> {
    match at.year() {
        year if YEARS.contains(&year) => Ok(()),
        year => Err(format!("the year {year} has not four digits")),
    }
}

/// Reads an export to its end and checks all of it, without a store.
///
/// # Errors
/// The line that is wrong and why, or the file cannot be read.
pub fn check_export(file: &mut dyn BufRead) -> Result<Restored, RestoreError> {
    let mut intake = Intake::default();
    while intake.next(file)?.is_some() {}
    Ok(intake.restored())
}
