//! One sentence for one entry of a log, to stand after a name: `ana` *noted
//! that*, `ana` *ended the outage*. The timeline on Discord, the draft and the
//! command line say the same.

use chrono::{DateTime, Utc};

use super::{absence, handover, link, name, section};
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
    let plural = if lengths.len() == 1 { "" } else { "s" };
    format!("outage{plural} ended after {}", name::list(lengths))
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
        } => {
            let exercise = if *drill { " (exercise)" } else { "" };
            format!("declared {severity}{exercise}")
        }
        Fact::PlaceOpened { place, since, .. } => {
            let place = match place {
                Place::Channel => "channel",
                Place::Thread => "thread",
            };
            match since {
                Some(since) => format!(
                    "took over the {place}; what was said there since {} is recorded",
                    (style.time)(*since)
                ),
                None => format!("opened the {place}; what is said there is recorded"),
            }
        }
        Fact::PlaceArchived { locked, .. } => {
            let locked = if *locked { " and closed" } else { "" };
            format!("put its channel or thread away{locked}")
        }
        Fact::PlaceRestored {} => "brought its channel or thread back".to_owned(),
        Fact::ThreadFollowed { name, .. } => {
            format!("began to record the thread “{}”", escape(name))
        }
        Fact::StatusChanged { from, to, .. } => format!("status {from} → {to}"),
        Fact::Updated { status, .. } => format!("update ({status})"),
        Fact::Noted { .. } => "noted".to_owned(),
        Fact::SeverityChanged { from, to, .. } => format!("severity {from} → {to}"),
        Fact::Renamed { to } => format!("renamed it to “{}”", escape(to)),
        Fact::ComponentChanged {
            component,
            from,
            to,
        } => {
            let (from, to) = (name::component_state(*from), name::component_state(*to));
            format!("{} {from} → {to}", escape(&component.0))
        }
        Fact::OutageStarted { components } => format!("outage began{}", of(components, style)),
        Fact::OutageEnded { windows } => match windows.as_slice() {
            [window] => format!("outage ended (begun with {})", (style.entry)(*window)),
            windows => format!("outages ended (begun with {})", entries(windows, style)),
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
            let role = escape(role.as_str());
            let from = from
                .as_ref()
                .map(|from| format!(", before {}", escape(&from.name)));
            format!("{role} is {}{}", escape(&to.name), from.unwrap_or_default())
        }
        Fact::ActionAdded {
            number, owner, due, ..
        } => {
            let owner = owner
                .as_ref()
                .map(|owner| format!(" for {}", escape(&owner.name)));
            let due = due.map(|due| format!(", due {}", (style.time)(due)));
            let (owner, due) = (owner.unwrap_or_default(), due.unwrap_or_default());
            format!("action item {number}{owner}{due}")
        }
        Fact::ActionAssigned {
            number, to, due, ..
        } => {
            let due = due.map(|due| format!(", due {}", (style.time)(due)));
            format!(
                "gave action item {number} to {}{}",
                escape(&to.name),
                due.unwrap_or_default()
            )
        }
        Fact::ReminderSnoozed { reminder, until } => {
            let what = name::reminder(*reminder);
            format!("put off the reminder {what} until {}", (style.time)(*until))
        }
        Fact::ActionDone { number } => format!("action item {number} is done"),
        Fact::SectionWritten { section, .. } => {
            format!("wrote the section “{}”", section::title(*section))
        }
        Fact::PostmortemPublished {
            version, sha256, ..
        } => {
            let hash = sha256.get(&DocumentFormat::Md).map_or("", String::as_str);
            format!(
                "published version {version} of the postmortem, SHA-256 {}",
                escape(hash)
            )
        }
        Fact::Linked { relation, to, back } => link::tied(*relation, *to, *back),
        Fact::Unlinked { relation, to, back } => {
            format!("no longer {}", link::tied(*relation, *to, *back))
        }
        Fact::MessagePosted(_) => "wrote".to_owned(),
        Fact::MessageEdited { .. } => "edited a message".to_owned(),
        Fact::MessageDeleted {} => "a message was deleted".to_owned(),
        Fact::AttachmentKept { sha256, .. } => format!("kept a file, SHA-256 {}", escape(sha256)),
        Fact::AttachmentLost { reason, .. } => {
            format!("a file could not be kept: {}", escape(reason))
        }
        Fact::KeyMarked { entry, .. } => format!("marked {} as a key event", (style.entry)(*entry)),
        Fact::KeyUnmarked { entry } => {
            format!(
                "took the mark of a key event from {}",
                (style.entry)(*entry)
            )
        }
        Fact::Corrected { entry, at, .. } => {
            let at = at.map(|at| format!(", which happened at {}", (style.time)(at)));
            format!(
                "corrected {}{}",
                (style.entry)(*entry),
                at.unwrap_or_default()
            )
        }
        Fact::Redacted {
            entries: which,
            reason,
            ..
        } => {
            let which = entries(which, style);
            format!("removed the text of {which} for good: {}", escape(reason))
        }
        Fact::DeliveryFailed { what, reason } => {
            let verb = name::delivering(what);
            format!("could not {verb} the {}: {}", escape(what), escape(reason))
        }
        Fact::DeliveryRecovered { what } if what == HISTORY => {
            "could read the history again".to_owned()
        }
        Fact::DeliveryRecovered { what } => format!("delivered the {} after all", escape(what)),
        Fact::Absence {
            from,
            to,
            recovered,
            compared_since,
            unread,
        } => {
            let (from, to) = ((style.time)(*from), (style.time)(*to));
            let messages = name::count(*recovered as usize, "message");
            let mut said = format!("was away from {from} to {to}; {messages} recovered afterwards");
            let unread = absence::all_unread(unread, |channel| format!("channel {channel}"));
            let since = compared_since.map(|at| absence::compared_since(&(style.time)(at)));
            for also in unread.into_iter().chain(since) {
                said += "; ";
                said += &also;
            }
            format!("{said}. {}", absence::unknowable())
        }
    }
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
