//! The days a review is about: a week, a month, or from one day to another.

use std::fmt;

use chrono::{DateTime, Datelike, Days, Months, NaiveDate, NaiveTime, TimeDelta, Utc};
use chrono_tz::Tz;

use super::iso::Week;
use crate::incident::human_time::{first_moment, read_month};
use crate::words::language::month;
use crate::words::period as words;
use crate::words::week::Reviewed;

/// How many weeks before it a period is compared with.
pub const WEEKS_BEFORE: u64 = 4;

/// The most days of a review.
pub const MOST_DAYS: i64 = 366;

/// Whole days, in whatever zone. Written `2026-W29`, `2026-07` or `2026-07-01_2026-07-15`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Period {
    first: NaiveDate,
    last: NaiveDate,
    kind: Kind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Kind {
    Week,
    Month,
    Days,
}

/// Days that no review can be about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PeriodRefusal {
    /// It is written like nothing that names a month.
    NoMonth {
        /// The text, cut.
        text: String,
    },
    /// It is written like nothing that names a day.
    NoDay {
        /// The text, cut.
        text: String,
    },
    /// The last day lies before the first.
    Backwards {
        /// The first day.
        first: NaiveDate,
        /// The last day.
        last: NaiveDate,
    },
    /// Longer than a year.
    TooLong {
        /// The first day.
        first: NaiveDate,
        /// The last day.
        last: NaiveDate,
        /// How many days that are.
        days: i64,
    },
}

impl std::error::Error for PeriodRefusal {}

impl fmt::Display for PeriodRefusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&match self {
            Self::NoMonth { text } => words::no_month(text),
            Self::NoDay { text } => words::no_day(text),
            Self::Backwards { first, last } => words::backwards(*first, *last),
            Self::TooLong { first, last, days } => {
                words::too_long((*first, *last), *days, MOST_DAYS)
            }
        })
    }
}

impl From<Week> for Period {
    fn from(week: Week) -> Self {
        Self {
            first: week.monday(),
            last: week.sunday(),
            kind: Kind::Week,
        }
    }
}

impl Period {
    /// Reads a month: `2026-07`, `July 2026`, `july` (the last one that has
    /// begun), `last` or `this`. `now` and `zone` say what `this` is.
    ///
    /// # Errors
    /// [`PeriodRefusal::NoMonth`] for anything else.
    pub fn parse_month(text: &str, now: DateTime<Utc>, zone: Tz) -> Result<Self, PeriodRefusal> {
        let typed = text.trim().to_lowercase();
        let refusal = || PeriodRefusal::NoMonth { text: cut(text) };
        let today = now.with_timezone(&zone).date_naive();
        let this = today.with_day(1).ok_or_else(refusal)?;
        let first = match typed.as_str() {
            "this" | "this month" => Some(this),
            "last" | "last month" => this.checked_sub_months(Months::new(1)),
            named => named_month(named, this),
        };
        let first = first.ok_or_else(refusal)?;
        let next = first.checked_add_months(Months::new(1));
        let last = next.and_then(|next| next.pred_opt()).ok_or_else(refusal)?;
        let kind = Kind::Month;
        Ok(Self { first, last, kind })
    }

    /// The months up to the present one as they are written, newest first.
    pub fn months(now: DateTime<Utc>, zone: Tz) -> impl Iterator<Item = String> {
        let today = now.with_timezone(&zone).date_naive();
        let back = |day: &NaiveDate| day.checked_sub_months(Months::new(1));
        let months = std::iter::successors(today.with_day(1), back);
        months.map(|first| first.format("%Y-%m").to_string())
    }

    /// Reads the first and the last day: `2026-07-15`, `yesterday` or `today`.
    ///
    /// # Errors
    /// [`PeriodRefusal`] for other texts, days in the wrong order and more than [`MOST_DAYS`].
    pub fn parse_days(
        from: &str,
        to: &str,
        now: DateTime<Utc>,
        zone: Tz,
    ) -> Result<Self, PeriodRefusal> {
        let today = now.with_timezone(&zone).date_naive();
        let day = |text: &str| {
            let read = match text.trim().to_lowercase().as_str() {
                "today" => Some(today),
                "yesterday" => today.pred_opt(),
                typed => typed.parse::<NaiveDate>().ok(),
            };
            let sane = read.filter(|day| (1970..=9_998).contains(&day.year()));
            sane.ok_or_else(|| PeriodRefusal::NoDay { text: cut(text) })
        };
        let (first, last) = (day(from)?, day(to)?);
        let days = (last - first).num_days() + 1;
        if days < 1 {
            return Err(PeriodRefusal::Backwards { first, last });
        }
        if days > MOST_DAYS {
            return Err(PeriodRefusal::TooLong { first, last, days });
        }
        let kind = Kind::Days;
        Ok(Self { first, last, kind })
    }

