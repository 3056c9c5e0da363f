//! One sentence for one entry of a log, to stand after a name: `ana` *noted
//! that*, `ana` *ended the outage*. The timeline on Discord, the draft and the
//! command line say the same.

use chrono::{DateTime, Utc};

use super::count::{Noun, count};
use super::language::say;
use super::{absence, handover, link, name, reworded, section};
use crate::incident::{Component, DocumentFormat, Entry, Fact, HISTORY, Line, Place, Seq};

/// How the sentences of one place are written: on Discord, in a file, in a terminal.
#[derive(Clone, Copy)]
pub struct Style<'a> {
    /// Makes a text from people harmless there.
    pub escape: &'a dyn Fn(&str) -> String,
    /// Writes a moment.
    pub time: &'a dyn Fn(DateTime<Utc>) -> String,
    /// Writes the number of an entry: `#12`, or a link to it.
    pub entry: &'a dyn Fn(Seq) -> String,
}

/// `outage ended after 3h 41m`: for whoever knows how long the windows were
/// that one entry ended.
#[must_use]
pub fn outage_ended(lengths: &[String]) -> String {
    let after = name::list(lengths);
    match lengths.len() {
        1 => say!("outage ended after {after}", "Ausfall beendet nach {after}"),
        _ => say!(
            "outages ended after {after}",
            "Ausfälle beendet nach {after}"
        ),
    }
}

/// What a line of a timeline says, as last edited or corrected, without its
/// time and its author.
#[must_use]
pub fn of_line(line: &Line<'_>, style: Style<'_>) -> String {
    let settled = handover::settled(line.settled);
    sentence(line.entry, line.text, settled, style)
}

/// What an entry says, as it was written.
#[must_use]
pub fn of_entry(entry: &Entry, style: Style<'_>) -> String {
    sentence(entry, entry.fact.text(), "", style)
}

/// What an entry does, and the text that people wrote with it, apart: for
/// whoever shows the text below.
#[must_use]
pub fn deed<'a>(
    entry: &Entry,
    text: Option<&'a str>,
    style: Style<'_>,
) -> (String, Option<&'a str>) {
    let own = deed_alone(entry, style);
    let told = match entry.fact {
        Fact::Renamed { .. } => None,
        _ => text.filter(|text| !text.trim().is_empty()),
    };
    (own, told)
}

/// `more` stands after what was done, before what was written.
fn sentence(entry: &Entry, text: Option<&str>, more: &str, style: Style<'_>) -> String {
    let (deed, told) = deed(entry, text, style);
    let deed = deed + more;
    let told = told.map(|told| (style.escape)(told));
    let bare = matches!(entry.fact, Fact::Noted { .. } | Fact::MessagePosted(_));
    match told {
        Some(told) if bare => told,
        Some(told) => format!("{deed}: {told}"),
        None => deed,
    }
}

