//! One line of an incident's log, the only source of truth.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::component::{Component, ComponentState};
use super::ending::PlaceBefore;
use super::handover::{HandoverEnd, HandoverOffer, Passing};
use super::id::{AttachmentId, ChannelId, IncidentNumber, MessageId, Seq};
use super::link::Relation;
use super::message::{Message, MessageRef};
use super::people::Guest;
use super::person::{Actor, Person};
use super::publication::DocumentFormat;
use super::reminder::Reminder;
use super::role::Role;
use super::section::Section;
use super::severity::Severity;
use super::source::Source;
use super::status::Status;
use super::unread::Unread;

/// One line of an incident's log. Never changed once written; corrections and
/// redactions are entries of their own.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Entry {
    /// Its place in the log.
    pub seq: Seq,
    /// When it happened (UTC, microseconds).
    pub happened_at: DateTime<Utc>,
    /// When Scribe wrote it down (UTC, microseconds).
    pub recorded_at: DateTime<Utc>,
    /// Who caused it.
    pub actor: Actor,
    /// The Discord message it tells of or was made from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub origin: Option<MessageRef>,
    /// What happened.
    pub fact: Fact,
}

/// The years that times of the record are of: those of four digits, which
/// everything that keeps, sorts and shows them takes.
pub const YEARS: std::ops::RangeInclusive<i32> = 0..=9999;

impl Entry {
    /// Every time it tells.
    pub fn times(&self) -> impl Iterator<Item = DateTime<Utc>> {
        let told = match &self.fact {
            Fact::ActionAdded { due, .. } | Fact::ActionAssigned { due, .. } => [*due, None, None],
            Fact::ReminderSnoozed { until, .. } => [Some(*until), None, None],
            Fact::Corrected { at, .. } => [*at, None, None],
            Fact::Absence {
                from,
                to,
                compared_since,
                ..
            } => [Some(*from), Some(*to), *compared_since],
            Fact::RoleGiven {
                by: Some(Passing::Takeover { silent_since, .. }),
                ..
            } => [Some(*silent_since), None, None],
            Fact::PlaceOpened { since, .. } => [*since, None, None],
            Fact::MessagePosted(message) => [message.edited_at, None, None],
            _ => [None, None, None],
        };
        let own = [self.happened_at, self.recorded_at];
        own.into_iter().chain(told.into_iter().flatten())
    }

    /// What a timeline is sorted by: time, then the message's id (ids grow
    /// with time, arrival does not), then the place in the log. Total, so equal
    /// times keep one order for ever.
    #[must_use]
    pub fn order(&self) -> (DateTime<Utc>, Option<MessageId>, Seq) {
        let message = match self.fact {
            Fact::MessagePosted { .. } => self.origin.map(|origin| origin.message),
            _ => None,
        };
        (self.happened_at, message, self.seq)
    }
}

/// Where an incident's people talk.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, strum::Display)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Place {
    /// A text channel.
    Channel,
    /// A thread or a forum post.
    Thread,
}

