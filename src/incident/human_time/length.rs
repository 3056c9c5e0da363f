//! Durations as prose states them.

use std::sync::LazyLock;

use chrono::TimeDelta;
use regex::Regex;

use super::duration::parse_duration;

/// How firmly a number is stated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Hedge {
    Exact,
    /// `about`, `approximately`, `~`, `nearly`.
    About,
    /// `less than`, `up to`, `within`.
    AtMost,
    /// `more than`, `over`, `90+`.
    AtLeast,
}

/// A stated duration and where it stands in its piece.
#[derive(Clone, Debug)]
pub(crate) struct Length {
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) length: TimeDelta,
    pub(crate) hedge: Hedge,
    /// The smallest unit it was given in.
    unit: TimeDelta,
    /// Part of `45 to 90 minutes`: no one number.
    pub(crate) range: bool,
}

impl Length {
    /// How far the elapsed time may be from what was said.
    pub(crate) fn tolerance(&self) -> TimeDelta {
        let rounding = match self.unit.num_minutes() {
            0..=1 => TimeDelta::minutes(1),
            2..=60 => TimeDelta::minutes(30),
            _ => TimeDelta::hours(12),
        };
        if self.hedge == Hedge::Exact {
            return rounding;
        }
        rounding
            .max(TimeDelta::minutes(5))
            .max(self.length * 15 / 100)
    }

    /// Whether the elapsed time is what was said.
    pub(crate) fn fits(&self, elapsed: TimeDelta) -> bool {
        let slack = self.tolerance();
        match self.hedge {
            Hedge::Exact | Hedge::About => (self.length - elapsed).abs() <= slack,
            Hedge::AtMost => elapsed <= self.length + slack,
            Hedge::AtLeast => elapsed + slack >= self.length,
        }
    }
}

static LENGTH: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)(?:\d+(?:\.\d+)?\+?|\b(?:an?|half an|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|forty[- ]five|fifty|sixty|ninety))[\s-]*(?:weeks?|days?|hours?|hrs?|minutes?|mins?|seconds?|secs?|[dhms])\b(?:(?:,|\s|and)*\d+\s*(?:hours?|hrs?|minutes?|mins?|seconds?|secs?|[hms])\b){0,3}|\b\d{1,3}h\d{1,2}(?:m(?:in)?)?\b(?:\s?\d+s\b)?|\b\d{1,3}d\d{1,2}h(?:\d{1,2}m)?\b|\b\d{1,3}m\d{1,2}s\b",
    )
});
static SINGLE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\d+(?:\.\d+)?\s*-?(?:weeks?|days?|hours?|hrs?|minutes?|mins?|seconds?|secs?|[dhms])\b",
    )
});
static BEFORE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)(?:\b(about|around|approx(?:\.|imately)?|roughly|nearly|almost|circa|some|close to|an estimated|estimated|just over|just under|a little over)|(~|≈))\s*(?:of\s+)?$|\b(less than|under|up to|at most|at maximum|a maximum of|within(?: the next| about)?|no more than|below|maximum)\s*$|\b(more than|over|at least|longer than|in excess of)\s*$",
    )
});
static RANGE: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?i)\d\+?\s*(?:-|–|—|to|or|and)\s*(?:about\s+)?$"));

/// A pattern written in the source.
pub(crate) fn pattern(text: &str) -> Regex {
    Regex::new(text).expect("a pattern in the source is valid; a test uses each")
}

/// The durations of a text, in order.
pub(crate) fn lengths(text: &str) -> Vec<Length> {
    let mut found = Vec::new();
    for whole in LENGTH.find_iter(text) {
        if let Some(length) = read(text, whole.start(), whole.end()) {
            found.push(length);
            continue;
        }
        // `25 minutes and 65 minutes` are two.
        for one in SINGLE.find_iter(whole.as_str()) {
            let (start, end) = (whole.start() + one.start(), whole.start() + one.end());
            found.extend(read(text, start, end));
        }
    }
    found
}

