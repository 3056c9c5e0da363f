//! Reads the words as they are written and fails on a text that is not there in
//! both languages. The compiler refuses a `say!` or a `word!` with one; here it is seen to
//! that no text stands outside of them.

#![expect(
    clippy::unwrap_used,
    reason = "all of this is a test, what it is made of too"
)]

use std::fs;
use std::path::Path;

/// Files of the words whose texts are no sentences for people, each with the reason.
const NO_SENTENCES: &[(&str, &str)] = &[
    (
        "command.rs",
        "pairs; that none is missing is seen where the commands are registered",
    ),
    ("discord_marks.rs", "the marks of Discord's clients"),
    ("escape.rs", "marks of Markdown"),
    ("html.rs", "tags"),
    ("language.rs", "the macros themselves"),
    ("markdown.rs", "marks of Markdown"),
    ("prose.rs", "tags and marks"),
    ("tests.rs", "tests"),
    (
        "spoken.rs",
        "what is written into the log, which is a fact and no matter of who reads it",
    ),
];

/// A name by which a text is looked up.
const KEY: &str = "a name by which the text is looked up";

/// Texts outside of the macros that are in no language, with the reason.
const IN_NO_LANGUAGE: &[(&str, &str, &str)] = &[
    ("answer.rs", "channel", "the name of a thing in the log"),
    ("card.rs", "inc-{}-", "the name of a channel, which stays"),
    ("form.rs", "English", "a language's own name"),
    ("form.rs", "Deutsch", "a language's own name"),
    ("form.rs", "keine", "what is typed"),
    ("check/twice.rs", "started", KEY),
    ("check/twice.rs", "detected", KEY),
    ("check/twice.rs", "declared", KEY),
    ("check/twice.rs", "repaired", KEY),
    ("check/twice.rs", "resolved", KEY),
    ("check/twice.rs", "the all-clear", KEY),
    ("check/twice.rs", "the incident", KEY),
    ("check/twice.rs", "this event", KEY),
    ("check/twice.rs", "service restored", KEY),
    ("check/twice.rs", "the end of the impact", KEY),
    ("check/twice.rs", "the cause identified", KEY),
    ("check/twice.rs", "the rollback", KEY),
    ("check/twice.rs", "the failover", KEY),
    ("check/twice.rs", "the alert", KEY),
    (
        "paging.rs",
        "-# Page ",
        "what is read back, in any language",
    ),
    (
        "paging.rs",
        "-# Seite ",
        "what is read back, in any language",
    ),
    (
        "policy_form.rs",
        "SEV",
        "what the names of severities begin with",
    ),
    ("offered_time.rs", "vor", "what is typed"),
    ("offered_time.rs", "in ", "what is typed"),
    ("publishing.rs", "\\n-# SHA-256 {}", "the name of a sum"),
    (
        "time_refusal.rs",
        "%Y-%m-%d %H:%M UTC",
        "the name of a zone",
    ),
];

/// Texts that are the same in both languages, though they have a blank.
const THE_SAME: &[&str] = &[
    "API, Website",
    "quiet 22:00-07:00, loud SEV1, actions on",
    "Status: **{to}**",
    "Update (**{status}**)",
];

/// Files that are not in both languages yet.
const NOT_YET: &[&str] = &[];

/// A text in quotation marks.
struct Literal {
    line: usize,
    text: String,
    /// Which text of a `say!` or a `word!` it is.
    of: Option<Place>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    English,
    German,
}

/// The literals of a source, without those of its comments and its tests.
fn literals(source: &str) -> Vec<Literal> {
    let source = source.split("#[cfg(test)]").next().unwrap_or_default();
    let mut found = Vec::new();
    let mut wanted: Option<Place> = None;
    let mut rest = source;
    let line = |rest: &str| source[..source.len() - rest.len()].matches('\n').count() + 1;
    while let Some(next) = rest.chars().next() {
        if rest.starts_with("//") {
            rest = rest.split_once('\n').map_or("", |(_, after)| after);
        } else if let Some(after) = ["say!(", "word!("]
            .iter()
            .find_map(|name| rest.strip_prefix(name))
        {
            wanted = Some(Place::English);
            rest = after;
        } else if let Some(after) = rest.strip_prefix("'\"'") {
            rest = after;
        } else if let Some(inside) = rest.strip_prefix('"') {
            let end = end_of(inside);
            let after = inside[end + 1..].trim_start();
            // What is matched is not said.
            if !after.starts_with("=>") && !after.starts_with('|') {
                found.push(Literal {
                    line: line(rest),
                    text: inside[..end].to_owned(),
                    of: wanted,
                });
            }
            wanted = match wanted {
                Some(Place::English) => Some(Place::German),
                _ => None,
            };
            rest = &inside[end + 1..];
        } else {
            rest = &rest[next.len_utf8()..];
        }
    }
    found
}

/// Where a literal ends that began before.
fn end_of(inside: &str) -> usize {
    let mut escaped = false;
    let end = inside.find(|c| {
        let ends = c == '"' && !escaped;
        escaped = c == '\\' && !escaped;
        ends
    });
    end.unwrap_or(inside.len() - 1)
}

/// Whether there is something in it to be read: two letters together, outside
/// of braces, addresses and formats of times.
fn is_said(text: &str) -> bool {
    let (mut depth, mut letters, mut before) = (0, 0, ' ');
    for c in text.chars() {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            c if c.is_alphabetic() && depth == 0 && !matches!(before, '%' | '\\' | '<') => {
                letters += 1;
            }
            _ => letters = 0,
        }
        if letters > 1 {
            return true;
        }
        before = c;
    }
    false
}

