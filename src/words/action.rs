//! What is to be done, of several incidents.

use crate::incident::{ActionItem, Incident};

use super::answer::action_line;
use super::escape;
use super::speech::Speech;

/// What is to be done, a line each, as many as fit into a message.
#[must_use]
pub fn to_do(found: &[(&Incident, &ActionItem)], speech: &Speech) -> String {
    if found.is_empty() {
        return "Nothing is to be done here. `/incident action add` adds something.".to_owned();
    }
    let mut said = String::new();
    for (shown, (incident, action)) in found.iter().enumerate() {
        let late = match action.due.is_some_and(|due| due < speech.now) {
            true => " · **overdue**",
            false => "",
        };
        let line = format!(
            "**{}** {}{late}\n",
            incident.key.number,
            action_line(action, speech)
        );
        if said.chars().count() + line.chars().count() > 1_850 {
            said += &format!(
                "… and {} more: narrow it with `mine:True` or `overdue:True`.",
                found.len() - shown
            );
            break;
        }
        said += &line;
    }
    said
}

/// An action item was made of a message; a selection stands below.
#[must_use]
pub fn whose(recorded: &str, number: u32) -> String {
    format!("{recorded} It is action item {number}. Who does it?")
}

/// Over the form, for Discord at most 45 characters.
pub const HEADING: &str = "Add action item";
/// What is to be done: label and hint.
pub const TEXT: (&str, &str) = ("What is to be done?", "Renew certificates by a job");
/// Until when: label and hint.
pub const DUE: (&str, &str) = (
    "Until when?",
    "friday, 2025-07-18, in 5 days; empty: no day",
);
/// Of which incident: label and hint.
pub const INCIDENT: (&str, &str) = ("Of which incident?", "INC-42, 42 or its title");
/// Over the selection of the owner.
pub const OWNER: &str = "Who does it?";

/// The text of a message as the form offers it.
#[must_use]
pub fn offered(text: &str) -> String {
    escape::short(text.trim(), 1_000)
}
