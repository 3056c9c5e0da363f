//! What an incident looks like.

use crate::incident::{GuildId, Incident, IncidentNumber, Likeness, MessageRef, SameAlert, Status};

use super::language::{say, word};
use super::speech::discord_day_and_time;
use super::{escape, name};

/// On the button that makes an incident a duplicate of what it looks like.
#[must_use]
pub fn button_same() -> &'static str {
    word!("It is the same", "Es ist derselbe")
}

/// On the button that ties it to that.
#[must_use]
pub fn button_related() -> &'static str {
    word!("Related", "Hängt zusammen")
}

/// What is on a button where there are several: which incident it means.
#[must_use]
pub fn button(label: &str, other: IncidentNumber, several: bool) -> String {
    match several {
        true => format!("{other}: {label}"),
        false => label.to_owned(),
    }
}

/// The incidents it looks like, each in a line with what is the same.
#[must_use]
pub fn offers(alike: &[(Incident, Likeness)]) -> String {
    let lines: Vec<String> = alike
        .iter()
        .map(|(other, like)| offer(other, like))
        .collect();
    lines.join("\n")
}

fn offer(other: &Incident, like: &Likeness) -> String {
    let status = other.status_now();
    let (open, since) = match status {
        status if status.is_open() => (word!("open", "offen").to_owned(), other.opened_at),
        Status::Postmortem => (
            name::status(Status::Resolved).to_owned(),
            other.status_since(),
        ),
        status => (name::status(status).to_owned(), other.status_since()),
    };
    let title = escape::code(&escape::short(&other.title, 120));
    let place = match other.place {
        Some((channel, _)) => format!(" <#{channel}>"),
        None => String::new(),
    };
    say!(
        "Looks like **{number}** ({open}, {severity}, `{title}`, since {since}){place}: {same}.",
        "Sieht aus wie **{number}** ({open}, {severity}, `{title}`, seit {since}){place}: {same}.",
        number = other.key.number,
        severity = other.severity_now(),
        since = discord_day_and_time(since),
        same = same(like, other.key.guild)
    )
}

/// `same alert`, with a link to where it was told.
fn same_alert(alert: SameAlert, guild: GuildId) -> String {
    match alert.told {
        Some(MessageRef { channel, message }) => say!(
            "same alert as [there](<https://discord.com/channels/{guild}/{channel}/{message}>)",
            "gleicher Alarm wie [dort](<https://discord.com/channels/{guild}/{channel}/{message}>)"
        ),
        None => say!("same alert", "gleicher Alarm"),
    }
}

/// `same words checkout and 502, same component API`.
fn same(like: &Likeness, guild: GuildId) -> String {
    /// As many words as make the point.
    const MOST: usize = 6;
    let bold = |text: &str| format!("**{}**", escape::discord(&escape::short(text, 60)));
    let words: Vec<String> = like
        .words
        .iter()
        .take(MOST)
        .map(|word| bold(word))
        .collect();
    let parts: Vec<String> = like
        .components
        .iter()
        .take(MOST)
        .map(|one| bold(&one.0))
        .collect();
    let word = match words.as_slice() {
        [] => None,
        [one] => Some(say!("same word {one}", "gleiches Wort {one}")),
        many => Some(say!(
            "same words {all}",
            "gleiche Wörter {all}",
            all = name::list(many)
        )),
    };
    let part = match parts.as_slice() {
        [] => None,
        [one] => Some(say!("same component {one}", "gleiche Komponente {one}")),
        many => Some(say!(
            "same components {all}",
            "gleiche Komponenten {all}",
            all = name::list(many)
        )),
    };
    let alert = like.alert.map(|alert| same_alert(alert, guild));
    let said: Vec<String> = [alert, word, part].into_iter().flatten().collect();
    match said.is_empty() {
        true => say!("the same title", "derselbe Titel"),
        false => said.join(", "),
    }
}

/// What stands in place of an offer whose title was removed for good.
#[must_use]
pub fn title_removed(other: IncidentNumber) -> String {
    say!(
        "Looks like **{other}**, whose title was removed for good.",
        "Sieht aus wie **{other}**, dessen Titel endgültig entfernt wurde."
    )
}
