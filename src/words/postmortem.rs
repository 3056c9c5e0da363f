//! What is said about writing a postmortem: sections, versions, and who wrote
//! while somebody else did.

use super::speech::{Speech, discord_day_and_time};
use super::{escape, name, section};
use crate::incident::{
    Actor, ChannelId, DocumentFormat, Entry, Incident, IncidentNumber, Publication, Section, Seq,
};

/// Over the form of a section. Discord shows 45 characters.
#[must_use]
pub fn form_heading(number: IncidentNumber, section: Section) -> String {
    escape::short(&format!("{number}: {}", section::title(section)), 45)
}

/// Beside the fields of the form: the first, and those that go on.
#[must_use]
pub fn form_label(place: usize) -> String {
    match place {
        0 => "The text, as it is to stand there".to_owned(),
        place => format!("The text goes on ({})", place + 1),
    }
}

/// Between two texts that were written at the same time, in the form that
/// brings them together.
#[must_use]
pub fn beside_in_form(who: &str, entry: Seq) -> String {
    format!("--- {who} wrote at the same time ({entry}): ---")
}

/// Over what the log offers in the form of a section that nobody has written.
pub const OFFERED_IN_FORM: &str = "From the log, to start with:";

/// The section was written.
#[must_use]
pub fn written(incident: &Incident, section: Section, entry: Seq, others: &[&Actor]) -> String {
    let title = section::title(section);
    let number = incident.key.number;
    if others.is_empty() {
        return format!(
            "**{title}** of {number} is written, as {entry}. The draft shows it: `/postmortem show`."
        );
    }
    let mut names: Vec<String> = others
        .iter()
        .map(|one| escape::discord(&escape::short(one.name(), 80)))
        .collect();
    names.dedup();
    let names = escape::short(&name::list(&names), 500);
    format!(
        "Yours is recorded as {entry}. {names} wrote **{title}** of {number} while you did, so the draft shows both texts, theirs first; nothing is lost. Bring them together when you are both done."
    )
}

/// On the button that opens the form of a section with all that was written at once.
pub const BUTTON_TOGETHER: &str = "Bring them together";

/// What was sent is what stands there already.
#[must_use]
pub fn nothing_new(section: Section, entry: Seq) -> String {
    format!(
        "**{}** stands so already, as {entry}; nothing was recorded.",
        section::title(section)
    )
}

/// The section is too long for a form; the text is in the file beside this.
#[must_use]
pub fn too_long_for_form(section: Section, chars: usize, most: usize) -> String {
    format!(
        "**{}** has {chars} characters, and a form on Discord holds {most}. Here it is as a file: change it and send it with `/postmortem write section:{} file:`.",
        section::title(section),
        section
    )
}

/// A file that is no text.
#[must_use]
pub fn no_text_file(name: &str) -> String {
    format!(
        "`{}` is no text in UTF-8. Save it as plain text or Markdown and send it again.",
        escape::code(&escape::short(name, 100))
    )
}

/// A file that is too large.
#[must_use]
pub fn file_too_large(name: &str, bytes: u64, most: u64) -> String {
    format!(
        "`{}` has {} kB, and {} kB are read. Send a smaller one.",
        escape::code(&escape::short(name, 100)),
        bytes.div_ceil(1_000),
        most / 1_000
    )
}

/// A file that could not be fetched from Discord.
#[must_use]
pub fn file_not_fetched(name: &str) -> String {
    format!(
        "`{}` could not be fetched from Discord. Send it again.",
        escape::code(&escape::short(name, 100))
    )
}

/// The section has no version.
#[must_use]
pub fn never_written(section: Section) -> String {
    format!(
        "Nobody has written **{}** yet. `/postmortem write section:{section}` opens its form.",
        section::title(section)
    )
}

/// One version in a list.
#[must_use]
pub fn version_line(entry: &Entry, chars: Option<usize>, stands: bool) -> String {
    let who = escape::discord(&escape::short(entry.actor.name(), 80));
    let at = discord_day_and_time(entry.happened_at);
    let length = match chars {
        Some(chars) => name::count(chars, "character"),
        None => "removed for good".to_owned(),
    };
    let stands = if stands { " · in the draft" } else { "" };
    format!("**{}** {at} · {who} · {length}{stands}", entry.seq)
}

/// Over the list of versions; `lines` are its last ones, `more` how many are not shown.
#[must_use]
pub fn versions(section: Section, lines: &[String], more: usize) -> String {
    let before = match more {
        0 => String::new(),
        more => format!("\n… {more} before these"),
    };
    format!(
        "**{}**, {}:{before}\n{}",
        section::title(section),
        name::count(lines.len() + more, "version"),
        lines.join("\n")
    )
}

/// Over a comparison of two versions.
#[must_use]
pub fn compared(from: Seq, to: Seq) -> String {
    format!("From {from} to {to}:")
}

/// A text in a block of code, cut at `most` characters.
#[must_use]
pub fn in_a_block(language: &str, text: &str, most: usize) -> String {
    // Nothing inside ends the block.
    let inside = text.replace("```", "`\u{200B}``");
    let inside = escape::short(inside.trim_end(), most);
    format!("```{language}\n{inside}\n```")
}

/// Two versions say the same.
#[must_use]
pub fn same_versions(from: Seq, to: Seq) -> String {
    format!("{from} and {to} say the same.")
}

