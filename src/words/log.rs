//! The full log below a draft: what is said there of entries. What stands in
//! the sentences is written for a Markdown or an HTML file already.

use super::count::{Noun, count};
use super::language::{say, word};

/// `12 entries, in the order they were recorded.`
#[must_use]
pub fn in_order(entries: usize) -> String {
    let entries = count(entries, Noun::Entry);
    say!(
        "{entries}, in the order they were recorded.",
        "{entries} in der Reihenfolge der Aufzeichnung."
    )
}

/// The whole record was taken over afterwards.
#[must_use]
pub fn taken_over(at: &str) -> String {
    say!(
        " The record was taken over afterwards, at {at}.",
        " Die Aufzeichnung wurde später übernommen, {at}."
    )
}

/// How texts that were changed are shown.
#[must_use]
pub fn changed_below() -> &'static str {
    word!(
        " An edited or corrected text stands below what it said before.",
        " Ein geänderter oder berichtigter Text steht unter dem, was vorher dastand."
    )
}

/// Over the log.
#[must_use]
pub fn heading() -> &'static str {
    word!("Appendix: the full log", "Anhang: das ganze Log")
}

/// The word of a link to a message.
#[must_use]
pub fn message() -> &'static str {
    word!("message", "Nachricht")
}

/// It was recorded later than it happened.
#[must_use]
pub fn recorded(at: &str) -> String {
    say!(" · recorded at {at}", " · aufgezeichnet {at}")
}

/// A reply to a message.
#[must_use]
pub fn answered(entry: &str) -> String {
    say!("answered {entry}", "antwortete auf {entry}")
}

/// A message that is no reply.
#[must_use]
pub fn wrote() -> String {
    say!("wrote", "schrieb")
}

/// An edit of a message.
#[must_use]
pub fn edited(entry: &str) -> String {
    say!("edited {entry}", "änderte {entry}")
}

/// A deletion of a message.
#[must_use]
pub fn deleted(entry: &str) -> String {
    say!(
        "{entry} was deleted on Discord",
        "{entry} wurde auf Discord gelöscht"
    )
}

/// A file of a message was kept.
#[must_use]
pub fn kept_file_of(entry: &str) -> String {
    say!(
        "kept a file of {entry}",
        "bewahrte eine Datei von {entry} auf"
    )
}

/// What was said before was edited on Discord, or corrected.
#[must_use]
pub fn changed(edit: bool, at: &str, by: &str) -> String {
    match edit {
        true => say!("edited at {at}, {by}", "geändert {at}, {by}"),
        false => say!("corrected at {at}, {by}", "berichtigt {at}, {by}"),
    }
}

/// The text is gone.
#[must_use]
pub fn removed(by: &str) -> String {
    say!(
        "text removed for good, {by}",
        "Text endgültig entfernt, {by}"
    )
}

/// The message is gone from Discord; `by` begins with a comma where an entry tells of it.
#[must_use]
pub fn gone(at: &str, by: &str) -> String {
    say!(
        "deleted on Discord at {at}{by}; the record keeps it",
        "auf Discord gelöscht {at}{by}; die Aufzeichnung behält sie"
    )
}

/// A file that is kept.
#[must_use]
pub fn kept(name: &str, size: &str, sha256: &str) -> String {
    say!(
        "📎 {name} ({size}), kept: SHA-256 {sha256}",
        "📎 {name} ({size}), aufbewahrt: SHA-256 {sha256}"
    )
}

/// A file that is lost.
#[must_use]
pub fn not_kept(name: &str, size: &str, reason: &str) -> String {
    say!(
        "📎 {name} ({size}), not kept: {reason}",
        "📎 {name} ({size}), nicht aufbewahrt: {reason}"
    )
}

/// A file that is still to be fetched.
#[must_use]
pub fn not_kept_yet(name: &str, size: &str) -> String {
    say!(
        "📎 {name} ({size}), not kept yet",
        "📎 {name} ({size}), noch nicht aufbewahrt"
    )
}

/// Behind a line of the timeline that was edited.
#[must_use]
pub fn mark_edited() -> &'static str {
    word!("edited", "geändert")
}

/// Behind a line of the timeline that was deleted.
#[must_use]
pub fn mark_deleted() -> &'static str {
    word!("deleted on Discord", "auf Discord gelöscht")
}

/// Before the entries that corrected a line.
#[must_use]
pub fn corrected_by() -> &'static str {
    word!("corrected by", "berichtigt von")
}

/// Before what a corrected line said first.
#[must_use]
pub fn before() -> &'static str {
    word!("; before:", "; vorher:")
}
