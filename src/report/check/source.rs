//! A postmortem as located pieces of plain text.
//!
//! Written line by line rather than by a Markdown parser: half of what people keep is text copied from a status page, where four
//! spaces are no code and one line holds a whole document.

use std::sync::LazyLock;

use regex::Regex;

use super::html;

/// How a text is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Format {
    /// Told from the text itself.
    #[default]
    Guess,
    /// Markdown or plain text.
    Text,
    /// HTML.
    Html,
}

impl Format {
    /// What a file's name says about its format.
    #[must_use]
    pub fn of_name(name: &str) -> Self {
        let name = name.to_ascii_lowercase();
        if name.ends_with(".html") || name.ends_with(".htm") {
            Self::Html
        } else if name.ends_with(".md") || name.ends_with(".txt") {
            Self::Text
        } else {
            Self::Guess
        }
    }
}

/// What part a piece plays.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// A heading; 0 for a line that only stands like one.
    Heading(u8),
    /// An item of a list or a row of a table.
    Item,
    /// A line of prose.
    Text,
    /// Somebody's or some machine's words.
    Quote,
    /// A name and its value in the front matter.
    Meta,
}

/// One piece: a heading, an item, a line.
#[derive(Clone, Debug)]
pub(super) struct Segment {
    /// Line of the text, from 1.
    pub(super) line: u32,
    pub(super) role: Role,
    /// How far an item is indented.
    pub(super) indent: usize,
    /// Without markup and without addresses.
    pub(super) text: String,
    /// The addresses that stood in it.
    pub(super) links: Vec<String>,
    /// Whether an empty line came before it.
    pub(super) after_gap: bool,
    /// Where further lines of the text begin in it, with their numbers.
    pub(super) wraps: Vec<(usize, u32)>,
}

impl Segment {
    /// The line of the text on which a place of it stands.
    pub(super) fn line_at(&self, place: usize) -> u32 {
        let wraps = self.wraps.iter().rev();
        let wrap = wraps.into_iter().find(|(start, _)| *start <= place);
        wrap.map_or(self.line, |(_, line)| *line)
    }
}

/// Reads a text.
pub(super) fn segments(text: &str, format: Format) -> Vec<Segment> {
    let rows = match format {
        Format::Html => html::lines(text),
        Format::Guess if looks_like_html(text) => html::lines(text),
        Format::Guess | Format::Text => (1..)
            .zip(text.lines())
            .map(|(number, line)| (number, line.trim_end().to_owned()))
            .collect(),
    };
    let mut reader = Reader::default();
    let fenced = closed_fences(&rows);
    for (row, fenced) in rows.iter().zip(fenced) {
        reader.row(row.0, &row.1, fenced);
    }
    let mut segments = join_wrapped(reader.segments);
    if !segments
        .iter()
        .any(|segment| matches!(segment.role, Role::Heading(_)))
    {
        mark_bare_headings(&mut segments);
    }
    segments
}

/// What a wrapped line begins with that goes on with the sentence of the line before: no time and no label.
static GOES_ON: LazyLock<Regex> =
    LazyLock::new(|| regex(r"^(?:\p{Ll}[\p{L}'’-]*(?:[ ,.;)]|$)|\d{1,4} (?:\p{Ll}|%))"));

/// The shortest line that an editor wraps.
const WRAPPED: usize = 50;

/// Sentences that were wrapped at some column, each whole again. A line that may be anything else stays a piece of its own.
fn join_wrapped(segments: Vec<Segment>) -> Vec<Segment> {
    const LONGEST: usize = 1_500;
    let mut joined: Vec<Segment> = Vec::with_capacity(segments.len());
    let mut width = 0;
    for mut segment in segments {
        let next = segment.text.chars().count();
        let last = joined.last_mut().filter(|last| {
            let line = last.wraps.last().map_or(last.line, |(_, line)| *line);
            matches!(last.role, Role::Text | Role::Item)
                && segment.role == Role::Text
                && !segment.after_gap
                && segment.line == line + 1
                && width >= WRAPPED
                && last.text.len() < LONGEST
                && !last.text.contains(" | ")
                && last
                    .text
                    .ends_with(|c: char| c.is_alphanumeric() || matches!(c, ',' | '-' | ')'))
                && GOES_ON.is_match(&segment.text)
        });
        if let Some(last) = last {
            last.text.push(' ');
            last.wraps.push((last.text.len(), segment.line));
            last.text.push_str(&segment.text);
            last.links.append(&mut segment.links);
        } else {
            joined.push(segment);
        }
        width = next;
    }
    joined
}

fn looks_like_html(text: &str) -> bool {
    let start = text.trim_start();
    let lead = start.get(..15).unwrap_or(start).to_ascii_lowercase();
    lead.starts_with("<!doctype html") || lead.starts_with("<html") || lead.starts_with("<body")
}

