use chrono::{NaiveTime, Timelike};
use chrono_tz::America::Chicago;
use proptest::prelude::*;

use super::super::person::Actor;
use super::super::random_log::logs;
use super::super::status::Status;
use super::*;

/// On Tuesday 2026-07-14 15:10 UTC, 10:10 in Chicago.
fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

const TUESDAY: &str = "2026-07-14T15:10:00Z";

fn read(text: &str, zone: Tz) -> Vec<String> {
    let found = promises(text, at(TUESDAY), zone).into_iter();
    found
        .map(|promise| {
            let due = promise.due.map(|due| due.format("%m-%d %H:%M").to_string());
            format!("{:?} {}", promise.what, due.as_deref().unwrap_or("-"))
        })
        .collect()
}

#[test]
fn news_is_promised_in_many_words() {
    for (text, due) in [
        ("Next update in 30 minutes.", "07-14 15:40"),
        ("We're looking into it. Next update: 30m", "07-14 15:40"),
        ("next update within the next half hour", "07-14 15:40"),
        ("Next update in approx. 45 min.", "07-14 15:55"),
        ("We will provide another update in an hour.", "07-14 16:10"),
        (
            "We'll post an update in 20 minutes or as soon as we know more.",
            "07-14 15:30",
        ),
        ("We will update you in two hours", "07-14 17:10"),
        (
            "We will continue to provide updates every 30 minutes until it is resolved.",
            "07-14 15:40",
        ),
        ("Updates hourly.", "07-14 16:10"),
        ("Hourly updates will follow", "07-14 16:10"),
        ("We will report back in 15 minutes", "07-14 15:25"),
        ("Please check back in 45 minutes.", "07-14 15:55"),
        ("In 30 minutes we will post another update.", "07-14 15:40"),
        ("Next update in 30-45 minutes", "07-14 15:55"),
        ("Next update at 15:40", "07-14 15:40"),
        ("Next update at 3:40", "07-14 15:40"),
        ("Next update by 4pm", "07-14 16:00"),
        ("Next update 1600 UTC", "07-14 16:00"),
        ("Next update at 11 a.m. CT", "07-14 16:00"),
        ("Next update: 18:00 CEST", "07-14 16:00"),
        ("Next update at <t:1784044800:t>", "07-14 16:00"),
        ("Next update tomorrow at 09:00 UTC", "07-15 09:00"),
        ("Next update at 09:00", "07-15 09:00"),
        (
            "We will provide a further update by end of day",
            "07-15 00:00",
        ),
        (
            "We continue to monitor the remediation and will provide the next update in 1 hour.",
            "07-14 16:10",
        ),
        ("No ETA yet, next update in 30 minutes", "07-14 15:40"),
        (
            "Errors lasted 20 minutes; next update in 30 minutes",
            "07-14 15:40",
        ),
    ] {
        assert_eq!(read(text, Tz::UTC), [format!("Update {due}")], "{text}");
    }
    assert_eq!(
        read("Next update at 10:40", Chicago),
        ["Update 07-14 15:40"]
    );
}

#[test]
fn news_without_a_certain_time() {
    for text in [
        "We will post further updates as we have them",
        "An update will be posted once the maintenance is complete",
        "We are monitoring and will send another update in a few minutes",
        "Next update at 15:05",
        "Next update at 16:00 IST",
        "Next update soon",
    ] {
        assert_eq!(read(text, Tz::UTC), ["Update -"], "{text}");
    }
}

#[test]
fn ends_are_promised_with_a_time_or_not_at_all() {
    for (text, due) in [
        ("ETA 15:40", "07-14 15:40"),
        ("ETA: 30 min", "07-14 15:40"),
        ("ETA to resolution is less than 30 minutes", "07-14 15:40"),
        ("We expect a full recovery within 2 hours.", "07-14 17:10"),
        (
            "The fix is rolling out and should be fixed by 16:30",
            "07-14 16:30",
        ),
        ("Service restoration expected by 18:00 UTC", "07-14 18:00"),
        ("We'll be back in 10 minutes", "07-14 15:20"),
    ] {
        let read = read(text, Tz::UTC);
        assert_eq!(read.len(), 1, "{text} {read:?}");
        assert!(read[0].ends_with(due), "{text} {read:?}");
    }
    for text in [
        "No ETA yet",
        "As soon as we have an ETA for completion we'll share it",
        "We do not have an ETA at 15:40",
        "What is the ETA, 15:40?",
        "It should be fixed",
    ] {
        assert_eq!(read(text, Tz::UTC), [""; 0], "{text}");
    }
    let both = read("ETA 16:30, next update in 30 minutes", Tz::UTC);
    assert_eq!(both, ["End 07-14 16:30", "Update 07-14 15:40"]);
}

#[test]
fn postmortems_are_promised() {
    for (text, due) in [
        ("A postmortem will follow.", "-"),
        (
            "A detailed root cause analysis will be shared as soon as it is available.",
            "-",
        ),
        (
            "We will follow up with a post-mortem within three days",
            "07-17 15:10",
        ),
        ("We'll publish a full postmortem by Friday", "07-18 00:00"),
        (
            "The RCA will be posted within 5 business days",
            "07-22 00:00",
        ),
        ("Postmortem to follow next week", "07-27 00:00"),
        (
            "We will share a detailed incident report tomorrow",
            "07-16 00:00",
        ),
    ] {
        assert_eq!(read(text, Tz::UTC), [format!("Postmortem {due}")], "{text}");
    }
}

