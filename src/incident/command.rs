//! What somebody wants of an incident.

use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc};

use super::component::{Component, ComponentState};
use super::ending::PlaceBefore;
use super::entry::{Entry, Place};
use super::id::{AttachmentId, ChannelId, IncidentNumber, Seq};
use super::link::{LinkTarget, Relation};
use super::message::{Message, MessageRef};
use super::people::Guest;
use super::person::{Actor, Person};
use super::publication::{Document, DocumentFormat};
use super::redaction::Redaction;
use super::reminder::Reminder;
use super::role::Role;
use super::section::Section;
use super::severity::Severity;
use super::source::Source;
use super::status::Status;
use super::unread::Unread;

/// Who asks, when, and from where. Time is an argument: rules read no clock.
#[derive(Clone, Debug, PartialEq)]
pub struct Context {
    /// Who.
    pub actor: Actor,
    /// Now (UTC).
    pub now: DateTime<Utc>,
    /// The Discord message the command tells of or was made from.
    pub origin: Option<MessageRef>,
}

/// A wish. [`decide`](super::decide) turns it into entries or refuses it.
/// `at` is when it really happened; `None` is now.
#[derive(Clone, Debug, PartialEq)]
pub enum Command {
    /// Declare an incident.
    Open(Open),
    /// Its channel is there.
    OpenPlace {
        /// Which.
        channel: ChannelId,
        /// What kind.
        place: Place,
    },
    /// Record a thread below the channel too.
    FollowThread {
        /// Which.
        channel: ChannelId,
        /// Its name.
        name: String,
    },
    /// Put its channel or thread away after its end.
    ArchivePlace {
        /// The entry that ended it; nothing is done where that is no longer so.
        end: Seq,
        /// Whether nobody may write there any more.
        locked: bool,
        /// How it is before.
        was: PlaceBefore,
    },
    /// Its channel or thread is back.
    RestorePlace,
    /// Change the status, or post an update where it is the same.
    SetStatus {
        /// To.
        to: Status,
        /// What the public may be told.
        message: Option<String>,
        /// When.
        at: Option<DateTime<Utc>>,
    },
    /// Take it up again after its end.
    Reopen {
        /// To which status.
        to: Status,
        /// Why.
        reason: Option<String>,
    },
    /// News for the public.
    Update {
        /// The news.
        message: String,
        /// When.
        at: Option<DateTime<Utc>>,
    },
    /// A line for the timeline.
    Note {
        /// The line.
        text: String,
        /// When.
        at: Option<DateTime<Utc>>,
        /// Whether it is a key event.
        key: bool,
    },
    /// Change the severity.
    SetSeverity {
        /// To.
        to: Severity,
        /// Why.
        reason: Option<String>,
        /// When.
        at: Option<DateTime<Utc>>,
    },
    /// Mend the title.
    Rename {
        /// To.
        title: String,
    },
    /// Say how a component is.
    SetComponent {
        /// Which.
        component: Component,
        /// How.
        to: ComponentState,
        /// When.
        at: Option<DateTime<Utc>>,
    },
    /// Users are affected.
    StartOutage {
        /// Through which components.
        components: Vec<Component>,
        /// Since when.
        at: Option<DateTime<Utc>>,
    },
    /// Users are no longer affected.
    EndOutage {
        /// Through which components; none means all that are open.
        components: Vec<Component>,
        /// Since when.
        at: Option<DateTime<Utc>>,
    },
    /// Give a role.
    GiveRole {
        /// Which.
        role: Role,
        /// To whom.
        to: Person,
    },
    /// Offer command to somebody; take it where that is oneself.
    Handover {
        /// To whom.
        to: Person,
        /// What they should know.
        note: Option<String>,
        /// For how long whoever leads must be silent for others to take over:
        /// [`SilenceTimes::takeover_after`](super::reminder::SilenceTimes::takeover_after).
        takeover_after: TimeDelta,
    },
    /// Answer an offer of command.
    AnswerHandover {
        /// The entry that made it.
        offer: Seq,
        /// Whether to take it.
        accept: bool,
    },
    /// Take the open offer of command back.
    WithdrawHandover,
    /// Note that somebody may see the channel of a private incident.
    GiveAccess {
        /// Who.
        to: Guest,
    },
    /// Note that they may no longer.
    TakeAccess {
        /// Who.
        from: Guest,
    },
    /// Something is to be done.
    AddAction {
        /// What.
        text: String,
        /// By whom.
        owner: Option<Person>,
        /// Until when.
        due: Option<DateTime<Utc>>,
    },
    /// It was done.
    FinishAction {
        /// Its number.
        number: u32,
    },
    /// Give it to somebody.
    AssignAction {
        /// Its number.
        number: u32,
        /// To whom.
        to: Person,
        /// Until when; `None` leaves it.
        due: Option<DateTime<Utc>>,
    },
    /// Be reminded later.
    Snooze {
        /// Of what.
        reminder: Reminder,
        /// Not before (UTC).
        until: DateTime<Utc>,
    },
    /// Write a section of the postmortem.
    WriteSection {
        /// Which.
        section: Section,
        /// All of it.
        text: String,
        /// The last version the writer had before them.
        base: Option<Seq>,
    },
    /// Publish the postmortem: freeze these documents.
    Publish {
        /// The last entry of the log that they were written from.
        base: Seq,
        /// The documents. The log keeps what proves them, the store the rest.
        documents: BTreeMap<DocumentFormat, Document>,
    },
    /// Tie it to another incident.
    Link {
        /// How.
        relation: Relation,
        /// To which.
        to: IncidentNumber,
        /// What has to be known of that. The writer knows best whether it is
        /// private or a duplicate.
        target: LinkTarget,
    },
    /// Untie it from another incident.
    Unlink {
        /// How it was tied.
        relation: Relation,
        /// To which.
        to: IncidentNumber,
    },
    /// Note that another was tied to it, or no longer is. The writer does so with
    /// what ties the other.
    LinkBack {
        /// How.
        relation: Relation,
        /// Which.
        to: IncidentNumber,
        /// Whether it is tied.
        tied: bool,
    },
    /// Record a message; the context's `origin` says which, its actor who.
    RecordMessage {
        /// What was written.
        message: Message,
        /// When.
        at: DateTime<Utc>,
    },
    /// Record that a message was edited.
    RecordEdit {
        /// The text now.
        text: String,
        /// When.
        at: DateTime<Utc>,
    },
    /// Record that a message was deleted.
    RecordDeletion {
        /// When it was noticed or said.
        at: DateTime<Utc>,
    },
    /// A file is on disk.
    KeepAttachment {
        /// Which.
        attachment: AttachmentId,
        /// SHA-256 of its bytes, in hex.
        sha256: String,
    },
    /// A file could not be kept.
    LoseAttachment {
        /// Which.
        attachment: AttachmentId,
        /// Why.
        reason: String,
    },
    /// Put an entry into the short timeline.
    MarkKey {
        /// Which.
        entry: Seq,
        /// Whether 📌 on its message does it.
        by_pin: bool,
    },
    /// Take it out again.
    UnmarkKey {
        /// Which.
        entry: Seq,
    },
    /// Mend an entry.
    Correct {
        /// The entry, as it stands in the log.
        target: Box<Entry>,
        /// What it should say.
        text: Option<String>,
        /// When it really happened.
        at: Option<DateTime<Utc>>,
    },
    /// Remove texts for good.
    Redact(Redaction),
    /// Something could not be delivered.
    FailDelivery {
        /// What.
        what: String,
        /// Why.
        reason: String,
    },
    /// It was delivered after all.
    RecoverDelivery {
        /// What.
        what: String,
    },
    /// Scribe was away.
    RecordAbsence {
        /// From (UTC).
        from: DateTime<Utc>,
        /// To (UTC).
        to: DateTime<Utc>,
        /// Messages recovered.
        recovered: u32,
        /// From when on (UTC) what came before was compared; `None` where all of it was.
        compared_since: Option<DateTime<Utc>>,
        /// What could not be read.
        unread: Vec<Unread>,
    },
}

