//! What holds for the reminders of any incident under any policy.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, NaiveTime, TimeDelta, Utc};
use proptest::prelude::*;

use super::*;
use crate::incident::random_log::{logs, start};
use crate::incident::{Command, Context, GuildSettings, Severity, decide};

fn times() -> impl Strategy<Value = ReminderTimes> {
    let minutes = || prop::option::of(5u32..600);
    (minutes(), minutes(), minutes(), prop::option::of(1u32..30)).prop_map(
        |(update, commander, open, postmortem)| ReminderTimes {
            update,
            commander,
            open,
            postmortem,
        },
    )
}

fn quiet() -> impl Strategy<Value = QuietHours> {
    let clock = || {
        (0u32..24 * 12).prop_map(|n| {
            NaiveTime::from_hms_opt(n / 12, n % 12 * 5, 0).expect("a time of the day")
        })
    };
    (clock(), clock())
        .prop_filter("an hour from itself to itself is none", |(a, b)| a != b)
        .prop_map(|(from, to)| QuietHours { from, to })
}

fn settings() -> impl Strategy<Value = GuildSettings> {
    let zone = 0..chrono_tz::TZ_VARIANTS.len();
    (times(), prop::option::of(quiet()), zone).prop_map(|(times, quiet, zone)| {
        let reminders = ReminderPolicy {
            sev1: times,
            sev2: times,
            sev3: times,
            sev4: times,
            silence: SilenceTimes {
                sev1: times.commander,
                sev2: times.commander,
                sev3: times.commander,
                sev4: times.commander,
            },
            actions: true,
            quiet,
            loud: None,
        };
        GuildSettings {
            zone: chrono_tz::TZ_VARIANTS[zone],
            reminders,
            ..GuildSettings::default()
        }
    })
}

/// The moments at which it is looked, at irregular distances.
fn looks() -> impl Strategy<Value = Vec<DateTime<Utc>>> {
    let steps = prop::collection::vec(1i64..2_000, 1..60);
    (0i64..8_000, steps).prop_map(|(begin, steps)| {
        let mut now = start() + TimeDelta::minutes(begin);
        let looks = steps.into_iter().map(|minutes| {
            now += TimeDelta::minutes(minutes);
            now
        });
        looks.collect()
    })
}

