//! Reports held against the log of the incident they tell of: some contradict it once each, the others only know more or less than it.

use chrono::{DateTime, TimeDelta, Utc};
use chrono_tz::Tz;
use scribe::incident::{
    Actor, Command, Context, Entry, GuildId, Incident, IncidentKey, IncidentNumber, Open, Person,
    Role, Severity, Status, UserId, decide,
};
use scribe::report::check::Kind::{self, Count, Date, Duration, Log, Promise};
use scribe::report::check::{Against, Finding, Format, check};

use super::{folder, is_planted};

/// Report, kinds, words.
const WRONG: &[(&str, &[Kind], &[&str])] = &[
    ("resolved-late.md", &[Log], &["12:35"]),
    ("declared-late.md", &[Log], &["09:30"]),
    ("outage-from.md", &[Log], &["09:02"]),
    ("downtime.md", &[Log, Duration], &["1h 56m"]),
    ("severity-raised.md", &[Log], &["10:34"]),
    ("severity-never.md", &[Log], &["SEV4"]),
    ("commander.md", &[Log], &["Chiara Neri"]),
    ("handover.md", &[Log], &["10:20"]),
    ("updates.md", &[Log, Count], &["eight"]),
    (
        "promise.md",
        &[Promise],
        &["Every update", "# Communication"],
    ),
    ("identified.txt", &[Log], &["10:50"]),
    ("detect.md", &[Log, Duration], &["25 minutes"]),
    ("wrong-day.md", &[Log, Date], &["4 March"]),
    ("length-prose.md", &[Log, Duration], &["1 hour and 40"]),
    ("zone-cet.html", &[Log], &["10:50"]),
    ("due-date.md", &[Log], &["2026-03-17"]),
];

/// So many minutes after 09:00 UTC on Tuesday, 3 March 2026.
fn at(minutes: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(1_772_528_400, 0).unwrap() + TimeDelta::minutes(minutes)
}

/// Down 09:12 to 11:38, declared 09:20 as SEV2, SEV1 from 09:34, SEV3 from 11:45, resolved 12:15. Ana Ruiz commands, from 09:50 Ben
/// Okafor; six updates, one of them `late` for what the one before promised.
fn record(late: bool) -> (Incident, Vec<Entry>) {
    let status = |to, message: &str| Command::SetStatus {
        to,
        message: Some(message.to_owned()),
        at: None,
    };
    let person = |id, name: &str| Person {
        id: UserId(id),
        name: name.to_owned(),
        bot: false,
    };
    let role = |role, id, name| Command::GiveRole {
        role,
        to: person(id, name),
    };
    let severity = |to| Command::SetSeverity {
        to,
        reason: None,
        at: None,
    };
    let communications: Role = Role::named(Role::COMMUNICATIONS).unwrap();
    let action = |text: &str, id, name, due| Command::AddAction {
        text: text.to_owned(),
        owner: Some(person(id, name)),
        due: Some(due),
    };
    let update = |message: &str| Command::Update {
        message: message.to_owned(),
        at: None,
    };
    let key = IncidentKey {
        guild: GuildId(7),
        number: IncidentNumber(42),
    };
    let told = if late { 130 } else { 105 };
    let mut state: Option<Incident> = None;
    let mut log = Vec::new();
    for (now, command) in [
        (
            20,
            Command::Open(Open {
                started: Some(at(12)),
                ..Open::new("Checkout fails for cards", Severity::Sev2)
            }),
        ),
        (22, role(Role::commander(), 1, "Ana Ruiz")),
        (
            24,
            status(
                Status::Investigating,
                "Cards fail at checkout. Next update in 30 minutes.",
            ),
        ),
        (25, role(communications.clone(), 3, "Chiara Neri")),
        (34, severity(Severity::Sev1)),
        (50, role(Role::commander(), 2, "Ben Okafor")),
        (52, update("We are looking at the database.")),
        (
            65,
            status(
                Status::Identified,
                "The connection pool is exhausted. Next update in 45 minutes.",
            ),
        ),
        (told, update("We go back to the release before.")),
        (
            160,
            status(
                Status::Monitoring,
                "The rollback is done and payments work.",
            ),
        ),
        (
            161,
            Command::EndOutage {
                components: Vec::new(),
                at: Some(at(158)),
            },
        ),
        (165, severity(Severity::Sev3)),
        (195, status(Status::Resolved, "Everything works.")),
        (
            240,
            action("Alert on pool use", 2, "Ben Okafor", at(7 * 24 * 60)),
        ),
        (
            241,
            action(
                "Return connections on retry",
                1,
                "Ana Ruiz",
                at(9 * 24 * 60),
            ),
        ),
    ] {
        let context = Context {
            actor: Actor::Person(person(1, "Ana Ruiz")),
            now: at(now),
            origin: None,
        };
        for entry in decide(state.as_ref(), command, &context).unwrap() {
            state = Some(Incident::evolve(key, state.take(), &entry).unwrap());
            log.push(entry);
        }
    }
    (state.unwrap(), log)
}

fn findings(name: &str, body: &str, late: bool) -> Vec<Finding> {
    let (incident, entries) = record(late);
    let against = Against {
        incident: &incident,
        entries: &entries,
        zone: Tz::UTC,
    };
    check(body, Format::of_name(name), Some(name), Some(against))
        .unwrap()
        .findings
}

#[test]
fn what_contradicts_the_log_is_found_and_what_only_differs_is_left_alone() {
    let (mut found, mut missed, mut alarms) = (0, Vec::new(), Vec::new());
    let mut alarm = |name: &str, finding: &Finding| {
        alarms.push(format!(
            "{name}:{} {} ({}): {} / {}",
            finding.line, finding.kind, finding.certainty, finding.quote, finding.why
        ));
    };
    let wrong = folder("log-wrong");
    assert_eq!(wrong.len(), WRONG.len());
    for (name, body) in &wrong {
        let (_, kinds, at) = WRONG.iter().find(|(file, ..)| file == name).unwrap();
        assert!(
            at.iter().all(|part| body.contains(part)),
            "{name} holds no {at:?}"
        );
        let (right, other): (Vec<Finding>, Vec<Finding>) =
            findings(name, body, name == "promise.md")
                .into_iter()
                .partition(|finding| is_planted(finding, body, kinds, at));
        if right.is_empty() {
            missed.push(name.clone());
        }
        found += usize::from(!right.is_empty());
        other.iter().for_each(|finding| alarm(name, finding));
    }
    for (name, body) in folder("log-right") {
        findings(&name, &body, false)
            .iter()
            .for_each(|finding| alarm(&name, finding));
    }
    for name in &missed {
        println!("missed: {name}");
    }
    for alarm in &alarms {
        println!("false alarm: {alarm}");
    }
    println!(
        "{found} of {} contradictions of the log found, {} false alarms",
        WRONG.len(),
        alarms.len()
    );
    assert!(found * 100 >= WRONG.len() * 90, "missed {missed:?}");
    assert!(alarms.is_empty(), "{alarms:?}");
}
