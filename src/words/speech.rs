//! For whom a sentence is meant: the zone its times are told in, and now.

use chrono::{DateTime, TimeDelta, Utc};
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

/// How far a moment may be from another that has its date for a reader to know
/// its day without being told, in every zone.
const SAME_DAY: TimeDelta = TimeDelta::hours(12);

/// A moment that Discord shows each reader in their own zone. `beside` is one
/// whose day the reader sees, such as that of the message it stands in: close
/// to it `15:27`, else `8 July 2025 15:27`.
#[must_use]
pub fn discord_time(at: DateTime<Utc>, beside: DateTime<Utc>) -> String {
    if (at - beside).abs() < SAME_DAY {
        return format!("<t:{}:t>", at.timestamp());
    }
    discord_day_and_time(at)
}

/// A moment in each reader's own zone with its day: `8 July 2025 15:27`.
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

    #[test]
    fn a_stamp_has_its_day_where_the_reader_could_mistake_it() {
        let said = "2025-07-08T20:27:00Z".parse().unwrap();
        let at = |text: &str| discord_time(text.parse().unwrap(), said);
        assert_eq!(at("2025-07-08T20:20:00Z"), "<t:1752006000:t>");
        assert_eq!(at("2025-07-08T09:00:00Z"), "<t:1751965200:t>");
        assert_eq!(at("2025-07-08T08:00:00Z"), "<t:1751961600:f>");
        assert_eq!(at("2025-07-07T20:20:00Z"), "<t:1751919600:f>");
    }
}
