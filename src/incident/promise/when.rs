//! The times in a sentence that promises something.

use std::ops::Range;
use std::sync::LazyLock;

use chrono::{
    DateTime, Datelike, Days, NaiveDate, NaiveTime, TimeDelta, TimeZone, Timelike, Utc, Weekday,
};
use chrono_tz::Tz;
use regex::{Captures, Regex};

use crate::incident::human_time::{
    TimeRefusal, lengths, parse_ahead, parse_day, pattern, read_clock,
};

/// The longest that a promise reaches ahead.
const FARTHEST: TimeDelta = TimeDelta::days(120);

/// A time in a text.
pub(super) struct Time {
    /// Where it stands: a range of bytes.
    pub(super) at: Range<usize>,
    /// What it means (UTC); `None` where that is not certain or not ahead.
    pub(super) due: Option<DateTime<Utc>>,
}

/// The times in a sentence, in order; of two in one place the longer.
pub(super) fn times(said: &str, said_at: DateTime<Utc>, zone: Tz) -> Vec<Time> {
    let mut all = waits(said, said_at);
    all.extend(clocks(said, said_at, zone));
    all.extend(days(said, said_at, zone));
    all.extend(working_days(said, said_at, zone));
    all.sort_by_key(|time| (time.at.start, std::cmp::Reverse(time.at.end)));
    let mut end = 0;
    all.retain(|time| {
        let free = time.at.start >= end;
        end = end.max(time.at.end);
        free
    });
    for time in &mut all {
        time.due = time.due.filter(|due| *due - said_at <= FARTHEST);
    }
    all
}

static PAST: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?i)^\W{0,2}(?:ago|earlier|of\b|before|old\b|%)"));
static LASTED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)(?:\b(?:last|past|previous|first|took|taken|lasted|lasting|for|after seeing|affected|down)\s+(?:about |around |approximately |over |more than |nearly |the )*|[-+/$€#])$",
    )
});
static EACH: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:hourly|every hour|each hour|the hour|half[- ]hourly|(?:every |next |a |an )?half[- ](?:an )?hour|daily|every day|a couple of hours)\b",
    )
});

/// `in 30 minutes`, `every hour`, `30-45 min`.
fn waits(said: &str, said_at: DateTime<Utc>) -> Vec<Time> {
    let mut all = Vec::new();
    for length in lengths(said) {
        let (before, behind) = (&said[..length.start], &said[length.end..]);
        if PAST.is_match(behind) || (!length.range && LASTED.is_match(before)) {
            continue;
        }
        let due = said_at.checked_add_signed(length.length);
        all.push(Time {
            at: length.start..length.end,
            due: due.filter(|_| length.length >= TimeDelta::minutes(1)),
        });
    }
    for found in EACH.find_iter(said) {
        let minutes = match found.as_str().to_lowercase() {
            half if half.contains("half") => 30,
            day if day.contains("da") => 1_440,
            two if two.contains("couple") => 120,
            _ => 60,
        };
        all.push(Time {
            at: found.range(),
            due: said_at.checked_add_signed(TimeDelta::minutes(minutes)),
        });
    }
    all
}

const DAY: &str = r"(?:today|tonight|tomorrow|(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\b|\d{4}-\d{2}-\d{2}|\d{1,2}\.\d{1,2}\.\d{4}|(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]{0,6}\.?\s+\d{1,2}(?:st|nd|rd|th)?\b|\d{1,2}(?:st|nd|rd|th)?\s+(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]{0,6})";

static CLOCK: LazyLock<Regex> = LazyLock::new(|| {
    pattern(&format!(
        r"(?i)(?:\b(?P<before>{DAY})[\s,]{{1,3}}(?:(?:at|by|around|before)\s+)?)?(?:<t:(?P<unix>\d{{1,12}})(?::[a-z])?>|\b(?P<clock>\d{{1,2}}:\d{{2}}(?:\s?[ap]\.?m\b\.?)?|\d{{1,2}}\s?[ap]\.?m\b\.?|noon|midday|midnight)|\b(?P<four>[0-2]\d[0-5]\d)(?P<mark>\s?(?:utc|gmt|z|hrs|hours|h)\b))(?P<zone>\s?\(?(?-i:UTC[+-]\d{{1,2}}(?::\d{{2}})?|[A-Z][A-Za-z]+/[A-Z][A-Za-z_]+|[A-Z]{{1,5}}\b|[+-]\d{{2}}:\d{{2}})\)?)?(?:[\s,]{{1,3}}(?:on\s+)?(?P<after>{DAY}))?"
    ))
});

/// `at 15:40`, `by 3pm CT`, `tomorrow 10:00 UTC`, `<t:1751990000:t>`.
fn clocks(said: &str, said_at: DateTime<Utc>, zone: Tz) -> Vec<Time> {
    let mut all = Vec::new();
    for found in CLOCK.captures_iter(said) {
        let Some(whole) = found.get(0) else { continue };
        let glued = said[..whole.start()]
            .ends_with(|c: char| c.is_alphanumeric() || matches!(c, ':' | '.' | '/' | '-'));
        let runs_on = said[whole.end()..].starts_with([':', '%']);
        if glued || runs_on || PAST.is_match(&said[whole.end()..]) {
            continue;
        }
        all.push(Time {
            at: whole.range(),
            due: moment(&found, said_at, zone),
        });
    }
    all
}

