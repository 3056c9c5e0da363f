//! How well the short timeline chooses, held to the timelines that people wrote.
//!
//! `cargo test --features shared-data --test shared_choose -- --nocapture` prints the figures. Where the data is: see
//! `tests/shared_data.rs`.

#![expect(
    clippy::unwrap_used,
    reason = "all of this file is a test, its helpers too"
)]

use std::fs;
use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};
use scribe::import::{chat, take_over};
use scribe::incident::{Line, Severity, timeline};
use scribe::report::choose::choose;

/// The folder. Whoever builds this target wants the data tried, so that it is missing is a failure.
fn shared() -> PathBuf {
    let beside = || Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared");
    let folder = std::env::var_os("SCRIBE_SHARED").map_or_else(beside, PathBuf::from);
    assert!(
        folder.join("data").is_dir(),
        "the shared data is not at {}; set SCRIBE_SHARED to its folder",
        folder.display()
    );
    folder
}

/// An event of the timeline that people wrote, and the messages that tell it:
/// one of them is enough, none means that nobody told it in the chat.
struct Event {
    told: &'static str,
    by: &'static [&'static str],
}

/// `2019-02-05.md`, "Timeline", line by line.
const FEBRUARY: &[Event] = &[
    Event {
        told: "08:47 the bump is merged, outage begins",
        by: &[],
    },
    Event {
        told: "08:57 statuses are present that should have been removed",
        by: &["not sure the branchprotector run"],
    },
    Event {
        told: "09:02 a PR to roll back",
        by: &["ugh, this is not right\nrolling back"],
    },
    Event {
        told: "09:12 the rollback is merged by hand",
        by: &["manually merged 2 commit(s)"],
    },
    Event {
        told: "09:19 suspects that prow cannot deploy itself",
        by: &["I'm not convinced that prow"],
    },
    Event {
        told: "09:27 the wrong namespace",
        by: &["pods are landing in the wrong namespace"],
    },
    Event {
        told: "09:29 rolls back by hand",
        by: &["trying to get it back up first", "manual rollback worked"],
    },
    Event {
        told: "09:34 prow works, outage ends",
        by: &["manual rollback worked"],
    },
    Event {
        told: "10:01 verifies that all pods were in the wrong namespace",
        by: &["verified: for both the trusted cluster"],
    },
    Event {
        told: "10:33 finds and fixes the typo",
        by: &["kubernetes/test-infra/pull/11130"],
    },
    Event {
        told: "10:45 deletes the stray pods",
        by: &[],
    },
    // The chat ends at 11:27; at 11:17 it only has the first half of this.
    Event {
        told: "14:31 why an older branchprotector ran",
        by: &[],
    },
];

/// What nobody wants to read in a timeline.
const CHATTER: &[&str] = &[
    "dope",
    "rollback_parrot",
    "what happened?",
    "YUes",
    "did another BP run happen",
    "rope me in",
    "... why?",
    "prowjob pods",
    "hrm",
    "i will look at the code",
    "pods created by `plank`",
];

