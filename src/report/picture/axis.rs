//! The time axis: where a moment is, and which moments are named.

use chrono::{DateTime, Datelike, Days, NaiveTime, TimeDelta, TimeZone, Timelike, Utc};
use chrono_tz::Tz;

use crate::words::language::short_date;

/// The most names on it.
const NAMES: i64 = 11;

/// The distances between names of less than a day, in minutes.
const MINUTES: [i64; 10] = [1, 2, 5, 10, 15, 30, 60, 120, 180, 360];

/// From when to when, and where that is.
#[derive(Clone, Copy)]
pub(super) struct Axis {
    pub(super) from: DateTime<Utc>,
    pub(super) to: DateTime<Utc>,
    pub(super) left: f64,
    pub(super) right: f64,
    pub(super) zone: Tz,
}

/// A moment that is named on the axis.
pub(super) struct Tick {
    pub(super) at: DateTime<Utc>,
    /// `13:00`; none where the names are days.
    pub(super) clock: Option<String>,
    /// `Jun 7`, where a day begins.
    pub(super) day: Option<String>,
}

impl Axis {
    /// Where a moment is; what lies outside is at the edge.
    pub(super) fn x(self, at: DateTime<Utc>) -> f64 {
        let (whole, part) = (self.to - self.from, at - self.from);
        let share = part.num_seconds() as f64 / whole.num_seconds().max(1) as f64;
        self.left + (self.right - self.left) * share.clamp(0.0, 1.0)
    }

    pub(super) fn ticks(self) -> Vec<Tick> {
        let minutes = (self.to - self.from).num_minutes();
        match MINUTES.iter().find(|step| minutes / **step < NAMES) {
            Some(step) => self.clocks(TimeDelta::minutes(*step)),
            None => self.days((minutes / 1440 / NAMES + 1).unsigned_abs()),
        }
    }

    fn clocks(self, step: TimeDelta) -> Vec<Tick> {
        let midnight = self.midnight(self.from).unwrap_or(self.from);
        let whole = (self.from - midnight).num_seconds() / step.num_seconds();
        let mut at = midnight + step * i32::try_from(whole).unwrap_or(0);
        let (mut ticks, mut last) = (Vec::new(), None);
        while at <= self.to && ticks.len() <= 2 * NAMES as usize {
            if at >= self.from {
                let local = at.with_timezone(&self.zone);
                let day = Some(local.date_naive()).filter(|day| last != Some(*day));
                last = Some(local.date_naive());
                ticks.push(Tick {
                    at,
                    clock: Some(format!("{:02}:{:02}", local.hour(), local.minute())),
                    day: day.map(|_| self.day(at)),
                });
            }
            at += step;
        }
        ticks
    }

    fn days(self, step: u64) -> Vec<Tick> {
        let mut date = self.from.with_timezone(&self.zone).date_naive();
        let (mut ticks, mut year) = (Vec::new(), None);
        while ticks.len() <= 2 * NAMES as usize {
            let local = self
                .zone
                .from_local_datetime(&date.and_time(NaiveTime::MIN));
            // A midnight that the clock skips has no name.
            if let Some(at) = local.earliest().map(|at| at.to_utc()) {
                if at > self.to {
                    break;
                }
                if at >= self.from {
                    let new_year = year != Some(date.year());
                    year = Some(date.year());
                    let named = match new_year {
                        true => format!("{} {}", self.day(at), date.year()),
                        false => self.day(at),
                    };
                    ticks.push(Tick {
                        at,
                        clock: None,
                        day: Some(named),
                    });
                }
            }
            let Some(next) = date.checked_add_days(Days::new(step)) else {
                break;
            };
            date = next;
        }
        ticks
    }

    fn midnight(self, at: DateTime<Utc>) -> Option<DateTime<Utc>> {
        let date = at.with_timezone(&self.zone).date_naive();
        let local = self
            .zone
            .from_local_datetime(&date.and_time(NaiveTime::MIN));
        local.earliest().map(|at| at.to_utc())
    }

    /// `Jun 7`.
    pub(super) fn day(self, at: DateTime<Utc>) -> String {
        short_date(at.with_timezone(&self.zone).date_naive())
    }
}
