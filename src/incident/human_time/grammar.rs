//! From text to a [`Spoken`] time. Grammar only: no zone is looked up and no day is computed here.

use chrono::{DateTime, NaiveDate, NaiveTime, TimeDelta, Utc, Weekday};

use super::TimeRefusal;
use super::calendar::{month, relative_day, weekday};
use super::duration::spoken_duration;

/// What the words say.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Spoken {
    Now,
    Moment(DateTime<Utc>),
    Ago(TimeDelta),
    In(TimeDelta),
    Parts(Parts),
}

/// A time put together from its parts, each said at most once.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Parts {
    pub(super) day: Option<Day>,
    pub(super) weekday: Option<Named>,
    pub(super) clock: Option<NaiveTime>,
    pub(super) zone: Option<String>,
}

/// A weekday as it was said.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Named {
    pub(super) day: Weekday,
    /// `last sat`: never today.
    pub(super) last: bool,
}

/// A day as it was said.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Day {
    /// Days from today: `yesterday` is -1.
    FromToday(i64),
    Date {
        year: Option<i32>,
        month: u32,
        day: u32,
    },
}

/// Reads a whole text of bounded length.
pub(super) fn read(text: &str) -> Result<Spoken, TimeRefusal> {
    let unreadable = || TimeRefusal::Unreadable {
        text: text.to_owned(),
    };
    if let Some(spoken) = whole(text) {
        return Ok(spoken);
    }
    let tokens = tokens(text);
    let mut reader = Reader {
        text,
        tokens: &tokens,
        at: 0,
        parts: Parts::default(),
    };
    while reader.at < tokens.len() {
        reader.step()?;
    }
    let parts = reader.parts;
    if parts.day.is_none() && parts.weekday.is_none() && parts.clock.is_none() {
        return Err(unreadable());
    }
    Ok(Spoken::Parts(parts))
}

/// Texts that are one thing as a whole.
fn whole(text: &str) -> Option<Spoken> {
    let text = text.to_lowercase();
    if matches!(
        text.as_str(),
        "now" | "right now" | "just now" | "jetzt" | "gerade"
    ) {
        return Some(Spoken::Now);
    }
    if let Some(length) = text
        .strip_suffix("ago")
        .filter(|rest| rest.ends_with(char::is_whitespace))
    {
        return spoken_duration(length).map(Spoken::Ago);
    }
    if let Some(length) = text.strip_prefix("vor ").and_then(spoken_duration) {
        return Some(Spoken::Ago(length));
    }
    if let Some(length) = text.strip_prefix("in ") {
        return spoken_duration(length).map(Spoken::In);
    }
    unix(&text).map(Spoken::Moment)
}

/// Discord's `<t:1751990000:f>`, seconds (10 digits, or any number after `@`) and milliseconds (13 digits) since 1970.
fn unix(text: &str) -> Option<DateTime<Utc>> {
    if let Some(inside) = text
        .strip_prefix("<t:")
        .and_then(|rest| rest.strip_suffix('>'))
    {
        let (seconds, style) = inside.split_once(':').unwrap_or((inside, "f"));
        let known = style.len() == 1 && style.bytes().all(|byte| byte.is_ascii_alphabetic());
        return known
            .then(|| whole_number(seconds))
            .flatten()
            .and_then(|n| DateTime::from_timestamp(n, 0));
    }
    if let Some(seconds) = text.strip_prefix('@') {
        return DateTime::from_timestamp(whole_number(seconds)?, 0);
    }
    match text.len() {
        10 => DateTime::from_timestamp(whole_number(text)?, 0),
        13 => DateTime::from_timestamp_millis(whole_number(text)?),
        _ => None,
    }
}

fn whole_number(text: &str) -> Option<i64> {
    (is_digits(text) && text.len() <= 13)
        .then(|| text.parse().ok())
        .flatten()
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Splits at white space and commas, and a number from what is glued to it: `3pm`, `8th`, `15:27+02:00`, `2025-07-08T15:27Z`.
fn tokens(text: &str) -> Vec<String> {
    let plain = text.replace(['\u{2212}', '\u{2010}', '\u{2011}'], "-");
    let mut tokens = Vec::new();
    for chunk in plain.split(|c: char| c.is_whitespace() || matches!(c, ',' | '(' | ')')) {
        let mut rest = chunk;
        while !rest.is_empty() {
            let (token, after) = rest.split_at(token_end(rest));
            if !matches!(token, "-" | "–" | "—" | "@" | "|") {
                tokens.push(token.to_owned());
            }
            rest = after;
            if is_iso_date(token) {
                rest = rest.strip_prefix(['T', 't', '_']).unwrap_or(rest);
            }
        }
    }
    tokens
}

/// Where the first token of a text without white space ends; never 0.
fn token_end(text: &str) -> usize {
    let end_of = |keep: fn(char) -> bool| text.find(|c| !keep(c)).unwrap_or(text.len());
    if !text.starts_with(|c: char| c.is_ascii_digit()) {
        return text.len();
    }
    if text.get(..10).is_some_and(is_iso_date) {
        return 10;
    }
    let clock = end_of(|c| c.is_ascii_digit() || matches!(c, ':' | '.'));
    if text[..clock].contains(':') {
        return clock;
    }
    if text.contains(['-', '/']) || text[..clock].contains('.') {
        return text.len();
    }
    end_of(|c| c.is_ascii_digit())
}

fn is_iso_date(text: &str) -> bool {
    let mut parts = text.split(['-', '/']);
    let mut next = |width| {
        parts
            .next()
            .is_some_and(|part| part.len() == width && is_digits(part))
    };
    next(4) && next(2) && next(2) && parts.next().is_none()
}

struct Reader<'a> {
    text: &'a str,
    tokens: &'a [String],
    at: usize,
    parts: Parts,
}

