//! What the clock on a wall shows, as a moment.

use chrono::{
    DateTime, MappedLocalTime, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, TimeZone, Utc,
};
use chrono_tz::Tz;

/// The first moment at which a zone's clock shows a local time; where the
/// clock was put forward over it, the moment it was put forward.
#[must_use]
pub fn first_moment(local: NaiveDateTime, zone: Tz) -> DateTime<Utc> {
    match zone.from_local_datetime(&local) {
        MappedLocalTime::Single(moment) | MappedLocalTime::Ambiguous(moment, _) => {
            moment.with_timezone(&Utc)
        }
        MappedLocalTime::None => {
            // The clock jumps over it once between these two, so it can be halved.
            let (mut before, mut after) = (
                local.and_utc() - TimeDelta::hours(26),
                local.and_utc() + TimeDelta::hours(26),
            );
            while after - before > TimeDelta::seconds(1) {
                let seconds = (after - before).num_seconds() / 2;
                let middle = before + TimeDelta::seconds(seconds);
                if middle.with_timezone(&zone).naive_local() < local {
                    before = middle;
                } else {
                    after = middle;
                }
            }
            after
        }
    }
}

/// The last second of a day in a zone: until then, what is due on the day is not late.
#[must_use]
pub fn last_moment_of(day: NaiveDate, zone: Tz) -> DateTime<Utc> {
    let next = day.succ_opt().unwrap_or(day);
    first_moment(next.and_time(NaiveTime::MIN), zone) - TimeDelta::seconds(1)
}
