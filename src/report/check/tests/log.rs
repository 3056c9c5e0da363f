use chrono::{DateTime, TimeDelta, Utc};
use chrono_tz::Tz;

use super::super::Against;
use super::*;
use crate::incident::{
    Actor, Command, Context, Entry, GuildId, Incident, IncidentKey, IncidentNumber, Open, Person,
    Severity, Status, UserId, decide,
};

const KEY: IncidentKey = IncidentKey {
    guild: GuildId(7),
    number: IncidentNumber(42),
};

/// 2024-05-02 10:00 UTC, 05:00 in Chicago, and so many minutes.
fn at(minutes: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(1_714_644_000, 0).unwrap() + TimeDelta::minutes(minutes)
}

/// Declared 10:10, down from 10:02 to 10:58, resolved 11:30.
fn log() -> (Incident, Vec<Entry>) {
    let status = |to, message: &str| Command::SetStatus {
        to,
        message: Some(message.to_owned()),
        at: None,
    };
    let mut state: Option<Incident> = None;
    let mut log = Vec::new();
    for (now, command) in [
        (10, Command::Open(Open::new("Mail is down", Severity::Sev1))),
        (
            11,
            Command::StartOutage {
                components: Vec::new(),
                at: Some(at(2)),
            },
        ),
        (
            12,
            status(Status::Identified, "A disk. Next update in 20 minutes."),
        ),
        (60, status(Status::Monitoring, "Fixed.")),
        (
            61,
            Command::EndOutage {
                components: Vec::new(),
                at: Some(at(58)),
            },
        ),
        (90, status(Status::Resolved, "Over.")),
    ] {
        let context = Context {
            actor: Actor::Person(Person {
                id: UserId(1),
                name: "ana".to_owned(),
                bot: false,
            }),
            now: at(now),
            origin: None,
        };
        for entry in decide(state.as_ref(), command, &context).unwrap() {
            state = Some(Incident::evolve(KEY, state.take(), &entry).unwrap());
            log.push(entry);
        }
    }
    (state.unwrap(), log)
}

fn against(text: &str, zone: Tz) -> Vec<(u32, Kind)> {
    let (incident, entries) = log();
    let against = Against {
        incident: &incident,
        entries: &entries,
        zone,
    };
    check(text, Format::Guess, None, Some(against))
        .unwrap()
        .findings
        .into_iter()
        .map(|finding| (finding.line, finding.kind))
        .collect()
}

fn report(declared: &str, from: &str, to: &str, resolved: &str, length: &str) -> String {
    format!(
        "# 2024-05-02 Mail\n\n- Incident declared: 2024-05-02 {declared}\n- Resolved: 2024-05-02 {resolved}\n\n## Summary\n\nMail was down from {from} to {to}.\n\nDowntime: {length}\n"
    )
}

/// The log itself breaks the promise of news within 20 minutes.
const LATE: (u32, Kind) = (1, Kind::Promise);

#[test]
fn what_the_log_says_too() {
    assert_eq!(
        against(
            &report("10:10", "10:02", "10:58", "11:30", "1h 20m"),
            Tz::UTC
        )[1..],
        [(10, Kind::Log)]
    );
    for (zone, text) in [
        (Tz::UTC, report("10:10", "10:02", "10:58", "11:30", "56m")),
        (
            Tz::America__Chicago,
            report("05:10", "05:02", "05:58", "06:30", "56m"),
        ),
        // Named zones count, whatever the guild's is.
        (
            Tz::America__Chicago,
            report("10:10 UTC", "10:02 UTC", "10:58 UTC", "11:30 UTC", "56m"),
        ),
    ] {
        assert_eq!(against(&text, zone), [LATE], "{text}");
    }
}

#[test]
fn what_the_log_says_otherwise() {
    let logged = |text: &str| -> Vec<u32> {
        against(text, Tz::UTC)
            .into_iter()
            .filter(|(_, kind)| *kind == Kind::Log)
            .map(|(line, _)| line)
            .collect()
    };
    assert_eq!(
        logged(&report("10:01", "10:02", "10:58", "11:30", "56m")),
        [3]
    );
    assert_eq!(
        logged(&report("10:10", "10:02", "10:58", "11:03", "56m")),
        [4]
    );
    assert_eq!(
        logged(&report("10:10", "10:20", "10:58", "11:30", "56m")),
        [8]
    );
    let hedged = logged(&report("10:10", "about 10:08", "10:58", "11:30", "56m"));
    assert!(hedged.is_empty(), "{hedged:?}");
}