#[test]
fn what_promises_nothing() {
    for text in [
        "",
        "We deployed an update in 30 minutes",
        "We posted another update 30 minutes ago",
        "Last updated 30 minutes ago",
        "The outage lasted 30 minutes",
        "Restarted the node at 15:40",
        "We will update the firmware at 16:00",
        "> Next update in 30 minutes",
        "When is the next update in 30 minutes?",
        "This incident has been resolved.",
        "The postmortem is at https://example.com/15:40",
        "No postmortem will follow",
    ] {
        assert_eq!(read(text, Tz::UTC), [""; 0], "{text}");
    }
}

#[test]
fn the_words_are_quoted_with_their_time() {
    let text = "Étude: we look. The next update is in 30 minutes. A postmortem will follow.";
    let found = promises(text, at(TUESDAY), Tz::UTC);
    let words: Vec<&str> = found.iter().map(|one| &text[one.words.clone()]).collect();
    assert_eq!(
        words,
        ["next update is in 30 minutes", "postmortem will follow"]
    );
}

fn told(seq: u32, minutes: i64, to: Status, message: &str) -> Entry {
    let happened_at = at(TUESDAY) + TimeDelta::minutes(minutes);
    Entry {
        seq: Seq(seq),
        happened_at,
        recorded_at: happened_at,
        actor: Actor::Scribe,
        origin: None,
        fact: Fact::StatusChanged {
            from: Status::Investigating,
            to,
            message: Some(message.to_owned()),
        },
    }
}

#[test]
fn news_is_late_after_its_grace() {
    let entries = [
        told(2, 0, Status::Identified, "Next update in 30 minutes"),
        told(3, 34, Status::Monitoring, "Next update in 60 minutes"),
        told(4, 134, Status::Monitoring, "Next update in 30 minutes"),
        told(
            5,
            150,
            Status::Resolved,
            "All well. Next update in 30 minutes",
        ),
    ];
    let news = promised_news(&entries, Tz::UTC);
    let now = at("2026-07-15T00:00:00Z");
    let late: Vec<_> = news
        .iter()
        .map(|news| news.late(now).map(|late| late.num_minutes()))
        .collect();
    assert_eq!(late, [None, Some(40), None]);
    let waiting = promised_news(&entries[..1], Tz::UTC);
    assert_eq!(waiting[0].late(at(TUESDAY) + TimeDelta::minutes(35)), None);
    let late = waiting[0].late(at(TUESDAY) + TimeDelta::minutes(36));
    assert_eq!(late, Some(TimeDelta::minutes(6)));
}

proptest! {
    #[test]
    fn a_stated_wait_is_due_after_it(minutes in 1i64..600, say in 0usize..6, seconds in 0i64..2_000_000_000) {
        let wait = match minutes {
            1 => "1 minute".to_owned(),
            hours if hours % 60 == 0 => format!("{} hours", hours / 60),
            minutes => format!("{minutes} minutes"),
        };
        let text = [
            format!("Next update in {wait}."),
            format!("We are on it; next update: {wait}"),
            format!("We will update you in {wait}"),
            format!("In {wait} we will post another update"),
            format!("Further updates every {wait} until it is over."),
            format!("We'll provide an update within the next {wait}!"),
        ];
        let said_at = DateTime::from_timestamp(seconds, 0).unwrap();
        let found = promises(&text[say], said_at, Tz::UTC);
        prop_assert_eq!(found.len(), 1, "{}", text[say]);
        prop_assert_eq!(found[0].what, Promised::Update);
        prop_assert_eq!(found[0].due, Some(said_at + TimeDelta::minutes(minutes)), "{}", text[say]);
    }

    /// A time on the clock, in any zone: the next such moment, or nothing.
    #[test]
    fn a_stated_clock_is_the_next_such_moment(
        hour in 0u32..24,
        minute in 0u32..60,
        zone in 0usize..chrono_tz::TZ_VARIANTS.len(),
        seconds in 0i64..2_000_000_000,
    ) {
        let zone = chrono_tz::TZ_VARIANTS[zone];
        let said_at = DateTime::from_timestamp(seconds, 0).unwrap();
        let text = format!("Next update at {hour:02}:{minute:02}");
        for promise in promises(&text, said_at, zone) {
            if let Some(due) = promise.due {
                let shown = due.with_timezone(&zone).time();
                let wanted = NaiveTime::from_hms_opt(hour, minute, 0).unwrap();
                let other_half = (hour + 12) % 24 == shown.hour() && hour >= 10;
                prop_assert!(shown == wanted || other_half, "{shown} {wanted}");
                prop_assert!(due >= said_at - TimeDelta::minutes(2));
                prop_assert!(due <= said_at + TimeDelta::hours(18));
            }
        }
    }

    #[test]
    fn any_text_is_read_within_its_bounds(
        text in prop::collection::vec(prop_oneof![
            "\\PC{0,12}",
            prop::sample::select(vec!["next update ", "ETA ", "in 30 minutes", "15:40 ", "é", "a postmortem will follow", ". ", "\n", "99999999 weeks", "0000 UTC", "<t:999999999999:f>", "Feb 30", "10 business days"]).prop_map(str::to_owned),
        ], 0..30),
        seconds in -2_000_000_000i64..4_000_000_000,
    ) {
        let (text, said_at) = (text.concat(), DateTime::from_timestamp(seconds, 0).unwrap());
        for promise in promises(&text, said_at, Chicago) {
            prop_assert!(!text[promise.words.clone()].is_empty());
            prop_assert!(promise.due.is_none_or(|due| due - said_at <= TimeDelta::days(121)));
        }
    }

    #[test]
    fn any_log_is_read(log in logs()) {
        for news in promised_news(&log.entries, Chicago) {
            prop_assert!(news.told_at.is_none_or(|told| told > news.said_at));
        }
    }
}