fn deed_alone(entry: &Entry, style: Style<'_>) -> String {
    let escape = |text: &str| (style.escape)(text);
    match &entry.fact {
        Fact::Opened {
            severity, drill, ..
        } => match drill {
            true => say!(
                "declared {severity} (exercise)",
                "hat {severity} ausgerufen (Übung)"
            ),
            false => say!("declared {severity}", "hat {severity} ausgerufen"),
        },
        Fact::PlaceOpened { place, since, .. } => opened(*place, *since, style),
        Fact::PlaceArchived { locked: false, .. } => say!(
            "put its channel or thread away",
            "hat den Kanal oder Thread weggeräumt"
        ),
        Fact::PlaceArchived { locked: true, .. } => say!(
            "put its channel or thread away and closed",
            "hat den Kanal oder Thread weggeräumt und geschlossen"
        ),
        Fact::PlaceRestored {} => say!(
            "brought its channel or thread back",
            "hat den Kanal oder Thread zurückgeholt"
        ),
        Fact::ThreadFollowed { name, .. } => say!(
            "began to record the thread “{name}”",
            "zeichnet ab jetzt den Thread „{name}“ auf",
            name = escape(name)
        ),
        Fact::StatusChanged { from, to, .. } => {
            let (from, to) = (name::status(*from), name::status(*to));
            say!("status {from} → {to}", "Status „{from}“ → „{to}“")
        }
        Fact::Updated { status, .. } => {
            let status = name::status(*status);
            say!("update ({status})", "Update ({status})")
        }
        Fact::Noted { .. } => say!("noted", "Notiz"),
        Fact::SeverityChanged { from, to, .. } => {
            say!("severity {from} → {to}", "Schweregrad {from} → {to}")
        }
        Fact::Renamed { to } => say!(
            "renamed it to “{title}”",
            "hat ihn in „{title}“ umbenannt",
            title = escape(to)
        ),
        Fact::ComponentChanged {
            component,
            from,
            to,
        } => {
            let (from, to) = (name::component_state(*from), name::component_state(*to));
            format!("{} {from} → {to}", escape(&component.0))
        }
        Fact::OutageStarted { components } => say!(
            "outage began{of}",
            "Ausfall begann{of}",
            of = of(components, style)
        ),
        Fact::OutageEnded { windows } => match windows.as_slice() {
            [window] => say!(
                "outage ended (begun with {window})",
                "Ausfall beendet (begonnen mit {window})",
                window = (style.entry)(*window)
            ),
            windows => say!(
                "outages ended (begun with {windows})",
                "Ausfälle beendet (begonnen mit {windows})",
                windows = entries(windows, style)
            ),
        },
        Fact::RoleGiven {
            from,
            to,
            by: Some(by),
            ..
        } => handover::passed(from.as_ref(), to, by, style),
        Fact::HandoverOffered(offer) => handover::offered(offer, style),
        Fact::HandoverEnded(end) => handover::not_accepted(end, style),
        Fact::AccessGiven { to } => handover::access_given(to, style),
        Fact::AccessTaken { from } => handover::access_taken(from, style),
        Fact::RoleGiven { role, from, to, .. } => {
            let before = from.as_ref().map_or(String::new(), |from| {
                let before = escape(&from.name);
                say!(", before {before}", ", vorher {before}")
            });
            say!(
                "{role} is {who}{before}",
                "{role} ist {who}{before}",
                role = escape(name::role(role)),
                who = escape(&to.name)
            )
        }
        Fact::ActionAdded {
            number,
            owner,
            due: day,
            ..
        } => {
            let owner = owner.as_ref().map_or(String::new(), |owner| {
                let owner = escape(&owner.name);
                say!(" for {owner}", " für {owner}")
            });
            let due = due(*day, style);
            say!(
                "action item {number}{owner}{due}",
                "Aufgabe {number}{owner}{due}"
            )
        }
        Fact::ActionAssigned {
            number,
            to,
            due: day,
            ..
        } => say!(
            "gave action item {number} to {who}{due}",
            "hat Aufgabe {number} an {who} gegeben{due}",
            who = escape(&to.name),
            due = due(*day, style)
        ),
        Fact::ReminderSnoozed { reminder, until } => say!(
            "put off the reminder {what} until {at}",
            "hat die Erinnerung {what} auf {at} verschoben",
            what = name::reminder(*reminder),
            at = (style.time)(*until)
        ),
        Fact::ActionDone { number } => say!(
            "action item {number} is done",
            "Aufgabe {number} ist erledigt"
        ),
        Fact::SectionWritten { section, .. } => say!(
            "wrote the section “{title}”",
            "hat den Abschnitt „{title}“ geschrieben",
            title = section::title(*section)
        ),
        Fact::PostmortemPublished {
            version, sha256, ..
        } => {
            let hash = sha256.get(&DocumentFormat::Md).map_or("", String::as_str);
            say!(
                "published version {version} of the postmortem, SHA-256 {hash}",
                "hat Version {version} des Postmortems veröffentlicht, SHA-256 {hash}",
                hash = escape(hash)
            )
        }
        Fact::Linked { relation, to, back } => link::tied(*relation, *to, *back),
        Fact::Unlinked { relation, to, back } => say!(
            "no longer {tied}",
            "nicht mehr: {tied}",
            tied = link::tied(*relation, *to, *back)
        ),
        Fact::MessagePosted(_) => say!("wrote", "schrieb"),
        Fact::MessageEdited { .. } => say!("edited a message", "hat eine Nachricht geändert"),
        Fact::MessageDeleted {} => {
            say!("a message was deleted", "eine Nachricht wurde gelöscht")
        }
        Fact::AttachmentKept { sha256, .. } => say!(
            "kept a file, SHA-256 {hash}",
            "hat eine Datei aufbewahrt, SHA-256 {hash}",
            hash = escape(sha256)
        ),
        Fact::AttachmentLost { reason, .. } => say!(
            "a file could not be kept: {reason}",
            "eine Datei ließ sich nicht aufbewahren: {reason}",
            reason = escape(&reworded::reason(reason))
        ),
        Fact::KeyMarked { entry, .. } => say!(
            "marked {entry} as a key event",
            "hat {entry} als Schlüsselereignis markiert",
            entry = (style.entry)(*entry)
        ),
        Fact::KeyUnmarked { entry } => say!(
            "took the mark of a key event from {entry}",
            "hat {entry} die Markierung als Schlüsselereignis genommen",
            entry = (style.entry)(*entry)
        ),
        Fact::Corrected { entry, at, .. } => {
            let entry = (style.entry)(*entry);
            match at.map(|at| (style.time)(at)) {
                Some(at) => say!(
                    "corrected {entry}, which happened at {at}",
                    "hat {entry} berichtigt, geschehen {at}"
                ),
                None => say!("corrected {entry}", "hat {entry} berichtigt"),
            }
        }
        Fact::Redacted {
            entries: which,
            reason,
            ..
        } => say!(
            "removed the text of {which} for good: {reason}",
            "hat den Text von {which} endgültig entfernt: {reason}",
            which = entries(which, style),
            reason = escape(reason)
        ),
        Fact::DeliveryFailed { what, reason } => say!(
            "could not {verb} the {what}: {reason}",
            "konnte nicht {verb}: {what}, {reason}",
            verb = name::delivering(what),
            what = escape(name::delivered(what)),
            reason = escape(&reworded::reason(reason))
        ),
        Fact::DeliveryRecovered { what } if what == HISTORY => say!(
            "could read the history again",
            "konnte den Verlauf wieder lesen"
        ),
        Fact::DeliveryRecovered { what } => say!(
            "delivered the {what} after all",
            "konnte doch noch zustellen: {what}",
            what = escape(name::delivered(what))
        ),
        Fact::Absence { .. } => away(&entry.fact, style),
    }
}

