//! What an incident's channel is told of an entry: one message, two lines at most.

use crate::incident::{Component, Entry, Fact, Incident};

use super::language::{say, word};
use super::speech::{discord_day_and_time, discord_time};
use super::{absence, escape, handover, link, name, section};

/// The longest quotation in a message, in characters with its escapes: it and
/// the lines around it stay within the 2,000 of a message.
const QUOTED: usize = 1_700;

/// The message for an entry; `None` for what is not told in the channel.
/// `incident` is the state at delivery.
#[must_use]
pub fn tell(incident: &Incident, entry: &Entry) -> Option<String> {
    let who = escape::discord(&escape::short(entry.actor.name(), 80));
    let redacted = incident.redacted.contains(&entry.seq);
    let said = told(incident, entry)?;
    // Who was asked, and who leads, stays; what was written with it is gone.
    let stays = matches!(
        entry.fact,
        Fact::HandoverOffered(_) | Fact::RoleGiven { .. }
    );
    let said = if redacted && !stays {
        say!(
            "A text that was removed for good",
            "Ein Text, der endgültig entfernt wurde"
        )
    } else {
        said
    };
    let mut foot = format!("-# {} · {who}", entry.seq);
    let late = (entry.recorded_at - entry.happened_at).num_seconds() >= 60;
    if late {
        let at = discord_time(entry.happened_at, entry.recorded_at);
        foot += &say!(" · happened {at}", " · geschehen {at}");
    }
    Some(format!("{said}\n{foot}"))
}

fn told(incident: &Incident, entry: &Entry) -> Option<String> {
    // The message shows when it was posted, which is when it was recorded.
    let time = |at| discord_time(at, entry.recorded_at);
    let said = match &entry.fact {
        Fact::StatusChanged { to, message, .. } => {
            let to = name::status(*to);
            let head = say!("Status: **{to}**", "Status: **{to}**");
            headline(&head, message.as_deref())
        }
        Fact::Updated { status, message } => {
            let status = name::status(*status);
            let head = say!("Update (**{status}**)", "Update (**{status}**)");
            headline(&head, Some(message))
        }
        Fact::Noted { text, key } => {
            let mark = if *key {
                word!("📌 Key event", "📌 Schlüsselereignis")
            } else {
                word!("Note", "Notiz")
            };
            headline(mark, Some(text))
        }
        Fact::SeverityChanged { from, to, reason } => {
            let head = say!(
                "Severity: {from} → **{to}**",
                "Schweregrad: {from} → **{to}**"
            );
            headline(&head, reason.as_deref())
        }
        Fact::Renamed { to, .. } => say!(
            "Title: **{title}**",
            "Titel: **{title}**",
            title = escape::discord(to)
        ),
        Fact::ComponentChanged { component, to, .. } => {
            let state = name::component_state(*to);
            format!("{}: **{state}**", component_name(component))
        }
        Fact::OutageStarted { components } => say!(
            "Outage since {since}{through}",
            "Ausfall seit {since}{through}",
            since = time(entry.happened_at),
            through = through(components)
        ),
        Fact::OutageEnded { windows } => {
            let since = time(entry.happened_at);
            match windows.len() {
                1 => say!("Outage over since {since}", "Ausfall vorbei seit {since}"),
                _ => say!("Outages over since {since}", "Ausfälle vorbei seit {since}"),
            }
        }
        Fact::RoleGiven {
            from,
            to,
            by: Some(by),
            ..
        } => handover::tell_passed(from.as_ref(), to, by, entry.recorded_at),
        Fact::HandoverOffered(offer) => handover::tell_offer(incident, entry, offer),
        Fact::HandoverEnded(end) => handover::tell_not_accepted(incident, end)?,
        Fact::RoleGiven { role, from, to, .. } => {
            let mut said = say!(
                "<@{who}> is now **{role}**",
                "<@{who}> ist jetzt **{role}**",
                who = to.id,
                role = escape::discord(name::role(role))
            );
            if let Some(from) = from {
                let before = from.id;
                said += &say!(", in place of <@{before}>", ", an Stelle von <@{before}>");
            }
            said
        }
        Fact::ActionAdded {
            number,
            text,
            owner,
            due: day,
        } => {
            let mut head = say!("Action item {number}", "Aufgabe {number}");
            if let Some(owner) = owner {
                let owner = escape::discord(&owner.name);
                head += &say!(" for {owner}", " für {owner}");
            }
            head += &due(*day);
            headline(&head, Some(text))
        }
        Fact::ActionAssigned {
            number,
            from,
            to,
            due: day,
        } => {
            let mut said = say!(
                "Action item {number} is <@{who}>'s now",
                "Aufgabe {number} liegt jetzt bei <@{who}>",
                who = to.id
            );
            if let Some(from) = from.as_ref().filter(|from| from.id != to.id) {
                let before = escape::discord(&from.name);
                said += &say!(", no longer {before}'s", ", nicht mehr bei {before}");
            }
            said + &due(*day)
        }
        Fact::ReminderSnoozed { reminder, until } => say!(
            "The reminder {what} is put off until {at}",
            "Die Erinnerung {what} ist verschoben auf {at}",
            what = name::reminder(*reminder),
            at = discord_day_and_time(*until)
        ),
        Fact::ActionDone { number } => say!(
            "Action item {number} is done",
            "Aufgabe {number} ist erledigt"
        ),
        Fact::SectionWritten { section, .. } => say!(
            "Postmortem: **{section}** is written",
            "Postmortem: **{section}** ist geschrieben",
            section = section::title(*section)
        ),
        Fact::PostmortemPublished { version, .. } => say!(
            "Postmortem: **version {version}** is published",
            "Postmortem: **Version {version}** ist veröffentlicht"
        ),
        Fact::Linked { relation, to, back } => link::tell(*relation, *to, *back),
        Fact::Unlinked { relation, to, back } => say!(
            "No longer: {link}",
            "Nicht mehr: {link}",
            link = link::tell(*relation, *to, *back)
        ),
        Fact::Corrected {
            entry: which,
            text,
            at,
        } => {
            let mut head = say!("Correction of {which}", "Berichtigung von {which}");
            if let Some(at) = at {
                let at = time(*at);
                head += &say!(": it happened at {at}", ": geschehen {at}");
            }
            headline(&head, text.as_deref())
        }
        Fact::Redacted {
            entries, reason, ..
        } => {
            let which: Vec<_> = entries.iter().map(ToString::to_string).collect();
            let which = escape::short(&which.join(", "), 100);
            let head = say!(
                "The text of {which} was removed for good",
                "Der Text von {which} wurde endgültig entfernt"
            );
            headline(&head, Some(reason))
        }
        Fact::Absence { .. } => away(entry)?,
        _ => return None,
    };
    Some(said)
}

