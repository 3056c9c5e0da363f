//! Dates and clock times as they stand in prose, with zone, half of the day, weekday and hedge.

use std::sync::LazyLock;

use chrono::{NaiveDate, NaiveTime, Weekday};
use regex::Regex;

use super::day_order::DayOrder;
use super::source::regex;
use super::zone::{self, Zone};
use crate::incident::human_time::{read_clock, read_month, read_weekday};

/// A day as it was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Day {
    pub(super) year: Option<i32>,
    pub(super) month: u32,
    pub(super) day: u32,
}

impl Day {
    /// The date, in `year` where none was written; `None` where no calendar has it.
    pub(super) fn date(self, year: i32) -> Option<NaiveDate> {
        NaiveDate::from_ymd_opt(self.year.unwrap_or(year), self.month, self.day)
    }
}

/// A clock time as it was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Clock {
    pub(super) time: NaiveTime,
    /// Whether it says am or pm.
    pub(super) half: bool,
    /// 1 to 12 and nothing that says which half of the day.
    pub(super) bare: bool,
    /// `3pm`: minutes were not given.
    pub(super) hour_only: bool,
}

/// A time as it was written, and where it stands in its piece.
#[derive(Clone, Debug)]
pub(super) struct Stamp {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) day: Option<Day>,
    pub(super) clock: Option<Clock>,
    pub(super) zone: Option<Zone>,
    pub(super) weekday: Option<Weekday>,
    pub(super) hedged: bool,
}

enum Part {
    Day(Day),
    Clock(Clock, Option<Zone>),
    Weekday(Weekday),
}

struct Found {
    start: usize,
    end: usize,
    part: Part,
}

const MONTH: &str = r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?|JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC)";

static ISO: LazyLock<Regex> = LazyLock::new(|| regex(r"((?:19|20)\d\d)[-/](\d{1,2})[-/](\d{1,2})"));
static MONTH_DAY: LazyLock<Regex> = LazyLock::new(|| {
    regex(&format!(
        r"\b({MONTH})\b\.?\s+(\d{{1,2}})(?:st|nd|rd|th)?\b(?:,?\s+((?:19|20)\d\d)\b)?"
    ))
});
static DAY_MONTH: LazyLock<Regex> = LazyLock::new(|| {
    regex(&format!(
        r"(\d{{1,2}})(?:st|nd|rd|th)?[\s-]+(?:of\s+)?({MONTH})\b\.?(?:,?[\s-]+((?:19|20)\d\d)\b)?"
    ))
});
static FOREIGN: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?i)(\d{1,2})(?:\.|º|er)?\s+(?:de\s+)?(enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|setiembre|octubre|noviembre|diciembre|janeiro|fevereiro|março|maio|junho|julho|setembro|outubro|novembro|dezembro|janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre|januar|februar|märz|juni|juli|oktober|dezember|gennaio|febbraio|aprile|maggio|giugno|luglio|settembre|ottobre|dicembre|januari|februari|maart|mei|augustus)\b(?:,?\s+(?:de\s+|del\s+)?((?:19|20)\d\d)\b)?",
    )
});
static NUMBERS: LazyLock<Regex> =
    LazyLock::new(|| regex(r"(\d{1,2})([/.])(\d{1,2})[/.]((?:19|20)\d\d)"));
static CLOCK: LazyLock<Regex> = LazyLock::new(|| {
    regex(r"(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?(?:\s?([AaPp])\.?[Mm]\b\.?|([ap])\b)?")
});
static DOTTED: LazyLock<Regex> =
    LazyLock::new(|| regex(r"(\d{1,2})\.([0-5]\d)(?:\s?([AaPp])\.?[Mm]\b\.?)?"));
static HOUR: LazyLock<Regex> =
    LazyLock::new(|| regex(r"(\d{1,2})(?:\s?([AaPp])\.?[Mm]\b\.?|([ap])\b)"));
static WEEKDAY: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"\b(Mon(?:day)?|Tue(?:s(?:day)?)?|Wed(?:nesday)?|Thu(?:r(?:s(?:day)?)?)?|Fri(?:day)?|Sat(?:urday)?|Sun(?:day)?)\b",
    )
});

