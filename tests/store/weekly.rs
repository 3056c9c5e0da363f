//! The weekly summary by fixed dates, and what a review reads.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use scribe::incident::{
    Actor, ChannelId, Command, Context, GuildSettings, Open, Outgoing, Severity, Source,
    SourceSystem, Status, decide,
};
use scribe::jobs::WeeklySummary;
use scribe::report::week::{self, Period, ReviewInput, Week};
use scribe::store::{PastLog, Request, Shard, Target};

use crate::desk::{Desk, GUILD, every_database, minute, request};

every_database! {
    weeks_that_were_slept_through_are_told_once_each_and_in_order
    a_review_reads_what_its_days_need_and_no_more
    a_postmortem_that_is_long_overdue_is_told_until_it_is_published
    late_news_is_read_from_what_the_public_was_told
}

fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

/// The Mondays of the weeks that wait to be told, in order; they are told then.
async fn told(desk: &Desk, now: DateTime<Utc>) -> Vec<NaiveDate> {
    let mut mondays = Vec::new();
    loop {
        let items = desk
            .store
            .claim("test", &[Shard::ALL], now, TimeDelta::minutes(1), 10)
            .await;
        let items = items.unwrap();
        if items.is_empty() {
            return mondays;
        }
        for item in items {
            if let Outgoing::WeekSummary { monday } = item.what {
                mondays.push(monday);
            }
            desk.store.delivered(item.id).await.unwrap();
        }
    }
}

/// In Berlin, where it comes on Mondays at nine: 07:00 UTC in summer.
async fn weeks_that_were_slept_through_are_told_once_each_and_in_order(desk: Desk) {
    let choose = |settings: &mut GuildSettings| {
        settings.zone = chrono_tz::Europe::Berlin;
        settings.announce_channel = Some(ChannelId(5));
        Ok::<(), ()>(())
    };
    let by = Actor::Scribe;
    let chosen = desk.store.change_settings(GUILD, &by, minute(0), choose);
    chosen.await.unwrap().unwrap();
    let open = Command::Open(Open::new("API is down", Severity::Sev1));
    desk.submit(request(Target::New, open)).await.unwrap();
    let clock: scribe::clock::Clock = std::sync::Arc::new(|| panic!("the test says the time"));
    let job = WeeklySummary::new(desk.store.clone(), clock);
    let look = async |now: &str| {
        // Twice, as after a restart, and by two at once.
        let (now, again) = (at(now), job.look(at(now)));
        let (one, two) = tokio::join!(job.look(now), again);
        one.unwrap();
        two.unwrap();
        job.look(now).await.unwrap();
        told(&desk, now)
            .await
            .iter()
            .map(NaiveDate::to_string)
            .collect::<Vec<_>>()
    };
    // The first look only remembers where to begin.
    assert_eq!(look("2026-07-08T12:00:00Z").await, [""; 0]);
    assert_eq!(look("2026-07-13T06:59:59Z").await, [""; 0]);
    assert_eq!(look("2026-07-13T07:00:00Z").await, ["2026-07-06"]);
    assert_eq!(look("2026-07-19T21:59:59Z").await, [""; 0]);
    // Away over two Mondays, back on the second Tuesday.
    assert_eq!(
        look("2026-07-28T12:00:00Z").await,
        ["2026-07-13", "2026-07-20"]
    );
    assert_eq!(look("2026-08-02T12:00:00Z").await, [""; 0]);
    // Over the end of summer time (2026-10-25) and of the year: no more than four are told.
    assert_eq!(
        look("2027-01-04T08:00:00Z").await,
        ["2026-12-07", "2026-12-14", "2026-12-21", "2026-12-28"]
    );
    // The clock is wrong for a moment and goes back: nothing is told again.
    assert_eq!(look("2026-12-22T12:00:00Z").await, [""; 0]);
    assert_eq!(look("2027-01-11T07:59:59Z").await, [""; 0]);
    assert_eq!(look("2027-01-11T08:00:00Z").await, ["2027-01-04"]);
}

/// An incident of the past from one minute to another; open without an end.
fn past(id: usize, from: DateTime<Utc>, to: Option<DateTime<Utc>>, to_do: bool) -> PastLog {
    let mut open = Open::new(format!("number {id}"), Severity::Sev3);
    open.source = Some(Source {
        system: SourceSystem::Statuspage,
        id: id.to_string(),
        url: None,
    });
    let mut entries = Vec::new();
    let mut state = None;
    let mut does = |now: DateTime<Utc>, command: Command| {
        let actor = Actor::Scribe;
        let context = Context {
            actor,
            now,
            origin: None,
        };
        for entry in decide(state.as_ref(), command, &context).unwrap() {
            let key = crate::desk::key(1);
            state = Some(scribe::incident::Incident::evolve(key, state.take(), &entry).unwrap());
            entries.push(entry);
        }
    };
    does(from, Command::Open(open));
    if to_do {
        let text = "later".to_owned();
        does(
            from,
            Command::AddAction {
                text,
                owner: None,
                due: None,
            },
        );
    }
    if let Some(to) = to {
        does(
            to,
            Command::SetStatus {
                to: Status::Resolved,
                message: None,
                at: None,
            },
        );
    }
    let once = format!("import:statuspage:{id}");
    PastLog { once, entries }
}

