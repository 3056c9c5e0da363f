//! Moments and lengths as reports show them.
//!
//! The rule: a moment is shown in the guild's zone with the zone's name of
//! that day, and in UTC beside it wherever the zone's clock is not UTC's; the
//! UTC date stands there only where it is another day. Everything is to the minute.

use std::fmt::Write;

use chrono::{DateTime, Offset, TimeDelta, Utc};
use chrono_tz::Tz;
use serde::Serialize;

use crate::incident::human_time::{show, show_clock, show_day, show_duration, to_minute};

/// A moment and how it is shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
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
        let utc = beside(at, zone);
        let mut text = show(at, zone);
        if let Some(utc) = &utc {
            push(&mut text, utc);
        }
        Self {
            at,
            day: show_day(at, zone),
            clock: show_clock(at, zone),
            utc,
            text,
        }
    }
}

/// `2025-06-07 13:12 CDT (18:12 UTC)`.
#[must_use]
pub fn text(at: DateTime<Utc>, zone: Tz) -> String {
    Moment::new(at, zone).text
}

fn push(text: &mut String, utc: &str) {
    write!(text, " ({utc})").expect("writing to a string cannot fail");
}

fn beside(at: DateTime<Utc>, zone: Tz) -> Option<String> {
    let local = at.with_timezone(&zone);
    if local.offset().fix().local_minus_utc() == 0 {
        return None;
    }
    let same_day = local.date_naive() == at.date_naive();
    let form = if same_day {
        "%H:%M UTC"
    } else {
        "%Y-%m-%d %H:%M UTC"
    };
    Some(at.format(form).to_string())
}

/// A length of time and how it is shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
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
            "less than a minute".to_owned()
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
        format!("{zone} ({first}, then {last})")
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
