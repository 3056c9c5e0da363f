//! How long the review of one week takes, with a short record and with long
//! ones in which that week is the same.

use std::time::{Duration, Instant};

use chrono::{DateTime, TimeDelta, Utc};
use scribe::incident::{
    Actor, Command, Context, GuildId, GuildSettings, Incident, IncidentKey, IncidentNumber, Open,
    Severity, Source, SourceSystem, Status, decide,
};
use scribe::report::week::{self, Period, ReviewInput, Week};
use scribe::store::{PastLog, Store};

/// The guild of the record.
pub(crate) const GUILD: GuildId = GuildId(1);

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
    let title = format!("The API answers slowly in zone {}", back % 97);
    let mut open = Open::new(&title, Severity::Sev2);
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

/// Records that many incidents, the oldest first, as a record grows.
pub(crate) async fn fill(store: &Store, size: usize) {
    for first in (0..size).step_by(LOAD) {
        let some = first..(first + LOAD).min(size);
        let logs: Vec<PastLog> = some.map(|done| past(size - done)).collect();
        store.append_logs(GUILD, &logs).await.expect("the logs");
    }
}

/// How many incidents one review reads, and how long it takes.
pub(crate) async fn review(store: &Store, settings: &GuildSettings) -> (usize, Duration) {
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
