//! From a spoken time to a moment: the zone and the present are put in, and what is left open is refused.

use chrono::{
    DateTime, Datelike, FixedOffset, MappedLocalTime, NaiveDate, NaiveDateTime, NaiveTime, Offset,
    TimeDelta, TimeZone, Utc,
};
use chrono_tz::{GapInfo, OffsetName, Tz};

use super::TimeRefusal;
use super::grammar::{Day, Named, Parts, Spoken, read};
use super::zone::{Place, place};

/// The most characters that are read.
pub const MAX_TEXT: usize = 100;

/// How far ahead of ours a user's watch may be: such a time is taken as now.
pub const TOLERANCE: TimeDelta = TimeDelta::minutes(2);

/// How long ago a recorded time may be, and how long a duration: 25 years. Farther back is a slip in the year.
pub const OLDEST: TimeDelta = TimeDelta::days(9_132);

/// The moment that `text` names, said at `now` by somebody whose clock shows `zone`. Never after `now`.
///
/// # Errors
///
/// A [`TimeRefusal`] whenever the text is not one certain moment in the past.
pub fn parse(text: &str, now: DateTime<Utc>, zone: Tz) -> Result<DateTime<Utc>, TimeRefusal> {
    let text = bounded(text)?;
    let context = Context {
        text,
        now,
        home: zone,
    };
    let at = match read(text)? {
        Spoken::Now => now,
        Spoken::Moment(at) => at,
        Spoken::Ago(length) => now
            .checked_sub_signed(length)
            .ok_or_else(|| context.unreadable())?,
        Spoken::In(length) => now
            .checked_add_signed(length)
            .ok_or_else(|| context.unreadable())?,
        Spoken::Parts(parts) => context.moment(&parts)?,
    };
    context.in_the_past(at, None)
}

/// The moment that `text` names as something to come, said at `now` by somebody whose clock shows `zone`: `15:40` is the next one on
/// that clock, `fri 10:00` the next Friday's. Never before `now`, less [`TOLERANCE`].
///
/// # Errors
///
/// As [`parse`], but for a moment that is past: [`TimeRefusal::Unreadable`].
pub fn parse_ahead(text: &str, now: DateTime<Utc>, zone: Tz) -> Result<DateTime<Utc>, TimeRefusal> {
    let text = bounded(text)?;
    let context = Context {
        text,
        now,
        home: zone,
    };
    let at = match read(text)? {
        Spoken::Now => now,
        Spoken::Moment(at) => at,
        Spoken::Ago(_) => return Err(context.unreadable()),
        Spoken::In(length) => now
            .checked_add_signed(length)
            .ok_or_else(|| context.unreadable())?,
        Spoken::Parts(parts) => context.moment_ahead(&parts)?,
    };
    if at < now - TOLERANCE || at > now + OLDEST {
        return Err(context.unreadable());
    }
    Ok(at)
}

/// The day that `text` names as something due: `tomorrow`, `fri` (the next one after today), `2025-07-20`, `July 20`, `in 3 days`,
/// `today`. A date without a year is the next one.
///
/// # Errors
///
/// [`TimeRefusal::PastDay`] for a day before today, [`TimeRefusal::Unreadable`] also for a time of day, and the refusals of dates.
pub fn parse_day(text: &str, now: DateTime<Utc>, zone: Tz) -> Result<NaiveDate, TimeRefusal> {
    let text = bounded(text)?;
    let context = Context {
        text,
        now,
        home: zone,
    };
    let today = now.with_timezone(&zone).date_naive();
    let day = match read(text)? {
        Spoken::In(length) => today
            .checked_add_signed(TimeDelta::days(length.num_days()))
            .ok_or_else(|| context.unreadable())?,
        Spoken::Parts(Parts {
            day: Some(day),
            weekday,
            clock: None,
            zone: None,
        }) => {
            let date = context.date(day, today, |date| date >= today)?;
            context.check_weekday(weekday, date)?
        }
        Spoken::Parts(Parts {
            day: None,
            weekday: Some(Named { day, last: false }),
            clock: None,
            zone: None,
        }) => {
            let ahead = i64::from(day.days_since(today.weekday()));
            today + TimeDelta::days(if ahead == 0 { 7 } else { ahead })
        }
        _ => return Err(context.unreadable()),
    };
    if day < today {
        Err(TimeRefusal::PastDay { day })
    } else {
        Ok(day)
    }
}