/// The times of a piece, in order; `order` says how dates in numbers are read.
pub(super) fn stamps(text: &str, order: DayOrder) -> Vec<Stamp> {
    if !text.bytes().any(|byte| byte.is_ascii_digit()) {
        return Vec::new();
    }
    let parts = parts(text, order);
    let mut stamps: Vec<Stamp> = Vec::new();
    let mut index = 0;
    while index < parts.len() {
        let (stamp, used) = joined(text, &parts[index..]);
        if let Some(stamp) = stamp {
            stamps.push(stamp);
        }
        index += used;
    }
    stamps
}

/// Dates, clocks and weekdays without overlap, in order.
fn parts(text: &str, order: DayOrder) -> Vec<Found> {
    let mut found = Vec::new();
    dates(text, order, &mut found);
    clocks(text, &mut found);
    for name in WEEKDAY.find_iter(text) {
        if let Some(day) = read_weekday(&name.as_str().to_lowercase()) {
            found.push(Found {
                start: name.start(),
                end: name.end(),
                part: Part::Weekday(day),
            });
        }
    }
    found.sort_by_key(|part| (part.start, std::cmp::Reverse(part.end)));
    let mut end = 0;
    found.retain(|part| {
        let free = part.start >= end;
        if free {
            end = part.end;
        }
        free
    });
    found
}

fn dates(text: &str, order: DayOrder, found: &mut Vec<Found>) {
    let mut push = |start: usize, end: usize, day: Day| {
        let glued = text[..start]
            .ends_with(|c: char| c.is_alphanumeric() || matches!(c, ':' | '.'))
            || text[end..].starts_with(|c: char| c.is_ascii_digit());
        if !glued {
            found.push(Found {
                start,
                end,
                part: Part::Day(day),
            });
        }
    };
    let number = |text: &str| text.parse::<u32>().unwrap_or(0);
    for parts in ISO.captures_iter(text) {
        let whole = parts.get_match();
        push(
            whole.start(),
            whole.end(),
            Day {
                year: parts[1].parse().ok(),
                month: number(&parts[2]),
                day: number(&parts[3]),
            },
        );
    }
    for (pattern, day, month) in [(&*MONTH_DAY, 2, 1), (&*DAY_MONTH, 1, 2)] {
        for parts in pattern.captures_iter(text) {
            let whole = parts.get_match();
            let name = parts[month].to_lowercase();
            let Some(month) = read_month(&name) else {
                continue;
            };
            // `March 7:30` is a month and a clock, `13:19 June` too.
            if text[whole.end()..].starts_with(':') {
                continue;
            }
            push(
                whole.start(),
                whole.end(),
                Day {
                    year: parts.get(3).and_then(|year| year.as_str().parse().ok()),
                    month,
                    day: number(&parts[day]),
                },
            );
        }
    }
    for parts in NUMBERS.captures_iter(text) {
        let whole = parts.get_match();
        let (first, second) = (number(&parts[1]), number(&parts[3]));
        let year = parts[4].parse().ok();
        // Which comes first depends on the country; what can be read both ways is left alone.
        let (day, month) = match &parts[2] {
            "." => (first, second),
            _ if first > 12 => (first, second),
            _ if second > 12 || first == second => (second, first),
            _ => match order {
                DayOrder::DayFirst => (first, second),
                DayOrder::MonthFirst => (second, first),
                DayOrder::Unknown => continue,
            },
        };
        push(whole.start(), whole.end(), Day { year, month, day });
    }
    for parts in FOREIGN.captures_iter(text) {
        let whole = parts.get_match();
        let name = parts[2].to_lowercase();
        let month = MONTHS.iter().find(|(known, _)| name.starts_with(known));
        if let Some((_, month)) = month {
            let year = parts.get(3).and_then(|year| year.as_str().parse().ok());
            let (month, day) = (*month, number(&parts[1]));
            push(whole.start(), whole.end(), Day { year, month, day });
        }
    }
}

