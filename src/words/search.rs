//! What a search found.

use crate::incident::{Entry, Incident, text};

use super::escape;
use super::speech::discord_day_and_time;

/// How much of a text is shown around the word that was found, in characters.
const AROUND: usize = 60;

/// A part of a text, cut where a word of the search stands in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Snippet {
    /// What stands before the word.
    pub before: String,
    /// The word, as it is written there; empty where it was not found letter by letter.
    pub word: String,
    /// What stands after it.
    pub after: String,
}

/// The part of a text around the first of the words of a search, in one line.
#[must_use]
pub fn snippet(whole: &str, search: &str) -> Snippet {
    let line = text::one_line(whole);
    let chars: Vec<char> = line.chars().collect();
    // One small letter for each, so that places stay what they are.
    let small = |c: &char| c.to_lowercase().next().unwrap_or(*c);
    let flat: Vec<char> = chars.iter().map(small).collect();
    let wanted = search
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(|word| word.chars().map(|c| small(&c)).collect::<Vec<_>>());
    let places = wanted.filter_map(|word| place(&flat, &word).map(|at| (at, word.len())));
    let (at, length) = places.min().unwrap_or((0, 0));
    let from = at.saturating_sub(AROUND);
    let to = (at + length + AROUND).min(chars.len());
    let part = |from: usize, to: usize| chars[from..to].iter().collect::<String>();
    let (mut before, mut after) = (part(from, at), part(at + length, to));
    if from > 0 {
        before.insert(0, '…');
    }
    if to < chars.len() {
        after.push('…');
    }
    Snippet {
        before,
        word: part(at, at + length),
        after,
    }
}

/// Where a word begins in a text, at the beginning of a word there.
fn place(text: &[char], word: &[char]) -> Option<usize> {
    let starts = |at: &usize| *at == 0 || !text[at - 1].is_alphanumeric();
    let here = |at: &usize| text[*at..].starts_with(word);
    (0..text.len()).filter(starts).find(here)
}

/// One page of what was found, newest first; `link` leads to where an entry stands,
/// `foot` stands below it.
#[must_use]
pub fn page(
    found: &[(&Incident, &Entry, Option<String>)],
    search: &str,
    page: u32,
    foot: &str,
) -> String {
    if found.is_empty() && page > 1 {
        return format!("{}\n{foot}", super::paging::no_page(page));
    }
    if found.is_empty() {
        return "Nothing that you may see has all of these words. Fewer words find more, and so does leaving out the other options.".to_owned();
    }
    let mut said = String::new();
    for (incident, entry, link) in found {
        let line = line(incident, entry, link.as_deref(), search);
        if said.chars().count() + line.chars().count() + foot.chars().count() > 1_990 {
            break;
        }
        said += &line;
    }
    said + foot
}

/// Where there is more and it cannot be turned to by button.
#[must_use]
pub fn more(page: u32) -> String {
    format!("-# More with `page:{}`.", page + 1)
}

fn line(incident: &Incident, entry: &Entry, link: Option<&str>, search: &str) -> String {
    let Snippet {
        before,
        word,
        after,
    } = snippet(entry.fact.searched().as_deref().unwrap_or_default(), search);
    let word = if word.is_empty() {
        word
    } else {
        format!("**{}**", escape::discord(&word))
    };
    let seq = link.map_or(entry.seq.to_string(), |link| {
        format!("[{}](<{link}>)", entry.seq)
    });
    format!(
        "**{}** {seq} · {} · {}: {}{word}{}\n",
        incident.key.number,
        discord_day_and_time(entry.happened_at),
        escape::discord(&escape::short(entry.actor.name(), 40)),
        escape::discord(&before),
        escape::discord(&after),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str, search: &str) -> String {
        let Snippet {
            before,
            word,
            after,
        } = snippet(text, search);
        format!("{before}[{word}]{after}")
    }

    #[test]
    fn a_text_is_cut_around_the_word() {
        assert_eq!(
            shown("Rolled back 812\nall good", "BACK"),
            "Rolled [back] 812 all good"
        );
        assert_eq!(
            shown("feedback, then back", "back"),
            "feedback, then [back]"
        );
        assert_eq!(shown("Ärger", "arger"), "[]Ärger");
        let long = format!("{} pool {}", "a ".repeat(100), "b ".repeat(100));
        let cut = shown(&long, "pool");
        assert!(
            cut.starts_with('…') && cut.ends_with('…') && cut.contains("[pool]"),
            "{cut}"
        );
        assert!(cut.chars().count() <= 2 * AROUND + 10);
        assert_eq!(shown("", "x"), "[]");
    }
}