/// The wish to declare an incident.
#[derive(Clone, Debug, PartialEq)]
pub struct Open {
    /// What is wrong, in a line.
    pub title: String,
    /// How bad it is.
    pub severity: Severity,
    /// What is known.
    pub summary: Option<String>,
    /// What is affected, each recorded as a partial outage until somebody says better.
    pub components: Vec<Component>,
    /// When users first felt it: the start of the first outage window.
    pub started: Option<DateTime<Utc>>,
    /// When it was declared; `None` is now. For records of the past.
    pub at: Option<DateTime<Utc>>,
    /// Whether only its members may know of it.
    pub private: bool,
    /// Whether it is an exercise.
    pub drill: bool,
    /// The record it is taken over from, for an incident of the past.
    pub source: Option<Source>,
    /// Where people work on it already; `None`: a channel is made for it.
    pub adopted: Option<Adopted>,
}

/// A channel or thread that becomes an incident's, as it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Adopted {
    /// Which.
    pub channel: ChannelId,
    /// What kind.
    pub place: Place,
    /// From when on (UTC) what was said there belongs to the incident.
    pub since: DateTime<Utc>,
}

impl Open {
    /// An ordinary incident of that title and severity.
    #[must_use]
    pub fn new(title: impl Into<String>, severity: Severity) -> Self {
        Self {
            title: title.into(),
            severity,
            summary: None,
            components: Vec::new(),
            started: None,
            at: None,
            private: false,
            drill: false,
            source: None,
            adopted: None,
        }
    }
}