/// How the months that are written otherwise than in English begin: Spanish, Portuguese, French, German, Italian, Dutch.
const MONTHS: [(&str, u32); 38] = [
    ("ene", 1),
    ("janv", 1),
    ("janu", 1),
    ("jane", 1),
    ("genn", 1),
    ("feb", 2),
    ("fev", 2),
    ("fév", 2),
    ("febb", 2),
    ("mar", 3),
    ("mär", 3),
    ("maa", 3),
    ("abr", 4),
    ("avr", 4),
    ("apr", 4),
    ("mai", 5),
    ("may", 5),
    ("mag", 5),
    ("mei", 5),
    ("jun", 6),
    ("juin", 6),
    ("giu", 6),
    ("jul", 7),
    ("juil", 7),
    ("lug", 7),
    ("ago", 8),
    ("aoû", 8),
    ("aug", 8),
    ("sep", 9),
    ("set", 9),
    ("oct", 10),
    ("out", 10),
    ("okt", 10),
    ("ott", 10),
    ("nov", 11),
    ("dic", 12),
    ("dez", 12),
    ("déc", 12),
];

fn clocks(text: &str, found: &mut Vec<Found>) {
    for parts in CLOCK.captures_iter(text) {
        let whole = parts.get_match();
        let before = &text[..whole.start()];
        let after = &text[whole.end()..];
        let iso = before.ends_with('T') && before[..before.len() - 1].ends_with(is_digit);
        let glued = before
            .ends_with(|c: char| c.is_alphanumeric() || matches!(c, ':' | '.' | '/' | '#' | '$'))
            || after.starts_with(|c: char| c.is_ascii_digit() || c == '%')
            // `10:02: down` is a clock and a colon.
            || after.strip_prefix(':').is_some_and(|rest| rest.starts_with(is_digit));
        if glued && !iso {
            continue;
        }
        let half = parts.get(4).or(parts.get(5)).map(|half| half.as_str());
        let seconds = parts
            .get(3)
            .map_or(String::new(), |s| format!(":{}", s.as_str()));
        let said = format!("{}:{}{seconds}", &parts[1], &parts[2]);
        push_clock(text, whole.start(), whole.end(), &said, half, false, found);
    }
    for parts in DOTTED.captures_iter(text) {
        let whole = parts.get_match();
        let half = parts.get(3).map(|half| half.as_str());
        let before = &text[..whole.start()];
        let after = &text[whole.end()..];
        let after_date = ISO.find_iter(before).last().is_some_and(|date| {
            before[date.end()..].chars().all(|c| c == ' ') && !before.ends_with(is_digit)
        });
        let zoned = zone::after_clock(after, false).is_some();
        let glued = before.ends_with(|c: char| c.is_alphanumeric() || matches!(c, ':' | '.' | '/'))
            || after.starts_with(|c: char| c.is_alphanumeric() || c == '%')
            || (after.starts_with('.') && after[1..].starts_with(is_digit));
        if !glued && (half.is_some() || after_date || (zoned && parts[1].len() == 2)) {
            let said = format!("{}:{}", &parts[1], &parts[2]);
            push_clock(text, whole.start(), whole.end(), &said, half, false, found);
        }
    }
    for parts in HOUR.captures_iter(text) {
        let whole = parts.get_match();
        let before = &text[..whole.start()];
        let letter_only = parts.get(3).is_some();
        let glued = before
            .ends_with(|c: char| c.is_alphanumeric() || matches!(c, ':' | '.' | '/' | '_'))
            || (letter_only && before.ends_with('-'))
            || (letter_only && text[whole.end()..].starts_with(['-', '/', '.', '_']));
        if !glued {
            let half = parts.get(2).or(parts.get(3)).map(|half| half.as_str());
            push_clock(
                text,
                whole.start(),
                whole.end(),
                &parts[1],
                half,
                true,
                found,
            );
        }
    }
}

