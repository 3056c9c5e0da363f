//! Weeks as people read them.

use chrono_tz::{Europe, Tz};
use proptest::prelude::*;

use super::*;
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

fn week() -> WeekSummary {
    let week = Week::numbered(2026, 29).expect("a week of that year");
    summary(week, ZONE, &incidents(), at("2026-07-20T07:00:00Z"))
}

#[test]
fn a_week_as_a_message() {
    insta::assert_snapshot!(message(&week()), @r##"
**Week 2026-W29** (2026-07-13 to 2026-07-19, Europe/Berlin)
opened **3** · resolved **2** · reopened **1** · cancelled **1** · still open **1**
Opened: 1 SEV1, 1 SEV2, 1 SEV4
Downtime: **4h 10m**, in 2 incidents
Time to resolve: median 2d 12h 45m, longest 5d 30m (INC-6), of 2 incidents; the week before median 1h 15m, longest 10h (INC-3), of 4 incidents; too few to compare
Not counted: 1 drill
**Still open**
- INC-5 SEV2 Mails are late, investigating since 2026-07-19
**Postmortem missing**
- INC-4 SEV1 Checkout \| is \*\*down\*\*, resolved 2026-07-14
- INC-1 SEV3 Slow API, resolved 2026-07-06
- INC-2 SEV3 Slow API, resolved 2026-07-07
- INC-3 SEV3 Slow API, resolved 2026-07-08
- INC-6 SEV3 Login loops, resolved 2026-07-15
**Action items**
- INC-4/1 Alert on \| the queue soon: ben, **overdue since 2026-07-18**
- INC-5/1 Find out why: no owner, no date
"##);
}

#[test]
fn a_week_as_a_file() {
    insta::assert_snapshot!(markdown(&week()).unwrap(), @r##"
# Week 2026-W29

2026-07-13 to 2026-07-19, Europe/Berlin.

| Opened | Resolved | Reopened | Cancelled | Still open |
|---|---|---|---|---|
| 3 | 2 | 1 | 1 | 1 |

- Downtime: **4h 10m**
- Time to resolve: median 2d 12h 45m, longest 5d 30m (INC-6), of 2 incidents; the week before median 1h 15m, longest 10h (INC-3), of 4 incidents; too few to compare
- Drills, not counted: 1

## By severity

| Severity | Opened | Resolved | Still open |
|---|---|---|---|
| SEV1 | 1 | 1 | 0 |
| SEV2 | 1 | 0 | 1 |
| SEV3 | 0 | 1 | 0 |
| SEV4 | 1 | 0 | 0 |

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

## Downtime

| Incident | | In this week |
|---|---|---|
| INC-5 | Mails are late | 3h 30m |
| INC-4 | Checkout \| is \*\*down\*\* | 50m |

In all 4h 10m; minutes that incidents share count once.

## Postmortem missing

- **INC-4** SEV1 Checkout \| is \*\*down\*\*, resolved 2026-07-14 11:01 CEST (09:01 UTC)
- **INC-1** SEV3 Slow API, resolved 2026-07-06 10:30 CEST (08:30 UTC)
- **INC-2** SEV3 Slow API, resolved 2026-07-07 11:30 CEST (09:30 UTC)
- **INC-3** SEV3 Slow API, resolved 2026-07-08 20:00 CEST (18:00 UTC)
- **INC-6** SEV3 Login loops, resolved 2026-07-15 10:30 CEST (08:30 UTC)

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
    let week = Week::numbered(2026, 29).expect("a week of that year");
    let quiet = summary(week, ZONE, &[], at("2026-07-20T07:00:00Z"));
    insta::assert_snapshot!(message(&quiet), @r##"
**Week 2026-W29** (2026-07-13 to 2026-07-19, Europe/Berlin)
A quiet week: nothing was declared, nothing is open. Enjoy it.
"##);
    insta::assert_snapshot!(markdown(&quiet).unwrap(), @r##"
# Week 2026-W29

2026-07-13 to 2026-07-19, Europe/Berlin.

A quiet week: nothing was declared, nothing is open. Enjoy it.
"##);
}

#[test]
fn a_window_that_has_no_end_reaches_into_this_week_only_as_far_as_now() {
    // From Sunday 21:00 to Monday 00:00 in Berlin, beside 07:50 to 09:00 on Tuesday.
    let week = week();
    assert_eq!(week.downtime.minutes, 180 + 70);
    let each: Vec<_> = week
        .affected
        .iter()
        .map(|one| (one.name.as_str(), one.length.minutes))
        .collect();
    assert_eq!(each, [("INC-5", 210), ("INC-4", 50)]);
}

#[test]
fn private_incidents_are_told_only_when_asked_for() {
    let number = Week::numbered(2026, 29).expect("a week of that year");
    let now = at("2026-07-20T07:00:00Z");
    let secret = |summary: &WeekSummary| message(summary).contains("Secret");
    assert!(!secret(&week()));
    let asked = summary_with_private(number, ZONE, &incidents(), now);
    assert!(secret(&asked));
    assert_eq!(asked.opened.len(), week().opened.len() + 1);
}

proptest! {
    #[test]
    fn every_week_fits_a_message(logs in prop::collection::vec(logs(), 0..8), week in 8u32..14) {
        let mut incidents = Vec::new();
        for (place, log) in logs.iter().enumerate() {
            let mut incident = log.state().clone();
            incident.key.number = IncidentNumber(place as u32 + 1);
            incidents.push(incident);
        }
        let week = Week::numbered(2025, week).unwrap();
        let summary = summary(week, Tz::America__New_York, &incidents, at("2025-03-20T00:00:00Z"));
        let message = message(&summary);
        prop_assert!(message.encode_utf16().count() <= MAX_MESSAGE);
        prop_assert!(!message.contains("@everyone"));
        prop_assert!(!markdown(&summary).unwrap().contains("@everyone"));
        let tags = well_formed::tags(&html(&summary).unwrap()).map_err(TestCaseError::fail)?;
        prop_assert!(tags.iter().all(|tag| tag.name != "script"));
        let counted: usize = summary.by_severity.iter().map(|one| one.opened).sum();
        prop_assert_eq!(counted, summary.opened.len());
        let longest = summary.affected.first().map_or(0, |one| one.length.minutes);
        let sum: i64 = summary.affected.iter().map(|one| one.length.minutes).sum();
        prop_assert!(longest <= summary.downtime.minutes && summary.downtime.minutes <= sum);
    }
}
