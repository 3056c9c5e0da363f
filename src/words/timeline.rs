//! A timeline on Discord, page by page.

use crate::incident::{Entry, Incident, Line};

use super::entry::{Style, of_entry, of_line};
use super::escape;
use super::language::{say, word};
use super::speech::{discord_day_and_time, discord_time};

/// The longest page, so that the heading fits into the 2,000 of a message too.
const PAGE: usize = 1_700;

/// The longest line; longer ones are cut with a visible mark.
const LINE: usize = 400;

/// The most characters of the last lines that stand beside a card.
const BESIDE_CARD: usize = 1_200;

/// One line: time in the reader's zone, number, who, what.
#[must_use]
pub fn line(line: &Line<'_>) -> String {
    let flat = |text: &str| escape::discord(&crate::incident::text::one_line(text));
    let style = Style {
        escape: &flat,
        time: &discord_day_and_time,
        entry: &|seq| seq.to_string(),
    };
    let mark = if line.key { "📌 " } else { "" };
    let mut said = format!(
        "{} {mark}`{}` **{}** {}",
        discord_day_and_time(line.at),
        line.entry.seq,
        escape::discord(&escape::short(line.entry.actor.name(), 80)),
        of_line(line, style)
    );
    if line.deleted_at.is_some() {
        said += word!(" *(deleted)*", " *(gelöscht)*");
    } else if line.is_changed() {
        said += word!(" *(changed)*", " *(geändert)*");
    }
    escape::short(&said, LINE)
}

/// The lines in pages, filled from the first on.
#[must_use]
pub fn pages(lines: &[String]) -> Vec<String> {
    let mut pages: Vec<String> = Vec::new();
    for line in lines {
        match pages.last_mut() {
            Some(page) if page.chars().count() + line.chars().count() < PAGE => {
                page.push('\n');
                page.push_str(line);
            }
            _ => pages.push(line.clone()),
        }
    }
    pages
}

/// On the button that turns to the page before.
#[must_use]
pub fn earlier() -> &'static str {
    word!("Earlier", "Früher")
}

/// On the button that turns to the next page.
#[must_use]
pub fn later() -> &'static str {
    word!("Later", "Später")
}

/// What stands over an incident's lines.
#[must_use]
pub fn heading(incident: &Incident) -> String {
    let title = escape::discord(&escape::short(&incident.title, 100));
    format!("{} · {title}", incident.key.number)
}

/// What stands over an incident's changes.
#[must_use]
pub fn audit_heading(incident: &Incident) -> String {
    let heading = heading(incident);
    say!("Changes of {heading}", "Änderungen: {heading}")
}

/// A page under its heading.
#[must_use]
pub fn page(heading: &str, lines: &str, number: u32, of: u32) -> String {
    match of {
        0 => say!(
            "**{heading}**\nNothing in it yet.",
            "**{heading}**\nNoch nichts darin."
        ),
        1 => format!("**{heading}**\n{lines}"),
        _ => say!(
            "**{heading}** ({number} of {of})\n{lines}",
            "**{heading}** ({number} von {of})\n{lines}"
        ),
    }
}

/// The last of some lines, as many as there is room for beside a card; nothing where there is none.
#[must_use]
pub fn last_lines(lines: &[String]) -> String {
    let mut last = Vec::new();
    let mut room = BESIDE_CARD;
    for line in lines.iter().rev().take(5) {
        room = room.saturating_sub(line.chars().count() + 1);
        if room == 0 {
            break;
        }
        last.push(line.as_str());
    }
    if last.is_empty() {
        return String::new();
    }
    last.reverse();
    let last = last.join("\n");
    say!(
        "**The last of its timeline**\n{last}",
        "**Das Letzte aus seiner Timeline**\n{last}"
    )
}

/// One change of the record: when it was recorded, its number, who, what.
#[must_use]
pub fn change(entry: &Entry) -> String {
    let flat = |text: &str| escape::discord(&crate::incident::text::one_line(text));
    let style = Style {
        escape: &flat,
        time: &discord_day_and_time,
        entry: &|seq| seq.to_string(),
    };
    let mut said = format!(
        "{} `{}` **{}** {}",
        discord_day_and_time(entry.recorded_at),
        entry.seq,
        escape::discord(&escape::short(entry.actor.name(), 80)),
        of_entry(entry, style)
    );
    if (entry.recorded_at - entry.happened_at).num_seconds() >= 60 {
        let happened = discord_time(entry.happened_at, entry.recorded_at);
        let line = escape::short(&said, LINE - 40);
        said = say!(
            "{line} · happened {happened}",
            "{line} · geschehen {happened}"
        );
    }
    escape::short(&said, LINE)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_fit_into_a_message_and_lose_no_line() {
        let lines: Vec<String> = (0..100)
            .map(|n| format!("{n} {}", "x".repeat(n * 3 % 390)))
            .collect();
        let pages = pages(&lines);
        assert!(pages.iter().all(|page| page.chars().count() <= PAGE));
        assert_eq!(pages.join("\n"), lines.join("\n"));
    }
}
