//! The names of weeks, months and other spans of time, and what is wrong with one
//! that was typed.

use std::fmt::Display;

use chrono::NaiveDate;

use super::language::{say, word};

/// `Week 2026-W29`.
#[must_use]
pub fn week(week: impl Display) -> String {
    say!("Week {week}", "Woche {week}")
}

/// `2026-07-01 to 2026-07-15`.
#[must_use]
pub fn days(first: impl Display, last: impl Display) -> String {
    say!("{first} to {last}", "{first} bis {last}")
}

/// What stands before a length of which not all is recorded; nothing where all of it is.
pub(super) fn at_least_if(at_least: bool) -> &'static str {
    match at_least {
        true => word!("at least ", "mindestens "),
        false => "",
    }
}

/// A length of time that no minute shows.
#[must_use]
pub fn less_than_a_minute() -> String {
    say!("less than a minute", "weniger als eine Minute")
}

/// A zone whose clock was changed meanwhile: `America/Chicago (CST, UTC-06:00, then CDT, UTC-05:00)`.
#[must_use]
pub fn zone_with_two_names(zone: &str, first: &str, last: &str) -> String {
    say!(
        "{zone} ({first}, then {last})",
        "{zone} ({first}, dann {last})"
    )
}

/// It is no month.
#[must_use]
pub fn no_month(text: &str) -> String {
    say!(
        "{text:?} is not a month such as 2026-07, last or this",
        "{text:?} ist kein Monat wie 2026-07, last oder this"
    )
}

/// It is no day.
#[must_use]
pub fn no_day(text: &str) -> String {
    say!(
        "{text:?} is not a day such as 2026-07-15, yesterday or today",
        "{text:?} ist kein Tag wie 2026-07-15, yesterday oder today"
    )
}

/// The last day comes before the first.
#[must_use]
pub fn backwards(first: NaiveDate, last: NaiveDate) -> String {
    say!("{last} lies before {first}", "{last} liegt vor dem {first}")
}

/// There are more days than a review takes.
#[must_use]
pub fn too_long((first, last): (NaiveDate, NaiveDate), days: i64, most: i64) -> String {
    say!(
        "{first} to {last} are {days} days, and a review takes {most} at most",
        "{first} bis {last} sind {days} Tage, und eine Übersicht fasst höchstens {most}"
    )
}

/// It is no week.
#[must_use]
pub fn no_week(text: &str) -> String {
    say!(
        "{text:?} is not a week such as 2026-W29, last or this",
        "{text:?} ist keine Woche wie 2026-W29, last oder this"
    )
}

/// `2026-29` may be a week or a slip.
#[must_use]
pub fn week_or_month(text: &str, week: impl Display) -> String {
    say!(
        "{text:?} could be a week or a month; a week is written {week}",
        "{text:?} kann eine Woche oder ein Monat sein; eine Woche schreibt man {week}"
    )
}

/// The year has no week of that number.
#[must_use]
pub fn no_such_week(year: i32, week: u32, last: u32) -> String {
    say!(
        "{year} has weeks 1 to {last}, not {week}",
        "{year} hat die Wochen 1 bis {last}, keine {week}"
    )
}