impl Reader<'_> {
    fn refuse<T>(&self) -> Result<T, TimeRefusal> {
        Err(TimeRefusal::Unreadable {
            text: self.text.to_owned(),
        })
    }

    /// The token `ahead` of the present one in lower case and without a closing dot; empty past the end.
    fn peek(&self, ahead: usize) -> String {
        let token = self.tokens.get(self.at + ahead).map_or("", String::as_str);
        token.trim_end_matches('.').to_lowercase()
    }

    /// Takes at least one token.
    fn step(&mut self) -> Result<(), TimeRefusal> {
        let word = self.peek(0);
        if matches!(
            word.as_str(),
            "at" | "on" | "the" | "of" | "um" | "am" | "den" | "uhr"
        ) {
            self.at += 1;
            return Ok(());
        }
        if let Some(from_today) = relative_day(&word) {
            self.at += 1;
            return self.set_day(Day::FromToday(from_today));
        }
        if word == "vor" && matches!(self.peek(2).as_str(), "tag" | "tagen") {
            let days = whole_number(&self.peek(1)).filter(|days| *days < 10_000);
            let Some(days) = days else {
                return self.refuse();
            };
            self.at += 3;
            return self.set_day(Day::FromToday(-days));
        }
        if matches!(word.as_str(), "last" | "letzten" | "letzter") {
            let Some(day) = weekday(&self.peek(1)) else {
                return self.refuse();
            };
            self.at += 2;
            return self.set_weekday(Named { day, last: true });
        }
        if let Some(day) = weekday(&word) {
            self.at += 1;
            return self.set_weekday(Named { day, last: false });
        }
        if matches!(word.as_str(), "noon" | "midday" | "mittags") {
            self.at += 1;
            return self.set_clock(NaiveTime::from_hms_opt(12, 0, 0));
        }
        if let Some(month) = month(&word) {
            let day = self.peek(1);
            self.at += 2;
            return self.month_day(month, &day);
        }
        if word.starts_with(|c: char| c.is_ascii_digit()) {
            return self.number(&word);
        }
        self.zone()
    }

    fn number(&mut self, word: &str) -> Result<(), TimeRefusal> {
        let next = self.peek(1).replace('.', "");
        if matches!(next.as_str(), "am" | "pm") {
            self.at += 2;
            return self.set_clock(clock(word, Some(&next)));
        }
        if word.contains(':') {
            self.at += 1;
            return self.set_clock(clock(word, None));
        }
        if word.contains(['-', '/', '.']) {
            self.at += 1;
            let day = date(word, self.text)?;
            return self.set_day(day);
        }
        if matches!(next.as_str(), "day" | "days") && self.peek(2) == "ago" {
            let Some(days) = whole_number(word).filter(|days| *days < 10_000) else {
                return self.refuse();
            };
            self.at += 3;
            return self.set_day(Day::FromToday(-days));
        }
        let month_at = if is_ordinal_end(&next) { 2 } else { 1 };
        let month_at = if self.peek(month_at) == "of" {
            month_at + 1
        } else {
            month_at
        };
        let Some(month) = month(&self.peek(month_at)) else {
            return self.refuse();
        };
        self.at += month_at + 1;
        self.month_day(month, word)
    }

    /// A month and its day were just taken; the rest of an ordinal and a year may follow.
    fn month_day(&mut self, month: u32, day: &str) -> Result<(), TimeRefusal> {
        if is_ordinal_end(&self.peek(0)) {
            self.at += 1;
        }
        let year = self.peek(0);
        let year = if year.len() == 4 && is_digits(&year) {
            year.parse().ok()
        } else {
            None
        };
        if year.is_some() {
            self.at += 1;
        }
        if day.len() > 2 || !is_digits(day) {
            return self.refuse();
        }
        let Ok(day) = day.parse() else {
            return self.refuse();
        };
        self.set_day(Day::Date { year, month, day })
    }

    fn zone(&mut self) -> Result<(), TimeRefusal> {
        let Some(token) = self.tokens.get(self.at) else {
            return self.refuse();
        };
        self.at += 1;
        match &mut self.parts.zone {
            None => self.parts.zone = Some(token.clone()),
            Some(_) if token.eq_ignore_ascii_case("time") => {}
            // `America/New York`; anything else is looked up in vain and named in the refusal.
            Some(zone) if token.starts_with(char::is_alphabetic) => {
                zone.push(' ');
                zone.push_str(token);
            }
            Some(_) => return self.refuse(),
        }
        Ok(())
    }

    fn set_day(&mut self, day: Day) -> Result<(), TimeRefusal> {
        match self.parts.day.replace(day) {
            None => Ok(()),
            Some(_) => self.refuse(),
        }
    }

    fn set_weekday(&mut self, weekday: Named) -> Result<(), TimeRefusal> {
        match self.parts.weekday.replace(weekday) {
            None => Ok(()),
            Some(_) => self.refuse(),
        }
    }

    fn set_clock(&mut self, clock: Option<NaiveTime>) -> Result<(), TimeRefusal> {
        match (clock, self.parts.clock) {
            (Some(_), None) => {
                self.parts.clock = clock;
                Ok(())
            }
            _ => self.refuse(),
        }
    }
}

