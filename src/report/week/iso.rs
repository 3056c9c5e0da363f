//! ISO weeks (ISO 8601): Monday to Sunday, numbered by the year of their Thursday.

use std::fmt;

use chrono::{DateTime, Datelike, Days, NaiveDate, NaiveTime, Utc, Weekday};
use chrono_tz::Tz;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use crate::incident::human_time::first_moment;
use crate::words::period as words;

/// A week from Monday to Sunday. Written `2026-W29`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Week {
    monday: NaiveDate,
}

/// A text that names no week.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WeekRefusal {
    /// It is written like nothing that names a week.
    Unreadable {
        /// The text.
        text: String,
    },
    /// `2026-29` may be a week or a slip.
    NoLetter {
        /// The text.
        text: String,
        /// What it would be as a week.
        week: Week,
    },
    /// The year has no week of that number.
    NoSuchWeek {
        /// The year.
        year: i32,
        /// The number.
        week: u32,
        /// The last number there is: 52 or 53.
        last: u32,
    },
}

impl std::error::Error for WeekRefusal {}

impl fmt::Display for WeekRefusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&match self {
            Self::Unreadable { text } => words::no_week(text),
            Self::NoLetter { text, week } => words::week_or_month(text, week),
            Self::NoSuchWeek { year, week, last } => words::no_such_week(*year, *week, *last),
        })
    }
}

impl Week {
    /// The week a day lies in.
    #[must_use]
    pub fn containing(day: NaiveDate) -> Self {
        let since_monday = u64::from(day.weekday().num_days_from_monday());
        let monday = day.checked_sub_days(Days::new(since_monday));
        Self {
            monday: monday.unwrap_or(day),
        }
    }

    /// The week of a moment in a zone.
    #[must_use]
    pub fn at(moment: DateTime<Utc>, zone: Tz) -> Self {
        Self::containing(moment.with_timezone(&zone).date_naive())
    }

    /// The week of that ISO year and number; `None` where there is none.
    #[must_use]
    pub fn numbered(year: i32, week: u32) -> Option<Self> {
        let monday = NaiveDate::from_isoywd_opt(year, week, Weekday::Mon)?;
        Some(Self { monday })
    }

    /// Reads `2026-W29`, `2026W29`, `last`, `this`, or a day such as
    /// `2026-07-15` that lies in it. `now` and `zone` say what `this` is.
    ///
    /// # Errors
    /// [`WeekRefusal`] for anything else.
    pub fn parse(text: &str, now: DateTime<Utc>, zone: Tz) -> Result<Self, WeekRefusal> {
        let typed = text.trim().to_ascii_lowercase();
        let this = Self::at(now, zone);
        match typed.as_str() {
            "this" | "this week" => return Ok(this),
            "last" | "last week" => return Ok(this.previous()),
            _ => {}
        }
        if let Ok(day) = typed.parse::<NaiveDate>() {
            return Ok(Self::containing(day));
        }
        let unreadable = || WeekRefusal::Unreadable {
            text: text.trim().chars().take(40).collect(),
        };
        let (year, rest) = typed.split_at_checked(4).ok_or_else(unreadable)?;
        let rest = rest.strip_prefix('-').unwrap_or(rest);
        let (letter, number) = match rest.strip_prefix('w') {
            Some(number) => (true, number),
            None => (false, rest),
        };
        let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
        if !digits(year) || !digits(number) || !(1..=2).contains(&number.len()) {
            return Err(unreadable());
        }
        let year: i32 = year.parse().map_err(|_| unreadable())?;
        let number: u32 = number.parse().map_err(|_| unreadable())?;
        let Some(week) = Self::numbered(year, number) else {
            let last = if Self::numbered(year, 53).is_some() {
                53
            } else {
                52
            };
            return Err(WeekRefusal::NoSuchWeek {
                year,
                week: number,
                last,
            });
        };
        if letter {
            return Ok(week);
        }
        let text = text.trim().to_owned();
        Err(WeekRefusal::NoLetter { text, week })
    }

    /// Its first day.
    #[must_use]
    pub fn monday(self) -> NaiveDate {
        self.monday
    }

    /// Its seven days, Monday first.
    pub fn days(self) -> impl Iterator<Item = NaiveDate> {
        self.monday.iter_days().take(7)
    }

    /// Its last day.
    #[must_use]
    pub fn sunday(self) -> NaiveDate {
        self.monday
            .checked_add_days(Days::new(6))
            .unwrap_or(self.monday)
    }

    /// The one after it.
    #[must_use]
    pub fn next(self) -> Self {
        let monday = self.monday.checked_add_days(Days::new(7));
        Self {
            monday: monday.unwrap_or(self.monday),
        }
    }

    /// The one before it.
    #[must_use]
    pub fn previous(self) -> Self {
        let monday = self.monday.checked_sub_days(Days::new(7));
        Self {
            monday: monday.unwrap_or(self.monday),
        }
    }

