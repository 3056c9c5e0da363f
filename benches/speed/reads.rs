//! What people look at while they work, with a short record and with a long one.

use std::time::Instant;

use scribe::incident::{Command, IncidentKey, Severity, Status, timeline};
use scribe::report::choose::choose;
use scribe::store::{IncidentFilter, Search, Store, Target, Writer};
use scribe::words::{self, Speech};

use crate::measure::{Target as Goal, Times, Verdict};
use crate::week::GUILD;
use crate::work;

/// How many lines were said in the incident that is opened.
const SAID: u64 = 500;

/// What is looked at.
#[derive(Clone, Copy)]
enum Look {
    Card,
    Timeline,
    Open,
    Past,
    InStatus,
    OfSeverity,
    Titled,
    TitledRarely,
    Search,
    SearchRare,
}

impl Look {
    const ALL: [(Self, &str); 10] = [
        (Self::Card, "the card"),
        (Self::Timeline, "a page of the timeline"),
        (Self::Open, "the list of what is open"),
        (Self::Past, "the list with what is past"),
        (Self::InStatus, "the list of a status"),
        (Self::OfSeverity, "the list of a severity that is rare"),
        (Self::Titled, "the list of a title that many have"),
        (Self::TitledRarely, "the list of a title that one has"),
        (Self::Search, "a search for what stands everywhere"),
        (Self::SearchRare, "a search for what stands once"),
    ];

    async fn at(self, store: &Store, key: IncidentKey) {
        let listed = match self {
            Self::Card => return card(store, key).await,
            Self::Timeline => return page(store, key).await,
            Self::Search => return search(store, "slowly zone", 100).await,
            Self::SearchRare => return search(store, "quokka", 1).await,
            listed => listed,
        };
        let all = IncidentFilter {
            include_private: true,
            limit: Some(50),
            ..IncidentFilter::default()
        };
        let (filter, found) = match listed {
            Self::Open => (open(all), 21),
            Self::InStatus => (in_status(all), 20),
            Self::OfSeverity => (of_severity(all), 1),
            Self::Titled => (titled(all, "api answers"), 50),
            Self::TitledRarely => (titled(all, "quokka"), 1),
            _ => (all, 50),
        };
        let incidents = store.incidents(GUILD, &filter).await.expect("a list");
        assert_eq!(incidents.len(), found);
        let speech = Speech {
            zone: chrono_tz::UTC,
            now: scribe::clock::now(),
        };
        assert!(!words::answer::list(&incidents, false, &speech, "").is_empty());
    }
}

fn open(all: IncidentFilter) -> IncidentFilter {
    IncidentFilter {
        open: Some(true),
        ..all
    }
}

fn in_status(all: IncidentFilter) -> IncidentFilter {
    IncidentFilter {
        status: Some(Status::Investigating),
        ..all
    }
}

fn of_severity(all: IncidentFilter) -> IncidentFilter {
    IncidentFilter {
        severity: Some(Severity::Sev1),
        ..all
    }
}

fn titled(all: IncidentFilter, title: &str) -> IncidentFilter {
    IncidentFilter {
        text: Some(title.to_owned()),
        ..all
    }
}

async fn card(store: &Store, key: IncidentKey) {
    let incident = store.incident(key).await.expect("the store reads");
    let incident = incident.expect("the incident");
    store.pending(key).await.expect("the store reads");
    store.posts(key).await.expect("the store reads");
    assert!(!words::card(&incident).title.is_empty());
}

async fn page(store: &Store, key: IncidentKey) {
    let log = store.log(key).await.expect("a log");
    let lines = timeline(&log);
    let chosen = choose(&lines).lines;
    let shown: Vec<_> = chosen
        .iter()
        .map(|one| words::timeline::line(&lines[one.place]))
        .collect();
    assert!(!words::timeline::pages(&shown).is_empty());
}

async fn search(store: &Store, text: &str, found: usize) {
    let search = Search {
        text: text.to_owned(),
        limit: 100,
        ..Search::default()
    };
    let hits = store.search(GUILD, &search).await.expect("a search");
    assert_eq!(hits.len(), found);
}

/// An incident that people talk in, resolved and the only one of its kind, and
/// after it twenty-one that are open.
async fn liven(store: &Store) -> IncidentKey {
    let writer = Writer::start(store.clone());
    let submit = async |target, command, message| {
        let request = work::request(GUILD, target, command, message);
        let recorded = writer.submit(request).await.expect("an entry");
        recorded.incident.key
    };
    let key = submit(Target::New, work::open("Quokka in the cables"), None).await;
    let target = Target::Incident(key.number);
    for number in 0..SAID {
        submit(target, work::message(number), Some(1_000 + number)).await;
    }
    let resolve = Command::SetStatus {
        to: Status::Resolved,
        message: None,
        at: None,
    };
    submit(target, resolve, None).await;
    for number in 0..21 {
        let mut title =
            scribe::incident::Open::new(format!("Login fails {number}"), Severity::Sev3);
        title.summary = None;
        let opened = submit(Target::New, Command::Open(title), None).await;
        if number == 0 {
            let identified = Command::SetStatus {
                to: Status::Identified,
                message: None,
                at: None,
            };
            submit(Target::Incident(opened.number), identified, None).await;
        }
    }
    writer.close().await;
    key
}

/// The same looks at both records, in turns.
pub(crate) async fn compare(
    few: &Store,
    many: &Store,
    incidents: usize,
    rounds: usize,
) -> Vec<Verdict> {
    let keys = [liven(few).await, liven(many).await];
    println!(
        "| {rounds} rounds | 100 incidents, median ms | {incidents} | ratio |\n|---|---|---|---|"
    );
    let mut verdicts = Vec::new();
    for (look, what) in Look::ALL {
        let mut times: [Times; 2] = Default::default();
        for round in 0..=rounds {
            for (place, store) in [few, many].into_iter().enumerate() {
                let start = Instant::now();
                look.at(store, keys[place]).await;
                if round > 0 {
                    times[place].add(start.elapsed());
                }
            }
        }
        let (short, long) = (times[0].median(), times[1].median());
        println!("| {what} | {short:.3} | {long:.3} | {:.2} |", long / short);
        let what = format!("{what}, {incidents} incidents against 100");
        verdicts.push(Verdict::new(what, long / short, Goal::AtMost(2.0)));
    }
    verdicts
}
