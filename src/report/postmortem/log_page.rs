//! The full log in HTML: what the appendix of the Markdown file says, entry by entry.

use std::fmt::Write;

use super::appendix::{Told, count_entries, size};
use super::record::Record;
use super::timeline::is_edit;
use crate::incident::human_time::show;
use crate::incident::{Attachment, Entry, Fact, Line};
use crate::report::moment;
use crate::words::entry::deed;
use crate::words::html;

/// Writing to a `String` has no way to fail.
const INFALLIBLE: &str = "writing to a string cannot fail";

pub(super) fn of(record: &Record<'_>) -> String {
    let mut out = String::with_capacity(record.entries.len() * 300);
    let told = Told::of(record);
    let entries = count_entries(record.entries.len());
    write!(
        out,
        "<p>{entries}, in the order they were recorded.{} \
         An edited or corrected text stands below what it said before.</p>\n<ol class=\"log\">\n",
        told.taken_over.map_or(String::new(), |at| {
            let at = moment::text(at, record.zone);
            format!(" The record was taken over afterwards, at {at}.")
        })
    )
    .expect(INFALLIBLE);
    for entry in record.entries {
        write!(out, "<li id=\"e{}\">", entry.seq.0).expect(INFALLIBLE);
        head(&mut out, record, &told, entry);
        if let Some(line) = record.line(entry.seq) {
            body(&mut out, record, &told, line);
        }
        out.push_str("</li>\n");
    }
    out.push_str("</ol>");
    out
}

/// The entry's number, time, author and deed.
fn head(out: &mut String, record: &Record<'_>, told: &Told<'_>, entry: &Entry) {
    let seq = entry.seq;
    write!(
        out,
        "<p class=\"head\"><a class=\"cite\" href=\"#e{}\">{seq}</a> ",
        seq.0
    )
    .expect(INFALLIBLE);
    let at = record.line(seq).map_or(entry.happened_at, |line| line.at);
    if at != entry.happened_at {
        let was = show(entry.happened_at, record.zone);
        write!(out, "<del>{was}</del> ").expect(INFALLIBLE);
    }
    let at = moment::text(at, record.zone);
    write!(out, "<span class=\"time\">{at}</span> <b>").expect(INFALLIBLE);
    html::push(out, entry.actor.name().trim());
    write!(out, "</b> {}", did(record, told, entry)).expect(INFALLIBLE);
    if let Some(link) = record.link(entry) {
        out.push_str(" · ");
        html::link(out, &link, "message");
    }
    if told.is_late(entry) {
        let recorded = moment::text(entry.recorded_at, record.zone);
        write!(out, " · recorded at {recorded}").expect(INFALLIBLE);
    }
    out.push_str("</p>");
}

fn did(record: &Record<'_>, told: &Told<'_>, entry: &Entry) -> String {
    match (&entry.fact, told.target(entry).map(html::cite)) {
        (Fact::MessagePosted(message), _) => {
            let answered = message.reply_to.and_then(|reply| told.messages.get(&reply));
            match answered {
                Some(answered) => format!("answered {}", html::cite(*answered)),
                None => "wrote".to_owned(),
            }
        }
        (Fact::MessageEdited { .. }, Some(target)) => format!("edited {target}"),
        (Fact::MessageDeleted {}, Some(target)) => format!("{target} was deleted on Discord"),
        (Fact::AttachmentKept { .. }, Some(target)) => format!("kept a file of {target}"),
        _ => record.in_html(|style| deed(entry, None, style).0),
    }
}

/// What it says and said before, its files, what became of it.
fn body(out: &mut String, record: &Record<'_>, told: &Told<'_>, line: &Line<'_>) {
    let hidden = line.redacted_by.is_some();
    for revision in &line.revisions {
        let changed = revision
            .text
            .filter(|text| !hidden && Some(*text) != line.text);
        if let Some(text) = changed {
            quote(out, record, text, "<del>", "</del>");
        }
        let verb = if is_edit(record, revision.by) {
            "edited"
        } else {
            "corrected"
        };
        let at = show(revision.changed_at, record.zone);
        mark(out, &format!("{verb} at {at}, {}", html::cite(revision.by)));
    }
    match (line.redacted_by, line.text) {
        (Some(by), _) => mark(out, &format!("text removed for good, {}", html::cite(by))),
        (None, Some(text)) if !matches!(line.entry.fact, Fact::Renamed { .. }) => {
            quote(out, record, text, "", "");
        }
        _ => {}
    }
    if let Fact::Opened {
        summary: Some(summary),
        ..
    } = &line.entry.fact
        && !hidden
    {
        quote(out, record, summary, "", "");
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
        let by = by.map(|by| format!(", {}", html::cite(*by)));
        let (at, by) = (show(at, record.zone), by.unwrap_or_default());
        mark(
            out,
            &format!("deleted on Discord at {at}{by}; the record keeps it"),
        );
    }
}

/// What people wrote, each of its lines a line.
fn quote(out: &mut String, record: &Record<'_>, text: &str, before: &str, after: &str) {
    let text = record.spoken(text);
    if text.trim().is_empty() {
        return;
    }
    write!(out, "<blockquote>{before}").expect(INFALLIBLE);
    html::push_linked(out, text.trim());
    write!(out, "{after}</blockquote>").expect(INFALLIBLE);
}

fn mark(out: &mut String, safe: &str) {
    write!(out, "<p class=\"mark\">{safe}</p>").expect(INFALLIBLE);
}

fn kept(told: &Told<'_>, line: &Line<'_>, file: &Attachment) -> String {
    let (name, size) = (html::text(&file.name), size(file.size));
    let kept = line.kept.iter().find(|(id, _)| *id == file.id);
    match (kept, told.lost.get(&file.id)) {
        (Some((_, sha256)), _) => {
            format!("📎 {name} ({size}), kept: SHA-256 {}", html::text(sha256))
        }
        (None, Some(reason)) => format!("📎 {name} ({size}), not kept: {}", html::text(reason)),
        (None, None) => format!("📎 {name} ({size}), not kept yet"),
    }
}
