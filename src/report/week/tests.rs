//! Weeks as people read them.

use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc};
use chrono_tz::{Europe, Tz};
use proptest::prelude::*;

use super::*;
use crate::incident::promise::PromisedNews;
use crate::incident::random_log::logs;
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

#[test]
fn a_window_that_has_no_end_reaches_into_this_week_only_as_far_as_now() {
    // From Sunday 21:00 to Monday 00:00 in Berlin, beside 07:50 to 09:00 on Tuesday.
    let downtime = week().downtime;
    assert_eq!(downtime.total.minutes, 180 + 70);
    let each: Vec<_> = downtime
        .incidents
        .iter()
        .map(|one| (one.name.as_str(), one.length.minutes))
        .collect();
    assert_eq!(each, [("INC-5", 210), ("INC-4", 50)]);
}

#[test]
fn downtime_is_told_by_component_and_severity_and_shared_minutes_count_once() {
    let mut one = Open::new("API is down", Severity::Sev1);
    one.components = vec![Component("API".to_owned())];
    let mut first = Story::new(1, ZONE, "2026-07-14T10:00:00Z");
    first.does("ana", Command::Open(one));
    first.outage("ana", "2026-07-14T08:00:00Z", Some("2026-07-14T09:00:00Z"));
    let mut second = incident(2, "Web too", Severity::Sev2, "2026-07-14T10:00:00Z");
    let components = ["API", "Web"]
        .map(|name| Component(name.to_owned()))
        .to_vec();
    // Over the edge of the week: Sunday 23:30 to Monday 00:30 in Berlin counts half.
    for (start, end) in [
        ("2026-07-14T08:30:00Z", "2026-07-14T09:30:00Z"),
        ("2026-07-12T21:30:00Z", "2026-07-12T22:30:00Z"),
    ] {
        let at_start = Some(at(start));
        second.does(
            "ana",
            Command::StartOutage {
                components: components.clone(),
                at: at_start,
            },
        );
        second.does(
            "ana",
            Command::EndOutage {
                components: components.clone(),
                at: Some(at(end)),
            },
        );
    }
    let mut third = incident(3, "Nobody knows", Severity::Sev2, "2026-07-15T10:00:00Z");
    third.outage("ana", "2026-07-15T08:00:00Z", Some("2026-07-15T08:10:00Z"));
    let states = [first, second, third].map(|story| story.state().clone());
    let review = of(number(), &states, "2026-07-20T07:00:00Z");
    assert_eq!(review.downtime.total.minutes, 30 + 90 + 10);
    let parts = review.downtime.components.iter();
    let parts: Vec<_> = parts
        .map(|one| {
            let name = one.component.as_ref().map(|component| component.0.as_str());
            (name, one.length.minutes, one.incidents)
        })
        .collect();
    assert_eq!(
        parts,
        [(Some("API"), 120, 2), (Some("Web"), 90, 1), (None, 10, 1)]
    );
    let severities = review.by_severity.iter();
    let severities: Vec<_> = severities
        .map(|one| (one.severity, one.downtime.as_ref().unwrap().minutes))
        .collect();
    assert_eq!(severities, [(Severity::Sev1, 60), (Severity::Sev2, 100)]);
}

