//! What the asker reads after a command, and what they are asked when it is not clear.

use crate::incident::{Component, Entry, Fact, Incident, Line, Role, Seq, Status};

use super::entry::{Style, of_line};
use super::language::say;
use super::speech::{Speech, discord_day_and_time};
use super::{escape, name, reworded};

/// What was recorded. `here` is whether they asked in the incident's own channel.
#[must_use]
pub fn recorded(incident: &Incident, entries: &[Entry], here: bool, speech: &Speech) -> String {
    let Some(entry) = entries.first() else {
        return say!("Nothing had to be changed.", "Es war nichts zu ändern.");
    };
    let (seq, number) = (entry.seq, incident.key.number);
    let at = speech.time(entry.happened_at);
    let mut said = if here {
        say!(
            "Recorded as {seq} at {at}.",
            "Als {seq} aufgezeichnet, {at}."
        )
    } else {
        say!(
            "Recorded as {seq} of {number} at {at}.",
            "Als {seq} von {number} aufgezeichnet, {at}."
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
        said += &say!(
            " The postmortem draft follows in the channel.",
            " Der Entwurf des Postmortems folgt im Kanal."
        );
        if incident.open_outages().next().is_some() {
            said += &say!(
                " An outage is still open: tell its end with `/incident outage end at:`.",
                " Ein Ausfall ist noch offen: Sag mit `/incident outage end at:`, wann er endete."
            );
        }
        let out: Vec<String> = incident
            .affected()
            .take(3)
            .map(|(one, _)| escape::discord(&escape::short(&one.0, 100)))
            .collect();
        if !out.is_empty() {
            said += &say!(
                " Still recorded as affected: {names}. `/incident component` says how it is now.",
                " Noch als betroffen aufgezeichnet: {names}. `/incident component` sagt, wie es jetzt ist.",
                names = name::list(&out)
            );
        }
    }
    said
}

/// After what was recorded of a component that is none of the server's.
#[must_use]
pub fn unlisted(component: &Component) -> String {
    say!(
        " {name} is none of this server's components: `/scribe components add` adds it. If it is a slip, say of it that it is operational, and of the right one how it is.",
        " {name} ist keine Komponente dieses Servers: `/scribe components add` nimmt sie auf. Ist es ein Versehen, sag von ihr, dass sie in Ordnung ist, und von der richtigen, wie es ihr geht.",
        name = escape::discord(&escape::short(&component.0, 100))
    )
}

/// The incident is open; its channel is on the way.
#[must_use]
pub fn opening(incident: &Incident) -> String {
    let number = incident.key.number;
    say!(
        "{number} is recorded. Its channel is being opened …",
        "{number} ist aufgezeichnet. Sein Kanal wird gerade eröffnet …"
    )
}

/// The incident is open, with a link to its channel.
#[must_use]
pub fn opened(incident: &Incident) -> String {
    let number = incident.key.number;
    match (incident.place, incident.failed_deliveries.get("channel")) {
        (Some((channel, _)), _) => say!(
            "{number} is open: <#{channel}>",
            "{number} ist offen: <#{channel}>"
        ),
        (None, Some(reason)) => say!(
            "{number} is recorded, but it has no channel yet: {reason}.",
            "{number} ist aufgezeichnet, hat aber noch keinen Kanal: {reason}.",
            reason = escape::discord(&reworded::reason(reason))
        ),
        (None, None) => say!(
            "{number} is recorded. Its channel takes longer than usual; it comes as soon as Discord lets it. Commands work meanwhile with `incident:{number}`.",
            "{number} ist aufgezeichnet. Sein Kanal braucht länger als sonst; er kommt, sobald Discord ihn zulässt. Befehle gehen bis dahin mit `incident:{number}`."
        ),
    }
}

/// In a direct message.
#[must_use]
pub fn only_in_guilds() -> String {
    say!(
        "Incidents belong to a server. Use this in one of its channels.",
        "Incidents gehören zu einem Server. Nutze den Befehl in einem seiner Kanäle."
    )
}

/// Somebody lacks a permission.
#[must_use]
pub fn permission_needed(name: &str) -> String {
    say!(
        "This needs the permission **{name}**. Ask somebody who has it.",
        "Dafür braucht es die Berechtigung **{name}**. Frag jemanden, der sie hat."
    )
}

/// The channel is no incident's and none was named.
#[must_use]
pub fn which_incident(open: &[Incident]) -> String {
    let said = say!(
        "This channel is no incident's. Use the command in the incident's own channel, or name it with `incident:`.",
        "Dieser Kanal gehört zu keinem Incident. Nutze den Befehl im Kanal des Incidents, oder nenne ihn mit `incident:`."
    );
    if open.is_empty() {
        return say!(
            "{said} None is open; `/incident open` opens one.",
            "{said} Keiner ist offen; `/incident open` eröffnet einen."
        );
    }
    say!(
        "{said} Open now:\n{offers}",
        "{said} Gerade offen:\n{offers}",
        offers = offers(open)
    )
}

/// Several have that in their title.
#[must_use]
pub fn several_incidents(found: &[Incident]) -> String {
    say!(
        "Several incidents have that in their title. Name the number of the one you mean:\n{offers}",
        "Mehrere Incidents haben das im Titel. Nenne die Nummer des gemeinten:\n{offers}",
        offers = offers(found)
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
    say!(
        "There is no incident{what} here. `/incident list past:True` shows those there are.",
        "Es gibt hier keinen Incident{what}. `/incident list past:True` zeigt, welche es gibt."
    )
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
    say!(
        "A role's name is one line of 1 to {most} characters, such as `commander`, `scribe` or `communications`.",
        "Der Name einer Rolle ist eine Zeile mit 1 bis {most} Zeichen, etwa `commander`, `scribe` oder `communications`.",
        most = Role::MAX_CHARS
    )
}

/// The severity was typed in a form and is none.
#[must_use]
pub fn no_such_severity(typed: &str) -> String {
    say!(
        "`{typed}` is no severity; write SEV1, SEV2, SEV3 or SEV4. Nothing was opened: send the form again with `/incident open`.",
        "`{typed}` ist kein Schweregrad; schreib SEV1, SEV2, SEV3 oder SEV4. Es wurde nichts eröffnet: Schick das Formular mit `/incident open` noch einmal.",
        typed = escape::code(&escape::short(typed, 50))
    )
}

/// What was typed is no entry's number.
#[must_use]
pub fn no_entry_number(typed: &str) -> String {
    say!(
        "`{typed}` is no number of an entry. Write it like `12`; `/incident timeline view:all` shows the numbers.",
        "`{typed}` ist keine Nummer eines Eintrags. Schreib sie wie `12`; `/incident timeline view:all` zeigt die Nummern.",
        typed = escape::code(&escape::short(typed, 50))
    )
}

/// The log has no such entry.
#[must_use]
pub fn no_such_entry(incident: &Incident, entry: Seq) -> String {
    say!(
        "{number} has no entry {entry}; the last one is {last}. `/incident timeline view:all` shows their numbers.",
        "{number} hat keinen Eintrag {entry}; der letzte ist {last}. `/incident timeline view:all` zeigt die Nummern.",
        number = incident.key.number,
        last = incident.last_seq
    )
}

/// What has still to be said on Discord, and why it could not be so far.
fn waiting(items: &[(&str, Option<&str>)]) -> String {
    let failed = items
        .iter()
        .filter_map(|(what, error)| error.map(|error| (what, error)));
    let lines: Vec<String> = failed
        .map(|(what, error)| {
            let what = super::name::delivered(what);
            format!("- {what}: {}", escape::discord(error))
        })
        .collect();
    match (items.len(), lines.len()) {
        (0, _) => String::new(),
        (waiting, 0) => say!(
            "{waiting} more to be posted in a moment.",
            "Noch {waiting} zu posten, gleich kommt es."
        ),
        (waiting, _) => {
            let lines = lines.join("\n");
            let said = say!(
                "{waiting} not posted yet:\n{lines}",
                "{waiting} noch nicht gepostet:\n{lines}"
            );
            escape::short(&said, 700)
        }
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
        return say!(
            "No incident is open. `/incident list past:True` shows past ones.",
            "Kein Incident ist offen. `/incident list past:True` zeigt vergangene."
        );
    }
    if found.is_empty() {
        return say!(
            "No incident is like that. Leave an option out to see more.",
            "Kein Incident passt dazu. Lass eine Option weg, um mehr zu sehen."
        );
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
    say!(
        "**{number}** {title} · {severity} · **{status}** since {since}{place}\n",
        "**{number}** {title} · {severity} · **{status}** seit {since}{place}\n",
        number = incident.key.number,
        title = escape::discord(&escape::short(&incident.title, title)),
        severity = incident.severity_now(),
        status = name::status(incident.status_now()),
        since = speech.time(incident.status_since())
    )
}

/// Where there are more and they cannot be turned to by button.
#[must_use]
pub fn narrow_it() -> String {
    say!(
        "… and more: narrow it with the options.",
        "… und weitere: Grenze sie mit den Optionen ein."
    )
}

/// No incident is open that a message could belong to.
#[must_use]
pub fn no_open_incident() -> String {
    say!(
        "No incident is open that this message could be added to. `/incident open` opens one.",
        "Kein Incident ist offen, zu dem diese Nachricht könnte. `/incident open` eröffnet einen."
    )
}

/// Over the selection of incidents.
#[must_use]
pub fn which_of_the_open() -> String {
    say!(
        "Which incident does this message belong to?",
        "Zu welchem Incident gehört diese Nachricht?"
    )
}

/// The message stands in no incident's channel.
#[must_use]
pub fn message_of_no_incident() -> String {
    say!(
        "This message is in no incident's channel. *Add to timeline* adds it to one.",
        "Diese Nachricht steht im Kanal keines Incidents. *Add to timeline* nimmt sie in einen auf."
    )
}

/// The message has nothing to record.
#[must_use]
pub fn nothing_to_record() -> String {
    say!(
        "There is nothing to record: what Scribe's own messages and Discord's notices tell of is in the record already, and what was removed for good stays out.",
        "Hier ist nichts aufzuzeichnen: Wovon Scribes eigene Nachrichten und Discords Hinweise erzählen, das ist schon aufgezeichnet, und was endgültig entfernt wurde, bleibt draußen."
    )
}

/// A message is a key event.
#[must_use]
pub fn marked(incident: &Incident, entry: Seq) -> String {
    say!(
        "{entry} of {number} is a key event now.",
        "{entry} von {number} ist jetzt ein Schlüsselereignis.",
        number = incident.key.number
    )
}

/// Who has which role.
#[must_use]
pub fn roles(incident: &Incident) -> String {
    let number = incident.key.number;
    if incident.roles.is_empty() {
        return say!(
            "Nobody has a role in {number} yet. Choose:",
            "In {number} hat noch niemand eine Rolle. Wähle:"
        );
    }
    let roles = incident.roles.iter();
    let lines: Vec<String> = roles
        .map(|(role, person)| format!("{}: <@{}>", escape::discord(name::role(role)), person.id))
        .collect();
    let roles = escape::short(&lines.join("\n"), 1_900);
    say!(
        "{roles}\nChoose to change:",
        "{roles}\nWähle, um etwas zu ändern:"
    )
}

/// When an incident was opened, for lists.
#[must_use]
pub fn opened_at(incident: &Incident) -> String {
    discord_day_and_time(incident.opened_at)
}
