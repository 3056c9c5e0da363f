//! What `/scribe doctor` found.

use chrono::TimeDelta;

use crate::incident::{ChannelId, IncidentNumber};

use super::{escape, permission::Needed};

/// Something to be mended, and how.
pub type Complaint = String;

/// A permission is missing in the server.
#[must_use]
pub fn missing(needed: &Needed) -> Complaint {
    format!(
        "**{}** is missing: {}. Give it to Scribe's role in the server's settings.",
        needed.name, needed.without
    )
}

/// A permission is missing in a channel.
#[must_use]
pub fn missing_in(channel: ChannelId, needed: &Needed) -> Complaint {
    format!(
        "**{}** is missing in <#{channel}>: {}. Give it to Scribe's role in that channel's permissions.",
        needed.name, needed.without
    )
}

/// The channel of announcements was deleted.
#[must_use]
pub fn announcements_gone() -> Complaint {
    "The channel of announcements and summaries was deleted. Choose another with `/scribe setup`."
        .to_owned()
}

/// The category that channels are archived in was deleted.
#[must_use]
pub fn archive_gone() -> Complaint {
    "The category that channels are archived in was deleted. Choose another with `/scribe archive`."
        .to_owned()
}

/// Discord has the commands of another version, or not all.
#[must_use]
pub fn stale_commands() -> Complaint {
    "Discord shows the commands of another version of Scribe. Start Scribe again: it tells Discord of its commands at each start.".to_owned()
}

/// The channel of an incident that people work on was deleted.
#[must_use]
pub fn channel_gone(number: IncidentNumber) -> Complaint {
    format!(
        "The channel of **{number}** was deleted, and nothing more can be told there. Resolve it with `/incident status`, or cancel it."
    )
}

/// Nobody chose a channel of announcements.
#[must_use]
pub fn announcements_nowhere() -> Complaint {
    "Incidents are announced nowhere, and no summary is posted. Choose a channel with `/scribe setup`.".to_owned()
}

/// Incidents cannot be opened where they should be.
#[must_use]
pub fn home(reason: &str) -> Complaint {
    format!("Incidents cannot be opened where they should be: {reason}.")
}

/// The clock of the machine and Discord's differ.
#[must_use]
pub fn clock(ahead: TimeDelta) -> Complaint {
    let seconds = ahead.num_seconds();
    let way = if seconds > 0 { "ahead of" } else { "behind" };
    format!(
        "The clock of the machine Scribe runs on is {} seconds {way} Discord's. Have it set by NTP: the times of the record come from it.",
        seconds.abs()
    )
}

/// Something could not be posted to the server.
#[must_use]
pub fn untold(what: &str, why: &str) -> Complaint {
    format!(
        "The {what} could not be posted: {}.",
        escape::discord(&escape::short(why, 200))
    )
}

/// Scribe lacks a permission in a category or channel that incidents are opened or archived in.
#[must_use]
pub fn missing_in_home(channel: ChannelId, needed: &Needed) -> Complaint {
    format!(
        "**{}** is missing in <#{channel}>, where incidents are opened or archived: {}. Give it to Scribe's role in the permissions of that category or channel; what is said there counts more than the server's settings.",
        needed.name, needed.without
    )
}

/// Nobody chose a zone, so times are meant in UTC. Nothing to mend where that is so.
#[must_use]
pub fn zone_never_chosen() -> String {
    "-# Times without a zone are meant in UTC, because nobody chose a zone: `/scribe schedule zone:` sets it (UTC is one)."
        .to_owned()
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
        return "All is well: permissions, channels, clock, storage, and nothing waits to be posted."
            .to_owned();
    }
    let lines: Vec<String> = complaints.iter().map(|one| format!("- {one}")).collect();
    escape::short(&format!("To be mended:\n{}", lines.join("\n")), 1_800)
}