/// Which rows lie in a code block, its marks included. A block that nobody closed is none.
fn closed_fences(rows: &[(u32, String)]) -> Vec<bool> {
    let mut fenced = vec![false; rows.len()];
    let mut open: Option<(usize, char)> = None;
    for (index, (_, row)) in rows.iter().enumerate() {
        let row = row.trim_start().trim_start_matches(['>', ' ']);
        let Some(mark) = ['`', '~']
            .into_iter()
            .find(|mark| row.chars().take_while(|c| c == mark).count() >= 3)
        else {
            continue;
        };
        let info = row.trim_start_matches(mark).trim();
        match open {
            None if !(mark == '`' && info.contains('`')) => open = Some((index, mark)),
            Some((start, with)) if with == mark && info.is_empty() => {
                fenced[start..=index].fill(true);
                open = None;
            }
            _ => {}
        }
    }
    fenced
}

static HEADING: LazyLock<Regex> = LazyLock::new(|| regex(r"^\s{0,3}(#{1,6})\s+(.*?)\s*#*\s*$"));
static ITEM: LazyLock<Regex> =
    LazyLock::new(|| regex(r"^(\s*)(?:[-*+•]|\d{1,3}[.)])\s+(?:\[[ xX]\]\s+)?(.*)$"));
static LINK: LazyLock<Regex> = LazyLock::new(|| regex(r"!?\[([^\[\]]*)\]\(([^()\s]*)[^()]*\)"));
static REFERENCE: LazyLock<Regex> = LazyLock::new(|| regex(r"\[([^\[\]]+)\]\[[^\[\]]*\]"));
static ADDRESS: LazyLock<Regex> = LazyLock::new(|| regex(r#"<?\bhttps?://[^\s<>"'`\])]*>?"#));
static TAG: LazyLock<Regex> = LazyLock::new(|| regex(r"</?[A-Za-z%][^<>]{0,200}>"));
static DEFINITION: LazyLock<Regex> = LazyLock::new(|| regex(r"^\s*\[[^\]]+\]:\s*\S+"));
static RULER: LazyLock<Regex> = LazyLock::new(|| regex(r"^[\s|:+=*_-]*$"));
static FLAT: LazyLock<Regex> = LazyLock::new(|| regex(r"\s(?:#{1,6}|\*)\s"));

/// A pattern written in this module.
pub(super) fn regex(pattern: &str) -> Regex {
    Regex::new(pattern).expect("a pattern in the source is valid; a test compiles each")
}

#[derive(Default)]
struct Reader {
    segments: Vec<Segment>,
    /// Inside `---` at the top.
    front_matter: bool,
    /// Inside `<!-- -->`.
    comment: bool,
    gap: bool,
    started: bool,
}

impl Reader {
    fn row(&mut self, line: u32, row: &str, fenced: bool) {
        let first = !self.started;
        self.started = true;
        if fenced {
            return;
        }
        if row.trim() == "---" && (first || self.front_matter) {
            self.front_matter = !self.front_matter;
            return;
        }
        if self.front_matter {
            if row.contains(':') {
                self.push(line, Role::Meta, 0, row);
            }
            return;
        }
        let shown = self.without_comments(row);
        let row = shown.trim_end();
        if row.trim().is_empty() {
            self.gap = true;
            return;
        }
        if DEFINITION.is_match(row) || (row.trim().len() > 2 && RULER.is_match(row)) {
            return;
        }
        if FLAT.find_iter(row).count() >= 3 {
            return self.flat(line, row);
        }
        self.whole(line, row);
    }

    /// What of a row stands outside of `<!-- -->`, which may span rows.
    fn without_comments(&mut self, row: &str) -> String {
        let mut shown = String::new();
        let mut rest = row;
        loop {
            let mark = if self.comment { "-->" } else { "<!--" };
            let Some((before, after)) = rest.split_once(mark) else {
                break;
            };
            if !self.comment {
                shown.push_str(before);
            }
            self.comment = !self.comment;
            rest = after;
        }
        if !self.comment {
            shown.push_str(rest);
        }
        shown
    }

    /// A whole document in one line: the marks of headings and items stand in the middle.
    fn flat(&mut self, line: u32, row: &str) {
        let mut from = 0;
        for mark in FLAT.find_iter(row) {
            self.whole(line, &row[from..mark.start()]);
            from = mark.start() + 1;
        }
        self.whole(line, &row[from..]);
    }

    fn whole(&mut self, line: u32, row: &str) {
        if let Some(parts) = HEADING.captures(row) {
            let level = u8::try_from(parts[1].len()).unwrap_or(6);
            // A heading that runs on is the start of a text whose line breaks were lost.
            let role = if parts[2].len() > 160 {
                Role::Text
            } else {
                Role::Heading(level)
            };
            return self.push(line, role, 0, &parts[2]);
        }
        let trimmed = row.trim_start();
        if let Some(quoted) = trimmed.strip_prefix('>') {
            return self.push(line, Role::Quote, 0, quoted.trim_start_matches(['>', ' ']));
        }
        if let Some(parts) = ITEM.captures(row) {
            return self.push(line, Role::Item, parts[1].len(), &parts[2]);
        }
        if trimmed.starts_with('|') || trimmed.matches(" | ").count() >= 2 {
            let cells: Vec<_> = trimmed
                .trim_matches('|')
                .split('|')
                .map(str::trim)
                .collect();
            return self.push(line, Role::Item, 0, &cells.join(" | "));
        }
        let indent = row.len() - trimmed.len();
        self.push(line, Role::Text, indent, trimmed);
    }

    fn push(&mut self, line: u32, role: Role, indent: usize, raw: &str) {
        let (text, mut links) = plain(raw);
        if text.is_empty() && links.is_empty() {
            return;
        }
        for text in bounded(&text) {
            self.segments.push(Segment {
                line,
                role: role.clone(),
                indent,
                text: text.to_owned(),
                links: std::mem::take(&mut links),
                after_gap: std::mem::take(&mut self.gap),
                wraps: Vec::new(),
            });
        }
    }
}

/// A line in parts of bounded length, cut at spaces: looking around in a part costs no more than its length.
fn bounded(text: &str) -> Vec<&str> {
    const LONGEST: usize = 2_000;
    let mut parts = Vec::new();
    let mut rest = text;
    while rest.len() > LONGEST {
        let mut cut = LONGEST;
        while !rest.is_char_boundary(cut) {
            cut -= 1;
        }
        let (head, _) = rest.split_at(cut);
        let at = head
            .rfind(". ")
            .or_else(|| head.rfind(' '))
            .map_or(cut, |space| space + 1);
        parts.push(&rest[..at]);
        rest = &rest[at..];
    }
    parts.push(rest);
    parts
}

/// A line without markup, and the addresses in it.
fn plain(raw: &str) -> (String, Vec<String>) {
    let mut links = Vec::new();
    let mut text = LINK
        .replace_all(raw, |parts: &regex::Captures<'_>| {
            links.push(parts[2].to_owned());
            parts[1].to_owned()
        })
        .into_owned();
    text = REFERENCE.replace_all(&text, "$1").into_owned();
    text = ADDRESS
        .replace_all(&text, |parts: &regex::Captures<'_>| {
            links.push(parts[0].trim_matches(['<', '>']).to_owned());
            "(link)".to_owned()
        })
        .into_owned();
    text = TAG.replace_all(&text, " ").into_owned();
    text.retain(|c| !matches!(c, '*' | '`' | '\\' | '{' | '}' | '\u{200b}'));
    let text = text.replace(['\u{a0}', '\u{202f}', '\t'], " ");
    (text.trim().trim_matches('_').trim().to_owned(), links)
}

