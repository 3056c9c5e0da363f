//! One moment, one zone, and what people say in it.

use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;

use super::super::*;

pub(super) const CHICAGO: Tz = Tz::America__Chicago;
pub(super) const BERLIN: Tz = Tz::Europe__Berlin;

pub(super) fn utc(text: &str) -> DateTime<Utc> {
    DateTime::parse_from_rfc3339(&format!("{}:00Z", text.replace(' ', "T")))
        .unwrap()
        .to_utc()
}

pub(super) fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap()
}

/// What `text` means on Tuesday 2025-07-08 at 21:00 UTC, 16:00 in Chicago.
pub(super) fn said(text: &str) -> Result<DateTime<Utc>, TimeRefusal> {
    parse(text, utc("2025-07-08 21:00"), CHICAGO)
}

pub(super) fn means(text: &str, expected: &str) {
    assert_eq!(said(text), Ok(utc(expected)), "{text}");
}

pub(super) fn unreadable(text: &str) {
    assert_eq!(
        said(text),
        Err(TimeRefusal::Unreadable {
            text: text.trim().to_owned()
        }),
        "{text}"
    );
}
