//! A timeline on Discord, page by page.

use crate::incident::{Incident, Line};

use super::entry::{Style, of_line};
use super::escape;
use super::speech::discord_day_and_time;

/// The longest page, so that the heading fits into the 2,000 of a message too.
const PAGE: usize = 1_700;

/// The longest line; longer ones are cut with a visible mark.
const LINE: usize = 400;

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
        said += " *(deleted)*";
    } else if !line.revisions.is_empty() {
        said += " *(changed)*";
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

/// A page with its heading.
#[must_use]
pub fn page(incident: &Incident, lines: &str, number: usize, of: usize) -> String {
    let title = escape::discord(&escape::short(&incident.title, 100));
    match of {
        0 => format!("**{} · {title}**\nNothing in it yet.", incident.key.number),
        1 => format!("**{} · {title}**\n{lines}", incident.key.number),
        _ => format!(
            "**{} · {title}** ({number} of {of})\n{lines}",
            incident.key.number
        ),
    }
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
