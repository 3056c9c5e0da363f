//! Reads the tree and fails on what the house forbids: an import that runs
//! back, a file nobody can hold in their head, a clock read in the wrong place.
//! `docs/architecture.md` says why.

#![expect(
    clippy::unwrap_used,
    reason = "all of this is a test, what it is made of too"
)]

use std::fs;
use std::path::{Path, PathBuf};

/// Each room of `src/`, and the rooms it may know. Whatever is not listed is a
/// way back.
const ROOMS: &[(&str, &[&str])] = &[
    ("clock", &[]),
    ("config", &[]),
    ("incident", &[]),
    ("words", &["incident"]),
    ("import", &["incident"]),
    ("report", &["incident", "words"]),
    ("measure", &[]),
    ("store", &["clock", "incident", "measure"]),
    ("jobs", &["clock", "incident", "report", "store", "words"]),
    (
        "discord",
        &[
            "clock", "import", "incident", "jobs", "measure", "report", "store", "words",
        ],
    ),
    (
        "web",
        &["clock", "incident", "measure", "report", "store", "words"],
    ),
    (
        "cli",
        &[
            "clock", "config", "discord", "import", "incident", "jobs", "measure", "report",
            "store", "web", "words",
        ],
    ),
];

/// Rooms that touch nothing outside the process, and read no clock.
const PURE: &[&str] = &["incident", "words", "report", "import", "measure"];

/// Crates that a pure room does not know.
const OUTSIDE: &[&str] = &[
    "axum",
    "clap",
    "discord_sandbox",
    "poise",
    "rand",
    "reqwest",
    "serenity",
    "sqlx",
    "tokio",
];

/// Crates that belong to some rooms alone.
const OWNED: &[(&str, &[&str])] = &[
    ("serenity", &["discord"]),
    ("poise", &["discord"]),
    ("sqlx", &["store"]),
    ("axum", &["web"]),
    ("clap", &["cli"]),
    ("discord_sandbox", &["cli"]),
];

const LONGEST_FILE: usize = 500;

struct Source {
    /// Relative to the repository, with `/`.
    path: String,
    text: String,
}

impl Source {
    /// The room of `src/` it is in: `src/store/mod.rs` and `src/store.rs` are `store`.
    fn room(&self) -> Option<&str> {
        let inside = self.path.strip_prefix("src/")?;
        let room = inside.split('/').next()?;
        let room = room.strip_suffix(".rs").unwrap_or(room);
        (!matches!(room, "lib" | "main")).then_some(room)
    }

    /// How many modules deep it is below the crate.
    fn depth(&self) -> usize {
        let inside = self.path.trim_start_matches("src/");
        let modules = inside.split('/').filter(|part| *part != "mod.rs");
        modules.count()
    }
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn sources(below: &[&str]) -> Vec<Source> {
    let mut found = Vec::new();
    for folder in below {
        collect(&root().join(folder), &mut found);
    }
    found.sort_by(|a, b| a.path.cmp(&b.path));
    found
}

fn collect(folder: &Path, found: &mut Vec<Source>) {
    let Ok(entries) = fs::read_dir(folder) else {
        return;
    };
    for entry in entries {
        let path: PathBuf = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, found);
        } else if path.extension().is_some_and(|end| end == "rs") {
            let relative = path.strip_prefix(root()).unwrap();
            found.push(Source {
                path: relative.to_str().unwrap().replace('\\', "/"),
                text: fs::read_to_string(&path).unwrap(),
            });
        }
    }
}

fn everything() -> Vec<Source> {
    sources(&["src", "sandbox/src", "sandbox/tests", "tests", "benches"])
}

/// The lines of code: comments are not read.
fn code(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let lines = text.lines().enumerate();
    lines
        .map(|(index, line)| (index + 1, line.trim_start()))
        .filter(|(_, line)| !line.starts_with("//"))
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// What follows each `path` (such as `crate::`) in the text: one name, or the
/// first names of a braced list.
fn named_after(text: &str, path: &str) -> Vec<String> {
    let mut names = Vec::new();
    for (at, _) in text.match_indices(path) {
        if text[..at].ends_with(|c: char| is_word(c) || c == ':') {
            continue;
        }
        let rest = &text[at + path.len()..];
        match rest.strip_prefix('{') {
            Some(list) => names.extend(first_names(list)),
            None => names.push(rest.chars().take_while(|c| is_word(*c)).collect()),
        }
    }
    names
}

/// The first name of each branch of `a, b::{c, d}, e::f}`.
fn first_names(list: &str) -> Vec<String> {
    let (mut names, mut depth, mut fresh) = (Vec::new(), 0, true);
    let mut name = String::new();
    for c in list.chars() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' if depth == 0 => {
                names.push(std::mem::take(&mut name));
                fresh = true;
            }
            c if depth == 0 && fresh && is_word(c) => name.push(c),
            _ if !name.is_empty() => fresh = false,
            _ => {}
        }
    }
    names.push(name);
    names.retain(|name| !name.is_empty());
    names
}

