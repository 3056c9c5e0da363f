//! What the asker reads after a command, and what they are asked when it is not clear.

use crate::incident::{ActionItem, Entry, Fact, Incident, Line, Role, Seq, Status};

use super::entry::{Style, of_line};
use super::escape;
use super::speech::{Speech, discord_day_and_time};

/// What was recorded. `here` is whether they asked in the incident's own channel.
#[must_use]
pub fn recorded(incident: &Incident, entries: &[Entry], here: bool, speech: &Speech) -> String {
    let Some(entry) = entries.first() else {
        return "Nothing had to be changed.".to_owned();
    };
    let at = speech.time(entry.happened_at);
    let mut said = if here {
        format!("Recorded as {} at {at}.", entry.seq)
    } else {
        format!(
            "Recorded as {} of {} at {at}.",
            entry.seq, incident.key.number
        )
    };
    let resolves = matches!(
        entry.fact,
        Fact::StatusChanged {
            to: Status::Resolved,
            ..
        }
    );
    if resolves && incident.status_now() == Status::Resolved {
        said += " The postmortem draft follows in the channel.";
        if incident.open_outages().next().is_some() {
            said += " An outage is still open: tell its end with `/incident outage end at:`.";
        }
    }
    said
}

/// The incident is open; its channel is on the way.
#[must_use]
pub fn opening(incident: &Incident) -> String {
    format!(
        "{} is recorded. Its channel is being opened …",
        incident.key.number
    )
}

/// The incident is open, with a link to its channel.
#[must_use]
pub fn opened(incident: &Incident) -> String {
    let number = incident.key.number;
    match (incident.place, incident.failed_deliveries.get("channel")) {
        (Some((channel, _)), _) => format!("{number} is open: <#{channel}>"),
        (None, Some(reason)) => {
            format!(
                "{number} is recorded, but it has no channel yet: {}.",
                escape::discord(reason)
            )
        }
        (None, None) => format!(
            "{number} is recorded. Its channel takes longer than usual; it comes as soon as Discord lets it. Commands work meanwhile with `incident:{number}`."
        ),
    }
}

/// In a direct message.
#[must_use]
pub fn only_in_guilds() -> String {
    "Incidents belong to a server. Use this in one of its channels.".to_owned()
}

/// Somebody lacks a permission.
#[must_use]
pub fn permission_needed(name: &str) -> String {
    format!("This needs the permission **{name}**. Ask somebody who has it.")
}

/// The channel is no incident's and none was named.
#[must_use]
pub fn which_incident(open: &[Incident]) -> String {
    let said = "This channel is no incident's. Use the command in the incident's own channel, or name it with `incident:`.";
    if open.is_empty() {
        return format!("{said} None is open; `/incident open` opens one.");
    }
    format!("{said} Open now:\n{}", offers(open))
}

/// Several have that in their title.
#[must_use]
pub fn several_incidents(found: &[Incident]) -> String {
    format!(
        "Several incidents have that in their title. Name the number of the one you mean:\n{}",
        offers(found)
    )
}

fn offers(incidents: &[Incident]) -> String {
    let lines = incidents
        .iter()
        .take(10)
        .map(|one| format!("- {}", escape::discord(&incident_offer(one))));
    lines.collect::<Vec<_>>().join("\n")
}

/// There is no such incident, or they may not know of it: the same answer.
#[must_use]
pub fn no_such_incident(named: Option<&str>) -> String {
    let what = named.map_or(String::new(), |named| {
        format!(" `{}`", escape::code(&escape::short(named, 100)))
    });
    format!("There is no incident{what} here. `/incident list past:True` shows those there are.")
}

/// An incident in a list to choose from.
#[must_use]
pub fn incident_offer(incident: &Incident) -> String {
    let title = escape::short(&incident.title, 60);
    format!(
        "{} {title} ({}, {})",
        incident.key.number,
        incident.severity_now(),
        incident.status_now()
    )
}

/// An entry in a list to choose from.
#[must_use]
pub fn entry_offer(line: &Line<'_>, speech: &Speech) -> String {
    let time = |at| speech.time(at);
    let flat = |text: &str| crate::incident::text::one_line(text);
    let style = Style {
        escape: &flat,
        time: &time,
        entry: &|seq| seq.to_string(),
    };
    format!(
        "{} {} {}: {}",
        line.entry.seq,
        time(line.at),
        line.entry.actor.name(),
        of_line(line, style)
    )
}