fn texts<'a>(lines: &'a [Line<'_>], places: impl Iterator<Item = usize>) -> Vec<&'a str> {
    places.map(|at| lines[at].text.unwrap_or("")).collect()
}

#[test]
fn kubernetes_2019_02_05() {
    let shared = shared();
    let file = shared.join("data/postmortems/k8s/2019-02-05.messages.jsonl");
    let text = fs::read_to_string(file).unwrap();
    let record = chat::parse(&text, "Partial Prow outage", Severity::Sev2).unwrap();
    let now: DateTime<Utc> = "2026-11-01T00:00:00Z".parse().unwrap();
    let taken = take_over(&record, |_| false, now).unwrap();
    let lines = timeline(&taken.new[0].log);
    let choice = choose(&lines);
    let chosen: Vec<_> = choice
        .lines
        .iter()
        .filter(|line| line.weight.is_some())
        .collect();
    for line in &chosen {
        let why: Vec<&str> = line.why.iter().map(|reason| reason.said()).collect();
        let all = texts(
            &lines,
            std::iter::once(line.place).chain(line.with.iter().copied()),
        );
        println!(
            "{} {:>2} {}: {}\n         {}",
            lines[line.place].at.format("%H:%M"),
            line.weight.unwrap_or(0),
            lines[line.place].entry.actor.name(),
            all.join(" // ").replace('\n', " / "),
            why.join(", ")
        );
    }
    let places = chosen
        .iter()
        .flat_map(|line| std::iter::once(line.place).chain(line.with.iter().copied()));
    let shown = texts(&lines, places);
    let has = |part: &str| shown.iter().any(|text| text.contains(part));
    let told: Vec<&Event> = FEBRUARY
        .iter()
        .filter(|event| !event.by.is_empty())
        .collect();
    for event in &told {
        for part in event.by {
            assert!(
                text.contains(&part.replace('\n', "\\n")),
                "{part:?} is not in the chat"
            );
        }
    }
    let (found, missed): (Vec<&Event>, Vec<&Event>) = told
        .iter()
        .copied()
        .partition(|event| event.by.iter().any(|part| has(part)));
    let apt = chosen.iter().filter(|line| {
        let all = texts(
            &lines,
            std::iter::once(line.place).chain(line.with.iter().copied()),
        );
        let tells = |event: &&Event| {
            event
                .by
                .iter()
                .any(|part| all.iter().any(|text| text.contains(part)))
        };
        FEBRUARY.iter().any(|event| tells(&event))
    });
    println!(
        "recall {} of {} told events ({} in the timeline of people); {} lines of {} messages, at most {}; {} of them tell an event of people's",
        found.len(),
        told.len(),
        FEBRUARY.len(),
        chosen.len(),
        choice.messages,
        choice.most,
        apt.count(),
    );
    for event in &missed {
        println!("missed: {}", event.told);
    }
    for part in CHATTER {
        assert!(!has(part), "{part:?} is chatter");
    }
    assert!(chosen.len() <= choice.most);
    assert_eq!(missed.len(), 0);
}

/// The events of a report's section "Timeline": what stands below each of its headings.
fn events_of(report: &str) -> Vec<String> {
    let section = report.split("\n## Timeline").nth(1).unwrap_or("");
    let section = section.split("\n## ").next().unwrap_or("");
    let below = section.split("\n### ").skip(1);
    let events = below.filter_map(|event| event.split_once('\n'));
    events
        .map(|(_, text)| text.trim().to_owned())
        .filter(|text| !text.is_empty())
        .collect()
}

/// The reports of other teams that have a timeline of at least four events, each with these.
fn other_reports() -> Vec<(String, Vec<String>)> {
    let shared = shared();
    let mut reports = Vec::new();
    for folder in ["mybinder", "univaf"] {
        let folder = shared.join("data/postmortems").join(folder);
        for file in fs::read_dir(folder).unwrap() {
            let file = file.unwrap();
            let name = file.file_name().into_string().unwrap();
            let events = events_of(&fs::read_to_string(file.path()).unwrap());
            if !name.contains("template") && events.len() >= 4 {
                reports.push((name, events));
            }
        }
    }
    reports.sort();
    reports
}

/// The events of another incident, said among the talk of this one: they are what is chosen, and the talk is not.
#[test]
fn events_stand_out_from_the_talk_of_others() {
    let file = shared().join("data/postmortems/k8s/2019-02-05.messages.jsonl");
    let text = fs::read_to_string(file).unwrap();
    let tells = |line: &&str| {
        let parts = FEBRUARY.iter().flat_map(|event| event.by);
        !parts
            .into_iter()
            .any(|part| line.contains(&part.replace('\n', "\\n")))
    };
    // What tells no event of its own incident is talk, or what its people found not worth a line.
    let talk: Vec<&str> = text.lines().filter(tells).collect();
    let moment = |line: &str| -> DateTime<Utc> {
        let value: serde_json::Value = serde_json::from_str(line).unwrap();
        value["at"].as_str().unwrap().parse().unwrap()
    };
    let (first, last) = (moment(talk[0]), moment(talk[talk.len() - 1]));
    let (mut found, mut all, mut chosen, mut talked) = (0, 0, 0, 0);
    for (name, events) in other_reports() {
        let step = (last - first) / i32::try_from(events.len() + 1).unwrap();
        let said = events.iter().zip(1..).map(|(event, place)| {
            let at = first + step * place;
            serde_json::json!({ "at": at, "author": "ana", "text": event }).to_string()
        });
        let chat: Vec<String> = said
            .chain(talk.iter().map(|line| (*line).to_owned()))
            .collect();
        let record = chat::parse(&chat.join("\n"), "Some incident", Severity::Sev2).unwrap();
        let now: DateTime<Utc> = "2026-11-01T00:00:00Z".parse().unwrap();
        let taken = take_over(&record, |_| false, now).unwrap();
        let lines = timeline(&taken.new[0].log);
        let choice = choose(&lines);
        let shown = choice.lines.iter().filter(|line| line.weight.is_some());
        let (mut of_events, mut of_talk) = (0, 0);
        for line in shown {
            let places = std::iter::once(line.place).chain(line.with.iter().copied());
            let texts = texts(&lines, places);
            let told = texts
                .iter()
                .filter(|text| events.iter().any(|event| event.trim() == text.trim()))
                .count();
            of_events += told;
            of_talk += usize::from(told == 0);
            for text in texts.iter().filter(|_| told == 0) {
                println!("{name} talk: {}", text.replace('\n', " / "));
            }
        }
        println!(
            "{name}: {of_events} of {} events, {of_talk} lines of talk, at most {}",
            events.len(),
            choice.most
        );
        found += of_events;
        all += events.len().min(choice.most);
        chosen += of_events + of_talk;
        talked += of_talk;
    }
    println!(
        "{found} of {all} events that have room stand in the timelines, {talked} of {chosen} lines are talk"
    );
    assert!(found * 100 >= all * 60, "{found} of {all}");
}

/// Each event that people wrote down, said as a message in a channel that talks, should weigh enough to be chosen.
#[test]
fn events_of_other_reports_are_heard() {
    let shared = shared();
    let (mut heard, mut all) = (0, 0);
    for folder in ["mybinder", "univaf"] {
        let folder = shared.join("data/postmortems").join(folder);
        let mut files: Vec<PathBuf> = fs::read_dir(folder)
            .unwrap()
            .map(|file| file.unwrap().path())
            .collect();
        files.sort();
        for file in files.iter().filter(|file| {
            !file.ends_with("template.md") && !file.ends_with("template-incident-report.md")
        }) {
            for event in events_of(&fs::read_to_string(file).unwrap()) {
                let line = |minute: u32, text: &str| {
                    let at = format!("2026-05-04T10:{minute:02}:00Z");
                    serde_json::json!({ "at": at, "author": "ana", "text": text }).to_string()
                };
                let chat = [line(0, "good morning"), line(5, &event)].join("\n");
                let record = chat::parse(&chat, "Some incident", Severity::Sev2).unwrap();
                let now: DateTime<Utc> = "2026-11-01T00:00:00Z".parse().unwrap();
                let taken = take_over(&record, |_| false, now).unwrap();
                let lines = timeline(&taken.new[0].log);
                all += 1;
                if choose(&lines).chosen() > 0 {
                    heard += 1;
                } else {
                    println!("not heard: {}", event.replace('\n', " "));
                }
            }
        }
    }
    println!("{heard} of {all} events of other reports weigh enough");
    assert!(all > 80, "only {all} events were read");
    assert!(heard * 100 >= all * 86, "{heard} of {all}");
}
