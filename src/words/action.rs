//! What is to be done, of one incident and of several.

use crate::incident::{ActionItem, Incident, text};

use super::escape;
use super::language::{say, word};
use super::speech::Speech;

/// What is to be done.
#[must_use]
pub fn actions(incident: &Incident, speech: &Speech) -> String {
    if incident.actions.is_empty() {
        return say!(
            "No action item yet. `/incident action add` adds one.",
            "Noch keine Aufgabe. `/incident action add` fügt eine hinzu."
        );
    }
    let lines: Vec<String> = incident
        .actions
        .iter()
        .map(|action| action_line(action, speech))
        .collect();
    escape::short(&lines.join("\n"), 1_900)
}

/// An action item in a list to choose from.
#[must_use]
pub fn action_offer(action: &ActionItem) -> String {
    let text = text::one_line(&action.text);
    format!("{}. {text}", action.number)
}

fn action_line(action: &ActionItem, speech: &Speech) -> String {
    let mark = if action.done_at.is_some() {
        "☑"
    } else {
        "☐"
    };
    let text = escape::discord(&escape::short(&text::one_line(&action.text), 200));
    let mut line = format!("{mark} **{}** {text}", action.number);
    if let Some(owner) = &action.owner {
        line += &format!(" · {}", escape::discord(&owner.name));
    }
    if let Some(due) = action.due {
        let day = due.with_timezone(&speech.zone).format("%Y-%m-%d");
        line += &say!(" · due {day}", " · fällig {day}");
    }
    line
}

/// What is to be done, a line each, as many as fit into a message.
#[must_use]
pub fn to_do(found: &[(&Incident, &ActionItem)], speech: &Speech) -> String {
    if found.is_empty() {
        return say!(
            "Nothing is to be done here. `/incident action add` adds something.",
            "Hier ist nichts zu tun. `/incident action add` fügt etwas hinzu."
        );
    }
    let mut said = String::new();
    for (shown, (incident, action)) in found.iter().enumerate() {
        let late = match action.due.is_some_and(|due| due < speech.now) {
            true => word!(" · **overdue**", " · **überfällig**"),
            false => "",
        };
        let line = format!(
            "**{}** {}{late}\n",
            incident.key.number,
            action_line(action, speech)
        );
        if said.chars().count() + line.chars().count() > 1_850 {
            said += &say!(
                "… and {more} more: narrow it with `mine:True` or `overdue:True`.",
                "… und {more} weitere: Grenze sie mit `mine:True` oder `overdue:True` ein.",
                more = found.len() - shown
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
    say!(
        "{recorded} It is action item {number}. Who does it?",
        "{recorded} Das ist Aufgabe {number}. Wer übernimmt sie?"
    )
}

/// Over the form, for Discord at most 45 characters.
#[must_use]
pub fn heading() -> &'static str {
    word!("Add action item", "Aufgabe hinzufügen")
}

/// What is to be done: label and hint.
#[must_use]
pub fn text_field() -> (&'static str, &'static str) {
    (
        word!("What is to be done?", "Was ist zu tun?"),
        word!(
            "Renew certificates by a job",
            "Zertifikate per Job erneuern"
        ),
    )
}

/// Until when: label and hint.
#[must_use]
pub fn due_field() -> (&'static str, &'static str) {
    (
        word!("Until when?", "Bis wann?"),
        word!(
            "friday, 2025-07-18, in 5 days; empty: no day",
            "freitag, 2025-07-18, in 5 Tagen; leer: kein Tag"
        ),
    )
}

/// Of which incident: label and hint.
#[must_use]
pub fn incident_field() -> (&'static str, &'static str) {
    (
        word!("Of which incident?", "Zu welchem Incident?"),
        word!("INC-42, 42 or its title", "INC-42, 42 oder der Titel"),
    )
}

/// Over the selection of the owner.
#[must_use]
pub fn owner() -> &'static str {
    word!("Who does it?", "Wer übernimmt sie?")
}

/// The text of a message as the form offers it.
#[must_use]
pub fn offered(text: &str) -> String {
    escape::short(text.trim(), 1_000)
}
