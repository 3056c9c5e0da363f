//! What Scribe has to say because of an entry. Pure, so that it is queued in
//! the transaction that appends the entry; what it looks like is decided when
//! it is delivered, from the state as it is then.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::entry::{Entry, Fact};
use super::id::Seq;
use super::likeness::Alert;
use super::link::Relation;
use super::reminder::{Due, Reminder, SaidReminder};
use super::secret::secrets;
use super::state::Incident;
use super::status::Status;

/// Something to be done on Discord.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Outgoing {
    /// Open the incident's channel.
    OpenPlace,
    /// Show the pinned card as it is now.
    Card,
    /// Show the announcement as it is now.
    Announcement,
    /// Bring the channel's name and topic up to date.
    Topic,
    /// Put the incident's channel or thread away, if it is still over.
    Archive {
        /// The entry that ended it.
        end: Seq,
    },
    /// Bring it back.
    Restore,
    /// Tell of an entry in the incident's channel.
    Tell {
        /// Which.
        entry: Seq,
    },
    /// Say which incidents it looks like, if any.
    LooksLike,
    /// Show an offer of command as it is now.
    Handover {
        /// The entry that made it.
        offer: Seq,
    },
    /// Post the postmortem draft of the log up to an entry.
    Draft {
        /// The last entry it rests on.
        through: Seq,
    },
    /// Say anew, without them, what was said with the texts that an entry removed for good.
    Unsay {
        /// Which.
        redaction: Seq,
    },
    /// Offer to remove the text of a message that looks like a secret.
    OfferRedaction {
        /// The entry that has it.
        entry: Seq,
    },
    /// Remind somebody, if there is still reason to.
    Reminder {
        /// Of what.
        reminder: Reminder,
        /// What it counts from (UTC).
        ground: DateTime<Utc>,
        /// The how manieth time.
        round: u32,
    },
    /// Strike a reminder through whose reason is gone, and take its buttons.
    ReminderEnd {
        /// Of what.
        reminder: Reminder,
        /// What it counted from (UTC).
        ground: DateTime<Utc>,
        /// The how manieth time.
        round: u32,
    },
    /// Post a published version of the postmortem, or take from its post what was
    /// removed for good.
    Publication {
        /// Which.
        version: u32,
    },
    /// Post the weekly summary to the guild.
    WeekSummary {
        /// The Monday the week begins with, in the guild's zone.
        monday: NaiveDate,
    },
}

impl From<&Due> for Outgoing {
    fn from(due: &Due) -> Self {
        Self::Reminder {
            reminder: due.reminder,
            ground: due.ground,
            round: due.round,
        }
    }
}

impl From<SaidReminder> for Outgoing {
    fn from(said: SaidReminder) -> Self {
        Self::ReminderEnd {
            reminder: said.reminder,
            ground: said.ground,
            round: said.round,
        }
    }
}

impl Outgoing {
    /// Its name in messages about it: `card`, `announcement`, ...
    #[must_use]
    pub fn what(&self) -> &'static str {
        match self {
            Self::OpenPlace => "channel",
            Self::Card => "card",
            Self::Announcement => "announcement",
            Self::Topic => "topic",
            Self::Archive { .. } => "archiving",
            Self::Restore => "return from the archive",
            Self::Tell { .. } => "message",
            Self::LooksLike => "what it looks like",
            Self::Handover { .. } => "offer of command",
            Self::Draft { .. } => "postmortem draft",
            Self::Unsay { .. } => "removal of a text",
            Self::OfferRedaction { .. } => "offer to remove a secret",
            Self::Reminder { .. } => "reminder",
            Self::ReminderEnd { .. } => "end of a reminder",
            Self::Publication { .. } => "postmortem",
            Self::WeekSummary { .. } => "weekly summary",
        }
    }

    /// Whether one that waits makes another superfluous, because what is shown
    /// is the state at delivery: the last state wins.
    #[must_use]
    pub fn coalesces(&self) -> bool {
        matches!(
            self,
            Self::OpenPlace
                | Self::Archive { .. }
                | Self::Restore
                | Self::Card
                | Self::Announcement
                | Self::Topic
                | Self::LooksLike
                | Self::Handover { .. }
                | Self::ReminderEnd { .. }
                | Self::WeekSummary { .. }
        )
    }

    /// The lane it goes by. Lanes keep their order and wait for nobody else:
    /// topics wait minutes for Discord's limits, announcements go to a channel
    /// that may be closed to us.
    #[must_use]
    pub fn lane(&self) -> &'static str {
        match self {
            Self::OpenPlace
            | Self::Card
            | Self::Tell { .. }
            | Self::LooksLike
            | Self::Handover { .. }
            | Self::Draft { .. }
            | Self::Unsay { .. }
            | Self::OfferRedaction { .. } => "incident",
            Self::Announcement => "announcement",
            Self::Topic => "topic",
            // One after the other, and nobody waits where it may not be done.
            Self::Archive { .. } | Self::Restore => "place",
            Self::Reminder { .. } | Self::ReminderEnd { .. } => "reminder",
            // Its channel may be closed to us.
            Self::Publication { .. } => "postmortem",
            Self::WeekSummary { .. } => "guild",
        }
    }
}

