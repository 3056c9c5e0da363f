//! Why a command was refused: the user's mistake, with all that a helpful
//! sentence about it needs. The sentences are in `words`.

use chrono::{DateTime, Utc};

use super::component::{Component, ComponentState};
use super::handover::Outcome;
use super::id::{IncidentNumber, Seq};
use super::link::Relation;
use super::reminder::Reminder;
use super::role::Role;
use super::severity::Severity;
use super::status::Status;

/// A command that cannot be carried out, and why. Nothing was written.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[error("{self:?}")]
pub enum Refusal {
    /// The incident does not exist.
    NoSuchIncident,
    /// It exists already.
    AlreadyOpen,
    /// Its channel is known already.
    PlaceKnown,
    /// There is nothing in the text but blanks or invisible characters.
    EmptyText {
        /// The option it came from.
        option: &'static str,
    },
    /// The title is too long.
    TitleTooLong {
        /// Its length in characters.
        chars: usize,
        /// The most there may be.
        most: usize,
    },
    /// A section of the postmortem is too long.
    SectionTooLong {
        /// Its length in characters.
        chars: usize,
        /// The most there may be.
        most: usize,
    },
    /// The log has grown since what was to be published was written from it.
    GrownMeanwhile {
        /// The last entry it was written from.
        base: Seq,
        /// The last there is.
        last: Seq,
    },
    /// What was to be published is too long.
    DocumentTooLong {
        /// Its length in bytes.
        bytes: usize,
        /// The most there may be.
        most: usize,
    },
    /// It has the title already.
    SameTitle,
    /// The time lies ahead.
    InFuture {
        /// The time.
        at: DateTime<Utc>,
        /// Now.
        now: DateTime<Utc>,
    },
    /// The year has not four digits: nothing that keeps or shows times takes it.
    NoSuchYear {
        /// The year; before the year 1 it is 0 or less.
        year: i32,
    },
    /// The status cannot be reached from the one that holds.
    NotFromHere {
        /// The one that holds.
        from: Status,
        /// The one that was asked for.
        to: Status,
    },
    /// The status holds already and there is no message that would make it an update.
    SameStatus {
        /// Which.
        status: Status,
    },
    /// It is open still, or the status is none of an open incident.
    NotToBeReopened {
        /// The one that holds.
        status: Status,
        /// The one that was asked for.
        to: Status,
    },
    /// The severity holds already.
    SameSeverity {
        /// Which.
        severity: Severity,
    },
    /// The component is in that state already.
    SameComponentState {
        /// Which.
        component: Component,
        /// In which state.
        state: ComponentState,
    },
    /// An outage window with these components is already open.
    OutageAlreadyOpen {
        /// The entry that opened it.
        entry: Seq,
        /// Since when.
        since: DateTime<Utc>,
    },
    /// No outage window is open.
    NoOpenOutage,
    /// None that is open concerns these components.
    NoOpenOutageOf {
        /// These.
        components: Vec<Component>,
    },
    /// The outage would end before it began.
    EndsBeforeStart {
        /// The entry that started it.
        entry: Seq,
        /// When it began.
        start: DateTime<Utc>,
        /// When it would end.
        end: DateTime<Utc>,
    },
    /// They have the role already.
    SameHolder {
        /// Which.
        role: Role,
        /// Their name.
        name: String,
    },
    /// Nobody leads an incident that is over.
    NothingToLead {
        /// The status that holds.
        status: Status,
    },
    /// A bot cannot lead.
    BotCannotLead {
        /// Its name.
        name: String,
    },
    /// Whoever asks for command has it.
    LeadsAlready,
    /// Somebody else leads, so only they can hand it over.
    NotTheirsToHandOver {
        /// The name of whoever leads.
        name: String,
    },
    /// They were asked already and have not answered.
    OfferedAlready {
        /// Their name.
        name: String,
        /// When.
        at: DateTime<Utc>,
    },
    /// Whoever leads is at work, so nobody takes over.
    CommanderAtWork {
        /// Their name.
        name: String,
        /// When they were last heard.
        heard: DateTime<Utc>,
        /// From when on others may take over if nothing more is heard of them.
        free: DateTime<Utc>,
    },
    /// The offer is for somebody else.
    NotAsked {
        /// For whom.
        name: String,
    },
    /// The offer is not open any more.
    OfferOver {
        /// Who was asked.
        name: String,
        /// What became of it.
        how: Outcome,
    },
    /// No offer is open.
    NothingOffered,
    /// The offer is somebody else's to take back.
    NotTheirOffer {
        /// Whose.
        name: String,
    },
    /// There is no action item of that number.
    NoSuchAction {
        /// The number.
        number: u32,
        /// How many there are.
        count: usize,
    },
    /// It is done already.
    ActionAlreadyDone {
        /// The number.
        number: u32,
    },
    /// It is theirs already, and due when it was.
    SameOwner {
        /// Its number.
        number: u32,
        /// Their name.
        name: String,
    },
    /// There is nothing (any more) to be reminded of.
    NothingOwed {
        /// Of what.
        reminder: Reminder,
    },
    /// The time lies behind.
    InPast {
        /// The time.
        until: DateTime<Utc>,
    },
    /// An incident cannot be linked to itself.
    LinkToItself {
        /// Which.
        number: IncidentNumber,
    },
    /// They are linked so already.
    AlreadyLinked {
        /// To which.
        number: IncidentNumber,
    },
    /// The other one is private and this one is not.
    LinkToPrivate {
        /// The other one.
        number: IncidentNumber,
    },
    /// The other one is tied to this one so, directly or by others.
    LinkInCircle {
        /// The other one.
        number: IncidentNumber,
        /// How.
        relation: Relation,
    },
    /// It is a duplicate of another already.
    DuplicateAlready {
        /// Of which.
        original: IncidentNumber,
    },
    /// The other one is a duplicate itself.
    OtherIsDuplicate {
        /// The other one.
        number: IncidentNumber,
        /// Of which.
        original: IncidentNumber,
    },
    /// It has duplicates, so it is an original.
    HasDuplicates {
        /// One of them.
        duplicate: IncidentNumber,
        /// The other one.
        number: IncidentNumber,
    },
    /// They are not linked so.
    NotLinked {
        /// The other one.
        number: IncidentNumber,
        /// How they were said to be.
        relation: Relation,
    },
    /// The log has no such entry.
    NoSuchEntry {
        /// The one asked for.
        entry: Seq,
        /// The last there is.
        last: Seq,
    },
    /// It is a key event already.
    AlreadyKey {
        /// Which.
        entry: Seq,
    },
    /// It is none.
    NotKey {
        /// Which.
        entry: Seq,
    },
    /// Neither a text nor a time was given.
    NothingToCorrect,
    /// An entry of this kind cannot be corrected.
    NotCorrectable {
        /// Which.
        entry: Seq,
        /// Its kind.
        kind: &'static str,
    },
    /// An entry of this kind has no text to correct; its time can be.
    NoTextToCorrect {
        /// Which.
        entry: Seq,
        /// Its kind.
        kind: &'static str,
    },
    /// Its text was removed for good.
    AlreadyRedacted {
        /// Which.
        entry: Seq,
    },
    /// What the command is about has no message on Discord.
    NoMessage,
}