fn moment(found: &Captures<'_>, said_at: DateTime<Utc>, zone: Tz) -> Option<DateTime<Utc>> {
    let part = |name| found.name(name).map(|part| part.as_str().trim().to_owned());
    if let Some(unix) = part("unix") {
        let at = DateTime::from_timestamp(unix.parse().ok()?, 0)?;
        return Some(at).filter(|at| *at > said_at);
    }
    let day = part("before").or(part("after"));
    let day = day.map(|day| {
        if day.eq_ignore_ascii_case("tonight") {
            "today".to_owned()
        } else {
            day
        }
    });
    let clock = match part("four") {
        Some(four) => format!("{}:{}", &four[..2], &four[2..]),
        None => part("clock")?,
    };
    if clock.eq_ignore_ascii_case("midnight") {
        return end_of(said_at.with_timezone(&zone).date_naive(), zone);
    }
    let mark =
        part("mark").filter(|mark| ["utc", "gmt", "z"].contains(&mark.to_lowercase().as_str()));
    let named = part("zone").or(mark);
    let named = named.map(|name| name.trim_matches(['(', ')']).to_owned());
    let read = |named: Option<&String>| {
        let parts = [
            day.as_deref(),
            Some(clock.as_str()),
            named.map(String::as_str),
        ];
        let text: Vec<&str> = parts.into_iter().flatten().collect();
        parse_ahead(&text.join(" "), said_at, zone)
    };
    let at = match read(named.as_ref()) {
        // A word in capitals behind it, not a zone.
        Err(TimeRefusal::UnknownZone { .. }) => read(None),
        read => read,
    };
    let at = at.ok()?;
    if day.is_some() {
        return Some(at);
    }
    half_day(&clock, at, said_at)
}

/// `3:40` said at 15:10 means the afternoon. A time of day without a day that
/// is more than 18 hours ahead has more likely just gone by: nothing certain.
fn half_day(clock: &str, at: DateTime<Utc>, said_at: DateTime<Utc>) -> Option<DateTime<Utc>> {
    let hour = read_clock(clock, None).map(|time| time.hour());
    let open = !clock.starts_with('0') && hour.is_some_and(|hour| (1..12).contains(&hour));
    let sooner = at - TimeDelta::hours(12);
    if open && sooner > said_at && sooner - said_at <= TimeDelta::hours(3) {
        return Some(sooner);
    }
    (at - said_at <= TimeDelta::hours(18)).then_some(at)
}

static DAYS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(&format!(
        r"(?i)\b(?:{DAY}|(?:the )?end of (?:the |this )?(?:business )?day|EOD|(?:the )?end of (?:the |this )?week|EOW|(?:this|next) week)\b"
    ))
});

/// `tomorrow`, `by Friday`, `EOD`, `next week`: until the end of it.
fn days(said: &str, said_at: DateTime<Utc>, zone: Tz) -> Vec<Time> {
    let today = said_at.with_timezone(&zone).date_naive();
    let sunday = today.week(Weekday::Mon).last_day();
    let found = DAYS
        .find_iter(said)
        .filter(|found| !PAST.is_match(&said[found.end()..]));
    found
        .map(|found| {
            let text = found.as_str().to_lowercase();
            let day = match text.as_str() {
                "next week" => sunday.checked_add_days(Days::new(7)),
                text if text.ends_with("week") || text == "eow" => Some(sunday),
                "today" | "tonight" | "eod" => Some(today),
                text if text.contains("end of") => Some(today),
                text => parse_day(text, said_at, zone).ok(),
            };
            Time {
                at: found.range(),
                due: day.and_then(|day| end_of(day, zone)),
            }
        })
        .collect()
}

static WORKING: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?P<count>\d{1,2}|one|two|three|four|five|seven|ten)(?: to (?:\d{1,2}|two|three|four|five|seven|ten))? (?:business|working|week)[- ]?days?\b",
    )
});

/// `within three business days`: Saturdays and Sundays do not count.
fn working_days(said: &str, said_at: DateTime<Utc>, zone: Tz) -> Vec<Time> {
    let mut all = Vec::new();
    for found in WORKING.captures_iter(said) {
        let (Some(whole), Some(count)) = (found.get(0), found.name("count")) else {
            continue;
        };
        let days = format!(
            "{} days",
            whole
                .as_str()
                .rsplit(" to ")
                .next()
                .and_then(|last| last.split(' ').next())
                .unwrap_or(count.as_str())
        );
        let count = lengths(&days)
            .first()
            .map_or(0, |length| length.length.num_days());
        let mut day = said_at.with_timezone(&zone).date_naive();
        let mut left = count;
        while left > 0 {
            let Some(next) = day.succ_opt() else { break };
            day = next;
            left -= i64::from(!matches!(day.weekday(), Weekday::Sat | Weekday::Sun));
        }
        all.push(Time {
            at: whole.range(),
            due: end_of(day, zone).filter(|_| count > 0),
        });
    }
    all
}

/// The first moment after a day.
fn end_of(day: NaiveDate, zone: Tz) -> Option<DateTime<Utc>> {
    let midnight = day.succ_opt()?.and_time(NaiveTime::MIN);
    let next = (0..4).map(|hours| midnight + TimeDelta::hours(hours));
    // A midnight that the clock skips is followed by one that it shows.
    next.filter_map(|local| zone.from_local_datetime(&local).earliest())
        .next()
        .map(|at| at.to_utc())
}
