//! Weeks as people read them.

mod counts;

use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc};
use chrono_tz::{Europe, Tz};

use super::*;
use crate::incident::promise::PromisedNews;
use crate::incident::*;
use crate::report::story::{Story, at, person};
use crate::report::well_formed;

const ZONE: Tz = Europe::Berlin;

fn incident(number: u32, title: &str, severity: Severity, opened: &str) -> Story {
    let mut story = Story::new(number, ZONE, opened);
    story.does("ana", Command::Open(Open::new(title, severity)));
    story
}

fn resolved(mut story: Story, minutes: i64) -> Incident {
    story.later(minutes).status("ana", Status::Resolved, "");
    story.state.expect("the story has begun")
}

/// The incidents around the week 2026-W29.
fn incidents() -> Vec<Incident> {
    let mut all = Vec::new();
    for (number, day, minutes) in [(1, "06", 30), (2, "07", 90), (3, "08", 600)] {
        let opened = format!("2026-07-{day}T08:00:00Z");
        all.push(resolved(
            incident(number, "Slow API", Severity::Sev3, &opened),
            minutes,
        ));
    }
    let mut down = incident(
        4,
        "Checkout | is **down**",
        Severity::Sev1,
        "2026-07-14T08:00:20Z",
    );
    down.later(61);
    down.outage("ana", "2026-07-14T07:50:00Z", Some("2026-07-14T08:40:00Z"));
    let text = "Alert on | the queue\nsoon".to_owned();
    let due = Some(at("2026-07-17T22:00:00Z"));
    down.does(
        "ana",
        Command::AddAction {
            text,
            owner: Some(person("ben")),
            due,
        },
    );
    all.push(resolved(down, 0));
    let mut weekend = incident(5, "Mails are late", Severity::Sev2, "2026-07-19T20:00:00Z");
    weekend.outage("ana", "2026-07-14T08:30:00Z", Some("2026-07-14T09:00:00Z"));
    weekend.outage("ana", "2026-07-19T19:00:00Z", None);
    let text = "Find out why".to_owned();
    weekend.does(
        "ana",
        Command::AddAction {
            text,
            owner: None,
            due: None,
        },
    );
    all.push(weekend.state.expect("the story has begun"));
    let mut again = incident(6, "Login loops", Severity::Sev3, "2026-07-10T08:00:00Z");
    again.later(60).status("ana", Status::Resolved, "");
    again
        .now("2026-07-15T08:00:00Z")
        .status("ana", Status::Investigating, "");
    all.push(resolved(again, 30));
    let mut false_alarm = incident(7, "Disk full?", Severity::Sev4, "2026-07-16T08:00:00Z");
    false_alarm.later(5).status("ana", Status::Cancelled, "");
    all.push(false_alarm.state.expect("the story has begun"));
    let mut drill = Open::new("Exercise", Severity::Sev1);
    drill.drill = true;
    let mut secret = Open::new("Secret", Severity::Sev1);
    secret.private = true;
    for (number, open) in [(8, drill), (9, secret)] {
        let mut story = Story::new(number, ZONE, "2026-07-16T09:00:00Z");
        story.does("ana", Command::Open(open));
        story.outage("ana", "2026-07-16T08:00:00Z", Some("2026-07-16T09:00:00Z"));
        all.push(story.state.expect("the story has begun"));
    }
    all
}

fn settings() -> GuildSettings {
    GuildSettings {
        zone: ZONE,
        ..GuildSettings::default()
    }
}

fn of(period: impl Into<Period>, incidents: &[Incident], now: &str) -> Review {
    told(period, &settings(), incidents, &BTreeMap::new(), at(now))
}

fn told(
    period: impl Into<Period>,
    settings: &GuildSettings,
    incidents: &[Incident],
    news: &BTreeMap<IncidentNumber, Vec<PromisedNews>>,
    now: DateTime<Utc>,
) -> Review {
    review(&ReviewInput {
        period: period.into(),
        settings,
        incidents,
        news,
        now,
    })
}

fn number() -> Week {
    Week::numbered(2026, 29).expect("a week of that year")
}

/// INC-5 promised news at 21:40 on Sunday in Berlin, and it came at 22:40.
fn news() -> BTreeMap<IncidentNumber, Vec<PromisedNews>> {
    let promised = PromisedNews {
        entry: Seq(4),
        words: "next update in 30 minutes".to_owned(),
        said_at: at("2026-07-19T20:10:00Z"),
        due: at("2026-07-19T20:40:00Z"),
        told_at: Some(at("2026-07-19T21:40:00Z")),
    };
    BTreeMap::from([(IncidentNumber(5), vec![promised])])
}

fn week() -> Review {
    told(
        number(),
        &settings(),
        &incidents(),
        &news(),
        at("2026-07-20T07:00:00Z"),
    )
}

