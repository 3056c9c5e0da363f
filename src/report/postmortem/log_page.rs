//! The full log in HTML: what the appendix of the Markdown file says, entry by entry.

use std::fmt::Write;

use super::appendix::{Told, size};
use super::record::Record;
use super::timeline::is_edit;
use crate::incident::human_time::show;
use crate::incident::{Attachment, Entry, Fact, Line};
use crate::report::moment;
use crate::words::entry::deed;
use crate::words::{html, log as said};

/// Writing to a `String` has no way to fail.
const INFALLIBLE: &str = "writing to a string cannot fail";

pub(super) fn of(record: &Record<'_>) -> String {
    let mut out = String::with_capacity(record.entries.len() * 300);
    let told = Told::of(record);
    let taken_over = told.taken_over.map_or(String::new(), |at| {
        said::taken_over(&moment::text(at, record.zone))
    });
    out.extend([
        "<p>",
        &said::in_order(record.entries.len()),
        &taken_over,
        said::changed_below(),
        "</p>\n<ol class=\"log\">\n",
    ]);
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
        html::link(out, &link, said::message());
    }
    if told.is_late(entry) {
        let recorded = moment::text(entry.recorded_at, record.zone);
        out.push_str(&said::recorded(&recorded));
    }
    out.push_str("</p>");
}

fn did(record: &Record<'_>, told: &Told<'_>, entry: &Entry) -> String {
    match (&entry.fact, told.target(entry).map(html::cite)) {
        (Fact::MessagePosted(message), _) => {
            let answered = message.reply_to.and_then(|reply| told.messages.get(&reply));
            match answered {
                Some(answered) => said::answered(&html::cite(*answered)),
                None => said::wrote(),
            }
        }
        (Fact::MessageEdited { .. }, Some(target)) => said::edited(&target),
        (Fact::MessageDeleted {}, Some(target)) => said::deleted(&target),
        (Fact::AttachmentKept { .. }, Some(target)) => said::kept_file_of(&target),
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
        let at = show(revision.changed_at, record.zone);
        let edit = is_edit(record, revision.by);
        mark(out, &said::changed(edit, &at, &html::cite(revision.by)));
    }
    match (line.redacted_by, line.text) {
        (Some(by), _) => mark(out, &said::removed(&html::cite(by))),
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
        mark(out, &said::gone(&at, &by));
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
        (Some((_, sha256)), _) => said::kept(&name, &size, &html::text(sha256)),
        (None, Some(reason)) => said::not_kept(&name, &size, &html::text(reason)),
        (None, None) => said::not_kept_yet(&name, &size),
    }
}
