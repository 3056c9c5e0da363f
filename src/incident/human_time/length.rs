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
    /// How far off a number of its smallest unit is by rounding alone.
    rounding: TimeDelta,
    /// Part of `45 to 90 minutes`: no one number.
    pub(crate) range: bool,
}

impl Length {
    /// How far the elapsed time may be from what was said.
    pub(crate) fn tolerance(&self) -> TimeDelta {
        if self.hedge == Hedge::Exact {
            return self.rounding;
        }
        self.rounding
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
        r"(?i)\b(?:an|one) hour and a (?:half|quarter)\b|\b(?:three[- ]quarters of an|a quarter of an) hour\b|\b(?:\d+|[a-z]+) and a half (?:hours?|days?|minutes?)\b|(?:\d+(?:\.\d+)?\+?|\b(?:an?|half an|(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:[- ](?:one|two|three|four|five|six|seven|eight|nine))?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen))[\s-]*(?:weeks?|days?|hours?|hrs?|minutes?|mins?|seconds?|secs?|[dhms])\b(?:(?:,|\s|and)*\d+\s*(?:hours?|hrs?|minutes?|mins?|seconds?|secs?|[hms])\b){0,3}|\b\d{1,3}h\d{1,2}(?:m(?:in)?)?\b(?:\s?\d+s\b)?|\b\d{1,3}d\d{1,2}h(?:\d{1,2}m)?\b|\b\d{1,3}m\d{1,2}s\b",
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
        // `25 minutes and 1 h 5 min` are two.
        let mut from = whole.start();
        for joint in JOINT.find_iter(whole.as_str()) {
            let to = whole.start() + joint.start();
            push_each(text, from, to, &mut found);
            from = whole.start() + joint.end();
        }
        push_each(text, from, whole.end(), &mut found);
    }
    found
}

static JOINT: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?i)(?:,|\s)+and\s+|,\s*"));

/// The duration between two places, or the single numbers in it.
fn push_each(text: &str, from: usize, to: usize, found: &mut Vec<Length>) {
    if let Some(length) = read(text, from, to) {
        found.push(length);
        return;
    }
    for one in SINGLE.find_iter(&text[from..to]) {
        found.extend(read(text, from + one.start(), from + one.end()));
    }
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
    let (length, rounding) = spoken(&said.replace('+', ""))?;
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
        rounding,
        range,
    })
}

static CLOCKED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"(?i)^\s*(\d{1,3}):([0-5]\d)(?::([0-5]\d))?\s*(?:h|hrs?|hours?)?\s*$")
});

/// `01:15` or `00:12:30`, where a duration is expected and nothing else stands; `start` is where it stands in its piece.
pub(crate) fn clocked(value: &str, start: usize) -> Option<Length> {
    let parts = CLOCKED.captures(value)?;
    let number = |place: usize| parts.get(place).and_then(|part| part.as_str().parse().ok());
    let length = TimeDelta::hours(number(1)?)
        + TimeDelta::minutes(number(2)?)
        + TimeDelta::seconds(number(3).unwrap_or(0));
    Some(Length {
        start,
        end: start + value.len(),
        length,
        hedge: Hedge::Exact,
        rounding: TimeDelta::minutes(1),
        range: false,
    })
}

/// What a written number is: `twenty-five`.
fn number(word: &str) -> Option<i64> {
    const ONES: [&str; 20] = [
        "zero",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen",
    ];
    const TENS: [&str; 8] = [
        "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety",
    ];
    if let Ok(number) = word.parse() {
        return Some(number);
    }
    let (tens, ones) = word.split_once([' ', '-']).unwrap_or((word, ""));
    let place = |list: &[&str], word: &str| {
        let place = list.iter().position(|known| *known == word)?;
        i64::try_from(place).ok()
    };
    match (place(&TENS, tens), ones) {
        (Some(tens), "") => Some(20 + tens * 10),
        (Some(tens), ones) => Some(20 + tens * 10 + place(&ONES, ones)?),
        (None, "") => place(&ONES, tens),
        (None, _) => None,
    }
}

/// `an hour and a half`, `two and a half days`: the duration and its unit.
fn with_a_half(said: &str) -> Option<(TimeDelta, TimeDelta)> {
    let quarter = TimeDelta::minutes(15);
    let fixed = match said {
        "a quarter of an hour" => Some(1),
        "three quarters of an hour" | "three-quarters of an hour" => Some(3),
        "an hour and a quarter" | "one hour and a quarter" => Some(5),
        "an hour and a half" | "one hour and a half" => Some(6),
        _ => None,
    };
    if let Some(quarters) = fixed {
        return Some((quarter * quarters, quarter));
    }
    let (whole, unit) = said.split_once(" and a half ")?;
    let unit = match unit.chars().next()? {
        'd' => TimeDelta::days(1),
        'h' => TimeDelta::hours(1),
        _ => TimeDelta::minutes(1),
    };
    let halves = i32::try_from(number(whole)? * 2 + 1).ok()?;
    Some((unit * halves / 2, unit / 4))
}

/// The duration, and how far rounding alone puts it off.
fn spoken(said: &str) -> Option<(TimeDelta, TimeDelta)> {
    if let Some(found) = with_a_half(said) {
        return Some(found);
    }
    let mut said = said.replacen("half an hour", "30 minutes", 1);
    let units = |word: &str| matches!(word.chars().next(), Some('w' | 'd' | 'h' | 'm' | 's'));
    let words: Vec<&str> = said
        .split([' ', '-'])
        .filter(|word| !word.is_empty())
        .collect();
    let many = match words.as_slice() {
        [tens, ones, unit, ..] if units(unit) => {
            number(&format!("{tens} {ones}")).map(|many| (many, 2))
        }
        _ => None,
    };
    let many = many.or_else(|| Some((number(words.first()?)?, 1)));
    if let Some((many, used)) = many {
        said = format!("{many} {}", words[used..].join(" "));
    }
    let said = said.replace('-', " ");
    let length = parse_duration(&said).ok()?;
    let letters = |c: char| !c.is_ascii_alphabetic();
    let last = said.trim_end_matches(letters);
    let unit = match last.rsplit(letters).next()?.chars().next()? {
        'w' | 'd' => TimeDelta::days(1),
        'h' if said.trim_end().ends_with(|c: char| c.is_ascii_digit()) => TimeDelta::minutes(1),
        'h' => TimeDelta::hours(1),
        _ => TimeDelta::minutes(1),
    };
    let decimals = said.split_once('.').map_or(0, |(_, rest)| {
        rest.chars().take_while(char::is_ascii_digit).count()
    });
    let rounding = match decimals {
        _ if unit <= TimeDelta::minutes(1) => TimeDelta::minutes(1),
        0 => unit / 2,
        // One and a half is said of what lies between one and a quarter and one and three quarters.
        1 if said.contains(".5") => unit / 4,
        1 => unit / 10,
        _ => unit / 50,
    };
    Some((length, rounding.max(TimeDelta::minutes(1))))
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
            ("twenty-five minutes", 25),
            ("forty five minutes", 45),
            ("an hour and a half", 90),
            ("two and a half hours", 150),
            ("1.5 hours", 90),
            ("2 hours and 40 minutes", 160),
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