/// The name is no role's.
#[must_use]
pub fn no_role_name() -> String {
    format!(
        "A role's name is one line of 1 to {} characters, such as `commander`, `scribe` or `communications`.",
        Role::MAX_CHARS
    )
}

/// The severity was typed in a form and is none.
#[must_use]
pub fn no_such_severity(typed: &str) -> String {
    format!(
        "`{}` is no severity; write SEV1, SEV2, SEV3 or SEV4. Nothing was opened: send the form again with `/incident open`.",
        escape::code(&escape::short(typed, 50))
    )
}

/// What was typed is no entry's number.
#[must_use]
pub fn no_entry_number(typed: &str) -> String {
    format!(
        "`{}` is no number of an entry. Write it like `12`; `/incident timeline view:all` shows the numbers.",
        escape::code(&escape::short(typed, 50))
    )
}

/// The log has no such entry.
#[must_use]
pub fn no_such_entry(incident: &Incident, entry: Seq) -> String {
    format!(
        "{} has no entry {entry}; the last one is {}. `/incident timeline view:all` shows their numbers.",
        incident.key.number, incident.last_seq
    )
}

/// What is to be done.
#[must_use]
pub fn actions(incident: &Incident, speech: &Speech) -> String {
    if incident.actions.is_empty() {
        return "No action item yet. `/incident action add` adds one.".to_owned();
    }
    let lines: Vec<String> = incident
        .actions
        .iter()
        .map(|action| action_line(action, speech))
        .collect();
    escape::short(&lines.join("\n"), 1_900)
}

/// An action item in a list to choose from.
#[must_use]
pub fn action_offer(action: &ActionItem) -> String {
    let text = crate::incident::text::one_line(&action.text);
    format!("{}. {text}", action.number)
}

pub(super) fn action_line(action: &ActionItem, speech: &Speech) -> String {
    let mark = if action.done_at.is_some() {
        "☑"
    } else {
        "☐"
    };
    let text = escape::discord(&escape::short(
        &crate::incident::text::one_line(&action.text),
        200,
    ));
    let mut line = format!("{mark} **{}** {text}", action.number);
    if let Some(owner) = &action.owner {
        line += &format!(" · {}", escape::discord(&owner.name));
    }
    if let Some(due) = action.due {
        line += &format!(
            " · due {}",
            due.with_timezone(&speech.zone).format("%Y-%m-%d")
        );
    }
    line
}

/// What has still to be said on Discord, and why it could not be so far.
fn waiting(items: &[(&str, Option<&str>)]) -> String {
    let failed = items
        .iter()
        .filter_map(|(what, error)| error.map(|error| (what, error)));
    let lines: Vec<String> = failed
        .map(|(what, error)| format!("- {what}: {}", escape::discord(error)))
        .collect();
    match (items.len(), lines.len()) {
        (0, _) => String::new(),
        (waiting, 0) => format!("{waiting} more to be posted in a moment."),
        (waiting, _) => escape::short(
            &format!("{waiting} not posted yet:\n{}", lines.join("\n")),
            700,
        ),
    }
}

/// What stands beside the card of an incident: the last of its timeline, and
/// what waits to be posted.
#[must_use]
pub fn shown(items: &[(&str, Option<&str>)], last: &str) -> String {
    let waiting = waiting(items);
    let parts = [last, waiting.as_str()];
    let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    parts.join("\n\n")
}

/// A page of a list of incidents, each of them, with `foot` below it.
#[must_use]
pub fn list(found: &[Incident], only_open: bool, speech: &Speech, foot: &str) -> String {
    if found.is_empty() && only_open {
        return "No incident is open. `/incident list past:True` shows past ones.".to_owned();
    }
    if found.is_empty() {
        return "No incident is like that. Leave an option out to see more.".to_owned();
    }
    let lines = |title: usize| {
        let lines = found.iter().map(|one| list_line(one, title, speech));
        lines.collect::<String>() + foot
    };
    // Titles give way, so that a page has all its incidents.
    let fits = |said: &String| said.chars().count() <= 2_000;
    let shorter = [60, 30].into_iter().map(lines).find(fits);
    shorter.unwrap_or_else(|| lines(15))
}

fn list_line(incident: &Incident, title: usize, speech: &Speech) -> String {
    let place = incident
        .place
        .map_or(String::new(), |(channel, _)| format!(" <#{channel}>"));
    format!(
        "**{}** {} · {} · **{}** since {}{place}\n",
        incident.key.number,
        escape::discord(&escape::short(&incident.title, title)),
        incident.severity_now(),
        incident.status_now(),
        speech.time(incident.status_since()),
    )
}

