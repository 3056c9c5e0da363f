//! The real program on the real histories of the shared data, against counts
//! that are made here from the raw JSON and share no code with it.
//!
//! `cargo test --features shared-data --test shared_cli`; the folder is
//! `SCRIBE_SHARED`, else `../shared`.

#![expect(
    clippy::unwrap_used,
    reason = "all of this is a test, what it is made of too"
)]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use chrono::{DateTime, Datelike, Utc};
use serde_json::Value;

fn shared(file: &str) -> PathBuf {
    let beside = || Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared");
    let folder = std::env::var_os("SCRIBE_SHARED").map_or_else(beside, PathBuf::from);
    let file = folder.join("data").join(file);
    assert!(file.is_file(), "the shared data has no {}", file.display());
    file
}

/// The program on a record of its own.
struct Shell {
    folder: tempfile::TempDir,
}

impl Shell {
    fn new() -> Self {
        Self {
            folder: tempfile::tempdir().unwrap(),
        }
    }

    fn run(&self, arguments: &[&str]) -> String {
        let database = self.folder.path().join("scribe.db");
        let mut command = Command::new(env!("CARGO_BIN_EXE_scribe"));
        command.args(arguments).current_dir(self.folder.path());
        command.env("DATABASE_URL", format!("sqlite://{}", database.display()));
        let output = command.output().unwrap();
        let errors = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{arguments:?}: {errors}");
        String::from_utf8(output.stdout).unwrap()
    }

    fn json(&self, arguments: &[&str]) -> Value {
        serde_json::from_str(&self.run(arguments)).unwrap()
    }
}

fn time(value: &Value) -> DateTime<Utc> {
    value.as_str().unwrap().parse().unwrap()
}

fn week(at: DateTime<Utc>) -> String {
    let week = at.iso_week();
    format!("{}-W{:02}", week.year(), week.week())
}

/// What a week has, counted by hand.
#[derive(Debug, Default, PartialEq)]
struct Count {
    opened: Vec<String>,
    resolved: Vec<String>,
    minutes: Vec<i64>,
}

fn count(history: &Value) -> BTreeMap<String, Count> {
    let mut weeks: BTreeMap<String, Count> = BTreeMap::new();
    for incident in history["incidents"].as_array().unwrap() {
        let title = incident["name"].as_str().unwrap().trim().to_owned();
        let updates = incident["incident_updates"].as_array().unwrap();
        let shown = |update: &Value| match &update["display_at"] {
            Value::Null => time(&update["created_at"]),
            at => time(at),
        };
        let opened = updates.iter().map(shown).min().unwrap();
        weeks
            .entry(week(opened))
            .or_default()
            .opened
            .push(title.clone());
        let resolved = updates
            .iter()
            .filter(|update| update["status"] == "resolved");
        if let Some(resolved) = resolved.map(shown).max() {
            let count = weeks.entry(week(resolved)).or_default();
            count.resolved.push(title);
            let minute = |at: DateTime<Utc>| at.timestamp().div_euclid(60);
            count.minutes.push(minute(resolved) - minute(opened));
        }
    }
    for count in weeks.values_mut() {
        count.opened.sort();
        count.resolved.sort();
        count.minutes.sort_unstable();
    }
    weeks
}

fn titles(list: &Value) -> Vec<String> {
    let list = list.as_array().unwrap().iter();
    let mut titles: Vec<_> = list
        .map(|one| one["title"].as_str().unwrap().to_owned())
        .collect();
    titles.sort();
    titles
}

