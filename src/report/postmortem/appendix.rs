//! The full log: every entry, in the order of its number, with an anchor that
//! the draft's citations lead to.
//!
//! Written straight into the file, because a log is long and of one form. What
//! tells of another entry (an edit, a deletion, a correction) is a line here
//! and is shown at the entry it tells of.

use std::collections::HashMap;
use std::fmt::Write;

use chrono::{DateTime, TimeDelta, Utc};

use super::record::{Record, cite};
use super::timeline::is_edit;
use crate::incident::human_time::{show, to_minute};
use crate::incident::{Attachment, AttachmentId, Entry, Fact, Line, MessageId, Seq};
use crate::report::moment;
use crate::words::count::{Noun, count};
use crate::words::entry::deed;
use crate::words::{log as said, markdown};

/// Writing to a `String` has no way to fail.
const INFALLIBLE: &str = "writing to a string cannot fail";

/// How much later than it happened a thing was written down before that is said.
const BACKDATED: TimeDelta = TimeDelta::minutes(1);

/// How long after its beginning an incident was taken over as a whole.
const TAKEN_OVER: TimeDelta = TimeDelta::days(1);

pub(super) fn push(out: &mut String, record: &Record<'_>) {
    out.reserve(record.entries.len() * 200);
    let told = Told::of(record);
    out.extend(["<a id=\"log\"></a>\n\n## ", said::heading(), "\n\n"]);
    out.push_str(&said::in_order(record.entries.len()));
    if let Some(at) = told.taken_over {
        let at = moment::text(at, record.zone);
        out.push_str(&said::taken_over(&at));
    }
    out.extend([said::changed_below(), "\n\n"]);
    for entry in record.entries {
        head(out, record, &told, entry);
        if let Some(line) = record.line(entry.seq) {
            body(out, record, &told, line);
        }
        out.push('\n');
    }
    out.truncate(out.trim_end().len());
    out.push('\n');
}

/// What entries say about other entries, and when the log was begun.
pub(super) struct Told<'a> {
    pub(super) messages: HashMap<MessageId, Seq>,
    pub(super) deletions: HashMap<MessageId, Seq>,
    pub(super) lost: HashMap<AttachmentId, &'a str>,
    pub(super) taken_over: Option<DateTime<Utc>>,
}

impl<'a> Told<'a> {
    pub(super) fn of(record: &Record<'a>) -> Self {
        let mut told = Self {
            messages: HashMap::new(),
            deletions: HashMap::new(),
            lost: HashMap::new(),
            taken_over: None,
        };
        for entry in record.entries {
            let message = entry.origin.map(|origin| origin.message);
            match (&entry.fact, message) {
                (Fact::MessagePosted(_), Some(message)) => {
                    told.messages.entry(message).or_insert(entry.seq);
                }
                (Fact::MessageDeleted {}, Some(message)) => {
                    told.deletions.entry(message).or_insert(entry.seq);
                }
                (Fact::AttachmentLost { attachment, reason }, _) => {
                    told.lost.insert(*attachment, reason);
                }
                _ => {}
            }
        }
        let first = record.entries.first();
        let late = first.filter(|first| first.recorded_at - first.happened_at >= TAKEN_OVER);
        told.taken_over = late.map(|first| first.recorded_at);
        told
    }

    /// The message an entry tells of, where it is in the log.
    pub(super) fn target(&self, entry: &Entry) -> Option<Seq> {
        let message = entry.origin?.message;
        self.messages
            .get(&message)
            .copied()
            .filter(|seq| *seq != entry.seq)
    }

    /// Whether it was written down notably later than it happened, and not
    /// because the whole incident was taken over afterwards.
    pub(super) fn is_late(&self, entry: &Entry) -> bool {
        let late = entry.recorded_at - entry.happened_at >= BACKDATED;
        let recorded = to_minute(entry.recorded_at);
        let with_the_rest = self.taken_over.is_some_and(|at| to_minute(at) == recorded);
        late && !with_the_rest
    }
}

