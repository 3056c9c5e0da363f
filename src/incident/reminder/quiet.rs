//! The hours in which nobody is reminded.

use std::fmt;
use std::str::FromStr;

use chrono::{DateTime, Days, MappedLocalTime, NaiveTime, TimeZone, Utc};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

use crate::incident::human_time::{first_moment, read_clock};

/// From one time of the day to another, by the clock on the guild's wall, past
/// midnight where the second is the earlier. Summer time moves nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuietHours {
    /// From when nothing is said.
    pub from: NaiveTime,
    /// From when it is said again.
    pub to: NaiveTime,
}

/// A text that names no quiet hours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("these are no hours such as 22:00-07:00")]
pub struct NoHours;

impl QuietHours {
    /// Whether nothing is said at a moment.
    #[must_use]
    pub fn holds(&self, at: DateTime<Utc>, zone: Tz) -> bool {
        let clock = at.with_timezone(&zone).time();
        if self.from <= self.to {
            (self.from..self.to).contains(&clock)
        } else {
            clock >= self.from || clock < self.to
        }
    }

    /// The moment itself, or the first after it at which something may be said.
    #[must_use]
    pub fn after(&self, at: DateTime<Utc>, zone: Tz) -> DateTime<Utc> {
        if !self.holds(at, zone) {
            return at;
        }
        let today = at.with_timezone(&zone).date_naive();
        // An hour that is doubled ends twice, one that is skipped with the skip.
        let ends = (0..3).flat_map(|days| {
            let day = today.checked_add_days(Days::new(days)).unwrap_or(today);
            let local = day.and_time(self.to);
            let again = match zone.from_local_datetime(&local) {
                MappedLocalTime::Ambiguous(_, later) => Some(later.to_utc()),
                _ => None,
            };
            [Some(first_moment(local, zone)), again]
        });
        let ends = ends.flatten();
        let loud = |end: &DateTime<Utc>| *end > at && !self.holds(*end, zone);
        ends.filter(loud).min().unwrap_or(at)
    }
}

impl fmt::Display for QuietHours {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (from, to) = (self.from.format("%H:%M"), self.to.format("%H:%M"));
        write!(f, "{from}-{to}")
    }
}

impl FromStr for QuietHours {
    type Err = NoHours;

    /// `22:00-07:00`, `22-7`, `10pm to 7am`.
    fn from_str(text: &str) -> Result<Self, NoHours> {
        let text = text.to_lowercase().replace(['–', '—'], "-");
        let (from, to) = text
            .split_once(" to ")
            .or_else(|| text.split_once('-'))
            .ok_or(NoHours)?;
        let (from, to) = (clock(from)?, clock(to)?);
        if from == to {
            return Err(NoHours);
        }
        Ok(Self { from, to })
    }
}

fn clock(text: &str) -> Result<NaiveTime, NoHours> {
    let text: String = text.split_whitespace().collect();
    if let Ok(hour) = text.parse::<u32>() {
        return NaiveTime::from_hms_opt(hour, 0, 0).ok_or(NoHours);
    }
    let half = ["am", "pm"].into_iter().find(|half| text.ends_with(half));
    let digits = half.map_or(text.as_str(), |half| text.trim_end_matches(half));
    read_clock(digits, half).ok_or(NoHours)
}