fn opened(place: Place, since: Option<DateTime<Utc>>, style: Style<'_>) -> String {
    match (place, since.map(|since| (style.time)(since))) {
        (Place::Channel, Some(since)) => say!(
            "took over the channel; what was said there since {since} is recorded",
            "hat den Kanal übernommen; was dort seit {since} gesagt wurde, ist aufgezeichnet"
        ),
        (Place::Thread, Some(since)) => say!(
            "took over the thread; what was said there since {since} is recorded",
            "hat den Thread übernommen; was dort seit {since} gesagt wurde, ist aufgezeichnet"
        ),
        (Place::Channel, None) => say!(
            "opened the channel; what is said there is recorded",
            "hat den Kanal eröffnet; was dort gesagt wird, wird aufgezeichnet"
        ),
        (Place::Thread, None) => say!(
            "opened the thread; what is said there is recorded",
            "hat den Thread eröffnet; was dort gesagt wird, wird aufgezeichnet"
        ),
    }
}

fn away(fact: &Fact, style: Style<'_>) -> String {
    let Fact::Absence {
        from,
        to,
        recovered,
        compared_since,
        unread,
    } = fact
    else {
        return String::new();
    };
    let mut said = say!(
        "was away from {from} to {to}; {messages} recovered afterwards",
        "war von {from} bis {to} weg; {messages} danach nachgeholt",
        from = (style.time)(*from),
        to = (style.time)(*to),
        messages = count(*recovered as usize, Noun::Message)
    );
    let unread = absence::all_unread(unread, |channel| {
        say!("channel {channel}", "Kanal {channel}")
    });
    let since = compared_since.map(|at| absence::compared_since(&(style.time)(at)));
    for also in unread.into_iter().chain(since) {
        said += "; ";
        said += &also;
    }
    format!("{said}. {}", absence::unknowable())
}

