use proptest::prelude::*;

use super::*;
use crate::incident::{Fact, Refusal, Severity, SourceSystem};

fn minute(minute: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(1_749_297_600 + minute * 60, 0).unwrap()
}

fn update(at: i64, status: Status, message: Option<&str>) -> Event {
    let what = What::Update {
        status,
        message: message.map(str::to_owned),
        components: Vec::new(),
    };
    Event {
        place: format!("update at {at}"),
        at: minute(at),
        what,
    }
}

fn record(events: Vec<Event>) -> Record {
    let incident = PastIncident {
        source: Source {
            system: SourceSystem::Statuspage,
            id: "abc".into(),
            url: None,
        },
        place: "incidents[0]".into(),
        title: "API errors".into(),
        summary: None,
        severity: Severity::Sev2,
        author: "Example".into(),
        events,
    };
    Record {
        incidents: vec![incident],
        left_out: Vec::new(),
    }
}

fn log(events: Vec<Event>) -> Vec<Entry> {
    take_over(&record(events), |_| false, minute(1_000))
        .unwrap()
        .new
        .remove(0)
        .log
}

/// Kinds and statuses, in the order of the log.
fn told(events: Vec<Event>) -> Vec<String> {
    log(events)
        .iter()
        .map(|entry| match &entry.fact {
            Fact::StatusChanged { from, to, message } => {
                format!("{from} -> {to} {}", message.as_deref().unwrap_or("-"))
            }
            Fact::Updated { status, message } => format!("{status}: {message}"),
            fact => fact.kind().to_owned(),
        })
        .collect()
}

#[test]
fn real_histories_repeat_skip_and_go_back() {
    use Status::*;
    let events = vec![
        update(0, Investigating, Some("a")),
        update(5, Identified, Some("b")),
        update(5, Identified, Some("c")),
        update(6, Identified, Some("  ")),
        update(9, Investigating, Some("d")),
        update(20, Resolved, Some("e")),
        update(25, Resolved, Some("f")),
        update(30, Investigating, None),
        update(40, Resolved, None),
        update(50, Postmortem, Some("g")),
        update(60, Resolved, Some("h")),
    ];
    assert_eq!(
        told(events),
        [
            "opened",
            "investigating: a",
            "investigating -> identified b",
            "identified: c",
            "identified -> investigating d",
            "investigating -> resolved e",
            "resolved: f",
            "resolved -> investigating -",
            "investigating -> resolved -",
            "resolved -> postmortem g",
            "postmortem: h",
        ]
    );
    assert_eq!(
        told(vec![update(0, Resolved, Some("told afterwards"))]),
        ["opened", "investigating -> resolved told afterwards"]
    );
    assert_eq!(
        told(vec![
            update(0, Monitoring, Some("a")),
            update(9, Postmortem, Some("b"))
        ]),
        [
            "opened",
            "investigating -> monitoring a",
            "monitoring -> resolved -",
            "resolved -> postmortem b"
        ]
    );
}

#[test]
fn what_was_taken_over_before_adds_nothing() {
    let mut twice = record(vec![update(0, Status::Investigating, Some("a"))]);
    twice.incidents.push(twice.incidents[0].clone());
    let first = take_over(&twice, |_| false, minute(10)).unwrap();
    assert_eq!((first.new.len(), first.known.len()), (1, 1));
    let again = take_over(&twice, |source| *source == first.new[0].source, minute(10)).unwrap();
    assert_eq!((again.new.len(), again.known.len()), (0, 2));
}

#[test]
fn the_log_says_when_it_happened_who_told_it_and_where_it_is_from() {
    let log = log(vec![
        update(7, Status::Identified, Some("b")),
        update(3, Status::Investigating, Some("a")),
    ]);
    assert!(
        log.iter()
            .all(|entry| entry.recorded_at == minute(1_000) && entry.actor.name() == "Example")
    );
    assert_eq!(
        log.iter()
            .map(|entry| entry.happened_at)
            .collect::<Vec<_>>(),
        [minute(3), minute(3), minute(7)]
    );
    let state = Incident::fold(UNNUMBERED, &log).unwrap();
    assert_eq!(state.source.map(|source| source.id), Some("abc".to_owned()));
    assert_eq!(state.outages, []);
}

