//! What a message says by other means than text, in words.

/// A forwarded message.
#[must_use]
pub fn forwarded(text: &str) -> String {
    format!("(forwarded) {text}")
}

/// An embed.
#[must_use]
pub fn embed(text: &str) -> String {
    format!("(embed) {text}")
}

/// A poll.
#[must_use]
pub fn poll(question: &str, answers: &[String]) -> String {
    format!("(poll) {question} – {}", answers.join(" / "))
}

/// A sticker.
#[must_use]
pub fn sticker(name: &str) -> String {
    format!("(sticker) {name}")
}

/// Stands for a message whose form is not understood.
#[must_use]
pub fn unreadable() -> &'static str {
    "(a message in a form that Scribe cannot read; it is on Discord under the link of this entry)"
}

/// Stands for an author of whom nothing can be read.
pub const NOBODY_KNOWN: &str = "somebody";
