//! Why a typed time is not one certain moment.

use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc, Weekday};
use chrono_tz::Tz;

/// A typed time, day, zone or duration that is refused, with all that a sentence about it needs. The sentences are in `words`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TimeRefusal {
    /// Nothing that is known as a time.
    Unreadable {
        /// What was typed, at most [`MAX_TEXT`](super::MAX_TEXT) characters.
        text: String,
    },
    /// Longer than any time is; the text is left out on purpose.
    TooLong {
        /// How many characters it had.
        chars: usize,
        /// How many are read.
        limit: usize,
    },
    /// A day without a time of day.
    NoClock {
        /// What was typed.
        text: String,
    },
    /// A day that no calendar has, such as 31 June, or 29 February outside a leap year.
    NoSuchDay {
        /// What was typed.
        text: String,
    },
    /// `7/8/2025` is a day in July or one in August.
    DayOrMonth {
        /// Read as month/day/year.
        month_first: NaiveDate,
        /// Read as day/month/year.
        day_first: NaiveDate,
    },
    /// The weekday and the date that were typed are not the same day.
    WrongWeekday {
        /// The weekday as typed.
        typed: Weekday,
        /// The date as typed.
        date: NaiveDate,
    },
    /// No zone has this name.
    UnknownZone {
        /// The name as typed.
        name: String,
    },
    /// A zone's name with several meanings, such as `IST`.
    AmbiguousZone {
        /// The name as typed.
        name: String,
        /// The zones that use it.
        meanings: Vec<Tz>,
    },
    /// The name states an offset that its zone does not keep on that day, such as `CST` in July.
    ZoneMismatch {
        /// The name as typed.
        name: String,
        /// The clock as typed.
        local: NaiveDateTime,
        /// The moment if the clock on the wall was meant; shows the name in force and the zone.
        civil: DateTime<Tz>,
        /// The moment if the stated offset was meant.
        literal: DateTime<Utc>,
    },
    /// The clocks went forward over this time.
    Nonexistent {
        /// The clock as typed.
        local: NaiveDateTime,
        /// The last minute before the clocks were changed.
        before: DateTime<Tz>,
        /// The first moment after it, one minute later.
        after: DateTime<Tz>,
    },
    /// The clocks went back, so this time was there twice.
    Ambiguous {
        /// The clock as typed.
        local: NaiveDateTime,
        /// The earlier of the two.
        first: DateTime<Tz>,
        /// The later of the two.
        second: DateTime<Tz>,
    },
    /// Not yet: only what has happened can be recorded.
    Future {
        /// What was typed.
        text: String,
        /// The moment it means.
        at: DateTime<Utc>,
        /// The same clock on the day before, when no other day was named and it is one certain moment.
        yesterday: Option<DateTime<Utc>>,
    },
    /// So long ago that it is a slip of the year.
    TooFarBack {
        /// The moment it means.
        at: DateTime<Utc>,
        /// The earliest moment that is taken.
        earliest: DateTime<Utc>,
    },
    /// A due day that has gone by.
    PastDay {
        /// The day it means.
        day: NaiveDate,
    },
}