/// Where there are more and they cannot be turned to by button.
#[must_use]
pub fn narrow_it() -> String {
    "… and more: narrow it with the options.".to_owned()
}

/// A draft is on the way.
#[must_use]
pub fn drafting(incident: &Incident) -> String {
    match incident.place {
        Some((channel, _)) => format!(
            "The draft of {} follows in <#{channel}>.",
            incident.key.number
        ),
        None => format!(
            "{} has no channel yet, so the draft waits for it. `/postmortem show` shows it to you now.",
            incident.key.number
        ),
    }
}

/// The draft is there, and the record has not grown since.
#[must_use]
pub fn drafted(incident: &Incident, link: &str) -> String {
    format!(
        "Nothing was recorded in {} since its last draft: {link}",
        incident.key.number
    )
}

/// A record of the past has no channel to post a draft in.
#[must_use]
pub fn no_channel_for_draft(incident: &Incident) -> String {
    format!(
        "{} was taken over from another record and has no channel to post a draft in. `/postmortem show` shows it to you.",
        incident.key.number
    )
}

/// Beside a draft shown to one.
#[must_use]
pub fn draft_shown(incident: &Incident) -> String {
    format!(
        "{} as the record has it now, up to {}.",
        incident.key.number, incident.last_seq
    )
}

/// Beside the whole record as a file.
#[must_use]
pub fn exported(incident: &Incident) -> String {
    format!(
        "All of {} as it is recorded, up to {}. The files that people attached are not in it; the log names each by its SHA-256.",
        incident.key.number, incident.last_seq
    )
}

/// The record is larger than Discord takes, both in bytes; `json` is whether it
/// was to be JSON, which is the largest form.
#[must_use]
pub fn export_too_large(incident: &Incident, size: usize, most: usize, json: bool) -> String {
    let number = incident.key.number;
    let other = if json {
        "`format:md` is shorter, and "
    } else {
        ""
    };
    let kib = |bytes: usize| bytes.div_ceil(1024);
    format!(
        "The record of {number} has {} KiB in this form, and Discord takes files of up to {} KiB here. {other}whoever runs Scribe gets all of it with `scribe export {number}`.",
        kib(size),
        kib(most)
    )
}

/// Beside a draft posted in the channel.
#[must_use]
pub fn draft_posted(incident: &Incident) -> String {
    format!(
        "The first draft of the postmortem of {}, from the record up to {}. `/postmortem draft` writes it again after corrections.",
        incident.key.number, incident.last_seq
    )
}

/// What was typed is no week.
#[must_use]
pub fn no_such_week(why: &str) -> String {
    let why = escape::discord(&escape::short(why, 200));
    format!("{why}. Write `last`, `this` or a week such as `2026-W29`.")
}

/// The days of a review that somebody typed are none.
#[must_use]
pub fn no_such_days(why: &str) -> String {
    let why = escape::discord(&escape::short(why, 200));
    format!("{why}. Nothing was counted.")
}

/// No incident is open that a message could belong to.
#[must_use]
pub fn no_open_incident() -> String {
    "No incident is open that this message could be added to. `/incident open` opens one."
        .to_owned()
}

/// Over the selection of incidents.
#[must_use]
pub fn which_of_the_open() -> String {
    "Which incident does this message belong to?".to_owned()
}

/// The message stands in no incident's channel.
#[must_use]
pub fn message_of_no_incident() -> String {
    "This message is in no incident's channel. *Add to timeline* adds it to one.".to_owned()
}

/// The message has nothing to record.
#[must_use]
pub fn nothing_to_record() -> String {
    "There is nothing to record: what Scribe's own messages and Discord's notices tell of is in the record already, and what was removed for good stays out.".to_owned()
}

/// A message is a key event.
#[must_use]
pub fn marked(incident: &Incident, entry: Seq) -> String {
    format!("{entry} of {} is a key event now.", incident.key.number)
}

/// Who has which role.
#[must_use]
pub fn roles(incident: &Incident) -> String {
    if incident.roles.is_empty() {
        return format!("Nobody has a role in {} yet. Choose:", incident.key.number);
    }
    let roles = incident.roles.iter();
    let lines: Vec<String> = roles
        .map(|(role, person)| format!("{}: <@{}>", escape::discord(role.as_str()), person.id))
        .collect();
    format!(
        "{}\nChoose to change:",
        escape::short(&lines.join("\n"), 1_900)
    )
}

/// When an incident was opened, for lists.
#[must_use]
pub fn opened_at(incident: &Incident) -> String {
    discord_day_and_time(incident.opened_at)
}
