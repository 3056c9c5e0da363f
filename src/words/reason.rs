//! Why a line stands in the short timeline of a draft, and how that is said.

use super::count::{Noun, count};
use super::language::{say, word};

/// Why a line stands in the short timeline. The first ten hold for lines that
/// always do; the others are what speaks for a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, strum::EnumIter)]
#[repr(u8)]
pub enum Reason {
    /// It declares the incident.
    Declared,
    /// It changes the status.
    Status,
    /// Somebody marked it as a key event.
    KeyEvent,
    /// It is a note.
    Note,
    /// It is an update for the public.
    Update,
    /// It gives a role.
    Role,
    /// It changes the severity.
    Severity,
    /// It changes a component.
    Component,
    /// It begins or ends an outage.
    Outage,
    /// It tells that Scribe was away.
    Absence,
    /// It announces an action: "restarting", "rolling back".
    Announced,
    /// It reports an action: "restarted".
    Done,
    /// It speaks of a deploy, a merge or a rollback.
    Deploy,
    /// It names a finding or a cause.
    Finding,
    /// It names what somebody suspects.
    Suspicion,
    /// It names an error.
    Fault,
    /// It tells what does not work.
    Symptom,
    /// It tells that something works again.
    Recovery,
    /// It says what will be done.
    Intent,
    /// It says what is being looked at.
    Looking,
    /// It links to or names a change: a pull request, an issue, a commit.
    Change,
    /// It links to a dashboard or a graph.
    Dashboard,
    /// It links to something else.
    Link,
    /// It names a time.
    Time,
    /// It has something measured: a share, a rate, a length.
    Measured,
    /// It names a thing in code marks.
    Thing,
    /// It has a file.
    File,
    /// Others replied to it.
    Answered,
    /// It is the first word after a silence, or of all.
    AfterSilence,
    /// It is an alert by a bot.
    Alert,
}

impl Reason {
    /// The reason in words, to stand after the line: `reports an action`.
    #[must_use]
    pub fn said(self) -> &'static str {
        match self {
            Self::Declared => word!("declares the incident", "ruft den Incident aus"),
            Self::Status => word!("changes the status", "ändert den Status"),
            Self::KeyEvent => word!("marked as a key event", "als Schlüsselereignis markiert"),
            Self::Note => word!("a note", "eine Notiz"),
            Self::Update => word!("an update", "ein Update"),
            Self::Role => word!("gives a role", "vergibt eine Rolle"),
            Self::Severity => word!("changes the severity", "ändert den Schweregrad"),
            Self::Component => word!("changes a component", "ändert eine Komponente"),
            Self::Outage => word!(
                "begins or ends an outage",
                "beginnt oder beendet einen Ausfall"
            ),
            Self::Absence => word!("Scribe was away", "Scribe war weg"),
            Self::Announced => word!("announces an action", "kündigt einen Schritt an"),
            Self::Done => word!("reports an action", "meldet einen Schritt"),
            Self::Deploy => word!(
                "speaks of a deploy or a rollback",
                "spricht von Deploy oder Rollback"
            ),
            Self::Finding => word!("names a finding", "nennt einen Befund"),
            Self::Suspicion => word!("names a suspicion", "nennt einen Verdacht"),
            Self::Fault => word!("names an error", "nennt einen Fehler"),
            Self::Symptom => word!("tells what does not work", "sagt, was nicht geht"),
            Self::Recovery => word!("tells that something works", "sagt, dass etwas geht"),
            Self::Intent => word!("says what will be done", "sagt, was getan wird"),
            Self::Looking => word!("says what is looked at", "sagt, was geprüft wird"),
            Self::Change => word!("names a change", "nennt eine Änderung"),
            Self::Dashboard => word!("links to a dashboard", "verlinkt ein Dashboard"),
            Self::Link => word!("has a link", "hat einen Link"),
            Self::Time => word!("names a time", "nennt eine Zeit"),
            Self::Measured => word!("has a measure", "hat einen Messwert"),
            Self::Thing => word!("has code", "hat Code"),
            Self::File => word!("has a file", "hat eine Datei"),
            Self::Answered => word!("was replied to", "bekam Antworten"),
            Self::AfterSilence => word!("first word after silence", "erstes Wort nach Stille"),
            Self::Alert => word!("an alert by a bot", "Alarm eines Bots"),
        }
    }
}

/// How the lines of a timeline were chosen, in a line. `chosen` events
/// that are told in `messages` stand in it beside the lines that always do; `most` could.
#[must_use]
pub fn how_chosen(chosen: usize, messages: usize, most: usize) -> String {
    let events = count(chosen, Noun::Event);
    // After `aus` German asks for the dative.
    let from = match messages {
        1 => word!("1 message", "1 Nachricht").to_owned(),
        many => say!("{many} messages", "{many} Nachrichten"),
    };
    say!(
        "All status changes, key events, notes, updates, roles, severities and outages, and {events} (at most {most}) from {from}, chosen by fixed rules: actions, findings, deploys, errors, recoveries, links, alerts, replies, first words after silence.",
        "Alle Statuswechsel, Schlüsselereignisse, Notizen, Updates, Rollen, Schweregrade und Ausfälle, dazu {events} (höchstens {most}) aus {from}, nach festen Regeln gewählt: Schritte, Befunde, Deploys, Fehler, Erholung, Links, Alarme, Antworten, erste Worte nach Stille."
    )
}

/// Why one line was chosen: `announces an action, names a change (weight 7)`.
#[must_use]
pub fn why(reasons: &[Reason], weight: Option<u32>) -> String {
    let reasons: Vec<&str> = reasons.iter().map(|reason| reason.said()).collect();
    let weight = weight.map(|weight| say!(" (weight {weight})", " (Gewicht {weight})"));
    format!("{}{}", reasons.join(", "), weight.unwrap_or_default())
}

/// Why a note was removed: the message it repeats was.
#[must_use]
pub fn removed_where_it_was_written() -> String {
    say!(
        "it was removed where it was first written",
        "er wurde entfernt, wo er zuerst stand"
    )
}
