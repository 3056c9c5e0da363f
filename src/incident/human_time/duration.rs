//! Durations as people type them.

use chrono::TimeDelta;

use super::{MAX_TEXT, OLDEST, TimeRefusal};

/// Reads `30m`, `1h30m`, `1h 5m`, `1h30`, `90 min`, `2 days`, `1.5h`, `an hour`, `1 hour and 5 minutes`, and whatever
/// [`show_duration`](super::show_duration) and [`spell_duration`](super::spell_duration) wrote.
///
/// Units go from large to small, each at most once: weeks, days, hours, minutes, seconds; `m` is minutes. A bare number is refused
/// because it has no unit, except minutes after hours.
///
/// # Errors
///
/// [`TimeRefusal::Unreadable`] for anything else and for more than [`OLDEST`]; [`TimeRefusal::TooLong`].
pub fn parse_duration(text: &str) -> Result<TimeDelta, TimeRefusal> {
    let chars = text.chars().count();
    if chars > MAX_TEXT {
        return Err(TimeRefusal::TooLong {
            chars,
            limit: MAX_TEXT,
        });
    }
    spoken_duration(text).ok_or_else(|| TimeRefusal::Unreadable {
        text: text.trim().to_owned(),
    })
}

/// Seconds in each unit, the largest first, with the ways it is written.
const UNITS: [(i64, &[&str]); 5] = [
    (
        604_800,
        &["w", "wk", "wks", "week", "weeks", "woche", "wochen"],
    ),
    (86_400, &["d", "day", "days", "tag", "tage", "tagen"]),
    (
        3_600,
        &[
            "h", "hr", "hrs", "hour", "hours", "std", "stunde", "stunden",
        ],
    ),
    (60, &["m", "min", "mins", "minute", "minutes", "minuten"]),
    (
        1,
        &[
            "s", "sec", "secs", "second", "seconds", "sekunde", "sekunden",
        ],
    ),
];

pub(super) fn spoken_duration(text: &str) -> Option<TimeDelta> {
    let mut rest = text.trim();
    let mut seconds: i64 = 0;
    let mut last_unit = i64::MAX;
    while !rest.is_empty() {
        if last_unit != i64::MAX {
            rest = rest.strip_prefix(',').unwrap_or(rest).trim_start();
            rest = strip_word(rest, "and")
                .or_else(|| strip_word(rest, "und"))
                .unwrap_or(rest);
        }
        let (count, after) = leading_count(rest)?;
        let letters = after
            .find(|c: char| !c.is_ascii_alphabetic())
            .unwrap_or(after.len());
        let (unit, after) = after.split_at(letters);
        let unit = match unit {
            "" if last_unit == 3_600 && after.is_empty() => 60,
            _ => named_unit(unit)?,
        };
        if unit >= last_unit {
            return None;
        }
        last_unit = unit;
        seconds = seconds.checked_add(count.seconds(unit)?)?;
        rest = after.trim_start();
    }
    let length = TimeDelta::try_seconds(seconds)?;
    (last_unit != i64::MAX && length <= OLDEST).then_some(length)
}

/// A count in thousandths, so that `1.5` is exact.
struct Count(i64);

impl Count {
    fn seconds(&self, unit: i64) -> Option<i64> {
        let thousandths = self.0.checked_mul(unit)?;
        (thousandths % 1_000 == 0).then_some(thousandths / 1_000)
    }
}

fn named_unit(name: &str) -> Option<i64> {
    UNITS
        .iter()
        .find(|(_, names)| names.iter().any(|known| known.eq_ignore_ascii_case(name)))
        .map(|(seconds, _)| *seconds)
}

/// The number in front and what follows it; `a` and `an` are one.
fn leading_count(text: &str) -> Option<(Count, &str)> {
    let one = ["an", "a", "eine", "einer", "einem"];
    if let Some(rest) = one.iter().find_map(|one| strip_word(text, one)) {
        return Some((Count(1_000), rest));
    }
    let end = text
        .find(|c: char| !c.is_ascii_digit() && c != '.')
        .unwrap_or(text.len());
    let (number, rest) = text.split_at(end);
    let (whole, part) = number.split_once('.').unwrap_or((number, "0"));
    if whole.is_empty() || whole.len() > 9 || part.is_empty() || part.len() > 3 {
        return None;
    }
    let whole: i64 = whole.parse().ok()?;
    let part: i64 = format!("{part:0<3}").parse().ok()?;
    Some((Count(whole * 1_000 + part), rest.trim_start()))
}

/// What follows `word` and white space, if the text begins so.
fn strip_word<'a>(text: &'a str, word: &str) -> Option<&'a str> {
    let lead = text.get(..word.len())?;
    let rest = &text[word.len()..];
    (lead.eq_ignore_ascii_case(word) && rest.starts_with(char::is_whitespace))
        .then(|| rest.trim_start())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_spellings() {
        for (text, minutes) in [
            ("30m", 30),
            ("1h30m", 90),
            ("1h30", 90),
            ("1h 30m", 90),
            ("90 min", 90),
            ("1.5h", 90),
            ("2 days", 2_880),
            ("1 week, 2 days and 3 hours", 13_140),
            ("an hour", 60),
            ("a minute", 1),
            ("2D 4H", 3_120),
            ("0m", 0),
            ("120s", 2),
            ("2 Tage", 2_880),
            ("1 Std 5 min", 65),
            ("einer Stunde und 5 Minuten", 65),
        ] {
            assert_eq!(
                parse_duration(text),
                Ok(TimeDelta::minutes(minutes)),
                "{text}"
            );
        }
    }

    #[test]
    fn no_unit_no_order_no_end() {
        for text in [
            "",
            "h",
            "30",
            "-5m",
            "5m 1h",
            "1h 1h",
            "1h 30 40",
            "1..5h",
            "1.5",
            ".5h",
            "1.0001h",
            "9200d",
            "999999999999m",
            "5months",
            "an",
            "1h and",
        ] {
            assert_eq!(
                parse_duration(text),
                Err(TimeRefusal::Unreadable { text: text.into() }),
                "{text}"
            );
        }
        assert!(matches!(
            parse_duration(&"1".repeat(101)),
            Err(TimeRefusal::TooLong { .. })
        ));
    }
}
