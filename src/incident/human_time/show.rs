//! Times and durations as reports show them: to the minute, with the zone's name of that day.

use chrono::{DateTime, TimeDelta, Timelike, Utc};
use chrono_tz::Tz;

/// `2025-06-07 13:12 CDT`. Reading it again in the same zone gives the same minute.
#[must_use]
pub fn show(at: DateTime<Utc>, zone: Tz) -> String {
    at.with_timezone(&zone)
        .format("%Y-%m-%d %H:%M %Z")
        .to_string()
}

/// `13:12`, for a line under a heading that names the day and the zone.
#[must_use]
pub fn show_clock(at: DateTime<Utc>, zone: Tz) -> String {
    at.with_timezone(&zone).format("%H:%M").to_string()
}

/// `2025-06-07`, the day it was in that zone.
#[must_use]
pub fn show_day(at: DateTime<Utc>, zone: Tz) -> String {
    at.with_timezone(&zone).format("%Y-%m-%d").to_string()
}

/// The start of the minute that [`show`] names. Durations between shown times are taken between these, so that a reader who
/// subtracts gets the same number.
#[must_use]
pub fn to_minute(at: DateTime<Utc>) -> DateTime<Utc> {
    at.with_second(0)
        .and_then(|at| at.with_nanosecond(0))
        .unwrap_or(at)
}

/// `25m`, `1h 5m`, `3h 41m`, `2d 4h`, `2d 4h 30m`; seconds only below a minute (`45s`), otherwise cut off. `-25m` when negative.
#[must_use]
pub fn show_duration(length: TimeDelta) -> String {
    join(length, |count, unit| format!("{count}{}", unit.short))
}

/// The same in words: `25 minutes`, `1 hour 5 minutes`, `2 days 4 hours`.
#[must_use]
pub fn spell_duration(length: TimeDelta) -> String {
    join(length, |count, unit| {
        let plural = if count == 1 { "" } else { "s" };
        format!("{count} {}{plural}", unit.long)
    })
}

struct Unit {
    short: &'static str,
    long: &'static str,
}

const DAY: Unit = Unit {
    short: "d",
    long: "day",
};
const HOUR: Unit = Unit {
    short: "h",
    long: "hour",
};
const MINUTE: Unit = Unit {
    short: "m",
    long: "minute",
};
const SECOND: Unit = Unit {
    short: "s",
    long: "second",
};

fn join(length: TimeDelta, part: impl Fn(u64, &Unit) -> String) -> String {
    let seconds = length.num_seconds().unsigned_abs();
    let minutes = seconds / 60;
    let parts = if minutes == 0 {
        vec![part(seconds, &SECOND)]
    } else {
        [
            (minutes / 1_440, DAY),
            (minutes / 60 % 24, HOUR),
            (minutes % 60, MINUTE),
        ]
        .iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, unit)| part(*count, unit))
        .collect()
    };
    let sign = if length.num_seconds() < 0 { "-" } else { "" };
    format!("{sign}{}", parts.join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations() {
        for (seconds, short, long) in [
            (0, "0s", "0 seconds"),
            (45, "45s", "45 seconds"),
            (25 * 60, "25m", "25 minutes"),
            (65 * 60 + 59, "1h 5m", "1 hour 5 minutes"),
            (221 * 60, "3h 41m", "3 hours 41 minutes"),
            (52 * 3_600, "2d 4h", "2 days 4 hours"),
            (86_400 + 60, "1d 1m", "1 day 1 minute"),
            (-1_500, "-25m", "-25 minutes"),
        ] {
            assert_eq!(show_duration(TimeDelta::seconds(seconds)), short);
            assert_eq!(spell_duration(TimeDelta::seconds(seconds)), long);
        }
        assert!(show_duration(TimeDelta::MIN).starts_with("-106751991167d"));
    }
}