fn away(entry: &Entry) -> Option<String> {
    let Fact::Absence {
        from,
        to,
        recovered,
        compared_since,
        unread,
    } = &entry.fact
    else {
        return None;
    };
    let time = |at| discord_time(at, entry.recorded_at);
    let (from, to, unknowable) = (time(*from), time(*to), absence::unknowable());
    let mut said = match recovered {
        1 => say!(
            "Scribe was away, at most from {from} to {to}, and has recorded the {recovered} message of that time now. {unknowable}.",
            "Scribe war weg, höchstens von {from} bis {to}, und hat die {recovered} Nachricht dieser Zeit jetzt aufgezeichnet. {unknowable}."
        ),
        0 => say!(
            "Scribe was away, at most from {from} to {to}, and has recorded the {recovered} messages of that time now. {unknowable}.",
            "Scribe war weg, höchstens von {from} bis {to}; Nachrichten dieser Zeit gab es nicht. {unknowable}.",
        ),
        _ => say!(
            "Scribe was away, at most from {from} to {to}, and has recorded the {recovered} messages of that time now. {unknowable}.",
            "Scribe war weg, höchstens von {from} bis {to}, und hat die {recovered} Nachrichten dieser Zeit jetzt aufgezeichnet. {unknowable}."
        ),
    };
    let unread = absence::all_unread(unread, |channel| format!("<#{channel}>"));
    let since = compared_since.map(|at| absence::compared_since(&discord_day_and_time(at)));
    for also in unread.into_iter().chain(since) {
        said += &format!("\n- {also}");
    }
    Some(said)
}

/// `, due 18 July 2025`, as each reader's client shows it.
fn due(day: Option<chrono::DateTime<chrono::Utc>>) -> String {
    day.map_or(String::new(), |day| {
        let day = day.timestamp();
        say!(", due <t:{day}:D>", ", fällig <t:{day}:D>")
    })
}

fn headline(head: &str, text: Option<&str>) -> String {
    match text {
        Some(text) => format!("{head}\n{}", escape::short(&escape::quote(text), QUOTED)),
        None => head.to_owned(),
    }
}

fn through(components: &[Component]) -> String {
    if components.is_empty() {
        return String::new();
    }
    let names: Vec<_> = components.iter().map(component_name).collect();
    escape::short(&format!(": {}", names.join(", ")), 800)
}

fn component_name(component: &Component) -> String {
    format!("**{}**", escape::discord(&escape::short(&component.0, 100)))
}