/// The entry is no version of that section.
#[must_use]
pub fn no_version(typed: &str, section: Section, known: &[Seq]) -> String {
    let known: Vec<String> = known
        .iter()
        .rev()
        .take(10)
        .map(ToString::to_string)
        .collect();
    format!(
        "`{}` is no version of **{}** that can be read. There are {}.",
        escape::code(&escape::short(typed, 50)),
        section::title(section),
        name::list(&known)
    )
}

/// A version in a list to choose from.
#[must_use]
pub fn version_offer(entry: &Entry, speech: &Speech) -> String {
    format!(
        "{} {} {}",
        entry.seq,
        speech.time(entry.happened_at),
        escape::short(entry.actor.name(), 40)
    )
}

/// A line that the log offers in a form: `- 2025-07-08 15:27 CDT ana: text (#12)`.
#[must_use]
pub fn offered_line(at: &str, who: &str, text: &str, cite: Seq, link: Option<&str>) -> String {
    let link = link.map_or(String::new(), |link| format!(" {link}"));
    format!("- {at} {who}: {text} ({cite}){link}")
}

/// Who may publish.
#[must_use]
pub fn who_may_publish(incident: &Incident) -> String {
    format!(
        "The postmortem of {} is published by its commander (`/incident role`) or by somebody with the permission **Manage Server**.",
        incident.key.number
    )
}

/// It was not published because something in it is certainly wrong; what that is stands below.
#[must_use]
pub fn not_published_so() -> String {
    "Nothing was published: something in it is certainly wrong. Mend it with `/postmortem write` or `/incident correct`, or publish it as it is with `anyway:True`.".to_owned()
}

/// People talked faster than it could be written.
#[must_use]
pub fn too_busy_to_publish() -> String {
    "The record went on while the postmortem was written from it, several times. Nothing was published; send the command again in a quieter moment.".to_owned()
}

/// It is published; `place` is where it is posted.
#[must_use]
pub fn published(incident: &Incident, place: Option<ChannelId>, missing: usize) -> String {
    let Some(last) = incident.publications.last() else {
        return String::new();
    };
    let place = match place {
        Some(place) => format!("It follows in <#{place}>."),
        None => "It is posted as soon as the incident has its channel.".to_owned(),
    };
    let missing = match missing {
        0 => String::new(),
        missing => format!(
            " It says itself what is still missing ({}); publish again when that is there.",
            name::count(missing, "thing")
        ),
    };
    format!(
        "Version {} of the postmortem of {} is published, from the record through {}. {place} `/postmortem show version:{}` shows it as it is now for ever.{missing}\n-# SHA-256 {}",
        last.version,
        incident.key.number,
        last.through,
        last.version,
        hash(last)
    )
}

fn hash(publication: &Publication) -> &str {
    let hash = publication.sha256.get(&DocumentFormat::Md);
    hash.map_or("", String::as_str)
}

/// Beside the published files.
#[must_use]
pub fn post(incident: &Incident, told: &Publication) -> String {
    let number = incident.key.number;
    let title = escape::discord(&escape::short(&incident.title, 200));
    let mut said = format!(
        "**Postmortem of {number}: {title}**\n{}",
        incident.severity_now()
    );
    if let Some(resolved) = incident.resolved_at() {
        said += &format!(" · resolved {}", discord_day_and_time(resolved));
    }
    if told.version > 1 {
        said += &format!(" · version {}", told.version);
    }
    if let Some((channel, _)) = incident.place {
        said += &format!(" · <#{channel}>");
    }
    said + &format!("\n-# SHA-256 {}", hash(told))
}

/// The title of the post in a forum. Discord takes 100 characters.
#[must_use]
pub fn forum_title(incident: &Incident, told: &Publication) -> String {
    let version = match told.version {
        1 => String::new(),
        version => format!(" (version {version})"),
    };
    let title = crate::incident::text::one_line(&incident.title);
    let title = escape::short(&title, 70);
    format!("{}{version}: {title}", incident.key.number)
}

/// What stands in the place of a version that was removed.
#[must_use]
pub fn post_redacted(incident: &Incident, version: u32, by: Seq) -> String {
    format!(
        "Version {version} of the postmortem of {} is no longer here: a text in it was removed for good ({by}). `/postmortem publish` publishes it again without that text.",
        incident.key.number
    )
}

/// The incident has no such version.
#[must_use]
pub fn no_such_version(incident: &Incident, version: u32) -> String {
    let number = incident.key.number;
    match incident.publications.len() {
        0 => format!(
            "The postmortem of {number} is not published yet, so it has no version {version}. `/postmortem show` without `version:` shows the draft."
        ),
        last => format!("The postmortem of {number} has the versions 1 to {last}, no {version}."),
    }
}

/// Beside a version shown to one.
#[must_use]
pub fn version_shown(incident: &Incident, told: &Publication, sha256: &str) -> String {
    format!(
        "Version {} of the postmortem of {}, published {} from the record through {}.\n-# SHA-256 {sha256}",
        told.version,
        incident.key.number,
        discord_day_and_time(told.at),
        told.through
    )
}

/// Over what was found in the draft.
#[must_use]
pub fn checked_draft(incident: &Incident) -> String {
    format!(
        "The postmortem of {} as it would be written now, checked against itself and the record:",
        incident.key.number
    )
}

/// Over what was found in a file.
#[must_use]
pub fn checked_file(file: &str, incident: Option<&Incident>) -> String {
    let file = escape::code(&escape::short(file, 100));
    match incident {
        Some(incident) => format!(
            "`{file}`, checked against itself and the record of {}:",
            incident.key.number
        ),
        None => format!(
            "`{file}`, checked against itself; name its incident with `incident:` to check it against the record too:"
        ),
    }
}
