//! Labels and hints of forms, buttons and selections. Discord's limits: title
//! and label 45 characters, hint 100, of a selection 150.

use chrono::Weekday;

use crate::incident::{IncidentNumber, Status};

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
pub const OPEN: Open = Open {
    heading: "Open an incident",
    title: ("What is wrong?", "API answers with errors"),
    severity: (
        "How bad is it?",
        "SEV1 (worst) to SEV4; empty: the server's usual one",
    ),
    components: ("What is affected?", "API, Website"),
    summary: ("What is known?", "A sentence or two"),
    started: (
        "When did users first feel it?",
        "15:27, yesterday 22:10, 10m ago; empty: not known yet",
    ),
};

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
pub const SETUP: Setup = Setup {
    announcements: "Channel for announcements and summaries",
    home: "Where incidents are opened: category (channels), text channel (threads) or forum",
    day: "Day of the weekly summary",
    hour: "Hour of the weekly summary",
    rest: "Zone, components, roles and severity",
    zone: (
        "Time zone",
        "Europe/Berlin, America/Chicago, CT; empty: as it is",
    ),
    components: (
        "Components to add",
        "One a line or separated by commas: API, Website, Billing",
    ),
    roles: (
        "Roles besides the usual, all of them",
        "Separated by commas: liaison, fixer; none: no others; empty: as they are",
    ),
    severity: (
        "Severity where nobody says one",
        "SEV1 (worst) to SEV4; empty: as it is",
    ),
};

/// What is typed to have no roles besides the usual.
pub const NO_ROLES: &str = "none";

/// The choice of no weekly summary.
pub const NO_SUMMARY: &str = "No weekly summary";

/// The days of the week.
pub const DAYS: [(Weekday, &str); 7] = [
    (Weekday::Mon, "Monday"),
    (Weekday::Tue, "Tuesday"),
    (Weekday::Wed, "Wednesday"),
    (Weekday::Thu, "Thursday"),
    (Weekday::Fri, "Friday"),
    (Weekday::Sat, "Saturday"),
    (Weekday::Sun, "Sunday"),
];

/// The field of the update form.
pub const UPDATE: Field = (
    "The news",
    "What you know, what you do about it, when you will say more",
);

/// Over the update form.
#[must_use]
pub fn update_heading(number: IncidentNumber) -> String {
    format!("Update for {number}")
}

/// On the button that opens the update form.
pub const BUTTON_UPDATE: &str = "Post an update";
/// On the button that shows the roles.
pub const BUTTON_ROLES: &str = "Roles";
/// On the button that shows the timeline.
pub const BUTTON_TIMELINE: &str = "Timeline";

/// On a button that sets the status.
#[must_use]
pub fn status_button(from: Status, to: Status) -> &'static str {
    match to {
        Status::Investigating if !from.is_open() => "Reopen",
        Status::Investigating => "Investigating",
        Status::Identified => "Identified",
        Status::Monitoring => "Monitoring",
        Status::Resolved => "Resolved",
        Status::Postmortem => "Postmortem",
        Status::Cancelled => "False alarm",
    }
}