/// `15:27`, `15:27:30`, `15:27:30.25`, with `am` or `pm` also `3`. `None` when no clock shows it: `25:00`, `13pm`, `0am`.
pub(crate) fn clock(text: &str, half: Option<&str>) -> Option<NaiveTime> {
    let (text, fraction) = text.split_once('.').unwrap_or((text, "0"));
    let mut parts = text.split(':');
    let hour = parts.next().filter(|hour| hour.len() <= 2)?;
    let mut two_digits = || match parts.next() {
        None => Some(None),
        Some(part) if part.len() == 2 && is_digits(part) => part.parse::<u32>().ok().map(Some),
        Some(_) => None,
    };
    let (minute, second) = (two_digits()?, two_digits()?);
    if parts.next().is_some()
        || (fraction != "0" && second.is_none())
        || (minute.is_none() && half.is_none())
    {
        return None;
    }
    let hour: u32 = is_digits(hour).then(|| hour.parse().ok()).flatten()?;
    let hour = match half {
        None => hour,
        Some(_) if !(1..=12).contains(&hour) => return None,
        Some("am") => hour % 12,
        Some(_) => hour % 12 + 12,
    };
    if !is_digits(fraction) || fraction.len() > 9 {
        return None;
    }
    let nanos: u32 = format!("{fraction:0<9}").parse().ok()?;
    NaiveTime::from_hms_nano_opt(hour, minute.unwrap_or(0), second.unwrap_or(0), nanos)
}

/// `2025-07-08`, `2025/07/08`, `08.07.2025`, `8-Jul-2025`, and `7/25/2025` where only one reading is a day.
fn date(text: &str, whole: &str) -> Result<Day, TimeRefusal> {
    let unreadable = || TimeRefusal::Unreadable {
        text: whole.to_owned(),
    };
    let parts: Vec<&str> = text.split(['-', '/', '.']).collect();
    let small = |part: &str| {
        if part.len() <= 2 {
            whole_number(part).and_then(|n| u32::try_from(n).ok())
        } else {
            None
        }
    };
    let full_year = |part: &str| {
        if part.len() == 4 {
            whole_number(part).and_then(|n| i32::try_from(n).ok())
        } else {
            None
        }
    };
    let one_separator = ['-', '/', '.']
        .iter()
        .filter(|separator| text.contains(**separator))
        .count()
        == 1;
    let [first, second, third] = parts[..] else {
        return Err(unreadable());
    };
    if !one_separator {
        return Err(unreadable());
    }
    if let (Some(year), Some(month), Some(day)) = (full_year(first), small(second), small(third)) {
        return Ok(Day::Date {
            year: Some(year),
            month,
            day,
        });
    }
    let (Some(first), Some(year)) = (small(first), full_year(third)) else {
        return Err(unreadable());
    };
    if let Some(month) = month(second) {
        return Ok(Day::Date {
            year: Some(year),
            month,
            day: first,
        });
    }
    let Some(second) = small(second) else {
        return Err(unreadable());
    };
    let day_first = NaiveDate::from_ymd_opt(year, second, first);
    // With dots the day comes first wherever they are used; with strokes or hyphens it depends on the country.
    let month_first = if text.contains('.') {
        None
    } else {
        NaiveDate::from_ymd_opt(year, first, second)
    };
    match (month_first, day_first) {
        (Some(month_first), Some(day_first)) if month_first != day_first => {
            Err(TimeRefusal::DayOrMonth {
                month_first,
                day_first,
            })
        }
        (Some(_), _) => Ok(Day::Date {
            year: Some(year),
            month: first,
            day: second,
        }),
        (None, Some(_)) => Ok(Day::Date {
            year: Some(year),
            month: second,
            day: first,
        }),
        (None, None) => Err(TimeRefusal::NoSuchDay {
            text: whole.to_owned(),
        }),
    }
}

fn is_ordinal_end(word: &str) -> bool {
    matches!(word, "st" | "nd" | "rd" | "th")
}
