//! The drafts of real incidents, held to facts that were taken from them by hand: times, lengths, counts, entry numbers.
//!
//! `cargo test --features shared-data --test shared_drafts -- --nocapture` prints each draft, to be read line by line. None of their
//! texts is in the project: the seeds are told again in words of our own. Where the data is: see `tests/shared_data.rs`.

#![expect(
    clippy::unwrap_used,
    reason = "all of this file is a test, its helpers too"
)]

use std::fs;
use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};
use chrono_tz::{America, Tz};
use scribe::import::{PastIncident, Record, chat, statuspage, take_over};
use scribe::incident::{
    Actor, Command, Context, Entry, GuildId, GuildSettings, Incident, IncidentKey, IncidentNumber,
    Open, Severity, Status, decide,
};
use scribe::report::check::{Against, Format, check, text};
use scribe::report::postmortem::{Draft, DraftInput, Form, draft, html, markdown};

/// The folder, or `None` where it may be missing.
fn shared() -> Option<PathBuf> {
    let beside = || Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared");
    let folder = std::env::var_os("SCRIBE_SHARED").map_or_else(beside, PathBuf::from);
    if folder.join("data").is_dir() {
        return Some(folder);
    }
    let required = std::env::var_os("SCRIBE_REQUIRE_SHARED").is_some_and(|value| value == "1");
    assert!(!required, "the shared data is not at {}", folder.display());
    None
}

const KEY: IncidentKey = IncidentKey {
    guild: GuildId(0),
    number: IncidentNumber(7),
};

fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

/// The facts of a log's draft. Its Markdown and HTML are made and printed, and must not contradict themselves or the log.
fn drafted(name: &str, log: &[Entry], zone: Tz, now: &str) -> Draft {
    let incident = Incident::fold(KEY, log).unwrap();
    let settings = GuildSettings {
        zone,
        ..GuildSettings::default()
    };
    let input = DraftInput {
        incident: &incident,
        entries: log,
        settings: &settings,
        links: &|_| None,
        form: Form::default(),
        now: at(now),
    };
    let file = markdown(&input).unwrap();
    println!(
        "== {name}\n{}",
        file.split("<a id=\"log\">").next().unwrap()
    );
    assert!(html(&input).unwrap().len() > file.len());
    let against = Against {
        incident: &incident,
        entries: log,
        zone,
    };
    let report = check(&file, Format::Text, None, Some(against)).unwrap();
    // What people wrote may contradict itself; what Scribe wrote may not.
    let own = report.findings.iter().filter(|finding| {
        let texts = log.iter().filter_map(|entry| entry.fact.text());
        !texts
            .flat_map(str::lines)
            .any(|line| finding.quote.contains(line.trim()))
    });
    assert_eq!(own.count(), 0, "{name}: {}", text(&report));
    draft(&input)
}