/// Years end within weeks, and clocks change within them: every moment belongs
/// to one week and one month.
#[test]
fn a_year_s_end_and_a_change_of_the_clock_lose_nothing() {
    let resolved_at = |opened: &str| resolved(incident(1, "x", Severity::Sev3, opened), 1);
    let in_week = |year, number, opened: &str| {
        let week = Week::numbered(year, number).unwrap();
        of(week, &[resolved_at(opened)], "2027-06-01T00:00:00Z")
            .opened
            .len()
    };
    // Monday 2026-12-28 00:00 to Monday 2027-01-04 00:00 in Berlin.
    assert_eq!(in_week(2026, 53, "2026-12-27T23:00:00Z"), 1);
    assert_eq!(in_week(2026, 53, "2027-01-03T22:59:59Z"), 1);
    assert_eq!(in_week(2027, 1, "2027-01-03T23:00:00Z"), 1);
    // On Sunday 2026-10-25 the day has 25 hours in Berlin, on 2026-03-29 it has 23.
    assert_eq!(in_week(2026, 43, "2026-10-25T22:59:59Z"), 1);
    assert_eq!(in_week(2026, 44, "2026-10-25T23:00:00Z"), 1);
    assert_eq!(in_week(2026, 13, "2026-03-29T21:59:59Z"), 1);
    assert_eq!(in_week(2026, 14, "2026-03-29T22:00:00Z"), 1);
    // A window over the whole autumn week has 7 * 24 + 1 hours.
    let mut long = incident(2, "long", Severity::Sev3, "2026-10-01T08:00:00Z");
    long.later(90_000);
    long.outage("ana", "2026-10-01T08:00:00Z", Some("2026-11-20T08:00:00Z"));
    let week = Week::numbered(2026, 43).unwrap();
    let review = of(week, &[long.state().clone()], "2027-06-01T00:00:00Z");
    assert_eq!(review.downtime.total.minutes, 169 * 60);
    assert_eq!(
        (
            review.opened.len(),
            review.carried_over.len(),
            review.still_open.len()
        ),
        (0, 1, 1)
    );
}

#[test]
fn what_does_not_count_is_a_number_or_nothing() {
    let all = incidents();
    let at_end = at("2026-07-20T07:00:00Z");
    let mut settings = settings();
    for (drills, private, expected) in [
        (
            Besides::Apart,
            Besides::LeftOut,
            Some("Counted apart: 1 drill"),
        ),
        (
            Besides::Apart,
            Besides::Apart,
            Some("Counted apart: 1 drill, 1 private incident"),
        ),
        (
            Besides::LeftOut,
            Besides::Apart,
            Some("Counted apart: 1 private incident"),
        ),
        (Besides::LeftOut, Besides::LeftOut, None),
    ] {
        settings.review = ReviewPolicy { drills, private };
        let review = told(number(), &settings, &all, &BTreeMap::new(), at_end);
        let texts = [
            message(&review),
            markdown(&review).unwrap(),
            html(&review).unwrap(),
        ];
        for text in &texts {
            assert!(
                !text.contains("Secret") && !text.contains("INC-9"),
                "{text}"
            );
            assert!(!text.contains("Exercise"), "{text}");
        }
        let line = texts[0].lines().find(|line| line.starts_with("Counted"));
        assert_eq!(line, expected);
        assert_eq!(review.opened.len(), 3);
    }
}

#[test]
fn what_is_owed_has_an_owner_and_a_day() {
    let review = week();
    let owed = review.without_postmortem.iter();
    let owed: Vec<_> = owed
        .map(|one| {
            (
                one.incident.name.as_str(),
                one.owner.as_deref(),
                one.due.as_deref(),
                one.overdue,
            )
        })
        .collect();
    assert_eq!(owed[0], ("INC-4", None, Some("2026-07-19"), true));
    assert!(
        owed[1..].iter().all(|one| one.2.is_none() && !one.3),
        "{owed:?}"
    );
    let overdue: Vec<_> = review.overdue_actions().collect();
    assert_eq!(overdue.len(), 1);
    assert_eq!(overdue[0].owner.as_deref(), Some("ben"));
}

/// A review of a week long past is what it was then, but for what is still owed.
#[test]
fn a_past_week_stays_as_it_was() {
    let mut all = incidents();
    let before = message(&of(number(), &all, "2026-07-20T07:00:00Z"));
    let mut again = incident(20, "Another", Severity::Sev3, "2026-07-14T09:00:00Z");
    again.later(30).status("ana", Status::Resolved, "");
    all.push(again.state().clone());
    let first = of(number(), &all, "2026-07-20T07:00:00Z");
    again
        .now("2026-07-27T08:00:00Z")
        .status("ana", Status::Investigating, "");
    let last = all.len() - 1;
    all[last] = resolved(again, 600);
    let later = of(number(), &all, "2026-08-20T07:00:00Z");
    assert_eq!(first.measures, later.measures);
    assert_eq!(first.resolved, later.resolved);
    assert_ne!(before, message(&first));
}

