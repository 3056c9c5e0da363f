//! The state of an incident: the fold of its log.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::component::{Component, ComponentState};
use super::ending::Archived;
use super::entry::{Entry, Fact, Place, REDACTED};
use super::handover::{Handover, Outcome};
use super::id::{ChannelId, IncidentKey, IncidentNumber, MessageId, Seq};
use super::link::Relation;
use super::outage::OutageWindow;
use super::people::People;
use super::person::{Actor, Person};
use super::publication::Publication;
use super::reminder::Reminder;
use super::role::Role;
use super::section::Section;
use super::severity::Severity;
use super::source::Source;
use super::status::Status;
use super::told::{News, Told};
use super::track::Track;

/// All that rules need to know of an incident. It grows with what people
/// decide, not with what they say, so a long log costs no more to decide on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Incident {
    /// Which incident.
    pub key: IncidentKey,
    /// What is wrong, in a line.
    pub title: String,
    /// What was known at the start.
    pub summary: Option<String>,
    /// Whether only its members may know of it.
    pub private: bool,
    /// Whether it is an exercise.
    pub drill: bool,
    /// The record it was taken over from, for an incident of the past.
    #[serde(default)]
    pub source: Option<Source>,
    /// Who declared it.
    pub opened_by: Actor,
    /// When it was declared (UTC).
    pub opened_at: DateTime<Utc>,
    /// Its channel, once there is one.
    pub place: Option<(ChannelId, Place)>,
    /// Where people were there before the incident was: from when on (UTC) what
    /// is said there belongs to it. The place keeps its own name and topic.
    #[serde(default)]
    pub adopted_since: Option<DateTime<Utc>>,
    /// That its place was put away after its end, and how it was before.
    #[serde(default)]
    pub archived: Option<Archived>,
    /// The threads below it that are recorded.
    pub threads: BTreeSet<ChannelId>,
    /// The status over time.
    pub status: Track<Status>,
    /// The severity over time.
    pub severity: Track<Severity>,
    /// Each component somebody named, over time.
    pub components: BTreeMap<Component, Track<ComponentState>>,
    /// When users were affected, in the order of telling.
    pub outages: Vec<OutageWindow>,
    /// Who has which role.
    pub roles: BTreeMap<Role, Person>,
    /// Who takes part. It has no default: a state that was stored without it is
    /// made from its log.
    pub people: People,
    /// The offers of command, oldest first; only the last can be open.
    pub handovers: Vec<Handover>,
    /// What is to be done, by number from 1.
    pub actions: Vec<ActionItem>,
    /// The entries that hold the words of each section of the postmortem: the
    /// last version, and beside it those that were written at the same time.
    #[serde(default)]
    pub words: BTreeMap<Section, Vec<Seq>>,
    /// The published versions of its postmortem, oldest first.
    #[serde(default)]
    pub publications: Vec<Publication>,
    /// The incidents it is tied to.
    pub links: Vec<(Relation, IncidentNumber)>,
    /// Those that are tied to it, as far as everybody may know of them.
    #[serde(default)]
    pub linked_from: Vec<(Relation, IncidentNumber)>,
    /// The key events.
    pub key_entries: BTreeSet<Seq>,
    /// Those of them that are key events because of 📌 on their message.
    #[serde(default)]
    pub pinned_entries: BTreeSet<Seq>,
    /// The entries whose texts were removed for good.
    pub redacted: BTreeSet<Seq>,
    /// The messages among them, by their ids on Discord.
    #[serde(default)]
    pub redacted_messages: BTreeSet<MessageId>,
    /// What could not be delivered, and why.
    pub failed_deliveries: BTreeMap<String, String>,
    /// What the public was told.
    #[serde(default)]
    pub told: Told,
    /// Until when people want no reminder of a kind (UTC).
    #[serde(default)]
    pub snoozed: BTreeMap<Reminder, DateTime<Utc>>,
    /// The last entry.
    pub last_seq: Seq,
    /// The latest moment an entry was written down at (UTC). Time in a log does
    /// not run backwards, whatever the machine's clock does.
    #[serde(default)]
    pub last_recorded_at: Option<DateTime<Utc>>,
    /// The entry the title comes from.
    title_seq: Seq,
}