/// The entry's number, time, author and deed.
fn head(out: &mut String, record: &Record<'_>, told: &Told<'_>, entry: &Entry) {
    let seq = entry.seq;
    write!(out, "<a id=\"e{}\"></a>**{seq}** · ", seq.0).expect(INFALLIBLE);
    let line = record.line(seq);
    let at = line.map_or(entry.happened_at, |line| line.at);
    if at != entry.happened_at {
        let was = show(entry.happened_at, record.zone);
        write!(out, "~~{was}~~ ").expect(INFALLIBLE);
    }
    moment::push(out, at, record.zone);
    out.push_str(" · **");
    markdown::push(out, entry.actor.name().trim());
    out.push_str("** · ");
    out.push_str(&did(record, told, entry));
    if let Some(link) = record.link(entry) {
        write!(out, " · [{}]({link})", said::message()).expect(INFALLIBLE);
    }
    if told.is_late(entry) {
        let recorded = moment::text(entry.recorded_at, record.zone);
        out.push_str(&said::recorded(&recorded));
    }
    out.push('\n');
}

fn did(record: &Record<'_>, told: &Told<'_>, entry: &Entry) -> String {
    match (&entry.fact, told.target(entry).map(cite)) {
        (Fact::MessagePosted(message), _) => {
            let answered = message.reply_to.and_then(|reply| told.messages.get(&reply));
            match answered {
                Some(answered) => said::answered(&cite(*answered)),
                None => said::wrote(),
            }
        }
        (Fact::MessageEdited { .. }, Some(target)) => said::edited(&target),
        (Fact::MessageDeleted {}, Some(target)) => said::deleted(&target),
        (Fact::AttachmentKept { .. }, Some(target)) => said::kept_file_of(&target),
        _ => record.escaped(|style| deed(entry, None, style).0),
    }
}

/// What it says and said before, its files, what became of it.
fn body(out: &mut String, record: &Record<'_>, told: &Told<'_>, line: &Line<'_>) {
    let hidden = line.redacted_by.is_some();
    for revision in &line.revisions {
        let changed = revision
            .text
            .filter(|text| !hidden && Some(*text) != line.text);
        if let Some(text) = changed.filter(|text| !text.trim().is_empty()) {
            gap(out);
            markdown::push_quote(out, &record.spoken(text), "~~");
        }
        let (by, at) = (cite(revision.by), show(revision.changed_at, record.zone));
        let changed = said::changed(is_edit(record, revision.by), &at, &by);
        mark(out, &format!("*{changed}*"));
    }
    match (line.redacted_by, line.text) {
        (Some(by), _) => mark(out, &format!("*{}*", said::removed(&cite(by)))),
        (None, Some(text)) if !matches!(line.entry.fact, Fact::Renamed { .. }) => {
            gap(out);
            markdown::push_quote(out, &record.spoken(text), "");
        }
        _ => {}
    }
    if let Fact::Opened {
        summary: Some(summary),
        ..
    } = &line.entry.fact
        && !hidden
    {
        gap(out);
        markdown::push_quote(out, &record.spoken(summary), "");
    }
    if let Fact::MessagePosted(message) = &line.entry.fact {
        for file in &message.attachments {
            mark(out, &kept(told, line, file));
        }
    }
    if let Some(at) = line.deleted_at {
        let by = line
            .entry
            .origin
            .and_then(|origin| told.deletions.get(&origin.message));
        let by = by.map(|by| format!(", {}", cite(*by))).unwrap_or_default();
        let at = show(at, record.zone);
        mark(out, &format!("*{}*", said::gone(&at, &by)));
    }
}

/// A paragraph of its own in the quotation.
fn mark(out: &mut String, text: &str) {
    gap(out);
    out.push_str("> ");
    out.push_str(text);
    out.push('\n');
}

/// Parts what follows from a quotation above it.
fn gap(out: &mut String) {
    let last = out
        .trim_end_matches('\n')
        .rfind('\n')
        .map_or(0, |at| at + 1);
    if out[last..].starts_with('>') {
        out.push_str(">\n");
    }
}

fn kept(told: &Told<'_>, line: &Line<'_>, file: &Attachment) -> String {
    let name = markdown::line(&file.name);
    let size = size(file.size);
    let kept = line.kept.iter().find(|(id, _)| *id == file.id);
    match (kept, told.lost.get(&file.id)) {
        (Some((_, sha256)), _) => said::kept(&name, &size, &markdown::line(sha256)),
        (None, Some(reason)) => said::not_kept(&name, &size, &markdown::line(reason)),
        (None, None) => said::not_kept_yet(&name, &size),
    }
}

pub(super) fn size(bytes: u64) -> String {
    match bytes {
        0..1_000 => count(usize::try_from(bytes).unwrap_or(usize::MAX), Noun::Byte),
        1_000..1_000_000 => format!("{} kB", bytes.div_ceil(1_000)),
        _ => format!("{} MB", bytes.div_ceil(1_000_000)),
    }
}