proptest! {
    #[test]
    fn every_week_fits_a_message(logs in prop::collection::vec(logs(), 0..8), week in 8u32..14) {
        let mut incidents = Vec::new();
        let mut news = BTreeMap::new();
        for (place, log) in logs.iter().enumerate() {
            let mut incident = log.state().clone();
            incident.key.number = IncidentNumber(place as u32 + 1);
            let promised = crate::incident::promise::promised_news(&log.entries, ZONE);
            news.insert(incident.key.number, promised);
            incidents.push(incident);
        }
        let settings = GuildSettings {
            zone: Tz::America__New_York,
            review: ReviewPolicy { drills: Besides::Apart, private: Besides::Apart },
            ..GuildSettings::default()
        };
        let week = Week::numbered(2025, week).unwrap();
        let now = at("2025-03-20T00:00:00Z");
        let review = told(week, &settings, &incidents, &news, now);
        let message = message(&review);
        prop_assert!(message.encode_utf16().count() <= MAX_MESSAGE);
        prop_assert!(!message.contains("@everyone"));
        prop_assert!(!markdown(&review).unwrap().contains("@everyone"));
        let page = html(&review).unwrap();
        let tags = well_formed::tags(&page).map_err(TestCaseError::fail)?;
        prop_assert!(tags.iter().all(|tag| tag.name != "script"));
        // Lines are whole: each is one of a text with room for all of them.
        let counted: usize = review.by_severity.iter().map(|one| one.opened).sum();
        prop_assert_eq!(counted, review.opened.len());
        let downtime = &review.downtime;
        let longest = downtime.incidents.first().map_or(0, |one| one.length.minutes);
        let sum: i64 = downtime.incidents.iter().map(|one| one.length.minutes).sum();
        prop_assert!(longest <= downtime.total.minutes && downtime.total.minutes <= sum);
        for part in &downtime.components {
            prop_assert!(part.length.minutes <= downtime.total.minutes);
        }
        for private in incidents.iter().filter(|one| one.private) {
            let (name, listed) = (format!("{} ", private.key.number), format!(">{}<", private.key.number));
            prop_assert!(!message.contains(&name) && !page.contains(&listed), "{name}");
        }
        let open_before = review.carried_over.len() + review.opened.len() + review.reopened.len();
        prop_assert!(review.still_open.len() <= open_before);
    }

    /// A month is its days: what is opened in it is what is opened on each.
    #[test]
    fn days_add_up_to_their_month(logs in prop::collection::vec(logs(), 0..8)) {
        let mut incidents = Vec::new();
        for (place, log) in logs.iter().enumerate() {
            let mut incident = log.state().clone();
            incident.key.number = IncidentNumber(place as u32 + 1);
            incidents.push(incident);
        }
        let now = at("2025-05-01T00:00:00Z");
        let month = Period::parse_month("2025-03", now, ZONE).unwrap();
        let whole = told(month, &settings(), &incidents, &BTreeMap::new(), now);
        let days = month.days().map(|day| {
            let day = day.to_string();
            let day = Period::parse_days(&day, &day, now, ZONE).unwrap();
            let review = told(day, &settings(), &incidents, &BTreeMap::new(), now);
            (review.opened.len(), review.downtime.total.minutes)
        });
        let (opened, minutes) = days.fold((0, 0), |sum, day| (sum.0 + day.0, sum.1 + day.1));
        prop_assert_eq!(opened, whole.opened.len());
        prop_assert_eq!(minutes, whole.downtime.total.minutes);
    }
}