/// Something to be done after or during an incident.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ActionItem {
    /// Its number in the incident, from 1.
    pub number: u32,
    /// The entry that added it.
    pub seq: Seq,
    /// What.
    pub text: String,
    /// By whom.
    pub owner: Option<Person>,
    /// Until when (UTC).
    pub due: Option<DateTime<Utc>>,
    /// When it was done (UTC).
    pub done_at: Option<DateTime<Utc>>,
    /// When it was added or given to its owner (UTC).
    #[serde(default)]
    pub given_at: Option<DateTime<Utc>>,
    /// The entry its text comes from.
    text_seq: Seq,
}

/// A sequence of entries that cannot be an incident's log.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BrokenLog {
    /// There is no entry.
    #[error("the log of {0:?} is empty")]
    Empty(IncidentKey),
    /// It does not start with the declaration.
    #[error("the log of {0:?} does not start with its declaration")]
    NoOpening(IncidentKey),
    /// An entry is missing or doubled.
    #[error("the log of {key:?} has entry {found} where {expected} belongs")]
    Gap {
        /// Which incident.
        key: IncidentKey,
        /// The number that belongs there.
        expected: Seq,
        /// The number that is there.
        found: Seq,
    },
}

impl Incident {
    /// The state after a log.
    ///
    /// # Errors
    /// Where the entries are no log: empty, without a declaration, with a gap.
    pub fn fold<'a>(
        key: IncidentKey,
        entries: impl IntoIterator<Item = &'a Entry>,
    ) -> Result<Self, BrokenLog> {
        let mut state = None;
        for entry in entries {
            state = Some(Self::evolve(key, state, entry)?);
        }
        state.ok_or(BrokenLog::Empty(key))
    }

    /// The state after one more entry.
    ///
    /// # Errors
    /// Where the entry cannot follow: see [`BrokenLog`].
    pub fn evolve(key: IncidentKey, state: Option<Self>, entry: &Entry) -> Result<Self, BrokenLog> {
        let expected = state.as_ref().map_or(Seq(1), |state| state.last_seq.next());
        if entry.seq != expected {
            let found = entry.seq;
            return Err(BrokenLog::Gap {
                key,
                expected,
                found,
            });
        }
        match (state, &entry.fact) {
            (None, Fact::Opened { .. }) => Ok(Self::opened(key, entry)),
            (None, _) => Err(BrokenLog::NoOpening(key)),
            (Some(mut state), _) => {
                state.apply(entry);
                state.last_seq = entry.seq;
                state.last_recorded_at = state.last_recorded_at.max(Some(entry.recorded_at));
                Ok(state)
            }
        }
    }

    fn opened(key: IncidentKey, entry: &Entry) -> Self {
        let mut state = Self {
            key,
            title: String::new(),
            summary: None,
            private: false,
            drill: false,
            source: None,
            opened_by: entry.actor.clone(),
            opened_at: entry.happened_at,
            place: None,
            adopted_since: None,
            archived: None,
            threads: BTreeSet::new(),
            status: Track::default(),
            severity: Track::default(),
            components: BTreeMap::new(),
            outages: Vec::new(),
            roles: BTreeMap::new(),
            people: People::default(),
            handovers: Vec::new(),
            actions: Vec::new(),
            words: BTreeMap::new(),
            publications: Vec::new(),
            links: Vec::new(),
            linked_from: Vec::new(),
            key_entries: BTreeSet::new(),
            pinned_entries: BTreeSet::new(),
            redacted: BTreeSet::new(),
            redacted_messages: BTreeSet::new(),
            failed_deliveries: BTreeMap::new(),
            told: Told::default(),
            snoozed: BTreeMap::new(),
            last_seq: entry.seq,
            last_recorded_at: Some(entry.recorded_at),
            title_seq: entry.seq,
        };
        state.apply(entry);
        state
    }

    fn apply(&mut self, entry: &Entry) {
        let (at, seq) = (entry.happened_at, entry.seq);
        match &entry.fact {
            Fact::Opened {
                title,
                severity,
                summary,
                private,
                drill,
                source,
            } => {
                self.title.clone_from(title);
                self.summary.clone_from(summary);
                self.private = *private;
                self.drill = *drill;
                self.source.clone_from(source);
                self.status.tell(at, seq, Status::Investigating);
                self.severity.tell(at, seq, *severity);
            }
            Fact::PlaceOpened {
                channel,
                place,
                since,
            } => {
                self.place = Some((*channel, *place));
                self.adopted_since = *since;
            }
            Fact::PlaceArchived { end, locked, was } => {
                // Put away once more: how it was at first is how it was.
                let archived = self.archived.take();
                let was = archived.map_or_else(|| was.clone(), |archived| archived.was);
                self.archived = Some(Archived {
                    end: *end,
                    locked: *locked,
                    was,
                });
            }
            Fact::PlaceRestored {} => self.archived = None,
            Fact::ThreadFollowed { channel, .. } => {
                self.threads.insert(*channel);
            }
            Fact::StatusChanged { to, message, .. } => {
                Self::tell_after_opening(&mut self.status, at, seq, *to);
                self.tell(News::new(seq, at, message.as_deref()));
            }
            Fact::Updated { message, .. } => self.tell(News::new(seq, at, Some(message))),
            Fact::SeverityChanged { to, .. } => {
                Self::tell_after_opening(&mut self.severity, at, seq, *to);
            }
            Fact::Renamed { to } => {
                self.title.clone_from(to);
                self.title_seq = seq;
            }
            Fact::ComponentChanged { component, to, .. } => {
                let track = self.components.entry(component.clone()).or_default();
                track.tell(at, seq, *to);
            }
            Fact::OutageStarted { components } => self.outages.push(OutageWindow {
                seq,
                start: at,
                end: None,
                components: components.clone(),
            }),
            Fact::OutageEnded { windows } => {
                for window in &mut self.outages {
                    if windows.contains(&window.seq) {
                        window.end = Some((at, seq));
                    }
                }
            }
            Fact::RoleGiven { role, to, by, .. } => {
                self.roles.insert(role.clone(), to.clone());
                if role.as_str() == Role::COMMANDER {
                    self.command_passed(entry, by.as_ref());
                }
            }
            Fact::HandoverOffered(offer) => self.offer_command(entry, offer),
            Fact::HandoverEnded(end) => self.end_handover(entry, end.how.into()),
            Fact::ActionAdded {
                number,
                text,
                owner,
                due,
            } => self.actions.push(ActionItem {
                number: *number,
                seq,
                text: text.clone(),
                owner: owner.clone(),
                due: *due,
                done_at: None,
                given_at: Some(at),
                text_seq: seq,
            }),
            Fact::ActionAssigned {
                number, to, due, ..
            } => {
                if let Some(action) = self.actions.iter_mut().find(|a| a.number == *number) {
                    action.owner = Some(to.clone());
                    action.due = due.or(action.due);
                    action.given_at = Some(at);
                }
            }
            Fact::ActionDone { number } => {
                if let Some(action) = self.actions.iter_mut().find(|a| a.number == *number) {
                    action.done_at = Some(at);
                }
            }
            Fact::SectionWritten { section, base, .. } => {
                // Its writer had all versions up to `base` before them; what came
                // since they had not, and it is not lost to them.
                let words = self.words.entry(*section).or_default();
                words.retain(|written| Some(*written) > *base);
                words.push(seq);
            }
            Fact::PostmortemPublished {
                version,
                through,
                sha256,
            } => self.publications.push(Publication {
                version: *version,
                seq,
                at,
                through: *through,
                sha256: sha256.clone(),
                redacted_by: None,
            }),
            Fact::Linked { relation, to, back } => self.tie(*back, (*relation, *to)),
            Fact::Unlinked { relation, to, back } => self.untie(*back, (*relation, *to)),
            Fact::Noted { key: true, .. } => {
                self.key_entries.insert(seq);
            }
            Fact::KeyMarked { entry, by_pin } => {
                self.key_entries.insert(*entry);
                if *by_pin {
                    self.pinned_entries.insert(*entry);
                }
            }
            Fact::KeyUnmarked { entry } => {
                self.key_entries.remove(entry);
                self.pinned_entries.remove(entry);
            }
            Fact::Corrected { entry, text, at } => {
                if let Some(at) = at {
                    self.retime(*entry, *at);
                }
                if let Some(text) = text {
                    self.reword(*entry, text, seq);
                }
            }
            Fact::Redacted {
                entries, messages, ..
            } => {
                self.redacted_messages.extend(messages);
                self.redact(entries, seq);
            }
            Fact::ReminderSnoozed { reminder, until } => {
                self.snoozed.insert(*reminder, *until);
            }
            Fact::DeliveryFailed { what, reason } => {
                self.failed_deliveries.insert(what.clone(), reason.clone());
            }
            Fact::DeliveryRecovered { what } => {
                self.failed_deliveries.remove(what);
            }
            Fact::Noted { .. }
            | Fact::MessagePosted(_)
            | Fact::MessageEdited { .. }
            | Fact::MessageDeleted {}
            | Fact::AttachmentKept { .. }
            | Fact::AttachmentLost { .. }
            | Fact::AccessGiven { .. }
            | Fact::AccessTaken { .. }
            | Fact::Absence { .. } => {}
        }
        self.people.hear(entry);
        if !self.status_now().is_open() {
            self.end_handover(entry, Outcome::Closed);
        }
    }

    /// What people say of the time before the declaration comes after what the
    /// declaration itself assumed, so that assumption moves back with it.
    fn tell_after_opening<T: Copy>(track: &mut Track<T>, at: DateTime<Utc>, seq: Seq, value: T) {
        if track.changes().first().is_some_and(|first| at < first.at) {
            track.retime(Seq(1), at);
        }
        track.tell(at, seq, value);
    }

    fn tell(&mut self, news: News) {
        let open = self.status_now().is_open();
        self.told.tell(news, open);
    }

    fn retime(&mut self, entry: Seq, at: DateTime<Utc>) {
        if entry == Seq(1) {
            self.opened_at = at;
        }
        self.status.retime(entry, at);
        self.severity.retime(entry, at);
        self.told.retime(entry, at);
        for track in self.components.values_mut() {
            track.retime(entry, at);
        }
        for window in &mut self.outages {
            if window.seq == entry {
                window.start = at;
            }
            if let Some((end, by)) = &mut window.end
                && *by == entry
            {
                *end = at;
            }
        }
    }

    fn reword(&mut self, entry: Seq, text: &str, by: Seq) {
        if let Some(action) = self.actions.iter_mut().find(|a| a.seq == entry) {
            text.clone_into(&mut action.text);
            action.text_seq = by;
        }
        self.told.reword(entry, text, by);
    }

    fn redact(&mut self, entries: &[Seq], by: Seq) {
        self.redacted.extend(entries);
        // Where in its documents a text stands nobody can say, so they go as a whole.
        for publication in &mut self.publications {
            let rests_on = entries.iter().any(|entry| *entry <= publication.through);
            if rests_on && publication.redacted_by.is_none() {
                publication.redacted_by = Some(by);
            }
        }
        if entries.contains(&Seq(1)) {
            self.summary = self.summary.as_ref().map(|_| REDACTED.to_owned());
        }
        if entries.contains(&self.title_seq) {
            REDACTED.clone_into(&mut self.title);
        }
        for action in &mut self.actions {
            if entries.contains(&action.text_seq) {
                REDACTED.clone_into(&mut action.text);
            }
        }
        self.told.redact(entries);
    }
}
