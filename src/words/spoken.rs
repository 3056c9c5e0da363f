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