#[test]
fn fifty_incidents_of_a_status_page_with_their_weeks_and_drafts() {
    let shell = Shell::new();
    let file = shared("statuspage/github/incidents.json");
    let said = shell.run(&["import", "statuspage", file.to_str().unwrap()]);
    assert!(said.contains("imported 50 incidents"), "{said}");
    let again = shell.run(&["import", "statuspage", file.to_str().unwrap()]);
    assert!(again.contains("nothing is new"), "{again}");

    let history: Value = serde_json::from_str(&std::fs::read_to_string(&file).unwrap()).unwrap();
    let weeks = count(&history);
    assert!(weeks.len() > 5, "{weeks:?}");
    for (week, count) in weeks {
        let summary = shell.json(&["summary", "--week", &week, "--format", "json"]);
        let minutes = summary["resolved"].as_array().unwrap().iter();
        let mut minutes: Vec<_> = minutes
            .map(|one| one["after"]["minutes"].as_i64().unwrap())
            .collect();
        minutes.sort_unstable();
        let told = Count {
            opened: titles(&summary["opened"]),
            resolved: titles(&summary["resolved"]),
            minutes,
        };
        assert_eq!(told, count, "{week}");
        // They had their postmortems elsewhere, or never.
        assert_eq!(summary["without_postmortem"], serde_json::json!([]));
        let measures = summary["measures"].as_array().unwrap().iter();
        let resolve = measures
            .clone()
            .find(|one| one["name"] == "Time to resolve");
        if let Some(longest) = count.minutes.last() {
            let times = &resolve.unwrap()["now"];
            assert_eq!(times["longest"]["minutes"], *longest, "{week}");
            assert_eq!(times["count"], count.minutes.len(), "{week}");
            assert_eq!(summary["longest"]["after"]["minutes"], *longest, "{week}");
            let (low, high) = (
                count.minutes[(count.minutes.len() - 1) / 2],
                count.minutes[count.minutes.len() / 2],
            );
            assert_eq!(times["median"]["minutes"], (low + high) / 2, "{week}");
        }
    }

    let list = shell.json(&["list", "--format", "json"]);
    let list = list.as_array().unwrap();
    assert_eq!(list.len(), 50);
    let texts: BTreeMap<String, Vec<String>> = history["incidents"]
        .as_array()
        .unwrap()
        .iter()
        .map(|incident| {
            let updates = incident["incident_updates"].as_array().unwrap().iter();
            let texts = updates.map(|update| update["body"].as_str().unwrap().to_owned());
            (
                incident["shortlink"].as_str().unwrap().to_owned(),
                texts.collect(),
            )
        })
        .collect();
    let mut drafted = 0;
    for number in 1..=50 {
        let draft = shell.run(&["draft", &format!("INC-{number}")]);
        let texts = texts.iter().find(|(link, _)| draft.contains(link.as_str()));
        let (_, texts) =
            texts.unwrap_or_else(|| panic!("INC-{number} says not where it is from\n{draft}"));
        for text in texts {
            let word = text
                .split_whitespace()
                .find(|word| word.len() > 4 && word.chars().all(char::is_alphabetic));
            assert!(
                word.is_none_or(|word| draft.contains(word)),
                "INC-{number}: {text}"
            );
        }
        drafted += 1;
    }
    assert_eq!(drafted, 50);
    assert!(shell.run(&["verify"]).contains("50"));
}

#[test]
fn a_transcript_of_fifty_three_messages_as_one_incident() {
    let shell = Shell::new();
    let file = shared("postmortems/k8s/2019-02-05.messages.jsonl");
    let title = "Partial Prow outage";
    shell.run(&["import", "chat", file.to_str().unwrap(), "--title", title]);
    let lines = std::fs::read_to_string(&file).unwrap();
    let lines: Vec<Value> = lines
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let export = shell.run(&["export", "INC-1"]);
    assert_eq!(export.matches("message_posted").count().min(53), 53);
    let draft = shell.run(&["draft", "INC-1"]);
    assert!(draft.starts_with("# INC-1: Partial Prow outage"), "{draft}");
    let mut authors = std::collections::BTreeSet::new();
    for line in &lines {
        authors.insert(line["author"].as_str().unwrap());
        let at: DateTime<Utc> = line["at"].as_str().unwrap().parse().unwrap();
        let at = at.format("%Y-%m-%d %H:%M UTC").to_string();
        assert!(draft.contains(&at), "{at}");
    }
    assert_eq!(lines.len(), 53);
    for author in authors {
        assert!(draft.contains(author), "{author}");
    }
}