fn due(day: Option<DateTime<Utc>>, style: Style<'_>) -> String {
    day.map_or(String::new(), |day| {
        let day = (style.time)(day);
        say!(", due {day}", ", fällig {day}")
    })
}

fn entries(seqs: &[Seq], style: Style<'_>) -> String {
    let seqs: Vec<String> = seqs.iter().map(|seq| (style.entry)(*seq)).collect();
    name::list(&seqs)
}

fn of(components: &[Component], style: Style<'_>) -> String {
    if components.is_empty() {
        return String::new();
    }
    format!(" ({})", (style.escape)(&name::components(components)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::incident::{
        Actor, ChannelId, Person, Role, Severity, Status, Unread, UserId, WhyUnread,
    };

    fn said(fact: Fact) -> String {
        let entry = Entry {
            seq: Seq(9),
            happened_at: DateTime::UNIX_EPOCH,
            recorded_at: DateTime::UNIX_EPOCH,
            actor: Actor::Scribe,
            origin: None,
            fact,
        };
        let escape = |text: &str| text.to_uppercase();
        let time = |at: DateTime<Utc>| at.format("%H:%M").to_string();
        let number = |seq: Seq| seq.to_string();
        of_entry(
            &entry,
            Style {
                escape: &escape,
                time: &time,
                entry: &number,
            },
        )
    }

    #[test]
    fn each_reads_after_a_name_and_people_are_escaped() {
        let ana = Person {
            id: UserId(1),
            name: "ana".to_owned(),
            bot: false,
        };
        let change = Fact::StatusChanged {
            from: Status::Investigating,
            to: Status::Identified,
            message: Some("bad deploy".to_owned()),
        };
        assert_eq!(
            said(change),
            "status investigating → identified: BAD DEPLOY"
        );
        let note = Fact::Noted {
            text: "rolled back".to_owned(),
            key: false,
        };
        assert_eq!(said(note), "ROLLED BACK");
        let role = Fact::RoleGiven {
            role: Role::commander(),
            from: None,
            to: ana,
            by: None,
        };
        assert_eq!(said(role), "COMMANDER is ANA");
        let open = Fact::Opened {
            title: "api".to_owned(),
            severity: Severity::Sev1,
            summary: None,
            private: false,
            drill: false,
            source: None,
        };
        assert_eq!(said(open), "declared SEV1: API");
        let ended = Fact::OutageEnded {
            windows: vec![Seq(3), Seq(4)],
        };
        assert_eq!(said(ended), "outages ended (begun with #3 and #4)");
        let away = Fact::Absence {
            from: DateTime::UNIX_EPOCH,
            to: DateTime::UNIX_EPOCH,
            recovered: 1,
            compared_since: Some(DateTime::UNIX_EPOCH),
            unread: vec![Unread {
                channel: ChannelId(7),
                why: WhyUnread::NoHistory,
            }],
        };
        assert_eq!(
            said(away),
            "was away from 00:00 to 00:00; 1 message recovered afterwards; \
            channel 7 could not be read: Scribe lacks the permission Read Message History there; \
            edits, deletions and reactions to what was said before 00:00 were not looked for. \
            What was written and deleted in between, an edit before the last one, and a reaction that came and went cannot be known"
        );
    }
}