/// In a text without marks, a short line between empty ones is a heading.
fn mark_bare_headings(segments: &mut [Segment]) {
    for index in 0..segments.len() {
        let gap_after = segments.get(index + 1).is_none_or(|next| next.after_gap);
        let segment = &mut segments[index];
        let short = segment.text.chars().count() <= 60
            && !segment.text.ends_with(['.', ',', ';', ':', '!', '?'])
            && segment.text.starts_with(|c: char| c.is_uppercase());
        let alone = gap_after && (segment.after_gap || index == 0);
        if segment.role == Role::Text && short && alone {
            segment.role = Role::Heading(0);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(text: &str) -> Vec<(u32, Role, String)> {
        segments(text, Format::Guess)
            .into_iter()
            .map(|s| (s.line, s.role, s.text))
            .collect()
    }

    #[test]
    fn markdown() {
        let text = "---\ndate: 2024-05-01\n---\n# Down ##\n\n<!-- note\n10:00 -->\n- **10:00** see [graph](https://x.y/1)\n```\n10:01 code\n```\n> said 10:02\n| 10:03 | up |\n[a]: https://x.y\n";
        assert_eq!(
            texts(text),
            [
                (2, Role::Meta, "date: 2024-05-01".to_owned()),
                (4, Role::Heading(1), "Down".to_owned()),
                (8, Role::Item, "10:00 see graph".to_owned()),
                (12, Role::Quote, "said 10:02".to_owned()),
                (13, Role::Item, "10:03 | up".to_owned()),
            ]
        );
    }

    #[test]
    fn an_open_fence_hides_nothing() {
        assert_eq!(texts("a\n```\nb").len(), 2);
    }

    #[test]
    fn a_wrapped_sentence_is_whole_and_knows_its_lines() {
        let text = "The servers could not be reached from anywhere for about\nforty minutes, and then only slowly from some\nplaces.\n10:04 first alert, which nobody saw for a quarter of an hour\n10:20 second alert\n";
        let found = segments(text, Format::Guess);
        assert_eq!(found.len(), 4, "{found:#?}");
        let place = found[0].text.find("forty").unwrap();
        assert_eq!((found[0].line_at(0), found[0].line_at(place)), (1, 2));
        assert_eq!(found[1].text, "places.");
    }

    #[test]
    fn a_document_in_one_line() {
        let found = texts("# Details On May 1 it broke. # Timeline * 10:00 down * 10:05 up");
        assert_eq!(found.len(), 4);
        assert_eq!(found[3], (1, Role::Item, "10:05 up".to_owned()));
    }

    #[test]
    fn plain_text_has_headings_too() {
        let found = texts("Root cause\n\nThe disk was full.\n");
        assert_eq!(found[0].1, Role::Heading(0));
        assert_eq!(found[1].1, Role::Text);
    }
}
