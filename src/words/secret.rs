//! What is said of a text that looks like a secret. It never repeats the text.

use std::collections::BTreeSet;

use crate::incident::{Entry, Secret};

use super::language::{say, word};
use super::{escape, name};

/// On the button that removes it.
#[must_use]
pub fn button() -> &'static str {
    word!("Redact", "Schwärzen")
}

/// Why it was removed, where the button did. It goes into the log, so it is
/// said in the server's language, as whoever typed a reason would.
#[must_use]
pub fn reason() -> &'static str {
    word!("it looked like a secret", "es sah wie ein Geheimnis aus")
}

/// Below the message that holds it.
#[must_use]
pub fn offer(entry: &Entry, kinds: &BTreeSet<Secret>) -> String {
    say!(
        "⚠️ {seq} by {who} looks as if it held {names}. **{button}** removes its text for good from the record and from all that Scribe writes. Delete the message itself on Discord, and make what it gave away invalid.",
        "⚠️ {seq} von {who} sieht aus, als enthielte es {names}. **{button}** entfernt den Text endgültig aus der Aufzeichnung und aus allem, was Scribe schreibt. Lösch die Nachricht selbst auf Discord, und mach ungültig, was sie verraten hat.",
        seq = entry.seq,
        who = escape::discord(&escape::short(entry.actor.name(), 80)),
        names = names(kinds),
        button = button()
    )
}

/// To whoever typed it in a command.
#[must_use]
pub fn typed(entry: &Entry, kinds: &BTreeSet<Secret>) -> String {
    say!(
        "⚠️ {seq} looks as if it held {names}. **{button}** removes its text for good, here and wherever Scribe told it. Make what it gave away invalid.",
        "⚠️ {seq} sieht aus, als enthielte es {names}. **{button}** entfernt den Text endgültig, hier und überall, wo Scribe ihn genannt hat. Mach ungültig, was er verraten hat.",
        seq = entry.seq,
        names = names(kinds),
        button = button()
    )
}

fn names(kinds: &BTreeSet<Secret>) -> String {
    let names: Vec<&str> = kinds.iter().map(|kind| kind_name(*kind)).collect();
    name::list(&names)
}

fn kind_name(kind: Secret) -> &'static str {
    match kind {
        Secret::AwsKey => word!("an access key of AWS", "einen AWS-Zugangsschlüssel"),
        Secret::CodeHostToken => word!(
            "a token of GitHub or GitLab",
            "ein Token von GitHub oder GitLab"
        ),
        Secret::SlackToken => word!("a token of Slack", "ein Token von Slack"),
        Secret::DiscordToken => word!("a token of Discord", "ein Token von Discord"),
        Secret::PrivateKey => word!("a private key", "einen privaten Schlüssel"),
        Secret::WebToken => word!("a web token", "ein Web-Token"),
        Secret::ServiceKey => word!(
            "the key of a web service",
            "den Schlüssel eines Webdienstes"
        ),
        Secret::Password => word!("a password", "ein Passwort"),
    }
}