fn push_clock(
    text: &str,
    start: usize,
    end: usize,
    said: &str,
    half: Option<&str>,
    hour_only: bool,
    found: &mut Vec<Found>,
) {
    let hour: u32 = said
        .split(':')
        .next()
        .and_then(|hour| hour.parse().ok())
        .unwrap_or(99);
    // `17:14pm` and `0:25 AM` say the half twice; the number is believed.
    let twice = half.is_some() && (hour > 12 || hour == 0);
    let word = half.map(|half| {
        if half.eq_ignore_ascii_case("a") {
            "am"
        } else {
            "pm"
        }
    });
    let Some(time) = read_clock(said, word.filter(|_| !twice)) else {
        return;
    };
    let before = &text[..start];
    let whole = before.ends_with('T') || (before.ends_with(' ') && said.matches(':').count() == 2);
    let iso = whole && before[..start - 1].ends_with(is_digit);
    let zone = zone::after_clock(&text[end..], iso);
    let zone_end = zone.as_ref().map_or(end, |(_, length)| end + length);
    let clock = Clock {
        time,
        half: half.is_some(),
        bare: half.is_none() && (1..=12).contains(&hour) && !said.starts_with('0'),
        hour_only,
    };
    found.push(Found {
        start,
        end: zone_end,
        part: Part::Clock(clock, zone.map(|(zone, _)| zone)),
    });
}

fn is_digit(c: char) -> bool {
    c.is_ascii_digit()
}

static DAY_TO_CLOCK: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?i)^(?:T|[\s,:@()\[\]|–—-]*(?:(?:at|on|from|around|about|approximately|approx\.?|circa|between|~)[\s,]*){0,3}~?\s*)$",
    )
});
static CLOCK_TO_DAY: LazyLock<Regex> =
    LazyLock::new(|| regex(r"(?i)^[\s,(]*(?:on\s+|of\s+)?(?:the\s+)?$"));
static WEEKDAY_TO_DAY: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?i)^[,\s]*(?:the\s+)?(?:(?:early\s+)?(?:morning|afternoon|evening|night)[\s,]*)?(?:of\s+)?[\s,(]*(?:the\s+)?$",
    )
});
static HEDGED: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?i)(?:\b(?:about|around|approx(?:\.|imately)?|roughly|circa|nearly|almost|shortly (?:after|before)|by|some ?time|just (?:after|before)|before|after|until|till)\s*(?:at\s+)?|~\s*)$",
    )
});

/// One time from the parts in front, and how many of them it took.
fn joined(text: &str, parts: &[Found]) -> (Option<Stamp>, usize) {
    let mut stamp = Stamp {
        start: parts[0].start,
        end: parts[0].end,
        day: None,
        clock: None,
        zone: None,
        weekday: None,
        hedged: HEDGED.is_match(&text[..parts[0].start]),
    };
    let mut used = 0;
    for (place, found) in parts.iter().enumerate() {
        let gap = if used == 0 {
            ""
        } else {
            &text[stamp.end..found.start]
        };
        let fits = used == 0
            || (gap.len() <= 28
                && match &found.part {
                    Part::Clock(..) => {
                        stamp.clock.is_none() && stamp.day.is_some() && DAY_TO_CLOCK.is_match(gap)
                    }
                    Part::Day(_) if stamp.day.is_some() => false,
                    // `19:00 (2025-03-08 00:00 UTC)` are two times: the date has a clock of its own.
                    Part::Day(_) if stamp.clock.is_some() => {
                        let own = parts.get(place + 1).is_some_and(|next| {
                            matches!(next.part, Part::Clock(..))
                                && DAY_TO_CLOCK.is_match(&text[found.end..next.start])
                        });
                        CLOCK_TO_DAY.is_match(gap) && !own
                    }
                    Part::Day(_) => WEEKDAY_TO_DAY.is_match(gap),
                    Part::Weekday(_) => {
                        stamp.weekday.is_none()
                            && stamp.day.is_some()
                            && matches!(gap.trim(), "(" | ",")
                            && !text[found.end..].starts_with(['\'', '’'])
                    }
                });
        if !fits {
            break;
        }
        match &found.part {
            Part::Day(day) => stamp.day = Some(*day),
            Part::Clock(clock, zone) => {
                stamp.clock = Some(*clock);
                stamp.zone.clone_from(zone);
                stamp.hedged |= HEDGED.is_match(&text[..found.start]);
            }
            Part::Weekday(day) => stamp.weekday = Some(*day),
        }
        stamp.end = found.end;
        used += 1;
    }
    let something = stamp.day.is_some() || stamp.clock.is_some();
    (something.then_some(stamp), used.max(1))
}