proptest! {
    #[test]
    fn none_comes_before_it_is_due_or_in_quiet_hours(log in logs(), settings in settings(), looks in looks()) {
        for now in looks {
            for due in due(log.state(), &settings, now) {
                prop_assert!(due.at <= now);
                prop_assert!(is_owed(log.state(), due.reminder));
                if let Some(quiet) = settings.reminders.quiet {
                    prop_assert!(!quiet.holds(due.at, settings.zone), "{} {:?}", due.at, quiet);
                }
                let times = settings.reminders.of(Severity::Sev1);
                let wait = match due.why {
                    Why::NoUpdate { since } => Some((since, times.update)),
                    Why::NoCommander { since } => Some((since, times.commander)),
                    Why::Silent { since } => Some((since, times.commander)),
                    Why::OpenLong { since } => Some((since, times.open)),
                    Why::PromisePassed { promised, .. } => Some((promised, Some(0))),
                    Why::PostmortemDue { .. } | Why::ActionDue { .. } => None,
                };
                if let Some((since, minutes)) = wait {
                    let wait = TimeDelta::minutes(minutes.unwrap().into());
                    prop_assert!(since + wait <= now);
                }
            }
        }
    }

    /// While nothing changes, what is said comes in order, each round once, and
    /// the reasons stay.
    #[test]
    fn no_reminder_is_said_twice_and_none_goes_back(log in logs(), settings in settings(), looks in looks()) {
        let mut last: BTreeMap<Reminder, (u32, DateTime<Utc>)> = BTreeMap::new();
        let mut keys = BTreeSet::new();
        for now in looks {
            for due in due(log.state(), &settings, now) {
                let again = last.get(&due.reminder).is_some_and(|(round, _)| *round == due.round);
                prop_assert_eq!(keys.insert(due.key()), !again);
                if let Some((round, at)) = last.insert(due.reminder, (due.round, due.at)) {
                    prop_assert!((round, at) <= (due.round, due.at));
                }
            }
        }
    }

    /// Two that look at the same state agree, however far apart they looked before.
    #[test]
    fn who_looks_often_says_what_who_looks_rarely_says(log in logs(), settings in settings(), looks in looks()) {
        let Some(now) = looks.last() else { return Ok(()); };
        for early in &looks {
            for due in due(log.state(), &settings, *early) {
                let later = super::due(log.state(), &settings, *now);
                let later = later.iter().find(|one| one.reminder == due.reminder);
                if let Some(later) = later {
                    prop_assert_eq!(later.ground, due.ground);
                    prop_assert!(later.round >= due.round);
                }
            }
        }
    }

    #[test]
    fn what_is_put_off_is_not_said_before(log in logs(), settings in settings(), minutes in 1i64..20_000) {
        let now = log.entries.last().unwrap().recorded_at + TimeDelta::days(7);
        let until = now + TimeDelta::minutes(minutes);
        for one in due(log.state(), &settings, now) {
            let reminder = one.reminder;
            let context = Context { actor: crate::incident::Actor::Scribe, now, origin: None };
            let entries = decide(Some(log.state()), Command::Snooze { reminder, until }, &context);
            let state = entries.unwrap().iter().fold(log.state().clone(), |state, entry| {
                crate::incident::Incident::evolve(state.key, Some(state), entry).unwrap()
            });
            let said = |at| due(&state, &settings, at).into_iter().any(|due| due.reminder == reminder);
            prop_assert!(!said(now) && !said(until - TimeDelta::seconds(1)));
            // Unless it is owed no longer by then, it comes at the latest after a night.
            let latest = until + TimeDelta::hours(25);
            let over = matches!(one.why, Why::PostmortemDue { due, .. } | Why::ActionDue { due } if due + OWED < latest);
            prop_assert!(over || said(latest));
        }
    }

    #[test]
    fn quiet_hours_end_and_nothing_is_said_in_them(
        quiet in quiet(), zone in 0..chrono_tz::TZ_VARIANTS.len(), minutes in 0i64..60 * 365 * 24 * 60
    ) {
        let zone = chrono_tz::TZ_VARIANTS[zone];
        let at = DateTime::UNIX_EPOCH + TimeDelta::minutes(minutes);
        let after = quiet.after(at, zone);
        prop_assert!(!quiet.holds(after, zone));
        prop_assert!(at <= after && after <= at + TimeDelta::hours(50));
        prop_assert_eq!(quiet.after(after, zone), after);
    }
}

proptest! {
    // Each looks hundreds of times.
    #![proptest_config(ProptestConfig::with_cases(32))]

    /// Without quiet hours the while to the next time never gets shorter.
    #[test]
    fn the_distance_grows(log in logs(), mut settings in settings()) {
        settings.reminders.quiet = None;
        let mut said: BTreeMap<Reminder, Vec<DateTime<Utc>>> = BTreeMap::new();
        let begin = log.entries.last().map_or(start(), |entry| entry.recorded_at);
        for hour in 0..24 * 20 {
            let now = begin + TimeDelta::hours(hour);
            for due in due(log.state(), &settings, now) {
                let said = said.entry(due.reminder).or_default();
                if said.last() != Some(&due.at) {
                    said.push(due.at);
                }
            }
        }
        for (reminder, said) in said {
            let gaps: Vec<TimeDelta> = said.windows(2).map(|two| two[1] - two[0]).collect();
            // A day of 23 or 25 hours is a day.
            let hour = TimeDelta::hours(1);
            let grows = gaps.windows(2).all(|two| two[0] <= two[1] + hour);
            prop_assert!(grows, "{reminder}: {gaps:?}");
        }
    }
}