/// The files of the words by their names, and those of the checker by `check/` and theirs.
fn sources() -> Vec<(String, String)> {
    let mut found = Vec::new();
    for (folder, before) in [("src/words", ""), ("src/report/check/words", "check/")] {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
        for file in fs::read_dir(folder).unwrap() {
            let path = file.unwrap().path();
            if path.extension().is_none_or(|end| end != "rs") {
                continue;
            }
            let name = path.file_name().unwrap().to_str().unwrap();
            found.push((
                format!("{before}{name}"),
                fs::read_to_string(&path).unwrap(),
            ));
        }
    }
    found.sort();
    found
}

/// What of a template is shown to people and in both languages the same: outside of
/// `«English»«Deutsch»`, tags and values.
fn outside_of_pairs(template: &str) -> String {
    let mut shown = String::new();
    let mut inside = Vec::new();
    for c in template.chars() {
        match (c, inside.last()) {
            ('«' | '<' | '{', _) => inside.push(c),
            ('»', Some('«')) | ('>', Some('<')) | ('}', Some('{')) => {
                inside.pop();
            }
            (c, None) => shown.push(c),
            _ => {}
        }
    }
    shown
}

#[test]
fn every_template_is_in_both_languages() {
    const TERMS: [&str; 6] = [
        "Incident",
        "Incidents",
        "Log",
        "Timeline",
        "Version",
        "message",
    ];
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("templates");
    let mut read = 0;
    for file in fs::read_dir(folder).unwrap() {
        let path = file.unwrap().path();
        if path.extension().is_none_or(|end| end != "hbs") {
            continue;
        }
        read += 1;
        let text = fs::read_to_string(&path).unwrap();
        let pairs = text.matches("»«").count();
        assert_eq!(text.matches('«').count(), 2 * pairs, "{}", path.display());
        assert_eq!(text.matches('»').count(), 2 * pairs, "{}", path.display());
        let shown = outside_of_pairs(&text);
        let words = shown.split(|c: char| !c.is_alphabetic());
        let alone: Vec<&str> = words
            .filter(|word| word.chars().count() > 1 && !TERMS.contains(word))
            .collect();
        assert!(alone.is_empty(), "{}: {alone:?}", path.display());
    }
    assert!(read >= 4, "only {read} templates were read");
}

#[test]
fn every_text_is_there_in_both_languages() {
    let mut problems = Vec::new();
    let sources = sources();
    for (file, source) in &sources {
        let none = NO_SENTENCES.iter().any(|(name, _)| name == file);
        if none || NOT_YET.contains(&file.as_str()) {
            continue;
        }
        for literal in literals(source) {
            let known = IN_NO_LANGUAGE
                .iter()
                .any(|(name, text, _)| name == file && *text == literal.text);
            if literal.of.is_none() && !known && is_said(&literal.text) {
                problems.push(format!(
                    "{file}:{}: {:?} is in one language; say it with say! or word!",
                    literal.line, literal.text
                ));
            }
        }
    }
    assert!(sources.len() > 30, "only {} files were read", sources.len());
    assert!(problems.is_empty(), "\n{}\n", problems.join("\n"));
}

#[test]
fn no_text_was_left_untranslated() {
    let mut problems = Vec::new();
    for (file, source) in sources() {
        let all = literals(&source);
        for pair in all.windows(2) {
            let [english, german] = pair else { continue };
            let both = english.of == Some(Place::English) && german.of == Some(Place::German);
            let same = english.text == german.text && english.text.trim().contains(' ');
            let said = is_said(&english.text) && !THE_SAME.contains(&english.text.as_str());
            if both && same && said {
                problems.push(format!(
                    "{file}:{}: {:?} is the same in both",
                    english.line, english.text
                ));
            }
        }
    }
    assert!(problems.is_empty(), "\n{}\n", problems.join("\n"));
}

#[test]
fn the_lists_of_exceptions_hold_nothing_that_is_not_there() {
    let sources = sources();
    let text_of = |name: &str| sources.iter().find(|(file, _)| file == name);
    for (name, _) in NO_SENTENCES {
        assert!(text_of(name).is_some(), "{name}");
    }
    for name in NOT_YET {
        assert!(text_of(name).is_some(), "{name}");
    }
    for (name, text, _) in IN_NO_LANGUAGE {
        let (_, source) = text_of(name).unwrap();
        let there = |one: &Literal| one.text == *text && one.of.is_none();
        assert!(literals(source).iter().any(there), "{name}: {text}");
    }
}

#[test]
fn the_reader_of_texts_sees_what_it_must() {
    let source = r#"
        // "a comment"
        let a = say!("one {x}", "eins {x}", x = format!("two {}", y));
        let b = word!("three", "drei");
        let c = '"'; let d = "four \"five\"";
        #[cfg(test)] mod tests { "six" }
    "#;
    let outside: Vec<String> = literals(source)
        .into_iter()
        .filter(|one| one.of.is_none())
        .map(|one| one.text)
        .collect();
    assert_eq!(outside, ["two {}", r#"four \"five\""#]);
    assert!(is_said("two {}") && is_said("\\n{a} is"));
    assert!(!is_said("{number} · {title}\\n") && !is_said("%Y-%m-%d %H:%M"));
    assert!(!is_said("<t:{}:f>") && !is_said("- "));
}
