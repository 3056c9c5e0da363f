//! What an incident looks like.

use crate::incident::{Incident, IncidentNumber, Likeness, Status};

use super::speech::discord_day_and_time;
use super::{escape, name};

/// On the button that makes an incident a duplicate of what it looks like.
pub const BUTTON_SAME: &str = "It is the same";
/// On the button that ties it to that.
pub const BUTTON_RELATED: &str = "Related";

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
        status if status.is_open() => ("open".to_owned(), other.opened_at),
        Status::Postmortem => ("resolved".to_owned(), other.status_since()),
        status => (status.to_string(), other.status_since()),
    };
    let title = escape::code(&escape::short(&other.title, 120));
    let place = match other.place {
        Some((channel, _)) => format!(" <#{channel}>"),
        None => String::new(),
    };
    format!(
        "Looks like **{}** ({open}, {}, `{title}`, since {}){place}: {}.",
        other.key.number,
        other.severity_now(),
        discord_day_and_time(since),
        same(like)
    )
}

/// `same words checkout and 502, same component API`.
fn same(like: &Likeness) -> String {
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
    let plural = |what: &str, many: &[String]| match many {
        [] => None,
        [_] => Some(format!("same {what} {}", name::list(many))),
        _ => Some(format!("same {what}s {}", name::list(many))),
    };
    let said = [plural("word", &words), plural("component", &parts)];
    let said: Vec<String> = said.into_iter().flatten().collect();
    match said.is_empty() {
        true => "the same title".to_owned(),
        false => said.join(", "),
    }
}

/// What stands in place of an offer whose title was removed for good.
#[must_use]
pub fn title_removed(other: IncidentNumber) -> String {
    format!("Looks like **{other}**, whose title was removed for good.")
}