fn bounded(text: &str) -> Result<&str, TimeRefusal> {
    let text = text.trim();
    let chars = text.chars().count();
    if chars > MAX_TEXT {
        return Err(TimeRefusal::TooLong {
            chars,
            limit: MAX_TEXT,
        });
    }
    Ok(text)
}

struct Context<'a> {
    text: &'a str,
    now: DateTime<Utc>,
    home: Tz,
}

impl Context<'_> {
    fn unreadable(&self) -> TimeRefusal {
        TimeRefusal::Unreadable {
            text: self.text.to_owned(),
        }
    }

    fn no_such_day(&self) -> TimeRefusal {
        TimeRefusal::NoSuchDay {
            text: self.text.to_owned(),
        }
    }

    fn in_the_past(
        &self,
        at: DateTime<Utc>,
        yesterday: Option<DateTime<Utc>>,
    ) -> Result<DateTime<Utc>, TimeRefusal> {
        if at > self.now + TOLERANCE {
            return Err(TimeRefusal::Future {
                text: self.text.to_owned(),
                at,
                yesterday,
            });
        }
        let earliest = self.now - OLDEST;
        if at < earliest {
            return Err(TimeRefusal::TooFarBack { at, earliest });
        }
        Ok(at.min(self.now))
    }

    /// The zone that was named, or home.
    fn place(&self, parts: &Parts) -> Result<Place, TimeRefusal> {
        let year = match parts.day {
            Some(Day::Date {
                year: Some(year), ..
            }) => year,
            _ => self.now.year(),
        };
        match &parts.zone {
            None => Ok(Place::Civil(self.home)),
            Some(name) => place(name, self.home, year),
        }
    }

    /// The first such moment that is not past.
    fn moment_ahead(&self, parts: &Parts) -> Result<DateTime<Utc>, TimeRefusal> {
        let place = self.place(parts)?;
        let today = today(&place, self.now);
        let Some(clock) = parts.clock else {
            return Err(TimeRefusal::NoClock {
                text: self.text.to_owned(),
            });
        };
        let (first, step) = match (parts.day, parts.weekday) {
            (None, None) => (today, 1),
            (None, Some(Named { day, last: false })) => {
                let ahead = i64::from(day.days_since(today.weekday()));
                (today + TimeDelta::days(ahead), 7)
            }
            (None, Some(_)) => return Err(self.unreadable()),
            (Some(day), weekday) => {
                let date = self.date(day, today, |date| date >= today)?;
                let date = self.check_weekday(weekday, date)?;
                return self.at(&place, date.and_time(clock));
            }
        };
        let at = self.at(&place, first.and_time(clock))?;
        if at >= self.now - TOLERANCE {
            return Ok(at);
        }
        self.at(&place, (first + TimeDelta::days(step)).and_time(clock))
    }

    fn moment(&self, parts: &Parts) -> Result<DateTime<Utc>, TimeRefusal> {
        let place = self.place(parts)?;
        let today = today(&place, self.now);
        let Some(clock) = parts.clock else {
            return Err(TimeRefusal::NoClock {
                text: self.text.to_owned(),
            });
        };
        match (parts.day, parts.weekday) {
            (None, Some(named)) => self.on_weekday(named, clock, today, &place),
            (None | Some(Day::FromToday(0)), None) => {
                let at = self.at(&place, today.and_time(clock))?;
                let yesterday = today
                    .pred_opt()
                    .and_then(|day| self.at(&place, day.and_time(clock)).ok());
                self.in_the_past(at, yesterday)
            }
            (Some(day), weekday) => {
                let nearest = |date: NaiveDate| (date - today).abs() <= TimeDelta::days(183);
                let date = self.check_weekday(weekday, self.date(day, today, nearest)?)?;
                self.at(&place, date.and_time(clock))
            }
        }
    }

    /// The last such day on which that time is past.
    fn on_weekday(
        &self,
        named: Named,
        clock: NaiveTime,
        today: NaiveDate,
        place: &Place,
    ) -> Result<DateTime<Utc>, TimeRefusal> {
        let back = i64::from(today.weekday().days_since(named.day));
        if back == 0 && !named.last {
            match self.at(place, today.and_time(clock)) {
                Ok(at) if at > self.now + TOLERANCE => {}
                decided => return decided,
            }
        }
        let back = if back == 0 { 7 } else { back };
        self.at(place, (today - TimeDelta::days(back)).and_time(clock))
    }

    /// The date of `day`; without a year, the one that `fits` among last year's, this year's and next year's.
    fn date(
        &self,
        day: Day,
        today: NaiveDate,
        fits: impl Fn(NaiveDate) -> bool,
    ) -> Result<NaiveDate, TimeRefusal> {
        match day {
            Day::FromToday(days) => today
                .checked_add_signed(TimeDelta::days(days))
                .ok_or_else(|| self.no_such_day()),
            Day::Date {
                year: Some(year),
                month,
                day,
            } => NaiveDate::from_ymd_opt(year, month, day).ok_or_else(|| self.no_such_day()),
            Day::Date {
                year: None,
                month,
                day,
            } => (today.year() - 1..=today.year() + 1)
                .filter_map(|year| NaiveDate::from_ymd_opt(year, month, day))
                .find(|date| fits(*date))
                .ok_or_else(|| self.no_such_day()),
        }
    }

    fn check_weekday(
        &self,
        typed: Option<Named>,
        date: NaiveDate,
    ) -> Result<NaiveDate, TimeRefusal> {
        match typed {
            Some(Named { last: true, .. }) => Err(self.unreadable()),
            Some(Named { day: typed, .. }) if typed != date.weekday() => {
                Err(TimeRefusal::WrongWeekday { typed, date })
            }
            _ => Ok(date),
        }
    }

    /// The one moment at which the clock there shows `local`.
    fn at(&self, place: &Place, local: NaiveDateTime) -> Result<DateTime<Utc>, TimeRefusal> {
        // Beyond these years no arithmetic below could be trusted, and no incident is.
        if !(1970..=9_999).contains(&local.year()) {
            return Err(self.unreadable());
        }
        let (zone, name) = match place {
            Place::Offset(offset) => return Ok(with_offset(local, *offset)),
            Place::Civil(zone) => (*zone, None),
            Place::Named(zone, name, offset) => (*zone, Some((name, *offset))),
        };
        let shows = |at: &DateTime<Tz>| match name {
            Some((name, _)) => at
                .offset()
                .abbreviation()
                .is_some_and(|shown| shown.eq_ignore_ascii_case(name)),
            None => true,
        };
        let civil = match zone.from_local_datetime(&local) {
            MappedLocalTime::None => {
                return Err(nonexistent(local, zone).unwrap_or_else(|| self.unreadable()));
            }
            MappedLocalTime::Single(at) => at,
            MappedLocalTime::Ambiguous(first, second) => match (shows(&first), shows(&second)) {
                (true, false) => first,
                (false, true) => second,
                // The second is still to come, so it cannot be the one that is meant.
                _ if second.to_utc() > self.now + TOLERANCE => first,
                _ => {
                    return Err(TimeRefusal::Ambiguous {
                        local,
                        first,
                        second,
                    });
                }
            },
        };
        match name {
            Some((name, offset)) if !shows(&civil) => {
                let literal = with_offset(local, offset);
                Err(TimeRefusal::ZoneMismatch {
                    name: name.clone(),
                    local,
                    civil,
                    literal,
                })
            }
            _ => Ok(civil.to_utc()),
        }
    }
}

fn today(place: &Place, now: DateTime<Utc>) -> NaiveDate {
    let offset = match place {
        Place::Civil(zone) => zone.offset_from_utc_datetime(&now.naive_utc()).fix(),
        Place::Named(_, _, offset) | Place::Offset(offset) => *offset,
    };
    now.with_timezone(&offset).date_naive()
}

fn with_offset(local: NaiveDateTime, offset: FixedOffset) -> DateTime<Utc> {
    (local - TimeDelta::seconds(i64::from(offset.local_minus_utc()))).and_utc()
}

fn nonexistent(local: NaiveDateTime, zone: Tz) -> Option<TimeRefusal> {
    let after = GapInfo::new(&local, &zone)?.end?;
    let before = after - TimeDelta::minutes(1);
    Some(TimeRefusal::Nonexistent {
        local,
        before,
        after,
    })
}
