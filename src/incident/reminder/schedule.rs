//! When a reminder comes, and comes again: each time after a longer while.

use chrono::{DateTime, Days, NaiveDate, NaiveTime, TimeDelta, Timelike as _, Utc};
use chrono_tz::Tz;

use super::quiet::QuietHours;
use crate::incident::human_time::first_moment;

/// The hour of the day, in the guild's zone, at which people are reminded of
/// what is due on a day.
pub const MORNING: u32 = 9;

/// Until this hour it is still the night of the day before.
const SMALL_HOURS: u32 = 5;

/// The days after the first reminder on which one of a day comes again; then
/// each week.
const DAYS: [u64; 4] = [0, 1, 3, 7];

/// When the rounds of a reminder are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Schedule {
    /// At a moment, again after a step, then after twice as long each time up to the longest.
    Steps {
        first: DateTime<Utc>,
        step: TimeDelta,
        longest: TimeDelta,
    },
    /// On the morning of a day, the next, and then more rarely.
    Mornings { day: NaiveDate, zone: Tz },
}

impl Schedule {
    /// When a round is, from 0; `None` beyond what a clock can show.
    fn round(self, round: u32) -> Option<DateTime<Utc>> {
        match self {
            Self::Steps {
                first,
                step,
                longest,
            } => {
                let longest = step.max(longest);
                let mut after = TimeDelta::zero();
                let mut next = step;
                for done in 0..round {
                    if next >= longest {
                        let rest = i32::try_from(round - done).ok()?;
                        return first.checked_add_signed(after + longest.checked_mul(rest)?);
                    }
                    after += next;
                    next = next * 2;
                }
                first.checked_add_signed(after)
            }
            Self::Mornings { day, zone } => {
                let days = DAYS.get(round as usize).copied().unwrap_or_else(|| {
                    let weeks = u64::from(round) + 1 - DAYS.len() as u64;
                    DAYS[DAYS.len() - 1] + 7 * weeks
                });
                let day = day.checked_add_days(Days::new(days))?;
                Some(morning(day, zone))
            }
        }
    }

    /// The last round that was reached, with the moment from which it may be
    /// said; those before it are no news any more. Rounds before `from` do not count.
    pub(super) fn reached(
        self,
        now: DateTime<Utc>,
        from: DateTime<Utc>,
        quiet: Option<QuietHours>,
        zone: Tz,
    ) -> Option<(u32, DateTime<Utc>)> {
        let rounds = (0..).map_while(|round| Some((round, self.round(round)?)));
        let rounds = rounds.take_while(|(_, at)| *at <= now);
        let rounds = rounds.filter(|(_, at)| *at >= from);
        let said = rounds.map(|(round, at)| (round, quiet.map_or(at, |q| q.after(at, zone))));
        said.filter(|(_, at)| *at <= now).last()
    }
}

/// The morning of tomorrow in a zone (UTC). In the small hours people call the
/// day that comes tomorrow.
#[must_use]
pub fn tomorrow(now: DateTime<Utc>, zone: Tz) -> DateTime<Utc> {
    let local = now.with_timezone(&zone);
    let today = local.date_naive();
    let day = match local.hour() {
        0..SMALL_HOURS => today,
        _ => today.succ_opt().unwrap_or(today),
    };
    morning(day, zone)
}

/// The morning of a day in a zone (UTC).
pub(super) fn morning(day: NaiveDate, zone: Tz) -> DateTime<Utc> {
    let clock = NaiveTime::from_hms_opt(MORNING, 0, 0).unwrap_or(NaiveTime::MIN);
    first_moment(day.and_time(clock), zone)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    #[test]
    fn steps_double_and_have_a_longest() {
        let first = at("2026-07-09T01:00:00Z");
        let step = TimeDelta::minutes(30);
        let longest = TimeDelta::days(1);
        let schedule = Schedule::Steps {
            first,
            step,
            longest,
        };
        let minutes: Vec<i64> = (0..10)
            .map(|round| (schedule.round(round).unwrap() - first).num_minutes())
            .collect();
        assert_eq!(
            minutes,
            [0, 30, 90, 210, 450, 930, 1890, 3330, 4770, 6210],
            "a day apart at last"
        );
    }

    #[test]
    fn tomorrow_begins_when_people_get_up() {
        let zone = chrono_tz::America::Chicago;
        for (now, morning) in [
            ("2026-07-09T20:00:00Z", "2026-07-10T14:00:00Z"),
            ("2026-07-10T04:59:00Z", "2026-07-10T14:00:00Z"),
            ("2026-07-10T08:00:00Z", "2026-07-10T14:00:00Z"),
            ("2026-07-10T10:00:00Z", "2026-07-11T14:00:00Z"),
        ] {
            assert_eq!(tomorrow(at(now), zone), at(morning), "{now}");
        }
    }

    #[test]
    fn mornings_are_the_zone_s_in_summer_and_winter() {
        let zone = chrono_tz::Europe::Berlin;
        let day = "2026-03-27".parse().unwrap();
        let schedule = Schedule::Mornings { day, zone };
        let mornings: Vec<_> = (0..6)
            .map(|round| schedule.round(round).unwrap().to_rfc3339())
            .collect();
        assert_eq!(
            mornings,
            [
                "2026-03-27T08:00:00+00:00",
                "2026-03-28T08:00:00+00:00",
                "2026-03-30T07:00:00+00:00",
                "2026-04-03T07:00:00+00:00",
                "2026-04-10T07:00:00+00:00",
                "2026-04-17T07:00:00+00:00",
            ]
        );
    }
}
