//! What `/scribe doctor` found.

use chrono::TimeDelta;

use crate::incident::{ChannelId, IncidentNumber};

use super::language::say;
use super::{escape, name, permission::Needed};

/// Something to be mended, and how.
pub type Complaint = String;

/// A permission is missing in the server.
#[must_use]
pub fn missing(needed: &Needed) -> Complaint {
    say!(
        "**{name}** is missing: {without}. Give it to Scribe's role in the server's settings.",
        "**{name}** fehlt: {without}. Gib es der Rolle von Scribe in den Einstellungen des Servers.",
        name = needed.name,
        without = needed.without
    )
}

/// A permission is missing in a channel.
#[must_use]
pub fn missing_in(channel: ChannelId, needed: &Needed) -> Complaint {
    say!(
        "**{name}** is missing in <#{channel}>: {without}. Give it to Scribe's role in that channel's permissions.",
        "**{name}** fehlt in <#{channel}>: {without}. Gib es der Rolle von Scribe in den Berechtigungen dieses Kanals.",
        name = needed.name,
        without = needed.without
    )
}

/// The channel of announcements was deleted.
#[must_use]
pub fn announcements_gone() -> Complaint {
    say!(
        "The channel of announcements and summaries was deleted. Choose another with `/scribe setup`.",
        "Der Kanal für Ankündigungen und Übersichten wurde gelöscht. Wähle mit `/scribe setup` einen anderen."
    )
}

/// Discord has the commands of another version, or not all.
#[must_use]
pub fn stale_commands() -> Complaint {
    say!(
        "Discord shows the commands of another version of Scribe. Start Scribe again: it tells Discord of its commands at each start.",
        "Discord zeigt die Befehle einer anderen Version von Scribe. Starte Scribe neu: Bei jedem Start nennt es Discord seine Befehle."
    )
}

/// The channel of an incident that people work on was deleted.
#[must_use]
pub fn channel_gone(number: IncidentNumber) -> Complaint {
    say!(
        "The channel of **{number}** was deleted, and nothing more can be told there. Resolve it with `/incident status`, or cancel it.",
        "Der Kanal von **{number}** wurde gelöscht, dort lässt sich nichts mehr mitteilen. Schließ ihn mit `/incident status` ab, oder brich ihn ab."
    )
}

/// Nobody chose a channel of announcements.
#[must_use]
pub fn announcements_nowhere() -> Complaint {
    say!(
        "Incidents are announced nowhere, and no summary is posted. Choose a channel with `/scribe setup`.",
        "Incidents werden nirgends angekündigt, und keine Übersicht wird gepostet. Wähle mit `/scribe setup` einen Kanal."
    )
}

/// Incidents cannot be opened where they should be.
#[must_use]
pub fn home(reason: &str) -> Complaint {
    say!(
        "Incidents cannot be opened where they should be: {reason}.",
        "Incidents lassen sich nicht dort eröffnen, wo sie sollen: {reason}."
    )
}

/// The clock of the machine and Discord's differ.
#[must_use]
pub fn clock(ahead: TimeDelta) -> Complaint {
    let seconds = ahead.num_seconds();
    let apart = seconds.abs();
    if seconds > 0 {
        say!(
            "The clock of the machine Scribe runs on is {apart} seconds ahead of Discord's. Have it set by NTP: the times of the record come from it.",
            "Die Uhr des Rechners, auf dem Scribe läuft, geht {apart} Sekunden vor der von Discord. Lass sie per NTP stellen: Von ihr kommen die Zeiten der Aufzeichnung."
        )
    } else {
        say!(
            "The clock of the machine Scribe runs on is {apart} seconds behind Discord's. Have it set by NTP: the times of the record come from it.",
            "Die Uhr des Rechners, auf dem Scribe läuft, geht {apart} Sekunden nach der von Discord. Lass sie per NTP stellen: Von ihr kommen die Zeiten der Aufzeichnung."
        )
    }
}

/// Something could not be posted to the server.
#[must_use]
pub fn untold(what: &str, why: &str) -> Complaint {
    say!(
        "The {what} could not be posted: {why}.",
        "Nicht gepostet werden konnte: {what}. Grund: {why}.",
        what = name::delivered(what),
        why = escape::discord(&escape::short(why, 200))
    )
}

/// The category that channels are archived in was deleted.
#[must_use]
pub fn archive_gone() -> Complaint {
    say!(
        "The category that channels are archived in was deleted. Choose another with `/scribe archive`.",
        "Die Kategorie, in der Kanäle archiviert werden, wurde gelöscht. Wähle mit `/scribe archive` eine andere."
    )
}

/// Scribe lacks a permission in a category or channel that incidents are opened or archived in.
#[must_use]
pub fn missing_in_home(channel: ChannelId, needed: &Needed) -> Complaint {
    say!(
        "**{name}** is missing in <#{channel}>, where incidents are opened or archived: {without}. Give it to Scribe's role in the permissions of that category or channel; what is said there counts more than the server's settings.",
        "**{name}** fehlt in <#{channel}>, wo Incidents eröffnet oder archiviert werden: {without}. Gib es der Rolle von Scribe in den Berechtigungen dieser Kategorie oder dieses Kanals; was dort steht, zählt mehr als die Einstellungen des Servers.",
        name = needed.name,
        without = needed.without
    )
}

/// Nobody chose a zone, so times are meant in UTC. Nothing to mend where that is so.
#[must_use]
pub fn zone_never_chosen() -> String {
    say!(
        "-# Times without a zone are meant in UTC, because nobody chose a zone: `/scribe schedule zone:` sets it (UTC is one).",
        "-# Zeiten ohne Zone gelten in UTC, weil niemand eine Zone gewählt hat: `/scribe schedule zone:` setzt sie (auch UTC ist eine)."
    )
}

/// All of it, or that there is nothing; hints stand below it.
#[must_use]
pub fn found(complaints: &[Complaint], hints: &[String]) -> String {
    let mut said = said(complaints);
    for hint in hints {
        said += &format!("\n{hint}");
    }
    said
}

fn said(complaints: &[Complaint]) -> String {
    if complaints.is_empty() {
        return say!(
            "All is well: permissions, channels, clock, storage, and nothing waits to be posted.",
            "Alles in Ordnung: Berechtigungen, Kanäle, Uhr, Speicher, und nichts wartet darauf, gepostet zu werden."
        );
    }
    let lines: Vec<String> = complaints.iter().map(|one| format!("- {one}")).collect();
    let lines = lines.join("\n");
    let said = say!("To be mended:\n{lines}", "Zu beheben:\n{lines}");
    escape::short(&said, 1_800)
}
