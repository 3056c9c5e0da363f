//! What is said about writing a postmortem: sections, versions, and who wrote
//! while somebody else did.

use super::count::{Noun, count};
use super::language::{say, word};
use super::speech::{Speech, discord_day_and_time};
use super::{escape, name, section};
use crate::incident::{Actor, Entry, Incident, IncidentNumber, Section, Seq};

/// Over the form of a section. Discord shows 45 characters.
#[must_use]
pub fn form_heading(number: IncidentNumber, section: Section) -> String {
    escape::short(&format!("{number}: {}", section::title(section)), 45)
}

/// Beside the fields of the form: the first, and those that go on.
#[must_use]
pub fn form_label(place: usize) -> String {
    match place {
        0 => say!(
            "The text, as it is to stand there",
            "Der Text, wie er dort stehen soll"
        ),
        place => say!(
            "The text goes on ({part})",
            "Der Text geht weiter ({part})",
            part = place + 1
        ),
    }
}

/// Between two texts that were written at the same time, in the form that
/// brings them together.
#[must_use]
pub fn beside_in_form(who: &str, entry: Seq) -> String {
    say!(
        "--- {who} wrote at the same time ({entry}): ---",
        "--- {who} schrieb zur selben Zeit ({entry}): ---"
    )
}

/// Over what the log offers in the form of a section that nobody has written.
#[must_use]
pub fn offered_in_form() -> &'static str {
    word!(
        "From the log, to start with:",
        "Aus dem Log, für den Anfang:"
    )
}

/// The section was written.
#[must_use]
pub fn written(incident: &Incident, section: Section, entry: Seq, others: &[&Actor]) -> String {
    let title = section::title(section);
    let number = incident.key.number;
    if others.is_empty() {
        return say!(
            "**{title}** of {number} is written, as {entry}. The draft shows it: `/postmortem show`.",
            "**{title}** von {number} ist geschrieben, als {entry}. Der Entwurf zeigt es: `/postmortem show`."
        );
    }
    let mut names: Vec<String> = others
        .iter()
        .map(|one| escape::discord(&escape::short(one.name(), 80)))
        .collect();
    names.dedup();
    let names = escape::short(&name::list(&names), 500);
    say!(
        "Yours is recorded as {entry}. {names} wrote **{title}** of {number} while you did, so the draft shows both texts, theirs first; nothing is lost. Bring them together when you are both done.",
        "Dein Text ist als {entry} aufgezeichnet. Auch {names} schrieb in der Zeit an **{title}** von {number}; der Entwurf zeigt beide Texte, deinen zuletzt, nichts geht verloren. Führt sie zusammen, wenn ihr fertig seid."
    )
}

/// On the button that opens the form of a section with all that was written at once.
#[must_use]
pub fn button_together() -> &'static str {
    word!("Bring them together", "Zusammenführen")
}

/// What was sent is what stands there already.
#[must_use]
pub fn nothing_new(section: Section, entry: Seq) -> String {
    say!(
        "**{title}** stands so already, as {entry}; nothing was recorded.",
        "**{title}** steht schon so da, als {entry}; es wurde nichts aufgezeichnet.",
        title = section::title(section)
    )
}

/// The section is too long for a form; the text is in the file beside this.
#[must_use]
pub fn too_long_for_form(section: Section, chars: usize, most: usize) -> String {
    say!(
        "**{title}** has {chars} characters, and a form on Discord holds {most}. Here it is as a file: change it and send it with `/postmortem write section:{section} file:`.",
        "**{title}** hat {chars} Zeichen, ein Formular auf Discord fasst {most}. Hier ist der Text als Datei: Ändere sie und schick sie mit `/postmortem write section:{section} file:`.",
        title = section::title(section)
    )
}

/// A file that is no text.
#[must_use]
pub fn no_text_file(name: &str) -> String {
    say!(
        "`{name}` is no text in UTF-8. Save it as plain text or Markdown and send it again.",
        "`{name}` ist kein Text in UTF-8. Speichere die Datei als reinen Text oder Markdown und schick sie noch einmal.",
        name = escape::code(&escape::short(name, 100))
    )
}

/// A file that is too large.
#[must_use]
pub fn file_too_large(name: &str, bytes: u64, most: u64) -> String {
    say!(
        "`{name}` has {has} kB, and {most} kB are read. Send a smaller one.",
        "`{name}` hat {has} kB, gelesen werden {most} kB. Schick eine kleinere.",
        name = escape::code(&escape::short(name, 100)),
        has = bytes.div_ceil(1_000),
        most = most / 1_000
    )
}

/// A file that could not be fetched from Discord.
#[must_use]
pub fn file_not_fetched(name: &str) -> String {
    say!(
        "`{name}` could not be fetched from Discord. Send it again.",
        "`{name}` war von Discord nicht zu holen. Schick die Datei noch einmal.",
        name = escape::code(&escape::short(name, 100))
    )
}

/// The section has no version.
#[must_use]
pub fn never_written(section: Section) -> String {
    say!(
        "Nobody has written **{title}** yet. `/postmortem write section:{section}` opens its form.",
        "**{title}** hat noch niemand geschrieben. `/postmortem write section:{section}` öffnet das Formular.",
        title = section::title(section)
    )
}

/// One version in a list.
#[must_use]
pub fn version_line(entry: &Entry, chars: Option<usize>, stands: bool) -> String {
    let who = escape::discord(&escape::short(entry.actor.name(), 80));
    let at = discord_day_and_time(entry.happened_at);
    let length = match chars {
        Some(chars) => count(chars, Noun::Character),
        None => say!("removed for good", "endgültig entfernt"),
    };
    let stands = if stands {
        word!(" · in the draft", " · im Entwurf")
    } else {
        ""
    };
    format!("**{}** {at} · {who} · {length}{stands}", entry.seq)
}

/// Over the list of versions; `lines` are its last ones, `more` how many are not shown.
#[must_use]
pub fn versions(section: Section, lines: &[String], more: usize) -> String {
    let before = match more {
        0 => String::new(),
        more => say!("\n… {more} before these", "\n… davor {more}"),
    };
    format!(
        "**{}**, {}:{before}\n{}",
        section::title(section),
        count(lines.len() + more, Noun::Version),
        lines.join("\n")
    )
}

/// Over a comparison of two versions.
#[must_use]
pub fn compared(from: Seq, to: Seq) -> String {
    say!("From {from} to {to}:", "Von {from} zu {to}:")
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
    say!(
        "{from} and {to} say the same.",
        "{from} und {to} sagen dasselbe."
    )
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
    say!(
        "`{typed}` is no version of **{title}** that can be read. There are {known}.",
        "`{typed}` ist keine lesbare Version von **{title}**. Es gibt {known}.",
        typed = escape::code(&escape::short(typed, 50)),
        title = section::title(section),
        known = name::list(&known)
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
