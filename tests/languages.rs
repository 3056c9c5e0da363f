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
    ("discord_marks.rs", "the marks of Discord's clients"),
    ("escape.rs", "marks of Markdown"),
    ("html.rs", "tags"),
    ("language.rs", "the macros themselves"),
    ("markdown.rs", "marks of Markdown"),
    ("prose.rs", "tags and marks"),
    (
        "spoken.rs",
        "what is written into the log, which is a fact and no matter of who reads it",
    ),
];

/// Texts outside of the macros that are in no language, with the reason.
const IN_NO_LANGUAGE: &[(&str, &str, &str)] = &[
    ("answer.rs", "channel", "the name of a thing in the log"),
    ("card.rs", "inc-", "the name of a channel, which stays"),
    ("form.rs", "English", "a language's own name"),
    ("form.rs", "Deutsch", "a language's own name"),
    ("form.rs", "none", "what is typed"),
    ("form.rs", "keine", "what is typed"),
];

/// Texts that are the same in both languages, though they have a blank.
const THE_SAME: &[&str] = &["API, Website"];

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
        } else if let Some(after) = ["say!(", "word!(", "of!("]
            .iter()
            .find_map(|name| rest.strip_prefix(name))
        {
            wanted = Some(Place::English);
            rest = after;
        } else if let Some(after) = rest.strip_prefix("'\"'") {
            rest = after;
        } else if let Some(inside) = rest.strip_prefix('"') {
            let end = end_of(inside);
            found.push(Literal {
                line: line(rest),
                text: inside[..end].to_owned(),
                of: wanted,
            });
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

fn sources() -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/words");
    let mut found: Vec<(String, String)> = fs::read_dir(folder)
        .unwrap()
        .map(|file| file.unwrap().path())
        .map(|path| {
            let name = path.file_name().unwrap().to_str().unwrap().to_owned();
            (name, fs::read_to_string(&path).unwrap())
        })
        .collect();
    found.sort();
    found
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
                    "src/words/{file}:{}: {:?} is in one language; say it with say! or word!",
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
                    "src/words/{file}:{}: {:?} is the same in both",
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
