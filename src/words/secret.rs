//! What is said of a text that looks like a secret. It never repeats the text.

use std::collections::BTreeSet;

use crate::incident::{Entry, Secret};

use super::{escape, name};

/// On the button that removes it.
pub const BUTTON: &str = "Redact";

/// Why it was removed, where the button did.
pub const REASON: &str = "it looked like a secret";

/// Below the message that holds it.
#[must_use]
pub fn offer(entry: &Entry, kinds: &BTreeSet<Secret>) -> String {
    let who = escape::discord(&escape::short(entry.actor.name(), 80));
    format!(
        "⚠️ {} by {who} looks as if it held {}. **{BUTTON}** removes its text for good from the record and from all that Scribe writes. Delete the message itself on Discord, and make what it gave away invalid.",
        entry.seq,
        names(kinds)
    )
}

/// To whoever typed it in a command.
#[must_use]
pub fn typed(entry: &Entry, kinds: &BTreeSet<Secret>) -> String {
    format!(
        "⚠️ {} looks as if it held {}. **{BUTTON}** removes its text for good, here and wherever Scribe told it. Make what it gave away invalid.",
        entry.seq,
        names(kinds)
    )
}

fn names(kinds: &BTreeSet<Secret>) -> String {
    let names: Vec<String> = kinds
        .iter()
        .map(|kind| kind_name(*kind).to_owned())
        .collect();
    name::list(&names)
}

fn kind_name(kind: Secret) -> &'static str {
    match kind {
        Secret::AwsKey => "an access key of AWS",
        Secret::CodeHostToken => "a token of GitHub or GitLab",
        Secret::SlackToken => "a token of Slack",
        Secret::DiscordToken => "a token of Discord",
        Secret::PrivateKey => "a private key",
        Secret::WebToken => "a web token",
        Secret::ServiceKey => "the key of a web service",
        Secret::Password => "a password",
    }
}