fn read(text: &str, start: usize, end: usize) -> Option<Length> {
    let glued = |c: char| c.is_alphanumeric() || matches!(c, ':' | '.' | '/' | '_');
    let before = &text[..start];
    // `10:30m`, `v1.5h` and `a-5m` are no durations; `2-5m` is the end of one.
    if before.ends_with(glued) {
        return None;
    }
    // `100M` counts bytes or rows.
    if text[start..end].ends_with('M') {
        return None;
    }
    let said = text[start..end].to_lowercase();
    let plus = said.contains('+');
    let (length, unit) = spoken(&said.replace('+', ""))?;
    let range = RANGE.is_match(before);
    let hedge = match BEFORE.captures(before) {
        _ if plus => Hedge::AtLeast,
        None => Hedge::Exact,
        Some(parts) if parts.get(3).is_some() => Hedge::AtMost,
        Some(parts) if parts.get(4).is_some() => Hedge::AtLeast,
        Some(_) => Hedge::About,
    };
    let hedge = if said.starts_with("a ") || said.starts_with("an ") || said.starts_with("half") {
        // "an hour" is seldom sixty minutes.
        if hedge == Hedge::Exact {
            Hedge::About
        } else {
            hedge
        }
    } else {
        hedge
    };
    Some(Length {
        start,
        end,
        length,
        hedge,
        unit,
        range,
    })
}

/// The duration, and its smallest unit.
fn spoken(said: &str) -> Option<(TimeDelta, TimeDelta)> {
    const WORDS: [(&str, &str); 20] = [
        ("half an hour", "30 minutes"),
        ("forty-five", "45"),
        ("forty five", "45"),
        ("one", "1"),
        ("two", "2"),
        ("three", "3"),
        ("four", "4"),
        ("five", "5"),
        ("six", "6"),
        ("seven", "7"),
        ("eight", "8"),
        ("nine", "9"),
        ("ten", "10"),
        ("eleven", "11"),
        ("twelve", "12"),
        ("fifteen", "15"),
        ("twenty", "20"),
        ("thirty", "30"),
        ("sixty", "60"),
        ("ninety", "90"),
    ];
    let mut said = said.to_owned();
    if let Some((word, number)) = WORDS.iter().find(|(word, _)| said.starts_with(word)) {
        said.replace_range(..word.len(), number);
    }
    let said = said.replace('-', " ");
    let length = parse_duration(&said).ok()?;
    let letters = |c: char| !c.is_ascii_alphabetic();
    let last = said.trim_end_matches(letters);
    let unit = match last.rsplit(letters).next()?.chars().next()? {
        'w' | 'd' => TimeDelta::days(1),
        'h' if said.trim_end().ends_with(|c: char| c.is_ascii_digit()) => TimeDelta::minutes(1),
        'h' if said.contains('.') => TimeDelta::minutes(1),
        'h' => TimeDelta::hours(1),
        _ => TimeDelta::minutes(1),
    };
    Some((length, unit))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn minutes(text: &str) -> Vec<(i64, Hedge)> {
        lengths(text)
            .iter()
            .map(|l| (l.length.num_minutes(), l.hedge))
            .collect()
    }

    #[test]
    fn spellings() {
        for (text, expected) in [
            ("4h 9m", 249),
            ("1h50m", 110),
            ("1 hour 5 minutes", 65),
            ("1 hour and 5 minutes", 65),
            ("a 47 minute period", 47),
            ("a 47-minute outage", 47),
            ("27m", 27),
            ("0h 38m", 38),
            ("35h 36m", 2136),
            ("twenty minutes", 20),
            ("half an hour", 30),
            ("9 hours", 540),
            ("1h05", 65),
        ] {
            assert_eq!(minutes(text).first().map(|m| m.0), Some(expected), "{text}");
        }
        for text in [
            "10:30",
            "10:30m",
            "100M rows",
            "v1.4d",
            "e38h",
            "3:00 AM",
            "4xx",
        ] {
            assert_eq!(minutes(text), [], "{text}");
        }
    }

    #[test]
    fn hedges() {
        assert_eq!(minutes("about 90 minutes")[0].1, Hedge::About);
        assert_eq!(minutes("~90 minutes")[0].1, Hedge::About);
        assert_eq!(minutes("less than 30 minutes")[0].1, Hedge::AtMost);
        assert_eq!(minutes("90+ minutes")[0].1, Hedge::AtLeast);
        assert!(lengths("45 to 90 minutes")[0].range);
        assert!(lengths("10-15m")[0].range);
    }

    #[test]
    fn about_is_wider_than_a_number() {
        let about = &lengths("about 1h50m")[0];
        assert!(about.fits(TimeDelta::minutes(118)) && !about.fits(TimeDelta::minutes(140)));
        let exact = &lengths("48 minutes")[0];
        assert!(exact.fits(TimeDelta::minutes(47)) && !exact.fits(TimeDelta::minutes(42)));
        let hours = &lengths("9 hours")[0];
        assert!(hours.fits(TimeDelta::minutes(536)) && !hours.fits(TimeDelta::minutes(480)));
    }
}
