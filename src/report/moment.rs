//! Moments and lengths as reports show them.
//!
//! The rule: a moment is shown in the guild's zone with the zone's name of
//! that day, and in UTC beside it wherever the zone's clock is not UTC's; the
//! UTC date stands there only where it is another day. Everything is to the minute.

use std::fmt::Write;

use chrono::{DateTime, Datelike, NaiveDateTime, Offset, TimeDelta, Timelike, Utc};
use chrono_tz::Tz;
use schemars::JsonSchema;
use serde::Serialize;

use crate::incident::human_time::{show_clock, show_day, show_duration, to_minute};
use crate::words::period;

/// A moment and how it is shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Moment {
    /// When (UTC).
    pub at: DateTime<Utc>,
    /// `2025-06-07`, in the guild's zone.
    pub day: String,
    /// `13:12`, in the guild's zone.
    pub clock: String,
    /// `18:12 UTC`, or with its date where that is another; `None` where the zone's clock is UTC's.
    pub utc: Option<String>,
    /// `2025-06-07 13:12 CDT (18:12 UTC)`: all of it.
    pub text: String,
}

impl Moment {
    /// The moment as shown in a zone.
    #[must_use]
    pub fn new(at: DateTime<Utc>, zone: Tz) -> Self {
        let local = at.with_timezone(&zone);
        let mut utc = String::new();
        push_beside(&mut utc, &local);
        Self {
            at,
            day: show_day(at, zone),
            clock: show_clock(at, zone),
            utc: Some(utc).filter(|utc| !utc.is_empty()),
            text: text(at, zone),
        }
    }
}

/// `2025-06-07 13:12 CDT (18:12 UTC)`.
#[must_use]
pub fn text(at: DateTime<Utc>, zone: Tz) -> String {
    let mut text = String::with_capacity(40);
    push(&mut text, at, zone);
    text
}

/// Appends the same. A log has thousands of moments, so this is written out
/// rather than through a format string that is read each time.
pub fn push(out: &mut String, at: DateTime<Utc>, zone: Tz) {
    let local = at.with_timezone(&zone);
    push_minute(out, local.naive_local());
    write!(out, " {}", local.offset()).expect(INFALLIBLE);
    if is_beside(&local) {
        out.push_str(" (");
        push_beside(out, &local);
        out.push(')');
    }
}

/// Writing to a `String` has no way to fail.
const INFALLIBLE: &str = "writing to a string cannot fail";

/// `2025-06-07 13:12`.
fn push_minute(out: &mut String, at: NaiveDateTime) {
    let (year, month, day) = (at.year(), at.month(), at.day());
    let (hour, minute) = (at.hour(), at.minute());
    write!(out, "{year:04}-{month:02}-{day:02} {hour:02}:{minute:02}").expect(INFALLIBLE);
}

/// Whether UTC stands beside a local time: where its clock shows another.
fn is_beside(local: &DateTime<Tz>) -> bool {
    local.offset().fix().local_minus_utc() != 0
}

/// `18:12 UTC`, or with its date where that is another; nothing where the clock is UTC's.
fn push_beside(out: &mut String, local: &DateTime<Tz>) {
    if !is_beside(local) {
        return;
    }
    let utc = local.naive_utc();
    if utc.date() == local.date_naive() {
        write!(out, "{:02}:{:02} UTC", utc.hour(), utc.minute()).expect(INFALLIBLE);
    } else {
        push_minute(out, utc);
        out.push_str(" UTC");
    }
}

/// A length of time and how it is shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Length {
    /// Whole minutes.
    pub minutes: i64,
    /// `3h 41m`.
    pub text: String,
}

impl Length {
    /// A length as shown.
    #[must_use]
    pub fn new(length: TimeDelta) -> Self {
        let minutes = length.num_minutes();
        let text = if minutes == 0 {
            period::less_than_a_minute()
        } else {
            show_duration(length)
        };
        Self { minutes, text }
    }

    /// From one moment to another, between the minutes that are shown.
    #[must_use]
    pub fn between(from: DateTime<Utc>, to: DateTime<Utc>) -> Self {
        Self::new(to_minute(to) - to_minute(from))
    }
}

/// What a report says once about its zone: `America/Chicago (CDT, UTC-05:00)`,
/// with both names where the clock was changed in between.
#[must_use]
pub fn zone_note(zone: Tz, from: DateTime<Utc>, to: DateTime<Utc>) -> String {
    if zone == Tz::UTC {
        return "UTC".to_owned();
    }
    let name = |at: DateTime<Utc>| {
        let local = at.with_timezone(&zone);
        let offset = local.format("UTC%:z").to_string();
        let short = local.format("%Z").to_string();
        // Zones without letters of their own are called by their offset.
        if short.starts_with(['+', '-']) {
            offset
        } else {
            format!("{short}, {offset}")
        }
    };
    let (first, last) = (name(from), name(to));
    if first == last {
        format!("{zone} ({first})")
    } else {
        period::zone_with_two_names(zone.name(), &first, &last)
    }
}

#[cfg(test)]
mod tests {
    use chrono_tz::{America, Asia, Europe};

    use super::*;

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    #[test]
    fn utc_stands_beside_where_the_clock_differs() {
        let noon = at("2025-06-07T18:12:59Z");
        assert_eq!(
            text(noon, America::Chicago),
            "2025-06-07 13:12 CDT (18:12 UTC)"
        );
        assert_eq!(
            text(noon, Asia::Tokyo),
            "2025-06-08 03:12 JST (2025-06-07 18:12 UTC)"
        );
        assert_eq!(text(noon, Tz::UTC), "2025-06-07 18:12 UTC");
        let winter = at("2025-01-07T18:12:00Z");
        assert_eq!(text(winter, Europe::London), "2025-01-07 18:12 GMT");
    }

    #[test]
    fn every_zone_is_shown_as_everywhere_else() {
        for zone in chrono_tz::TZ_VARIANTS {
            for stamp in ["2025-01-07T03:30:00Z", "2025-07-07T20:05:00Z"] {
                let shown = crate::incident::human_time::show(at(stamp), zone);
                assert!(text(at(stamp), zone).starts_with(&shown), "{zone} {shown}");
            }
        }
    }

    #[test]
    fn a_reader_who_subtracts_gets_the_same_number() {
        let length = Length::between(at("2025-06-07T18:12:50Z"), at("2025-06-07T18:37:10Z"));
        assert_eq!((length.minutes, length.text.as_str()), (25, "25m"));
        let none = Length::between(at("2025-06-07T18:12:10Z"), at("2025-06-07T18:12:50Z"));
        assert_eq!(none.text, "less than a minute");
    }

    #[test]
    fn the_zone_is_named_with_what_its_clock_did() {
        let (june, december) = (at("2025-06-07T00:00:00Z"), at("2025-12-07T00:00:00Z"));
        let chicago = America::Chicago;
        assert_eq!(
            zone_note(chicago, june, june),
            "America/Chicago (CDT, UTC-05:00)"
        );
        assert_eq!(
            zone_note(chicago, june, december),
            "America/Chicago (CDT, UTC-05:00, then CST, UTC-06:00)"
        );
        assert_eq!(
            zone_note(America::Sao_Paulo, june, june),
            "America/Sao_Paulo (UTC-03:00)"
        );
        assert_eq!(zone_note(Tz::UTC, june, june), "UTC");
    }
}