    /// Its first day.
    #[must_use]
    pub fn first_day(self) -> NaiveDate {
        self.first
    }

    /// Its last day.
    #[must_use]
    pub fn last_day(self) -> NaiveDate {
        self.last
    }

    /// Its days, the first first.
    pub fn days(self) -> impl Iterator<Item = NaiveDate> {
        let last = self.last;
        self.first.iter_days().take_while(move |day| *day <= last)
    }

    /// When it begins in a zone (UTC): the first moment of its first day.
    #[must_use]
    pub fn start(self, zone: Tz) -> DateTime<Utc> {
        first_moment(self.first.and_time(NaiveTime::MIN), zone)
    }

    /// When it is over in a zone (UTC): the first moment of the day after it.
    #[must_use]
    pub fn end(self, zone: Tz) -> DateTime<Utc> {
        let next = self.last.succ_opt().unwrap_or(self.last);
        first_moment(next.and_time(NaiveTime::MIN), zone)
    }

    /// When the weeks before it begin, which it is compared with (UTC).
    #[must_use]
    pub fn before(self, zone: Tz) -> DateTime<Utc> {
        let days = Days::new(7 * WEEKS_BEFORE);
        let first = self.first.checked_sub_days(days).unwrap_or(self.first);
        first_moment(first.and_time(NaiveTime::MIN), zone)
    }

    /// From when to when incidents matter for it (UTC): itself and the weeks before.
    #[must_use]
    pub fn reach(self, zone: Tz) -> std::ops::Range<DateTime<Utc>> {
        // A moment that is told to the minute may lie in the minute before.
        self.before(zone) - TimeDelta::minutes(1)..self.end(zone)
    }

    /// `Week 2026-W29`, `July 2026`, `2026-07-01 to 2026-07-15`.
    #[must_use]
    pub fn name(self) -> String {
        match self.kind {
            Kind::Week => words::week(self),
            Kind::Month => format!("{} {}", month(self.first), self.first.format("%Y")),
            Kind::Days => words::days(self.first, self.last),
        }
    }

    /// What it is of.
    #[must_use]
    pub fn reviewed(self) -> Reviewed {
        match self.kind {
            Kind::Week => Reviewed::Week,
            Kind::Month => Reviewed::Month,
            Kind::Days => Reviewed::Days,
        }
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.kind {
            Kind::Week => Week::containing(self.first).fmt(f),
            Kind::Month => write!(f, "{}", self.first.format("%Y-%m")),
            Kind::Days => write!(f, "{}_{}", self.first, self.last),
        }
    }
}

/// `2026-07`, `july 2026`, `2026 july`, `july`.
fn named_month(typed: &str, this: NaiveDate) -> Option<NaiveDate> {
    let mut parts = typed.split(['-', '/', ' ']).filter(|part| !part.is_empty());
    let (one, two) = (parts.next()?, parts.next());
    if parts.next().is_some() {
        return None;
    }
    let year = |text: &str| {
        let digits = text.len() == 4 && text.bytes().all(|byte| byte.is_ascii_digit());
        let year = text.parse().ok().filter(|_| digits);
        year.filter(|year| (1970..=9_998).contains(year))
    };
    let number = |text: &str| {
        let digits = text.len() <= 2 && text.bytes().all(|byte| byte.is_ascii_digit());
        text.parse().ok().filter(|_| digits)
    };
    let (year, month) = match two {
        None => {
            let month = read_month(one)?;
            let begun = month <= this.month();
            (if begun { this.year() } else { this.year() - 1 }, month)
        }
        Some(two) => match (year(one), year(two)) {
            (Some(year), None) => (year, number(two).or_else(|| read_month(two))?),
            (None, Some(year)) => (year, number(one).or_else(|| read_month(one))?),
            _ => return None,
        },
    };
    NaiveDate::from_ymd_opt(year, month, 1)
}