/// What a seed tells, step by step.
enum Step {
    Status(Status, &'static str),
    Outage(&'static str, &'static str),
}

/// A log of the steps, each recorded at its time.
fn told(title: &str, severity: Severity, opened: &str, steps: &[(&str, Step)]) -> Vec<Entry> {
    let mut log: Vec<Entry> = Vec::new();
    let mut state: Option<Incident> = None;
    let mut take = |now: &str, command: Command| {
        let context = Context {
            actor: Actor::Named {
                name: "ana".to_owned(),
            },
            now: at(now),
            origin: None,
        };
        for entry in decide(state.as_ref(), command, &context).unwrap() {
            state = Some(Incident::evolve(KEY, state.take(), &entry).unwrap());
            log.push(entry);
        }
    };
    take(opened, Command::Open(Open::new(title, severity)));
    for (now, step) in steps {
        match step {
            Step::Status(to, message) => take(
                now,
                Command::SetStatus {
                    to: *to,
                    message: Some((*message).to_owned()),
                    at: None,
                },
            ),
            Step::Outage(start, end) => {
                let components = Vec::new();
                let start = Some(at(start));
                take(
                    now,
                    Command::StartOutage {
                        components,
                        at: start,
                    },
                );
                let components = Vec::new();
                let end = Some(at(end));
                take(
                    now,
                    Command::EndOutage {
                        components,
                        at: end,
                    },
                );
            }
        }
    }
    log
}

/// Minutes of the windows, of their union, and of the metrics in their order.
type Figures = (Vec<i64>, Option<i64>, [Option<i64>; 5]);

fn figures(draft: &Draft) -> Figures {
    let windows = draft.outage.windows.iter();
    let windows = windows.map(|window| window.length.as_ref().map_or(-1, |length| length.minutes));
    let total = draft
        .outage
        .total
        .as_ref()
        .map(|total| total.length.minutes);
    let metrics: Vec<Option<i64>> = draft
        .metrics
        .iter()
        .map(|metric| metric.length.as_ref().map(|length| length.minutes))
        .collect();
    (windows.collect(), total, metrics.try_into().unwrap())
}

/// Whether the draft misses something that is told in these words.
fn misses(draft: &Draft, words: &str) -> bool {
    draft.missing.iter().any(|gap| gap.text.contains(words))
}

fn lines(draft: &Draft) -> usize {
    draft.timeline.iter().map(|day| day.lines.len()).sum()
}

#[test]
fn the_five_seeds() {
    if shared().is_none() {
        return;
    }
    use Status::{Identified, Investigating, Monitoring, Resolved};
    // 000: told afterwards, one window of 3:27 to 4:57 pm in Chicago; the only update is the last.
    let log = told(
        "Not reachable",
        Severity::Sev1,
        "2025-07-08T15:22:00Z",
        &[
            (
                "2025-07-08T15:22:00Z",
                Step::Outage("2025-07-05T20:27:00Z", "2025-07-05T21:57:00Z"),
            ),
            (
                "2025-07-08T15:22:00Z",
                Step::Status(Resolved, "It was the network. A postmortem will follow."),
            ),
        ],
    );
    let seed = drafted("seed 000", &log, America::Chicago, "2025-07-28T15:04:00Z");
    assert_eq!(
        figures(&seed),
        (
            vec![90],
            Some(90),
            [Some(4015), None, Some(90), Some(0), None]
        )
    );
    assert!(misses(&seed, "promised a postmortem"));
    let summary = &seed.summary.sentences[0].text;
    assert!(
        summary.ends_with("resolved in the same minute, when users were no longer affected."),
        "{summary}"
    );
    assert_eq!(
        seed.timeline.len(),
        2,
        "the outage and the report of it are days apart"
    );

    // 001: two windows, 3h 41m and 3h 33m.
    let log = told(
        "Nothing answers",
        Severity::Sev1,
        "2025-06-07T18:25:00Z",
        &[
            (
                "2025-06-07T21:42:00Z",
                Step::Status(Identified, "The network."),
            ),
            (
                "2025-06-07T22:11:00Z",
                Step::Status(Monitoring, "A fix is in."),
            ),
            (
                "2025-06-07T22:12:00Z",
                Step::Outage("2025-06-07T18:12:00Z", "2025-06-07T21:53:00Z"),
            ),
            (
                "2025-06-07T22:21:00Z",
                Step::Status(Resolved, "Over. A postmortem will follow."),
            ),
            (
                "2025-06-08T19:00:00Z",
                Step::Status(Investigating, "Down again."),
            ),
            (
                "2025-06-08T22:06:00Z",
                Step::Outage("2025-06-08T18:32:00Z", "2025-06-08T22:05:00Z"),
            ),
            (
                "2025-06-08T22:10:00Z",
                Step::Status(Resolved, "Over again."),
            ),
        ],
    );
    let seed = drafted("seed 001", &log, America::Chicago, "2025-06-27T21:16:00Z");
    assert_eq!(
        figures(&seed),
        (
            vec![221, 213],
            Some(434),
            [Some(13), Some(197), Some(1673), Some(1665), None]
        )
    );
    assert_eq!(
        seed.sections
            .iter()
            .map(|section| section.facts.len())
            .sum::<usize>(),
        6
    );

    assert!(misses(&seed, "promised a postmortem"));

    // 002: a list of incidents of which only their end is known.
    let log = told(
        "Mail is late",
        Severity::Sev3,
        "2024-07-28T03:09:00Z",
        &[(
            "2024-07-28T03:09:00Z",
            Step::Status(Resolved, "Mail goes out. A postmortem will follow."),
        )],
    );
    let seed = drafted("seed 002", &log, Tz::UTC, "2024-08-28T00:00:00Z");
    assert_eq!(
        figures(&seed),
        (vec![], None, [None, None, None, Some(0), None])
    );
    assert!(misses(
        &seed,
        "No outage window: nobody recorded when users were affected. Add it"
    ));
    assert_eq!(lines(&seed), 2);
    let updates = &seed.told.as_ref().unwrap().text;
    assert!(updates.ends_with("as it was declared."), "{updates}");

    // 003: five updates in 48 minutes; users were without it for 42, of which five before the first.
    let log = told(
        "The application is unavailable",
        Severity::Sev1,
        "2023-07-19T15:29:00Z",
        &[
            (
                "2023-07-19T15:36:00Z",
                Step::Status(Identified, "Known. Less than 30 minutes to go."),
            ),
            (
                "2023-07-19T15:52:00Z",
                Step::Status(Identified, "Still at it."),
            ),
            (
                "2023-07-19T16:12:00Z",
                Step::Status(Monitoring, "All is back."),
            ),
            (
                "2023-07-19T16:13:00Z",
                Step::Outage("2023-07-19T15:24:00Z", "2023-07-19T16:06:00Z"),
            ),
            (
                "2023-07-19T16:17:00Z",
                Step::Status(Resolved, "Over. A postmortem will be provided."),
            ),
        ],
    );
    let seed = drafted("seed 003", &log, Tz::UTC, "2023-07-19T17:10:00Z");
    assert_eq!(
        figures(&seed),
        (
            vec![42],
            Some(42),
            [Some(5), Some(7), Some(42), Some(48), None]
        )
    );
    assert!(misses(&seed, "promised a postmortem"));

    // 004: 25 and 65 minutes, a night between them.
    let log = told(
        "The main application is down",
        Severity::Sev1,
        "2017-01-15T12:26:00Z",
        &[
            (
                "2017-01-15T12:40:00Z",
                Step::Status(Identified, "The database cluster."),
            ),
            (
                "2017-01-15T12:50:00Z",
                Step::Outage("2017-01-15T12:22:00Z", "2017-01-15T12:47:00Z"),
            ),
            ("2017-01-15T13:10:00Z", Step::Status(Resolved, "Over.")),
            (
                "2017-01-16T09:31:00Z",
                Step::Status(Investigating, "Down again."),
            ),
            (
                "2017-01-16T10:07:00Z",
                Step::Status(Investigating, "Still at it, without losing data."),
            ),
            (
                "2017-01-16T10:24:00Z",
                Step::Status(Monitoring, "Back. We look after the rest."),
            ),
            (
                "2017-01-16T10:25:00Z",
                Step::Outage("2017-01-16T09:17:00Z", "2017-01-16T10:22:00Z"),
            ),
            (
                "2017-01-16T10:55:00Z",
                Step::Status(
                    Resolved,
                    "Stable. We will follow up with a post-mortem within a few days.",
                ),
            ),
        ],
    );
    let seed = drafted("seed 004", &log, Tz::UTC, "2017-01-18T00:00:00Z");
    assert_eq!(
        figures(&seed),
        (
            vec![25, 65],
            Some(90),
            [Some(4), Some(14), Some(1320), Some(1349), None]
        )
    );
    assert!(misses(&seed, "promised a postmortem"));
}

#[test]
fn kubernetes_2019_02_05() {
    let Some(shared) = shared() else { return };
    let file = shared.join("data/postmortems/k8s/2019-02-05.messages.jsonl");
    let record = chat::parse(
        &fs::read_to_string(file).unwrap(),
        "Partial Prow outage",
        Severity::Sev2,
    )
    .unwrap();
    let taken = take_over(&record, |_| false, at("2026-11-01T00:00:00Z")).unwrap();
    let draft = drafted(
        "k8s 2019-02-05",
        &taken.new[0].log,
        America::Los_Angeles,
        "2026-11-01T00:00:00Z",
    );
    let offered = |title: &str| -> Vec<u32> {
        let all = draft
            .detection_section
            .iter()
            .chain(&draft.sections)
            .chain(&draft.open_questions_section);
        let section = all
            .into_iter()
            .find(|section| section.title == title)
            .unwrap();
        section.offered.iter().map(|line| line.cite.0).collect()
    };
    for title in [
        "Detection",
        "Root cause",
        "Resolution and recovery",
        "What went well",
        "What went badly",
        "Open questions",
    ] {
        println!("{title}: {:?}", offered(title));
    }
    println!("{:?} {} lines", figures(&draft), lines(&draft));
    // The merge of the rollback, the wrong namespace, the fix of the typo, the right version.
    assert_eq!(offered("Root cause"), [19, 26, 49, 54]);
    // Rolling back, its merge, why that was not enough, the rollback by hand, the fix.
    assert_eq!(offered("Resolution and recovery"), [4, 5, 19, 20, 39, 51]);
    assert_eq!(draft.outage.total, None, "a chat says nothing of users");
}

#[test]
fn three_of_github() {
    let Some(shared) = shared() else { return };
    let text = fs::read_to_string(shared.join("data/statuspage/github/incidents.json")).unwrap();
    let record = statuspage::parse(&text).unwrap();
    // Its id, how many updates there are, minutes to resolve, lines of its timeline, when components were out, whether a report
    // was promised.
    for (id, updates, resolve, told_in, out, promised) in [
        (
            "zjchv3zvfg50",
            20,
            451,
            21,
            "from 2023-09-19 21:10 UTC to 2023-09-20 04:02 UTC",
            true,
        ),
        (
            "smdz34v7j8q0",
            18,
            31,
            20,
            "from 2023-09-05 16:30 UTC to 2023-09-05 17:01 UTC",
            false,
        ),
        (
            "rk1918knvr0w",
            9,
            225,
            11,
            "from 2023-08-10 17:35 UTC to 2023-08-10 21:20 UTC",
            false,
        ),
    ] {
        let found: Vec<PastIncident> = record
            .incidents
            .iter()
            .filter(|incident| incident.source.id == id)
            .cloned()
            .collect();
        let one = Record {
            incidents: found,
            ..record.clone()
        };
        let taken = take_over(&one, |_| false, at("2026-11-01T00:00:00Z")).unwrap();
        let draft = drafted(id, &taken.new[0].log, Tz::UTC, "2026-11-01T00:00:00Z");
        println!(
            "{id} {:?} {} lines; {:?}",
            figures(&draft),
            lines(&draft),
            draft.told
        );
        assert_eq!(
            figures(&draft),
            (vec![], None, [None, None, None, Some(resolve), None])
        );
        let told = &draft.told.as_ref().unwrap().text;
        assert!(
            told.starts_with(&format!("{updates} updates")),
            "{id}: {told}"
        );
        assert_eq!(lines(&draft), told_in, "{id}");
        assert!(misses(&draft, out), "{id}: {:?}", draft.missing);
        assert_eq!(misses(&draft, "promised a postmortem"), promised, "{id}");
    }
}
