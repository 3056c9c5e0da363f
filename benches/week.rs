//! How long the review of one week takes, with a short record and with long
//! ones in which that week is the same.
//!
//! `cargo bench --bench week` prints medians over 20 rounds; `-- --most 10000`
//! stops earlier than at 100,000 incidents.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use chrono::{DateTime, TimeDelta, Utc};
use scribe::incident::{
    Actor, Command, Context, GuildId, GuildSettings, Incident, IncidentKey, IncidentNumber, Open,
    Severity, Source, SourceSystem, Status, decide,
};
use scribe::report::week::{self, Period, ReviewInput, Week};
use scribe::store::{PastLog, Store};

const ROUNDS: usize = 20;
const GUILD: GuildId = GuildId(1);

/// Twenty incidents a week.
const APART: TimeDelta = TimeDelta::minutes(504);

/// How many go into the store at once.
const LOAD: usize = 1_000;

fn end() -> DateTime<Utc> {
    DateTime::from_timestamp(1_784_505_600, 0).expect("Monday 2026-07-20")
}

/// The incident that began that many before the end of the week, with an
/// outage, three updates and a promise.
fn past(back: usize) -> PastLog {
    let began = end() - APART * i32::try_from(back).expect("a number of incidents");
    let mut open = Open::new("The API answers slowly", Severity::Sev2);
    open.source = Some(Source {
        system: SourceSystem::Statuspage,
        id: back.to_string(),
        url: None,
    });
    open.started = Some(began - TimeDelta::minutes(10));
    let key = IncidentKey {
        guild: GUILD,
        number: IncidentNumber(1),
    };
    let mut entries = Vec::new();
    let mut state: Option<Incident> = None;
    let mut does = |minutes: i64, command: Command| {
        let context = Context {
            actor: Actor::Scribe,
            now: began + TimeDelta::minutes(minutes),
            origin: None,
        };
        for entry in decide(state.as_ref(), command, &context).expect("a command") {
            state = Some(Incident::evolve(key, state.take(), &entry).expect("a log"));
            entries.push(entry);
        }
    };
    let status = |to, text: &str| Command::SetStatus {
        to,
        message: Some(text.to_owned()),
        at: None,
    };
    does(0, Command::Open(open));
    does(
        5,
        status(Status::Identified, "Found. Next update in 15 minutes."),
    );
    does(30, status(Status::Monitoring, "Mended, we are watching."));
    does(
        40,
        Command::EndOutage {
            components: Vec::new(),
            at: None,
        },
    );
    does(60, status(Status::Resolved, "Over."));
    PastLog {
        once: format!("import:statuspage:{back}"),
        entries,
    }
}

async fn review(store: &Store, settings: &GuildSettings) -> (usize, Duration) {
    let period = Period::from(Week::at(end() - TimeDelta::days(1), settings.zone));
    let now = end() + TimeDelta::hours(9);
    let begin = Instant::now();
    let (reach, since) = (period.reach(settings.zone), period.start(settings.zone));
    let reviewed = store
        .reviewed(GUILD, reach, since, settings)
        .await
        .expect("the week");
    let read = reviewed.incidents.len();
    let review = week::review(&ReviewInput {
        period,
        settings,
        incidents: &reviewed.incidents,
        news: &reviewed.news,
        now,
    });
    assert_eq!((review.opened.len(), review.late_news.len()), (20, 20));
    assert!(!week::message(&review).is_empty() && !week::html(&review).expect("a page").is_empty());
    (read, begin.elapsed())
}

#[tokio::main]
async fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    let most = arguments.iter().position(|one| one == "--most");
    let most = most
        .and_then(|place| arguments.get(place + 1)?.parse().ok())
        .unwrap_or(100_000);
    let settings = GuildSettings::default();
    let files = tempfile::tempdir().expect("a directory");
    let mut times: BTreeMap<usize, Duration> = BTreeMap::new();
    println!("| incidents | read | median ms of {ROUNDS} | against 1,000 |\n|---|---|---|---|");
    for size in [1_000, 10_000, 100_000] {
        if size > most {
            break;
        }
        let url = format!(
            "sqlite://{}",
            files.path().join(format!("{size}.db")).display()
        );
        let store = Store::open(&url).await.expect("a store");
        for first in (0..size).step_by(LOAD) {
            // The oldest first, as a record grows.
            let logs: Vec<PastLog> = (first..first + LOAD)
                .map(|done| past(size - done))
                .collect();
            store.append_logs(GUILD, &logs).await.expect("the logs");
        }
        let (mut read, mut took) = (0, Vec::new());
        for _ in 0..ROUNDS {
            let (incidents, time) = review(&store, &settings).await;
            read = incidents;
            took.push(time);
        }
        took.sort_unstable();
        let median = took[ROUNDS / 2];
        times.insert(size, median);
        let ratio = median.as_secs_f64() / times[&1_000].as_secs_f64();
        println!(
            "| {size} | {read} | {:.1} | {ratio:.2} |",
            median.as_secs_f64() * 1e3
        );
        store.close().await;
    }
}