/// What has to be said after the entries that one command brought about;
/// `incident` is the state with them. What a declaration brings along is on
/// the card and needs no line of its own. A record of the past is taken over
/// in silence: no channel is opened for it, nobody is told, no draft is asked for.
#[must_use]
pub fn outgoing(incident: &Incident, entries: &[Entry]) -> Vec<Outgoing> {
    if incident.source.is_some() && incident.place.is_none() {
        return Vec::new();
    }
    let mut all = match entries.first().map(|entry| &entry.fact) {
        Some(Fact::Opened { .. }) if incident.place.is_some() => {
            vec![Outgoing::Card, Outgoing::LooksLike, Outgoing::Announcement]
        }
        Some(Fact::Opened { .. }) => vec![Outgoing::OpenPlace, Outgoing::Announcement],
        _ => entries.iter().flat_map(after).collect(),
    };
    // What it was opened over may come in after the declaration.
    let alerts = |entry: &Entry| {
        let told = matches!(entry.fact, Fact::MessagePosted(_) | Fact::Noted { .. });
        told && Alert::of(entry, incident.opened_at).is_some()
    };
    let shown_there = incident.place.is_some() && incident.status_now().is_open();
    if shown_there && entries.iter().any(alerts) {
        all.push(Outgoing::LooksLike);
    }
    let new = |seq: Seq| entries.iter().any(|entry| entry.seq == seq);
    // The card has who takes part and who is asked to lead.
    let mut shown = incident.people.came_with(entries);
    for offer in &incident.handovers {
        if new(offer.seq) || offer.ended.is_some_and(|ended| new(ended.by)) {
            all.push(Outgoing::Handover { offer: offer.seq });
            shown = true;
        }
    }
    if shown && incident.place.is_some() && !all.contains(&Outgoing::Card) {
        all.push(Outgoing::Card);
    }
    if incident.private {
        all.retain(|one| *one != Outgoing::Announcement);
    }
    // A place that was there before keeps the name and the topic its people gave it.
    if incident.adopted_since.is_some() {
        all.retain(|one| *one != Outgoing::Topic);
    }
    let resolved = |entry: &&Entry| matches!(entry.fact, Fact::StatusChanged { to, .. } if to == Status::Resolved);
    if let Some(entry) = entries.iter().find(resolved)
        && incident.status_now() == Status::Resolved
    {
        let through = entry.seq;
        all.push(Outgoing::Draft { through });
    }
    let reopened = |entry: &Entry| {
        matches!(entry.fact, Fact::StatusChanged { .. }) && incident.status_now().is_open()
    };
    if incident.archived.is_some() && entries.iter().any(reopened) {
        all.push(Outgoing::Restore);
    }
    for version in &incident.publications {
        let news =
            |entry: &Entry| version.seq == entry.seq || version.redacted_by == Some(entry.seq);
        if entries.iter().any(news) {
            let version = version.version;
            all.push(Outgoing::Publication { version });
        }
    }
    all
}