    /// When it begins in a zone (UTC): the first moment of its Monday.
    #[must_use]
    pub fn start(self, zone: Tz) -> DateTime<Utc> {
        first_moment(self.monday.and_time(NaiveTime::MIN), zone)
    }

    /// When it is over in a zone (UTC): the first moment of the next Monday.
    #[must_use]
    pub fn end(self, zone: Tz) -> DateTime<Utc> {
        self.next().start(zone)
    }
}

impl fmt::Display for Week {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let week = self.monday.iso_week();
        write!(f, "{:04}-W{:02}", week.year(), week.week())
    }
}

impl Serialize for Week {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Week {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text, DateTime::UNIX_EPOCH, Tz::UTC).map_err(de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;
    use chrono_tz::{Africa, America, Europe, Pacific};
    use proptest::prelude::*;

    use super::*;

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    fn week(text: &str) -> Week {
        read(text).unwrap()
    }

    /// On Wednesday 2026-07-22.
    fn read(text: &str) -> Result<Week, WeekRefusal> {
        Week::parse(text, at("2026-07-22T12:00:00Z"), Tz::UTC)
    }

    #[test]
    fn weeks_are_read_as_people_write_them() {
        for text in [
            "2026-W29",
            "2026w29",
            "2026-w29",
            " last ",
            "Last week",
            "2026-07-19",
        ] {
            assert_eq!(week(text).to_string(), "2026-W29", "{text}");
        }
        assert_eq!(week("this").to_string(), "2026-W30");
        assert_eq!(
            week("2026-W1").monday(),
            NaiveDate::from_ymd_opt(2025, 12, 29).unwrap()
        );
    }

    #[test]
    fn what_is_no_week_is_refused_for_its_reason() {
        for text in [
            "",
            "29",
            "w29",
            "2026-W",
            "2026-W123",
            "next year",
            "20é6-W29",
            "٢٠٢٦-W1",
        ] {
            assert!(
                matches!(read(text), Err(WeekRefusal::Unreadable { .. })),
                "{text}"
            );
        }
        let refused = read("2026-29").unwrap_err();
        assert_eq!(
            refused.to_string(),
            "\"2026-29\" could be a week or a month; a week is written 2026-W29"
        );
        assert_eq!(
            read("2025-W53"),
            Err(WeekRefusal::NoSuchWeek {
                year: 2025,
                week: 53,
                last: 52
            })
        );
        assert_eq!(
            read("2026-W54"),
            Err(WeekRefusal::NoSuchWeek {
                year: 2026,
                week: 54,
                last: 53
            })
        );
        assert!(read("2026-W00").is_err());
    }

    #[test]
    fn this_week_is_the_zone_s() {
        let sunday_night = at("2026-07-20T03:00:00Z");
        let here = Week::parse("this", sunday_night, America::Chicago).unwrap();
        assert_eq!(here.to_string(), "2026-W29");
    }

    #[test]
    fn weeks_are_right_across_clock_changes_and_years() {
        let hours = |week: Week, zone| (week.end(zone) - week.start(zone)).num_hours();
        let spring = week("2025-W13");
        assert_eq!(hours(spring, Europe::Berlin), 167);
        assert_eq!(hours(week("2025-W43"), Europe::Berlin), 169);
        assert_eq!(hours(spring, America::New_York), 168);
        assert_eq!(week("2026-W53").next().to_string(), "2027-W01");
        assert_eq!(week("2027-W01").previous().to_string(), "2026-W53");
        assert_eq!(spring.start(Europe::Berlin), at("2025-03-23T23:00:00Z"));
    }

    #[test]
    fn a_midnight_that_the_clock_skips_begins_when_it_is_put_forward() {
        // Egypt put its clock forward at the midnight that began Friday 2023-04-28.
        let local = NaiveDate::from_ymd_opt(2023, 4, 28)
            .unwrap()
            .and_time(NaiveTime::MIN);
        assert_eq!(
            first_moment(local, Africa::Cairo),
            at("2023-04-27T22:00:00Z")
        );
        // Samoa skipped the whole of 2011-12-30.
        let local = NaiveDate::from_ymd_opt(2011, 12, 30)
            .unwrap()
            .and_hms_opt(9, 0, 0)
            .unwrap();
        assert_eq!(
            first_moment(local, Pacific::Apia),
            at("2011-12-30T10:00:00Z")
        );
    }

    proptest! {
        #[test]
        fn weeks_follow_each_other_without_gap(days in 0i64..40_000, zone in 0usize..chrono_tz::TZ_VARIANTS.len()) {
            let zone = chrono_tz::TZ_VARIANTS[zone];
            let moment = DateTime::UNIX_EPOCH + TimeDelta::days(days);
            let week = Week::at(moment, zone);
            prop_assert!(week.start(zone) <= moment && moment < week.end(zone));
            prop_assert_eq!(week.end(zone), week.next().start(zone));
            prop_assert_eq!(week.next().previous(), week);
            prop_assert_eq!(Week::parse(&week.to_string(), moment, zone), Ok(week));
        }
    }
}