#[test]
fn components_change_once_and_come_back() {
    use ComponentState::*;
    let with = |at, state| {
        let what = What::Update {
            status: Status::Investigating,
            message: Some("a".into()),
            components: vec![(Component(" API\n".into()), state)],
        };
        Event {
            place: String::new(),
            at: minute(at),
            what,
        }
    };
    let log = log(vec![
        with(0, PartialOutage),
        with(5, PartialOutage),
        with(9, Operational),
    ]);
    let changes: Vec<_> = log
        .iter()
        .filter_map(|entry| match &entry.fact {
            Fact::ComponentChanged {
                component,
                from,
                to,
            } => Some((component.0.as_str(), *from, *to)),
            _ => None,
        })
        .collect();
    assert_eq!(
        changes,
        [
            ("API", Operational, PartialOutage),
            ("API", PartialOutage, Operational)
        ]
    );
}

#[test]
fn one_wrong_event_refuses_the_whole() {
    let mut two = record(vec![update(0, Status::Investigating, Some("a"))]);
    let mut later = two.incidents[0].clone();
    later.source.id = "def".into();
    later.events.push(update(11, Status::Resolved, None));
    two.incidents.push(later);
    assert_eq!(
        take_over(&two, |_| false, minute(10)),
        Err(ImportError::InFuture {
            place: "update at 11".into(),
            at: minute(11)
        })
    );
    two.incidents[1].title = "\u{202e}".into();
    assert_eq!(
        take_over(&two, |_| false, minute(12)),
        Err(ImportError::Refused {
            place: "incidents[0]".into(),
            refusal: Refusal::EmptyText { option: "title" }
        })
    );
    let empty = Record {
        incidents: Vec::new(),
        left_out: Vec::new(),
    };
    assert_eq!(
        take_over(&empty, |_| false, minute(10)),
        Err(ImportError::Empty)
    );
}

#[test]
fn a_long_title_is_kept_whole_in_the_summary() {
    let mut long = record(vec![update(0, Status::Investigating, Some("a"))]);
    long.incidents[0].title = "é".repeat(300);
    let log = take_over(&long, |_| false, minute(10))
        .unwrap()
        .new
        .remove(0)
        .log;
    let Fact::Opened { title, summary, .. } = &log[0].fact else {
        panic!("no opening")
    };
    assert_eq!(
        (title.chars().count(), title.ends_with('…')),
        (MAX_TITLE_CHARS, true)
    );
    assert_eq!(summary.as_deref(), Some("é".repeat(300).as_str()));
}

fn any_event() -> impl Strategy<Value = Event> {
    use Status::*;
    let status = prop::sample::select(vec![
        Investigating,
        Identified,
        Monitoring,
        Resolved,
        Postmortem,
    ]);
    let state = prop::sample::select(vec![
        ComponentState::Operational,
        ComponentState::MajorOutage,
    ]);
    let components = prop::collection::vec(
        ("[a-c]", state).prop_map(|(name, state)| (Component(name), state)),
        0..3,
    );
    (0_i64..50, status, prop::option::of(".{0,9}"), components).prop_map(
        |(at, status, message, components)| {
            let what = What::Update {
                status,
                message,
                components,
            };
            Event {
                place: String::new(),
                at: minute(at),
                what,
            }
        },
    )
}

proptest! {
    /// No history of a status page is refused, its last status holds unless a postmortem stands, and no word of it is lost.
    #[test]
    fn every_history_is_taken(events in prop::collection::vec(any_event(), 1..30)) {
        let log = log(events.clone());
        let state = Incident::fold(UNNUMBERED, &log).unwrap();
        let mut sorted = events;
        sorted.sort_by_key(|event| event.at);
        let statuses: Vec<Status> = sorted
            .iter()
            .filter_map(|event| match event.what {
                What::Update { status, .. } => Some(status),
                What::Message { .. } => None,
            })
            .collect();
        let last_open = statuses.iter().rposition(|status| status.is_open());
        let after = &statuses[last_open.map_or(0, |at| at + 1)..];
        let expected = match (after.contains(&Status::Postmortem), statuses.last()) {
            (true, _) => Status::Postmortem,
            (false, last) => *last.unwrap(),
        };
        prop_assert_eq!(state.status_now(), expected);
        let texts: Vec<&str> = log[1..].iter().filter_map(|entry| entry.fact.text()).collect();
        for event in &sorted {
            if let What::Update { message: Some(message), .. } = &event.what
                && !one_line(message).is_empty()
            {
                let kept = crate::incident::text::body(message);
                prop_assert!(texts.contains(&kept.as_str()), "{message:?} is lost");
            }
        }
    }
}
