//! The core takes every real history of the shared data.
//!
//! The data is not part of the project, so plain `cargo test` does not build this; `cargo test --features shared-data --test
//! shared_data` does. The folder is `SCRIBE_SHARED`, else `../shared`; a missing one is a failure.

#![expect(
    clippy::unwrap_used,
    reason = "all of this file is a test, its helpers too"
)]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};
use scribe::import::{Event, PastIncident, Record, TakenOver, What, statuspage, take_over};
use scribe::incident::{
    GuildId, Impact, Incident, IncidentKey, IncidentNumber, Source, SourceSystem, Status, timeline,
};

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

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn now() -> DateTime<Utc> {
    DateTime::parse_from_rfc3339("2026-11-01T00:00:00Z")
        .unwrap()
        .to_utc()
}

/// Takes a record over and holds each log to it: every text once at its time, the last status, nothing to tell a second time.
fn hold(record: &Record) -> TakenOver {
    let taken = take_over(record, |_| false, now()).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(taken.new.len() + taken.known.len(), record.incidents.len());
    for (past, new) in record.incidents.iter().zip(&taken.new) {
        let key = IncidentKey {
            guild: GuildId(0),
            number: IncidentNumber(1),
        };
        let state = Incident::fold(key, &new.log).unwrap();
        assert_eq!(state.source.as_ref(), Some(&past.source));
        assert_eq!(
            state.outages,
            [],
            "{}: nobody told when users were affected",
            past.title
        );
        let mut wanted: BTreeMap<(DateTime<Utc>, &str), i32> = BTreeMap::new();
        for event in &past.events {
            if let What::Update {
                message: Some(message),
                ..
            } = &event.what
                && !message.trim().is_empty()
            {
                *wanted.entry((event.at, message)).or_default() += 1;
            }
        }
        let lines = timeline(&new.log);
        for line in &lines[1..] {
            if let Some(count) = line.text.and_then(|text| wanted.get_mut(&(line.at, text))) {
                *count -= 1;
            }
        }
        assert!(
            wanted.values().all(|count| *count == 0),
            "{}: {wanted:?}",
            past.title
        );
        let last = past
            .events
            .iter()
            .max_by_key(|event| event.at)
            .map(|event| &event.what);
        let Some(What::Update { status, .. }) = last else {
            panic!("{} ends without a status", past.title)
        };
        assert_eq!(state.status_now(), *status, "{}", past.title);
    }
    let again = take_over(
        record,
        |source| taken.new.iter().any(|new| new.source == *source),
        now(),
    )
    .unwrap();
    assert_eq!(again.new, []);
    taken
}

#[test]
fn github() {
    let shared = shared();
    let text = read(&shared.join("data/statuspage/github/incidents.json"));
    let record = statuspage::parse(&text).unwrap();
    assert_eq!((record.incidents.len(), record.left_out.len()), (50, 0));
    assert_eq!(
        record
            .incidents
            .iter()
            .map(|incident| incident.events.len())
            .sum::<usize>(),
        252
    );
    let taken = hold(&record);
    assert_eq!(taken.new.len(), 50);
    let changed = taken
        .new
        .iter()
        .flat_map(|new| &new.log)
        .filter(|entry| entry.fact.kind() == "component_changed")
        .count();
    assert!(changed >= 96, "only {changed} component changes");
}

#[test]
fn payloads_of_other_pages() {
    let shared = shared();
    let fixtures = shared.join("data/statuspage/fixtures");
    for (file, incidents, left_out) in [
        ("ayushgupta07xx_cloud-incident-atlas/statuspage.json", 5, 0),
        (
            "atc0005_check-statuspage/summary/instructure-summary.json",
            1,
            0,
        ),
        ("crazy-max_ghaction-github-status/data-summary.json", 1, 2),
        ("crazy-max_ghaction-github-status/data-summary-2.json", 0, 1),
    ] {
        let record = statuspage::parse(&read(&fixtures.join(file)))
            .unwrap_or_else(|error| panic!("{file}: {error}"));
        assert_eq!(
            (record.incidents.len(), record.left_out.len()),
            (incidents, left_out),
            "{file}"
        );
        hold(&record);
    }
}

/// DatoCMS keeps its incidents in a schema of its own: `{file, name, impact, updates: [{content, status, date}]}`.
#[test]
fn datocms() {
    let shared = shared();
    let text = read(&shared.join("data/statuspage/datocms/incidents_and_maintenances.jsonl"));
    let lines = text
        .lines()
        .map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap());
    let incidents: Vec<PastIncident> = lines
        .filter(|line| line.get("impact").is_some())
        .map(|line| of_datocms(&line))
        .collect();
    assert_eq!(incidents.len(), 72);
    let back = incidents.iter().filter(|incident| {
        let statuses: Vec<Status> = incident
            .events
            .iter()
            .map(|event| status_of(&event.what))
            .collect();
        statuses
            .windows(2)
            .any(|pair| pair[0] == Status::Resolved && pair[1].is_open())
    });
    assert_eq!(back.count(), 3, "the data should come back after its end");
    let taken = hold(&Record {
        incidents,
        left_out: Vec::new(),
    });
    assert_eq!(taken.new.len(), 72);
}

fn status_of(what: &What) -> Status {
    match what {
        What::Update { status, .. } => *status,
        What::Message { .. } => panic!("a status page has no messages"),
    }
}

fn of_datocms(line: &serde_json::Value) -> PastIncident {
    let text = |value: &serde_json::Value| value.as_str().unwrap().to_owned();
    let event = |update: &serde_json::Value| Event {
        place: format!("{} {}", line["file"], update["date"]),
        at: text(&update["date"]).parse().unwrap(),
        what: What::Update {
            status: text(&update["status"]).parse().unwrap(),
            message: Some(text(&update["content"])),
            components: Vec::new(),
        },
    };
    PastIncident {
        source: Source {
            system: SourceSystem::Statuspage,
            id: text(&line["file"]),
            url: None,
        },
        place: text(&line["file"]),
        title: text(&line["name"]),
        summary: None,
        severity: text(&line["impact"]).parse::<Impact>().unwrap().into(),
        author: "DatoCMS".to_owned(),
        events: line["updates"]
            .as_array()
            .unwrap()
            .iter()
            .map(event)
            .collect(),
    }
}
