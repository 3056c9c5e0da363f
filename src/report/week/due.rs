//! When the weekly summary is due.

use chrono::{DateTime, Days, Timelike, Utc};
use chrono_tz::Tz;

use super::iso::Week;
use crate::incident::SummarySchedule;
use crate::incident::human_time::first_moment;

/// How many weeks that were missed are still told: older ones are no news.
pub const CATCH_UP: usize = 4;

/// Which week's summary is due now; `None` where all are done or the schedule is off.
///
/// A summary tells of a whole week, so at its day and hour the week before is
/// told. What was missed comes late rather than never, the oldest first, as far
/// back as [`CATCH_UP`] weeks. `last_done` is the last week that was told;
/// with `None` only the latest is due, so a caller starts a new guild with the
/// week before it came.
#[must_use]
pub fn due(
    now: DateTime<Utc>,
    zone: Tz,
    schedule: SummarySchedule,
    last_done: Option<Week>,
) -> Option<Week> {
    if !schedule.on {
        return None;
    }
    let this = Week::at(now, zone);
    let reached = told_at(this.previous(), zone, schedule) <= now;
    let latest = if reached {
        this.previous()
    } else {
        this.previous().previous()
    };
    let Some(last_done) = last_done else {
        return Some(latest);
    };
    let mut weeks = vec![latest];
    while weeks.len() < CATCH_UP {
        let earlier = weeks[weeks.len() - 1].previous();
        weeks.push(earlier);
    }
    weeks.into_iter().rev().find(|week| *week > last_done)
}

/// The moment from which a week's summary is due: the day and hour of the
/// schedule in the week after it.
fn told_at(week: Week, zone: Tz, schedule: SummarySchedule) -> DateTime<Utc> {
    let days = u64::from(schedule.day.num_days_from_monday());
    let day = week.next().monday();
    let day = day.checked_add_days(Days::new(days)).unwrap_or(day);
    let midnight = day.and_time(chrono::NaiveTime::MIN);
    let local = midnight
        .with_hour(schedule.hour.min(23))
        .unwrap_or(midnight);
    first_moment(local, zone)
}

#[cfg(test)]
mod tests {
    use chrono::{TimeDelta, Weekday};
    use chrono_tz::{America, Europe};
    use proptest::prelude::*;

    use super::*;

    const MONDAY_AT_NINE: SummarySchedule = SummarySchedule {
        day: Weekday::Mon,
        hour: 9,
        on: true,
    };

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    fn week(year: i32, week: u32) -> Week {
        Week::numbered(year, week).unwrap()
    }

    fn told(now: &str, last_done: Option<Week>) -> Option<Week> {
        due(at(now), Europe::Berlin, MONDAY_AT_NINE, last_done)
    }

    #[test]
    fn a_week_is_told_on_the_monday_after_it() {
        let done = Some(week(2026, 28));
        assert_eq!(told("2026-07-20T06:59:59Z", done), None);
        assert_eq!(told("2026-07-20T07:00:00Z", done), Some(week(2026, 29)));
        assert_eq!(told("2026-07-20T07:00:00Z", Some(week(2026, 29))), None);
        let off = SummarySchedule {
            on: false,
            ..MONDAY_AT_NINE
        };
        assert_eq!(
            due(at("2026-07-20T07:00:00Z"), Europe::Berlin, off, done),
            None
        );
    }

    #[test]
    fn the_hour_is_the_zone_s_in_summer_and_winter() {
        let done = Some(week(2026, 3));
        assert_eq!(told("2026-01-26T07:59:00Z", done), None);
        assert_eq!(told("2026-01-26T08:00:00Z", done), Some(week(2026, 4)));
    }

    #[test]
    fn what_was_missed_comes_late_and_in_order() {
        let mut done = week(2026, 26);
        let mut told_late = Vec::new();
        while let Some(week) = told("2026-07-22T12:00:00Z", Some(done)) {
            told_late.push(week.to_string());
            done = week;
        }
        assert_eq!(told_late, ["2026-W27", "2026-W28", "2026-W29"]);
        assert_eq!(
            told("2026-07-22T12:00:00Z", Some(week(2025, 1))),
            Some(week(2026, 26))
        );
        assert_eq!(told("2026-07-22T12:00:00Z", None), Some(week(2026, 29)));
    }

    #[test]
    fn an_hour_that_the_clock_skips_is_when_it_is_put_forward() {
        // On Sunday 2026-03-08 New York has no 02:00 to 03:00.
        let sunday_at_two = SummarySchedule {
            day: Weekday::Sun,
            hour: 2,
            on: true,
        };
        let told = |now| {
            due(
                at(now),
                America::New_York,
                sunday_at_two,
                Some(week(2026, 8)),
            )
        };
        assert_eq!(told("2026-03-08T06:59:59Z"), None);
        assert_eq!(told("2026-03-08T07:00:00Z"), Some(week(2026, 9)));
    }

    proptest! {
        /// A clock that ticks irregularly, with pauses of up to three weeks, in
        /// any zone: every week once, in order, none before its hour.
        #[test]
        fn every_week_is_told_once(
            begin in 0i64..20_000,
            ticks in prop::collection::vec(1i64..500, 1..80),
            zone in 0usize..chrono_tz::TZ_VARIANTS.len(),
            day in 0u8..7,
            hour in 0u32..24,
        ) {
            let zone = chrono_tz::TZ_VARIANTS[zone];
            let schedule = SummarySchedule { day: Weekday::try_from(day).unwrap(), hour, on: true };
            let mut now = DateTime::UNIX_EPOCH + TimeDelta::days(begin);
            let first = due(now, zone, schedule, None).unwrap();
            let mut done = first;
            for hours in ticks {
                now += TimeDelta::hours(hours);
                while let Some(week) = due(now, zone, schedule, Some(done)) {
                    prop_assert_eq!(week, done.next());
                    prop_assert!(told_at(week, zone, schedule) <= now);
                    done = week;
                }
                prop_assert!(told_at(done.next(), zone, schedule) > now);
            }
        }
    }
}