fn cut(text: &str) -> String {
    text.trim().chars().take(40).collect()
}

#[cfg(test)]
mod tests {
    use chrono_tz::{America, Europe, Pacific};
    use proptest::prelude::*;

    use super::*;

    fn now() -> DateTime<Utc> {
        "2026-07-22T12:00:00Z".parse().unwrap()
    }

    fn month(text: &str) -> String {
        let month = Period::parse_month(text, now(), Tz::UTC);
        month.map_or_else(|refusal| refusal.to_string(), |month| month.to_string())
    }

    fn days(from: &str, to: &str) -> String {
        let days = Period::parse_days(from, to, now(), Tz::UTC);
        days.map_or_else(|refusal| refusal.to_string(), |days| days.to_string())
    }

    #[test]
    fn months_are_read_as_people_write_them() {
        for text in ["2026-07", "2026-7", "July 2026", "jul", "this", "07/2026"] {
            assert_eq!(month(text), "2026-07", "{text}");
        }
        assert_eq!(month("last"), "2026-06");
        assert_eq!(month("December"), "2025-12");
        for text in ["", "2026", "2026-13", "2026-W29", "July 15 2026", "20é6-07"] {
            assert!(month(text).ends_with("last or this"), "{text}");
        }
        let july = Period::parse_month("2026-07", now(), Tz::UTC).unwrap();
        assert_eq!(
            (july.days().count(), july.name()),
            (31, "July 2026".to_owned())
        );
    }

    #[test]
    fn days_are_read_with_both_ends() {
        assert_eq!(days("2026-07-01", "2026-07-15"), "2026-07-01_2026-07-15");
        assert_eq!(days("yesterday", "today"), "2026-07-21_2026-07-22");
        assert_eq!(
            days("2026-07-15", "2026-07-01"),
            "2026-07-01 lies before 2026-07-15"
        );
        assert_eq!(
            days("2025-01-01", "2026-07-01"),
            "2025-01-01 to 2026-07-01 are 547 days, and a review takes 366 at most"
        );
        assert!(days("soon", "today").contains("is not a day"));
        assert!(days("9999-01-01", "9999-01-02").contains("is not a day"));
        let one = Period::parse_days("today", "today", now(), Tz::UTC).unwrap();
        assert_eq!(one.end(Tz::UTC) - one.start(Tz::UTC), TimeDelta::days(1));
    }

    #[test]
    fn days_follow_the_clock_on_the_wall() {
        // The clock goes back on 2026-10-25 in Berlin: that month has an hour more.
        let october = Period::parse_month("2026-10", now(), Europe::Berlin).unwrap();
        let length = october.end(Europe::Berlin) - october.start(Europe::Berlin);
        assert_eq!(length, TimeDelta::days(31) + TimeDelta::hours(1));
        // Samoa had no 2011-12-30 at all.
        let skipped = Period::parse_days("2011-12-29", "2011-12-31", now(), Tz::UTC).unwrap();
        let length = skipped.end(Pacific::Apia) - skipped.start(Pacific::Apia);
        assert_eq!(length, TimeDelta::days(2));
        let first = Period::from(Week::numbered(2026, 1).unwrap());
        assert_eq!(first.to_string(), "2026-W01");
        assert_eq!(
            first.start(America::New_York).to_rfc3339(),
            "2025-12-29T05:00:00+00:00"
        );
    }

    proptest! {
        /// Months lie one after the other, in any zone.
        #[test]
        fn a_month_ends_where_the_next_begins(
            year in 1971i32..2100,
            month in 1u32..=12,
            zone in 0usize..chrono_tz::TZ_VARIANTS.len(),
        ) {
            let zone = chrono_tz::TZ_VARIANTS[zone];
            let this = Period::parse_month(&format!("{year}-{month:02}"), now(), zone).unwrap();
            let (year, month) = if month == 12 { (year + 1, 1) } else { (year, month + 1) };
            let next = Period::parse_month(&format!("{year}-{month:02}"), now(), zone).unwrap();
            prop_assert_eq!(this.end(zone), next.start(zone));
            prop_assert!(this.before(zone) < this.start(zone) && this.start(zone) < this.end(zone));
        }
    }
}
