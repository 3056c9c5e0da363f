//! For whom a sentence is meant: the zone its times are told in, and now.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;

use crate::incident::human_time;

/// What a sentence with times in it needs to know of its reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Speech {
    /// The zone the times are told in.
    pub zone: Tz,
    /// Now (UTC): a time of today needs no date.
    pub now: DateTime<Utc>,
}

impl Speech {
    /// `15:27 CDT`, with the date before it on another day than today.
    #[must_use]
    pub fn time(&self, at: DateTime<Utc>) -> String {
        let today = human_time::show_day(self.now, self.zone);
        if human_time::show_day(at, self.zone) == today {
            let clock = at.with_timezone(&self.zone);
            return clock.format("%H:%M %Z").to_string();
        }
        human_time::show(at, self.zone)
    }
}

/// A moment that Discord shows each reader in their own zone: `15:27`.
#[must_use]
pub fn discord_time(at: DateTime<Utc>) -> String {
    format!("<t:{}:t>", at.timestamp())
}

/// The same with the day: `8 July 2025 15:27`.
#[must_use]
pub fn discord_day_and_time(at: DateTime<Utc>) -> String {
    format!("<t:{}:f>", at.timestamp())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_of_another_day_has_its_date() {
        let now = "2025-07-08T20:27:00Z".parse().unwrap();
        let zone = chrono_tz::America::Chicago;
        let speech = Speech { zone, now };
        assert_eq!(speech.time(now), "15:27 CDT");
        let earlier = "2025-07-07T20:27:00Z".parse().unwrap();
        assert_eq!(speech.time(earlier), "2025-07-07 15:27 CDT");
    }
}
