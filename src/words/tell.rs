//! What an incident's channel is told of an entry: one message, two lines at most.

use crate::incident::{Component, Entry, Fact, Incident};

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
    // The message shows when it was posted, which is when it was recorded.
    let time = |at| discord_time(at, entry.recorded_at);
    let said = match &entry.fact {
        Fact::StatusChanged { to, message, .. } => {
            headline(&format!("Status: **{to}**"), message.as_deref())
        }
        Fact::Updated { status, message } => {
            headline(&format!("Update (**{status}**)"), Some(message))
        }
        Fact::Noted { text, key } => {
            let mark = if *key { "📌 Key event" } else { "Note" };
            headline(mark, Some(text))
        }
        Fact::SeverityChanged { from, to, reason } => {
            headline(&format!("Severity: {from} → **{to}**"), reason.as_deref())
        }
        Fact::Renamed { to, .. } => format!("Title: **{}**", escape::discord(to)),
        Fact::ComponentChanged { component, to, .. } => {
            let state = name::component_state(*to);
            format!("{}: **{state}**", component_name(component))
        }
        Fact::OutageStarted { components } => {
            format!(
                "Outage since {}{}",
                time(entry.happened_at),
                through(components)
            )
        }
        Fact::OutageEnded { windows } => {
            let plural = if windows.len() == 1 {
                "Outage"
            } else {
                "Outages"
            };
            format!("{plural} over since {}", time(entry.happened_at))
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
            let mut said = format!("<@{}> is now **{}**", to.id, escape::discord(role.as_str()));
            if let Some(from) = from {
                said += &format!(", in place of <@{}>", from.id);
            }
            said
        }
        Fact::ActionAdded {
            number,
            text,
            owner,
            due,
        } => {
            let mut head = format!("Action item {number}");
            if let Some(owner) = owner {
                head += &format!(" for {}", escape::discord(&owner.name));
            }
            if let Some(due) = due {
                head += &format!(", due <t:{}:D>", due.timestamp());
            }
            headline(&head, Some(text))
        }
        Fact::ActionAssigned {
            number,
            from,
            to,
            due,
        } => {
            let mut said = format!("Action item {number} is <@{}>'s now", to.id);
            if let Some(from) = from.as_ref().filter(|from| from.id != to.id) {
                said += &format!(", no longer {}'s", escape::discord(&from.name));
            }
            if let Some(due) = due {
                said += &format!(", due <t:{}:D>", due.timestamp());
            }
            said
        }
        Fact::ReminderSnoozed { reminder, until } => {
            let what = name::reminder(*reminder);
            let at = discord_day_and_time(*until);
            format!("The reminder {what} is put off until {at}")
        }
        Fact::ActionDone { number } => format!("Action item {number} is done"),
        Fact::SectionWritten { section, .. } => {
            format!("Postmortem: **{}** is written", section::title(*section))
        }
        Fact::PostmortemPublished { version, .. } => {
            format!("Postmortem: **version {version}** is published")
        }
        Fact::Linked { relation, to, back } => link::tell(*relation, *to, *back),
        Fact::Unlinked { relation, to, back } => {
            format!("No longer: {}", link::tell(*relation, *to, *back))
        }
        Fact::Corrected {
            entry: which,
            text,
            at,
        } => {
            let mut head = format!("Correction of {which}");
            if let Some(at) = at {
                head += &format!(": it happened at {}", time(*at));
            }
            headline(&head, text.as_deref())
        }
        Fact::Redacted {
            entries, reason, ..
        } => {
            let which: Vec<_> = entries.iter().map(ToString::to_string).collect();
            let which = escape::short(&which.join(", "), 100);
            headline(
                &format!("The text of {which} was removed for good"),
                Some(reason),
            )
        }
        Fact::Absence {
            from,
            to,
            recovered,
            compared_since,
            unread,
        } => {
            let plural = if *recovered == 1 { "" } else { "s" };
            let (from, to) = (time(*from), time(*to));
            let mut said = format!(
                "Scribe was away, at most from {from} to {to}, and has recorded the {recovered} message{plural} of that time now. {}.",
                absence::unknowable()
            );
            let unread = absence::all_unread(unread, |channel| format!("<#{channel}>"));
            let since = compared_since.map(|at| absence::compared_since(&discord_day_and_time(at)));
            for also in unread.into_iter().chain(since) {
                said += &format!("\n- {also}");
            }
            said
        }
        _ => return None,
    };
    // Who was asked, and who leads, stays; what was written with it is gone.
    let stays = matches!(
        entry.fact,
        Fact::HandoverOffered(_) | Fact::RoleGiven { .. }
    );
    let said = if redacted && !stays {
        "A text that was removed for good".to_owned()
    } else {
        said
    };
    let mut foot = format!("-# {} · {who}", entry.seq);
    let late = (entry.recorded_at - entry.happened_at).num_seconds() >= 60;
    if late {
        foot += &format!(" · happened {}", time(entry.happened_at));
    }
    Some(format!("{said}\n{foot}"))
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
