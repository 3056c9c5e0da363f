//! A written time with the day and the zone that its surroundings give it.

use chrono::{Datelike, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta};

use super::stamp::{Clock, Day};
use super::zone::Zone;

/// The day of every time in a text that names no date.
pub(super) const NO_DAY: NaiveDate = match NaiveDate::from_ymd_opt(1970, 1, 1) {
    Some(day) => day,
    None => NaiveDate::MIN,
};

/// The year of every date in a text that names no year; it has a February 29.
pub(super) const NO_YEAR: i32 = 2000;

/// A time as it was meant.
#[derive(Clone, Debug)]
pub(super) struct Moment {
    pub(super) day: NaiveDate,
    /// Whether the day stands there rather than in a heading above.
    pub(super) day_stated: bool,
    pub(super) clock: Option<Clock>,
    pub(super) zone: Option<Zone>,
    pub(super) hedged: bool,
}

impl Moment {
    /// What the clock shows; midnight where no clock time was written.
    pub(super) fn local(&self) -> NaiveDateTime {
        self.day
            .and_time(self.clock.map_or(NaiveTime::MIN, |clock| clock.time))
    }

    /// The moment in UTC, where the zone is known; without a date nobody knows whether it is summer time.
    pub(super) fn utc(&self) -> Option<NaiveDateTime> {
        if self.is_undated() {
            return None;
        }
        let ahead = self.zone.as_ref()?.ahead(self.local())?;
        self.local().checked_sub_signed(ahead)
    }

    /// The time from `earlier` to this one; `None` where their zones cannot be compared. A missing zone is taken to be the other's.
    pub(super) fn since(&self, earlier: &Self) -> Option<TimeDelta> {
        match (&self.zone, &earlier.zone) {
            (Some(ours), Some(theirs)) if !ours.same(theirs) => Some(self.utc()? - earlier.utc()?),
            (Some(_), Some(_)) => match (self.utc(), earlier.utc()) {
                (Some(ours), Some(theirs)) => Some(ours - theirs),
                _ => Some(self.local() - earlier.local()),
            },
            _ => Some(self.local() - earlier.local()),
        }
    }

    /// Whether both are of one clock, or one does not say.
    pub(super) fn one_clock(&self, other: &Self) -> bool {
        match (&self.zone, &other.zone) {
            (Some(ours), Some(theirs)) => ours.same(theirs),
            _ => true,
        }
    }

    /// What the other's clock shows at this moment, with the name of its zone.
    pub(super) fn shown_in(&self, other: &Self) -> String {
        let shown = self
            .utc()
            .zip(other.zone.as_ref())
            .and_then(|(utc, zone)| Some((zone.shows(utc)?, zone)));
        match shown {
            Some((local, zone)) => format!("{} {}", local.format("%H:%M"), zone.name),
            None => self.local().format("%H:%M").to_string(),
        }
    }

    /// Whether its text names no date; what goes over midnight is of the next days.
    pub(super) fn is_undated(&self) -> bool {
        const NEAR: i64 = 7;
        !self.day_stated && (self.day - NO_DAY).num_days().abs() <= NEAR
    }

    /// The same on another day.
    pub(super) fn on(&self, day: NaiveDate) -> Self {
        Self {
            day,
            ..self.clone()
        }
    }

    /// The same clock shown later.
    pub(super) fn later(&self, by: TimeDelta) -> Option<Self> {
        let at = self.local().checked_add_signed(by)?;
        let clock = self.clock.map(|clock| Clock {
            time: at.time(),
            ..clock
        });
        Some(Self {
            day: at.date(),
            clock,
            ..self.clone()
        })
    }
}

/// The date that a day means near a known one: `Dec 31` in a report of January is of the year before.
pub(super) fn date_near(day: Day, near: NaiveDate) -> Option<NaiveDate> {
    if day.year.is_some() {
        return day.date(near.year());
    }
    (near.year() - 1..=near.year() + 1)
        .filter_map(|year| day.date(year))
        .min_by_key(|date| (*date - near).num_days().abs())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_without_a_year_is_the_nearest() {
        let new_year = NaiveDate::from_ymd_opt(2024, 1, 2).unwrap();
        let day = |month, day| Day {
            year: None,
            month,
            day,
        };
        assert_eq!(
            date_near(day(12, 31), new_year).map(|d| d.year()),
            Some(2023)
        );
        assert_eq!(
            date_near(day(2, 29), new_year).map(|d| d.year()),
            Some(2024)
        );
        assert_eq!(date_near(day(2, 30), new_year), None);
    }
}
