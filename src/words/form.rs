//! Labels and hints of forms, buttons and selections. Discord's limits: title
//! and label 45 characters, hint 100, of a selection 150.

use chrono::Weekday;

use crate::incident::{IncidentNumber, Language, Status};

use super::language::{say, word};

/// A label and a hint.
type Field = (&'static str, &'static str);

/// The form that opens an incident.
pub struct Open {
    /// Over the form.
    pub heading: &'static str,
    /// The title.
    pub title: Field,
    /// The severity.
    pub severity: Field,
    /// The components.
    pub components: Field,
    /// The summary.
    pub summary: Field,
    /// Since when.
    pub started: Field,
}

/// The form that opens an incident.
#[must_use]
pub fn open() -> Open {
    Open {
        heading: word!("Open an incident", "Incident eröffnen"),
        title: (
            word!("What is wrong?", "Was ist kaputt?"),
            word!("API answers with errors", "API antwortet mit Fehlern"),
        ),
        severity: (
            word!("How bad is it?", "Wie schlimm ist es?"),
            word!(
                "SEV1 (worst) to SEV4; empty: the server's usual one",
                "SEV1 (am schlimmsten) bis SEV4; leer: wie auf dem Server üblich"
            ),
        ),
        components: (
            word!("What is affected?", "Was ist betroffen?"),
            word!("API, Website", "API, Website"),
        ),
        summary: (
            word!("What is known?", "Was ist bekannt?"),
            word!("A sentence or two", "Ein, zwei Sätze"),
        ),
        started: (
            word!(
                "When did users first feel it?",
                "Seit wann merken es Nutzer?"
            ),
            word!(
                "15:27, yesterday 22:10, 10m ago; empty: not known yet",
                "15:27, gestern 22:10, vor 10 min; leer: noch nicht bekannt"
            ),
        ),
    }
}

/// The page and the form of the setup.
pub struct Setup {
    /// Over the selection of the announcement channel.
    pub announcements: &'static str,
    /// Over that of where incidents are opened.
    pub home: &'static str,
    /// Over that of the day.
    pub day: &'static str,
    /// Over that of the hour.
    pub hour: &'static str,
    /// On the button that opens the form, and over the form.
    pub rest: &'static str,
    /// The zone.
    pub zone: Field,
    /// The components.
    pub components: Field,
    /// The roles besides the usual.
    pub roles: Field,
    /// The severity where nobody says one.
    pub severity: Field,
}

/// The page and the form of the setup.
#[must_use]
pub fn setup() -> Setup {
    Setup {
        announcements: word!(
            "Channel for announcements and summaries",
            "Kanal für Ankündigungen und Übersichten"
        ),
        home: word!(
            "Where incidents are opened: category (channels), text channel (threads) or forum",
            "Wo Incidents eröffnet werden: Kategorie (Kanäle), Textkanal (Threads) oder Forum"
        ),
        day: word!("Day of the weekly summary", "Tag der Wochenübersicht"),
        hour: word!("Hour of the weekly summary", "Stunde der Wochenübersicht"),
        rest: word!(
            "Zone, components, roles and severity",
            "Zone, Komponenten, Rollen, Schweregrad"
        ),
        zone: (
            word!("Time zone", "Zeitzone"),
            word!(
                "Europe/Berlin, America/Chicago, CT; empty: as it is",
                "Europe/Berlin, America/Chicago, CT; leer: wie bisher"
            ),
        ),
        components: (
            word!("Components to add", "Komponenten zum Hinzufügen"),
            word!(
                "One a line or separated by commas: API, Website, Billing",
                "Eine je Zeile oder mit Kommas getrennt: API, Website, Abrechnung"
            ),
        ),
        roles: (
            word!(
                "Roles besides the usual, all of them",
                "Rollen neben den üblichen, alle"
            ),
            word!(
                "Separated by commas: liaison, fixer; none: no others; empty: as they are",
                "Mit Kommas getrennt: liaison, fixer; keine: nur die üblichen; leer: wie bisher"
            ),
        ),
        severity: (
            word!(
                "Severity where nobody says one",
                "Schweregrad, wenn niemand einen nennt"
            ),
            word!(
                "SEV1 (worst) to SEV4; empty: as it is",
                "SEV1 (am schlimmsten) bis SEV4; leer: wie bisher"
            ),
        ),
    }
}

/// Whether it is what is typed to have no roles besides the usual, in any language.
#[must_use]
pub fn means_no_roles(typed: &str) -> bool {
    let typed = typed.trim().to_lowercase();
    matches!(typed.as_str(), "none" | "keine")
}

/// The choice of no weekly summary.
#[must_use]
pub fn no_summary() -> &'static str {
    word!("No weekly summary", "Keine Wochenübersicht")
}

/// The days of the week.
pub const DAYS: [Weekday; 7] = [
    Weekday::Mon,
    Weekday::Tue,
    Weekday::Wed,
    Weekday::Thu,
    Weekday::Fri,
    Weekday::Sat,
    Weekday::Sun,
];

/// A language by the name that those who speak it give it.
#[must_use]
pub fn language(language: Language) -> &'static str {
    match language {
        Language::English => "English",
        Language::German => "Deutsch",
    }
}

/// The field of the update form.
#[must_use]
pub fn update() -> Field {
    (
        word!("The news", "Was gibt es Neues?"),
        word!(
            "What you know, what you do about it, when you will say more",
            "Was du weißt, was du tust, wann du mehr sagst"
        ),
    )
}

/// Over the update form.
#[must_use]
pub fn update_heading(number: IncidentNumber) -> String {
    say!("Update for {number}", "Update zu {number}")
}

/// On the button that opens the update form.
#[must_use]
pub fn button_update() -> &'static str {
    word!("Post an update", "Update posten")
}

/// On the button that shows the roles.
#[must_use]
pub fn button_roles() -> &'static str {
    word!("Roles", "Rollen")
}

/// On the button that shows the timeline.
#[must_use]
pub fn button_timeline() -> &'static str {
    word!("Timeline", "Timeline")
}

/// On a button that sets the status.
#[must_use]
pub fn status_button(from: Status, to: Status) -> &'static str {
    match to {
        Status::Investigating if !from.is_open() => word!("Reopen", "Wieder öffnen"),
        Status::Investigating => word!("Investigating", "Wird untersucht"),
        Status::Identified => word!("Identified", "Ursache bekannt"),
        Status::Monitoring => word!("Monitoring", "Wird beobachtet"),
        Status::Resolved => word!("Resolved", "Gelöst"),
        Status::Postmortem => word!("Postmortem", "Postmortem"),
        Status::Cancelled => word!("False alarm", "Fehlalarm"),
    }
}