/// What an entry says. The tag and the fields are the stored form: add to
/// them, never rename.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, strum::IntoStaticStr)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Fact {
    /// The incident was declared. Always the first entry, never another.
    Opened {
        /// What is wrong, in a line.
        title: String,
        /// How bad it is.
        severity: Severity,
        /// What is known, in a sentence or two.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        summary: Option<String>,
        /// Whether only its members may know of it.
        #[serde(default)]
        private: bool,
        /// Whether it is an exercise.
        #[serde(default)]
        drill: bool,
        /// The record it was taken over from.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        source: Option<Source>,
    },
    /// Its channel or thread is there; what is said in it is recorded.
    PlaceOpened {
        /// The channel.
        channel: ChannelId,
        /// What kind of channel.
        place: Place,
        /// Where people were there before the incident was: from when on (UTC)
        /// what is said there belongs to it. `None` where it was made for it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        since: Option<DateTime<Utc>>,
    },
    /// A thread below the incident's channel is recorded too.
    ThreadFollowed {
        /// The thread.
        channel: ChannelId,
        /// Its name then.
        name: String,
    },
    /// Its channel or thread is put away, because it is over and was quiet for
    /// as long as the guild wants. Written before it is done, so that what
    /// was before is known whatever stops in between.
    PlaceArchived {
        /// The entry that ended the incident.
        end: Seq,
        /// Whether nobody may write there any more.
        #[serde(default)]
        locked: bool,
        /// How it was before.
        #[serde(default)]
        was: PlaceBefore,
    },
    /// It is back as it was, because the incident was taken up again.
    PlaceRestored {},
    /// The status changed.
    StatusChanged {
        /// From.
        from: Status,
        /// To.
        to: Status,
        /// What the public may be told.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        message: Option<String>,
    },
    /// News for the public in the status that already holds.
    Updated {
        /// That status.
        status: Status,
        /// The news.
        message: String,
    },
    /// A line for the timeline.
    Noted {
        /// The line.
        text: String,
        /// Whether it is a key event from the start.
        #[serde(default)]
        key: bool,
    },
    /// It is better or worse than was thought.
    SeverityChanged {
        /// From.
        from: Severity,
        /// To.
        to: Severity,
        /// Why.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reason: Option<String>,
    },
    /// The title was mended. What it was before stands in the entry before,
    /// where it can be removed for good.
    Renamed {
        /// To.
        to: String,
    },
    /// A component is better or worse.
    ComponentChanged {
        /// Which.
        component: Component,
        /// From.
        from: ComponentState,
        /// To.
        to: ComponentState,
    },
    /// Users began to be affected.
    OutageStarted {
        /// Through which components; none where nobody said.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        components: Vec<Component>,
    },
    /// Users were no longer affected.
    OutageEnded {
        /// The entries that started what ended.
        windows: Vec<Seq>,
    },
    /// Somebody has a role now.
    RoleGiven {
        /// Which.
        role: Role,
        /// Who had it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        from: Option<Person>,
        /// Who has it.
        to: Person,
        /// How it came to them, where it was not simply given.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        by: Option<Passing>,
    },
    /// Somebody was asked to take command; it is theirs once they accept.
    HandoverOffered(HandoverOffer),
    /// They did not.
    HandoverEnded(HandoverEnd),
    /// Somebody may see the channel of a private incident.
    AccessGiven {
        /// Who.
        to: Guest,
    },
    /// They may no longer.
    AccessTaken {
        /// Who.
        from: Guest,
    },
    /// Something is to be done.
    ActionAdded {
        /// Its number in the incident: 1, 2, 3.
        number: u32,
        /// What.
        text: String,
        /// By whom.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        owner: Option<Person>,
        /// Until when.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        due: Option<DateTime<Utc>>,
    },
    /// It was done.
    ActionDone {
        /// Its number.
        number: u32,
    },
    /// It is somebody's to do.
    ActionAssigned {
        /// Its number.
        number: u32,
        /// Whose it was.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        from: Option<Person>,
        /// Whose it is.
        to: Person,
        /// Until when, where that changes (UTC).
        #[serde(default, skip_serializing_if = "Option::is_none")]
        due: Option<DateTime<Utc>>,
    },
    /// Somebody wants to be reminded later.
    ReminderSnoozed {
        /// Of what.
        reminder: Reminder,
        /// Not before (UTC).
        until: DateTime<Utc>,
    },
    /// Somebody wrote a section of the postmortem. The words before it stay in
    /// the entries before it.
    SectionWritten {
        /// Which.
        section: Section,
        /// All of it, as it is to stand there.
        text: String,
        /// The last version its writer had before them; `None` where there was none.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        base: Option<Seq>,
    },
    /// A version of the postmortem was published: its documents are frozen.
    PostmortemPublished {
        /// Its number in the incident: 1, 2, 3.
        version: u32,
        /// The last entry it rests on.
        through: Seq,
        /// The SHA-256 of each document, in hex.
        sha256: BTreeMap<DocumentFormat, String>,
    },
    /// The incident is tied to another of its guild.
    Linked {
        /// How.
        relation: Relation,
        /// To which.
        to: IncidentNumber,
        /// Whether it is the other that is tied to this one so.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        back: bool,
    },
    /// It is so no longer.
    Unlinked {
        /// How.
        relation: Relation,
        /// To which.
        to: IncidentNumber,
        /// Whether it was the other that was tied to this one so.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        back: bool,
    },
    /// Somebody wrote a message. `origin` says where.
    MessagePosted(Message),
    /// They changed it. `origin` says which, `happened_at` when.
    MessageEdited {
        /// The text as it is now.
        text: String,
    },
    /// They or a moderator deleted it. `origin` says which; the text stays in the record.
    MessageDeleted {},
    /// A file of a message is kept on disk.
    AttachmentKept {
        /// Which file.
        attachment: AttachmentId,
        /// SHA-256 of its bytes, in hex; the name it is kept under.
        sha256: String,
    },
    /// A file of a message could not be kept.
    AttachmentLost {
        /// Which file.
        attachment: AttachmentId,
        /// Why.
        reason: String,
    },
    /// An entry belongs in the short timeline.
    KeyMarked {
        /// Which.
        entry: Seq,
        /// Whether 📌 on its message did it, so that the mark goes with the 📌.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        by_pin: bool,
    },
    /// It does not after all.
    KeyUnmarked {
        /// Which.
        entry: Seq,
    },
    /// An entry says or dates something wrong; it stays in the record, marked.
    Corrected {
        /// Which.
        entry: Seq,
        /// What it should say.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        text: Option<String>,
        /// When it really happened.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        at: Option<DateTime<Utc>>,
    },
    /// Texts were removed for good, from the stored entries too.
    Redacted {
        /// From which entries.
        entries: Vec<Seq>,
        /// The messages among them: their later edits and files stay out too.
        #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
        messages: BTreeSet<MessageId>,
        /// Why.
        reason: String,
    },
    /// Something Scribe had to say could not be delivered.
    DeliveryFailed {
        /// What: `card`, `announcement`, `topic`, ...
        what: String,
        /// Why.
        reason: String,
    },
    /// It was delivered after all.
    DeliveryRecovered {
        /// What.
        what: String,
    },
    /// Scribe was away; what could be fetched afterwards was.
    Absence {
        /// From when nothing was heard (UTC).
        from: DateTime<Utc>,
        /// Until when.
        to: DateTime<Utc>,
        /// How many messages were recovered.
        recovered: u32,
        /// From when on (UTC) what had been said before was compared with
        /// Discord for edits, deletions and 📌; `None` where all of it was, and
        /// in records from before this was noted.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        compared_since: Option<DateTime<Utc>>,
        /// What could not be read, and why.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        unread: Vec<Unread>,
    },
}