async fn a_review_reads_what_its_days_need_and_no_more(desk: Desk) {
    let day = |days: i64| minute(0) + TimeDelta::days(days);
    let span = day(0)..day(35);
    // From, until and whether something is to be done; whether it is read.
    let cases = [
        ((-300, Some(-299), false), false),
        ((-300, Some(-299), true), true),
        ((-20, Some(-1), false), false),
        ((-20, Some(0), false), true),
        ((-34, Some(1), false), true),
        ((3, Some(4), false), true),
        ((34, Some(36), false), true),
        ((35, Some(36), false), false),
        ((35, Some(36), true), false),
        ((-200, None, false), true),
        ((36, None, false), false),
        ((-100, Some(200), false), true),
    ];
    let logs: Vec<PastLog> = cases
        .iter()
        .enumerate()
        .map(|(id, ((from, to, to_do), _))| past(id, day(*from), to.map(day), *to_do))
        .collect();
    let numbers = desk.store.append_logs(GUILD, &logs).await.unwrap();
    let wanted: Vec<_> = numbers
        .iter()
        .zip(&cases)
        .filter(|(_, (_, read))| *read)
        .map(|(number, _)| number.unwrap())
        .collect();
    let read = desk
        .store
        .reviewed(GUILD, span, day(28), &GuildSettings::default())
        .await;
    let mut read: Vec<_> = read
        .unwrap()
        .incidents
        .iter()
        .map(|one| one.key.number)
        .collect();
    read.sort_unstable();
    assert_eq!(read, wanted);
    assert!(desk.store.verify().await.unwrap().differences.is_empty());
}

/// An incident of this record that was resolved so many days before the first minute, with something told then.
fn over(days: i64, open: Open, told: &str, then: Option<(i64, Status)>) -> PastLog {
    let resolved = (-days, Status::Resolved, Some(told.to_owned()));
    let then = then.map(|(days, status)| (days, status, None));
    let mut log = PastLog {
        once: format!("test:{days}:{}:{told}:{}", open.severity, open.drill),
        entries: Vec::new(),
    };
    let mut state = None;
    let opened = (-days, Command::Open(open));
    let changes = [Some(resolved), then].into_iter().flatten();
    let changes = changes.map(|(days, to, message)| {
        let at = None;
        (days, Command::SetStatus { to, message, at })
    });
    for (days, command) in std::iter::once(opened).chain(changes) {
        let context = Context {
            actor: Actor::Scribe,
            now: minute(0) + TimeDelta::days(days),
            origin: None,
        };
        for entry in decide(state.as_ref(), command, &context).unwrap() {
            let key = crate::desk::key(1);
            state = Some(scribe::incident::Incident::evolve(key, state.take(), &entry).unwrap());
            log.entries.push(entry);
        }
    }
    log
}

async fn a_postmortem_that_is_long_overdue_is_told_until_it_is_published(desk: Desk) {
    let sev1 = || Open::new("down", Severity::Sev1);
    let sev3 = || Open::new("slow", Severity::Sev3);
    let drill = Open {
        drill: true,
        ..sev1()
    };
    let postmortem = |days| Some((days, Status::Postmortem));
    // The policy asks for that of a SEV1 within five days, for none of a SEV3.
    let logs = [
        over(100, sev1(), "Over.", None),
        over(
            90,
            sev3(),
            "Over. A postmortem will follow within 3 days.",
            None,
        ),
        over(89, sev3(), "Over.", None),
        over(80, sev1(), "Over.", postmortem(-70)),
        over(75, sev1(), "Published this week.", postmortem(31)),
        over(400, sev1(), "Over.", None),
        over(60, drill, "Over.", None),
    ];
    desk.store.append_logs(GUILD, &logs).await.unwrap();
    let settings = GuildSettings::default();
    let period = Period::from(Week::at(minute(0) + TimeDelta::days(31), settings.zone));
    let read = desk.store.reviewed(
        GUILD,
        period.reach(settings.zone),
        period.start(settings.zone),
        &settings,
    );
    let read = read.await.unwrap();
    let mut numbers: Vec<_> = read.incidents.iter().map(|one| one.key.number.0).collect();
    numbers.sort_unstable();
    assert_eq!(numbers, [1, 2, 5]);
    let review = week::review(&ReviewInput {
        period,
        settings: &settings,
        incidents: &read.incidents,
        news: &read.news,
        now: minute(0) + TimeDelta::days(40),
    });
    let overdue: Vec<_> = review
        .overdue_postmortems()
        .map(|one| one.incident.name.as_str())
        .collect();
    assert_eq!(overdue, ["INC-1", "INC-2"]);
    let publish = review
        .measures
        .iter()
        .find(|one| one.name == "Time to publish");
    assert_eq!(publish.unwrap().now.count, 1);
    assert!(desk.store.verify().await.unwrap().differences.is_empty());
}

async fn late_news_is_read_from_what_the_public_was_told(desk: Desk) {
    let mut open = Open::new("API is down", Severity::Sev1);
    open.at = Some(minute(0));
    desk.submit(request(Target::New, Command::Open(open)))
        .await
        .unwrap();
    let update = |text: &str, at: i64| Request {
        context: Context {
            now: minute(at),
            ..request(Target::New, crate::desk::note("x")).context
        },
        ..request(
            Target::Incident(scribe::incident::IncidentNumber(1)),
            Command::Update {
                message: text.to_owned(),
                at: None,
            },
        )
    };
    desk.submit(update("We look into it. Next update in 30 minutes.", 1))
        .await
        .unwrap();
    desk.submit(update("Still looking.", 100)).await.unwrap();
    let span = minute(-10)..minute(1_000);
    let read = desk
        .store
        .reviewed(GUILD, span, minute(-10), &GuildSettings::default())
        .await
        .unwrap();
    let news = &read.news[&scribe::incident::IncidentNumber(1)];
    assert_eq!(news.len(), 1);
    assert_eq!(
        (news[0].due, news[0].told_at),
        (minute(31), Some(minute(100)))
    );
}
