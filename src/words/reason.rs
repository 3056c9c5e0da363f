//! Why a line stands in the short timeline of a draft, and how that is said.

use super::name;

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
            Self::Declared => "declares the incident",
            Self::Status => "changes the status",
            Self::KeyEvent => "marked as a key event",
            Self::Note => "a note",
            Self::Update => "an update",
            Self::Role => "gives a role",
            Self::Severity => "changes the severity",
            Self::Component => "changes a component",
            Self::Outage => "begins or ends an outage",
            Self::Absence => "Scribe was away",
            Self::Announced => "announces an action",
            Self::Done => "reports an action",
            Self::Deploy => "speaks of a deploy or a rollback",
            Self::Finding => "names a finding",
            Self::Suspicion => "names a suspicion",
            Self::Fault => "names an error",
            Self::Symptom => "tells what does not work",
            Self::Recovery => "tells that something works",
            Self::Intent => "says what will be done",
            Self::Looking => "says what is looked at",
            Self::Change => "names a change",
            Self::Dashboard => "links to a dashboard",
            Self::Link => "has a link",
            Self::Time => "names a time",
            Self::Measured => "has a measure",
            Self::Thing => "has code",
            Self::File => "has a file",
            Self::Answered => "was replied to",
            Self::AfterSilence => "first word after silence",
            Self::Alert => "an alert by a bot",
        }
    }
}

/// How the lines of a timeline were chosen, in a line. `chosen` events
/// that are told in `messages` stand in it beside the lines that always do; `most` could.
#[must_use]
pub fn how_chosen(chosen: usize, messages: usize, most: usize) -> String {
    let (chosen, messages) = (
        name::count(chosen, "event"),
        name::count(messages, "message"),
    );
    format!(
        "All status changes, key events, notes, updates, roles, severities and outages, and \
         {chosen} (at most {most}) from {messages}, chosen by fixed rules: actions, findings, \
         deploys, errors, recoveries, links, alerts, replies, first words after silence."
    )
}

/// Why one line was chosen: `announces an action, names a change (weight 7)`.
#[must_use]
pub fn why(reasons: &[Reason], weight: Option<u32>) -> String {
    let reasons: Vec<&str> = reasons.iter().map(|reason| reason.said()).collect();
    let weight = weight.map(|weight| format!(" (weight {weight})"));
    format!("{}{}", reasons.join(", "), weight.unwrap_or_default())
}

/// Why a note was removed: the message it repeats was.
#[must_use]
pub fn removed_where_it_was_written() -> String {
    "it was removed where it was first written".to_owned()
}