/// The rooms a source names.
fn rooms_named(source: &Source) -> Vec<String> {
    let text: String = code(&source.text)
        .map(|(_, line)| format!("{line}\n"))
        .collect();
    let mut names = named_after(&text, "crate::");
    names.extend(named_after(&text, "scribe::"));
    let shipped = text.split("#[cfg(test)]").next().unwrap_or_default();
    names.extend(named_after(shipped, &"super::".repeat(source.depth())));
    names.retain(|name| ROOMS.iter().any(|(room, _)| room == name));
    names
}

fn names_crate(line: &str, name: &str) -> bool {
    let path = format!("{name}::");
    line.match_indices(&path)
        .any(|(at, _)| !line[..at].ends_with(|c: char| is_word(c) || c == ':'))
}

fn fail_on(problems: &[String]) {
    assert!(problems.is_empty(), "\n{}\n", problems.join("\n"));
}

#[test]
fn imports_run_one_way() {
    let mut problems = Vec::new();
    let sources = sources(&["src"]);
    for source in &sources {
        let Some(room) = source.room() else { continue };
        let Some((_, may)) = ROOMS.iter().find(|(name, _)| *name == room) else {
            problems.push(format!(
                "{}: the room {room:?} has no place in ROOMS",
                source.path
            ));
            continue;
        };
        for named in rooms_named(source) {
            if named != room && !may.contains(&named.as_str()) {
                problems.push(format!("{}: {room} must not know {named}", source.path));
            }
        }
    }
    assert!(sources.len() > 20, "only {} files were read", sources.len());
    fail_on(&problems);
}

#[test]
fn pure_rooms_touch_nothing_and_libraries_stay_where_they_belong() {
    let mut problems = Vec::new();
    for source in sources(&["src"]) {
        let Some(room) = source.room() else { continue };
        for (line, text) in code(&source.text) {
            let mut forbid = |what: &str| {
                problems.push(format!(
                    "{}:{line}: {room} must not use {what}",
                    source.path
                ));
            };
            for name in OUTSIDE.iter().filter(|name| names_crate(text, name)) {
                let owners = OWNED.iter().find(|(owned, _)| owned == name);
                let elsewhere = owners.is_some_and(|(_, rooms)| !rooms.contains(&room));
                if PURE.contains(&room) || elsewhere {
                    forbid(name);
                }
            }
            if PURE.contains(&room) && (text.contains("async fn") || text.contains("std::fs")) {
                forbid("async or files");
            }
        }
    }
    fail_on(&problems);
}

#[test]
fn the_clock_is_read_in_one_file_of_each_crate() {
    let reads = [
        concat!("Utc::", "now"),
        concat!("Local::", "now"),
        concat!("SystemTime::", "now"),
    ];
    let mut problems = Vec::new();
    for source in everything() {
        if source.path.ends_with("src/clock.rs") {
            continue;
        }
        for (line, text) in code(&source.text) {
            if reads.iter().any(|read| text.contains(read)) {
                problems.push(format!("{}:{line}: reads the clock", source.path));
            }
        }
    }
    fail_on(&problems);
}

#[test]
fn files_fit_into_a_head() {
    let mut problems = Vec::new();
    for source in everything() {
        let lines = source.text.lines().count();
        if lines > LONGEST_FILE {
            problems.push(format!(
                "{}: {lines} lines, more than {LONGEST_FILE}",
                source.path
            ));
        }
        let name = source.path.rsplit('/').next().unwrap_or_default();
        let vague = [
            "util.rs",
            "utils.rs",
            "helper.rs",
            "helpers.rs",
            "common.rs",
            "misc.rs",
        ];
        if vague.contains(&name) {
            problems.push(format!("{}: a name that says nothing", source.path));
        }
    }
    fail_on(&problems);
}

#[test]
fn nothing_is_left_for_later() {
    let later = [
        concat!("#[", "ignore"),
        concat!("todo", "!("),
        concat!("unimplemented", "!("),
        concat!("dbg", "!("),
        concat!("#[", "allow("),
    ];
    let mut problems = Vec::new();
    for source in everything() {
        for (line, text) in code(&source.text) {
            for what in later.iter().filter(|what| text.contains(**what)) {
                problems.push(format!("{}:{line}: {what}", source.path));
            }
        }
    }
    fail_on(&problems);
}

#[test]
fn the_reader_of_imports_sees_what_it_must() {
    let names = |text: &str| named_after(text, "crate::");
    assert_eq!(names("use crate::store::Store;"), ["store"]);
    assert_eq!(
        names("use crate::{clock, incident::{Entry, Seq}, store};"),
        ["clock", "incident", "store"]
    );
    assert_eq!(names("let at = crate::clock::now();"), ["clock"]);
    assert!(names("use mycrate::store;").is_empty());
    assert!(names_crate("use sqlx::Row;", "sqlx"));
    assert!(!names_crate("use my_sqlx::Row;", "sqlx"));

    let climbing = Source {
        path: "src/incident/decide.rs".into(),
        text: "use super::state::X;\nuse super::super::store::Store;\n// crate::discord::x\n"
            .into(),
    };
    assert_eq!((climbing.room(), climbing.depth()), (Some("incident"), 2));
    assert_eq!(rooms_named(&climbing), ["store"]);
}