#[test]
fn a_week_in_german() {
    let settings = GuildSettings {
        language: Language::German,
        ..settings()
    };
    let now = at("2026-07-20T07:00:00Z");
    let week = told(number(), &settings, &incidents(), &news(), now);
    let said = format!("{}\n\n{}", message(&week), markdown(&week).unwrap());
    insta::assert_snapshot!("german", said);
    let page = html(&week).unwrap();
    assert!(page.contains("<html lang=\"de\">") && page.contains("Noch offen"));
    assert!(
        !page.contains('«') && !page.contains("Still open"),
        "{page}"
    );
    let picture = crate::report::picture::week(&week);
    assert!(picture.contains("eröffnete Incidents je Tag"), "{picture}");
}

#[test]
fn a_week_as_a_message() {
    insta::assert_snapshot!(message(&week()), @r##"
**Week 2026-W29** (2026-07-13 to 2026-07-19, Europe/Berlin)
opened **3** · resolved **2** · reopened **1** · cancelled **1** · still open **1**
Opened: 1 SEV1, 1 SEV2, 1 SEV4
Downtime: **4h 10m**, in 2 incidents (SEV1 50m, SEV2 3h 30m)
Took longest: INC-6 SEV3 Login loops, 5d 30m
Time to declare: 10m and 5d 11h 30m, in 2 incidents: too few to compare
Time to mitigate: 50m, in 1 incident: too few to compare
Time to resolve: 1h 1m and 5d 30m, in 2 incidents: too few to compare
Counted apart: 1 drill
**Still open**
- INC-5 SEV2 Mails are late, investigating since 2026-07-19
**Updates later than promised**
- INC-5 “next update in 30 minutes”: due 2026-07-19 22:40 CEST (20:40 UTC), came 1h late
**Postmortems overdue**
- INC-4 SEV1 Checkout \| is \*\*down\*\*: no owner, **due 2026-07-19**
**Action items overdue**
- INC-4/1 Alert on \| the queue soon: ben, **due 2026-07-18**
"##);
}

#[test]
fn a_week_as_a_file() {
    insta::assert_snapshot!(markdown(&week()).unwrap(), @r##"
# Week 2026-W29

2026-07-13 to 2026-07-19, Europe/Berlin.

| Opened | Carried over | Resolved | Reopened | Cancelled | Still open |
|---|---|---|---|---|---|
| 3 | 0 | 2 | 1 | 1 | 1 |

- Took longest: **INC-6** SEV3 Login loops, 5d 30m to its resolution
- Downtime: **4h 10m**
- Counted apart: 1 drill

## How long things took

| | In this week | In the four weeks before | |
|---|---|---|---|
| Time to declare: from the first effect on users to the declaration | 10m and 5d 11h 30m, in 2 incidents | none | 2 incidents are too few to compare |
| Time to mitigate: from the first effect on users to the last | 50m, in 1 incident | none | 1 incident is too few to compare |
| Time to resolve: from the declaration to the last “resolved” | 1h 1m and 5d 30m, in 2 incidents | median 1h 15m, longest 10h, of 4 incidents | 2 incidents are too few to compare |

## By severity

| Severity | Opened | Resolved | Still open | Downtime |
|---|---|---|---|---|
| SEV1 | 1 | 1 | 0 | 50m |
| SEV2 | 1 | 0 | 1 | 3h 30m |
| SEV3 | 0 | 1 | 0 | none |
| SEV4 | 1 | 0 | 0 | none |

## Downtime

| Incident | | In this week |
|---|---|---|
| INC-5 | SEV2 Mails are late | 3h 30m |
| INC-4 | SEV1 Checkout \| is \*\*down\*\* | 50m |

In all 4h 10m; minutes that incidents share count once.

| Component | Downtime | Incidents |
|---|---|---|
| none named | 4h 10m | 2 |

## Opened

- 2026-07-14 10:00 CEST (08:00 UTC) **INC-4** SEV1 Checkout \| is \*\*down\*\*
- 2026-07-16 10:00 CEST (08:00 UTC) **INC-7** SEV4 Disk full?
- 2026-07-19 22:00 CEST (20:00 UTC) **INC-5** SEV2 Mails are late

## Resolved

- 2026-07-14 11:01 CEST (09:01 UTC) **INC-4** SEV1 Checkout \| is \*\*down\*\*, after 1h 1m
- 2026-07-15 10:30 CEST (08:30 UTC) **INC-6** SEV3 Login loops, after 5d 30m

## Reopened

- 2026-07-15 10:00 CEST (08:00 UTC) **INC-6** SEV3 Login loops

## Cancelled

- 2026-07-16 10:05 CEST (08:05 UTC) **INC-7** SEV4 Disk full?

## Still open

- **INC-5** SEV2 Mails are late: investigating, open since 2026-07-19 22:00 CEST (20:00 UTC)

## Updates later than promised

- **INC-5** Mails are late: “next update in 30 minutes”, due 2026-07-19 22:40 CEST (20:40 UTC), came 2026-07-19 23:40 CEST (21:40 UTC), 1h late

## Postmortem missing

- **INC-4** SEV1 Checkout \| is \*\*down\*\*, resolved 2026-07-14 11:01 CEST (09:01 UTC): no owner, **overdue since 2026-07-19**
- **INC-1** SEV3 Slow API, resolved 2026-07-06 10:30 CEST (08:30 UTC): no owner
- **INC-2** SEV3 Slow API, resolved 2026-07-07 11:30 CEST (09:30 UTC): no owner
- **INC-3** SEV3 Slow API, resolved 2026-07-08 20:00 CEST (18:00 UTC): no owner
- **INC-6** SEV3 Login loops, resolved 2026-07-15 10:30 CEST (08:30 UTC): no owner

## Open action items

| | What | Owner | Due |
|---|---|---|---|
| INC-4/1 | Alert on \| the queue soon | ben | 2026-07-18 (overdue) |
| INC-5/1 | Find out why | nobody yet | no date yet |
"##);
}

/// Each fact of the Markdown file is on the page, and nothing typed is markup there.
#[test]
fn a_week_as_a_page() {
    let page = html(&week()).unwrap();
    well_formed::tags(&page).unwrap();
    let text = well_formed::text_of(&page);
    let mut seen = 0;
    for line in markdown(&week()).unwrap().replace('\\', "").lines() {
        let facts = line.trim_start_matches(['-', '#', ' ']).replace("**", "");
        if line.starts_with("- ") && !line.contains(" is ") {
            assert!(text.contains(&facts), "{facts}\n{text}");
            seen += 1;
        }
    }
    assert!(seen > 8, "{seen}");
    assert!(
        text.contains("Checkout | is **down**, after 1h 1m"),
        "{text}"
    );
}

#[test]
fn a_quiet_week_is_one_friendly_line() {
    let quiet = of(number(), &[], "2026-07-20T07:00:00Z");
    insta::assert_snapshot!(message(&quiet), @r##"
**Week 2026-W29** (2026-07-13 to 2026-07-19, Europe/Berlin)
A quiet week: nothing was declared, nothing is open. Enjoy it.
"##);
    insta::assert_snapshot!(markdown(&quiet).unwrap(), @r##"
# Week 2026-W29

2026-07-13 to 2026-07-19, Europe/Berlin.

A quiet week: nothing was declared, nothing is open. Enjoy it.
"##);
    let month = Period::parse_month("2026-07", at("2026-07-20T07:00:00Z"), ZONE).unwrap();
    insta::assert_snapshot!(message(&of(month, &[], "2026-07-20T07:00:00Z")), @r##"
**July 2026** (2026-07-01 to 2026-07-31, Europe/Berlin)
A quiet month so far: nothing was declared and nothing is open.
The month is not over; told up to 2026-07-20 09:00 CEST (07:00 UTC).
"##);
}

/// Twelve incidents in the week, forty in the four weeks before.
fn busy() -> Vec<Incident> {
    let mut all = Vec::new();
    for number in 0..52u32 {
        let (day, minutes) = match number {
            0..40 => (
                at("2026-06-15T08:00:00Z") + TimeDelta::hours(16 * i64::from(number)),
                40 + 2 * i64::from(number),
            ),
            _ => (
                at("2026-07-13T08:00:00Z") + TimeDelta::hours(11 * i64::from(number - 40)),
                10 * i64::from(number - 39),
            ),
        };
        let mut story = incident(number + 1, "Slow API", Severity::Sev3, &day.to_rfc3339());
        story.later(5).status("ana", Status::Identified, "");
        all.push(resolved(story, minutes - 5));
    }
    all
}

#[test]
fn with_enough_incidents_weeks_are_compared() {
    let busy = of(number(), &busy(), "2026-07-20T07:00:00Z");
    insta::assert_snapshot!(message(&busy), @r##"
**Week 2026-W29** (2026-07-13 to 2026-07-19, Europe/Berlin)
opened **12** · resolved **12**
Opened: 12 SEV3
Took longest: INC-52 SEV3 Slow API, 2h
Time to identify: median 5m, 90th percentile 5m, of 12 incidents; in the four weeks before median 5m, 90th percentile 5m, of 40 incidents
Time to resolve: median 1h 5m, 90th percentile 1h 50m, of 12 incidents; in the four weeks before median 1h 19m, 90th percentile 1h 50m, of 40 incidents
"##);
    let resolve = busy
        .measures
        .iter()
        .find(|one| one.name == "Time to resolve")
        .unwrap();
    assert_eq!((resolve.now.count, resolve.before.count), (12, 40));
    // 10, 20, ... 120: the eleventh of twelve; 40, 42, ... 118: the 36th of forty.
    assert_eq!(resolve.now.p90.as_ref().unwrap().minutes, 110);
    assert_eq!(resolve.before.p90.as_ref().unwrap().minutes, 110);
    assert_eq!(resolve.now.median.as_ref().unwrap().minutes, 65);
}