fn after(entry: &Entry) -> Vec<Outgoing> {
    use Outgoing::{Announcement, Card, Topic};
    let tell = Outgoing::Tell { entry: entry.seq };
    match &entry.fact {
        Fact::PlaceOpened { .. } => vec![Card, Outgoing::LooksLike, Topic, Announcement],
        Fact::StatusChanged { .. } | Fact::SeverityChanged { .. } | Fact::Renamed { .. } => {
            vec![tell, Card, Announcement, Topic]
        }
        Fact::Linked {
            relation: Relation::DuplicateOf,
            back: false,
            ..
        } => vec![tell, Card, Announcement, Outgoing::LooksLike],
        Fact::Linked { .. } | Fact::Unlinked { .. } => vec![tell, Card, Announcement],
        Fact::Updated { .. } | Fact::ComponentChanged { .. } | Fact::Corrected { .. } => {
            vec![tell, Card, Announcement]
        }
        Fact::Redacted { .. } => {
            let redaction = entry.seq;
            vec![
                tell,
                Card,
                Announcement,
                Topic,
                Outgoing::Unsay { redaction },
            ]
        }
        Fact::MessagePosted(_) | Fact::MessageEdited { .. } => {
            let text = entry.fact.text().unwrap_or_default();
            let entry = entry.seq;
            let offer = (!secrets(text).is_empty()).then_some(Outgoing::OfferRedaction { entry });
            offer.into_iter().collect()
        }
        Fact::OutageStarted { .. }
        | Fact::OutageEnded { .. }
        | Fact::RoleGiven { .. }
        | Fact::ActionAdded { .. }
        | Fact::ActionAssigned { .. }
        | Fact::ActionDone { .. } => vec![tell, Card],
        Fact::Noted { .. }
        | Fact::SectionWritten { .. }
        | Fact::PostmortemPublished { .. }
        | Fact::ReminderSnoozed { .. }
        | Fact::HandoverEnded(_)
        | Fact::Absence { .. } => vec![tell],
        // The card shows what could not be delivered; that it could not itself it cannot show.
        Fact::DeliveryFailed { what, .. } | Fact::DeliveryRecovered { what }
            if what != Card.what() =>
        {
            vec![Card]
        }
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::random_log::{KEY, start};
    use super::super::*;

    #[test]
    fn a_declaration_is_told_by_the_card_alone() {
        let mut open = Open::new("API is down", Severity::Sev1);
        open.components = vec![Component("API".to_owned())];
        open.started = Some(start());
        let context = Context {
            actor: Actor::Scribe,
            now: start(),
            origin: None,
        };
        let entries = decide(None, Command::Open(open), &context).unwrap();
        assert_eq!(entries.len(), 3);
        let state = Incident::fold(KEY, &entries).unwrap();
        let said = outgoing(&state, &entries);
        assert_eq!(said, [Outgoing::OpenPlace, Outgoing::Announcement]);
    }

    #[test]
    fn a_place_that_was_there_before_keeps_its_name() {
        let mut open = Open::new("API is down", Severity::Sev1);
        open.adopted = Some(Adopted {
            channel: ChannelId(5),
            place: Place::Thread,
            since: start(),
        });
        let context = Context {
            actor: Actor::Scribe,
            now: start(),
            origin: None,
        };
        let mut entries = decide(None, Command::Open(open.clone()), &context).unwrap();
        let state = Incident::fold(KEY, &entries).unwrap();
        let said = outgoing(&state, &entries);
        let looks = Outgoing::LooksLike;
        assert_eq!(said, [Outgoing::Card, looks, Outgoing::Announcement]);
        let title = "Login is down".to_owned();
        let renamed = decide(Some(&state), Command::Rename { title }, &context).unwrap();
        entries.extend(renamed.clone());
        let said = outgoing(&Incident::fold(KEY, &entries).unwrap(), &renamed);
        assert!(!said.contains(&Outgoing::Topic), "{said:?}");
        open.private = true;
        let entries = decide(None, Command::Open(open), &context).unwrap();
        let said = outgoing(&Incident::fold(KEY, &entries).unwrap(), &entries);
        let silent = [Outgoing::Card, Outgoing::LooksLike];
        assert_eq!(said, silent, "a private one is announced nowhere");
    }
}