/// What stands where a text was removed for good.
pub const REDACTED: &str = "[redacted]";

impl Fact {
    /// The stored name of its kind, such as `status_changed`.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        self.into()
    }

    /// The text people wrote in it, if it has one.
    #[must_use]
    pub fn text(&self) -> Option<&str> {
        match self {
            Self::Opened { title, .. } => Some(title),
            Self::StatusChanged { message, .. } => message.as_deref(),
            Self::Updated { message, .. } => Some(message),
            Self::Noted { text, .. }
            | Self::MessageEdited { text }
            | Self::ActionAdded { text, .. }
            | Self::SectionWritten { text, .. } => Some(text),
            Self::SeverityChanged { reason, .. } => reason.as_deref(),
            Self::Renamed { to } => Some(to),
            Self::RoleGiven { by, .. } => by.as_ref()?.note(),
            Self::HandoverOffered(offer) => offer.note.as_deref(),
            Self::MessagePosted(message) => Some(&message.text),
            Self::Corrected { text, .. } => text.as_deref(),
            _ => None,
        }
    }

    /// All that people wrote in it, as a search finds it: of the declaration the
    /// summary too.
    #[must_use]
    pub fn searched(&self) -> Option<String> {
        match self {
            Self::Opened {
                title,
                summary: Some(summary),
                ..
            } => Some(format!("{title}\n{summary}")),
            fact => fact.text().map(str::to_owned),
        }
    }

    /// The same fact without what people wrote in it: what is left of an
    /// entry after a redaction. Who, when and what kind of thing stay.
    #[must_use]
    pub fn redacted(&self) -> Self {
        let gone = || REDACTED.to_owned();
        let mut fact = self.clone();
        match &mut fact {
            Self::Opened { title, summary, .. } => {
                *title = gone();
                *summary = summary.as_ref().map(|_| gone());
            }
            Self::StatusChanged { message: text, .. }
            | Self::SeverityChanged { reason: text, .. }
            | Self::Corrected { text, .. } => *text = text.as_ref().map(|_| gone()),
            Self::Updated { message: text, .. }
            | Self::Noted { text, .. }
            | Self::MessageEdited { text }
            | Self::ActionAdded { text, .. }
            | Self::SectionWritten { text, .. } => *text = gone(),
            Self::Renamed { to } => *to = gone(),
            Self::RoleGiven { by, .. } => *by = by.as_ref().map(|by| by.redacted(REDACTED)),
            Self::HandoverOffered(offer) => offer.note = offer.note.as_ref().map(|_| gone()),
            Self::ThreadFollowed { name, .. } => *name = gone(),
            // The digest of a short file can be guessed from.
            Self::AttachmentKept { sha256, .. } => *sha256 = gone(),
            Self::MessagePosted(message) => {
                message.text = gone();
                message.attachments.clear();
            }
            _ => {}
        }
        fact
    }

    /// Whether a redaction would remove anything from it.
    #[must_use]
    pub fn can_be_redacted(&self) -> bool {
        *self != self.redacted()
    }
}
