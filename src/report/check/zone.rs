//! Zones as reports name them.

use std::sync::LazyLock;

use chrono::{FixedOffset, NaiveDateTime, Offset, TimeDelta, TimeZone, Utc};
use chrono_tz::Tz;
use regex::Regex;

use super::source::regex;
use crate::incident::human_time::{accepted_names, parse_zone};

/// A zone as it was named.
#[derive(Clone, Debug)]
pub(super) struct Zone {
    /// As it stands in the text.
    pub(super) name: String,
    place: Place,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    /// The clock on a wall. `PST` in July is read as that wall's time: people write one name all year round.
    Wall(Tz),
    Offset(FixedOffset),
    /// A name with several meanings, comparable with itself only.
    Unclear,
}

impl Zone {
    /// The zone of a setting or of a log.
    pub(super) fn of(zone: Tz) -> Self {
        Self {
            name: zone.name().to_owned(),
            place: Place::Wall(zone),
        }
    }

    fn named(name: &str) -> Option<Self> {
        let place = match name {
            "Z" => Place::Wall(Tz::UTC),
            // Reports of this kind that mean Dhaka or Shanghai are rare enough.
            "BST" => Place::Wall(Tz::Europe__London),
            "CST" => Place::Wall(Tz::America__Chicago),
            "US/Pacific" | "Pacific" => Place::Wall(Tz::America__Los_Angeles),
            "US/Eastern" | "Eastern" => Place::Wall(Tz::America__New_York),
            "US/Central" | "Central" => Place::Wall(Tz::America__Chicago),
            "US/Mountain" | "Mountain" => Place::Wall(Tz::America__Denver),
            _ => match offset(name) {
                Some(offset) => Place::Offset(offset),
                None if name.contains('/') => Place::Wall(parse_zone(name)?),
                None if accepted_names().any(|known| known == name) => {
                    parse_zone(name).map_or(Place::Unclear, Place::Wall)
                }
                None => return None,
            },
        };
        Some(Self {
            name: name.to_owned(),
            place,
        })
    }

    /// Whether the name is that of a clock in winter.
    fn is_winter(&self) -> bool {
        matches!(
            self.name.as_str(),
            "PST" | "MST" | "CST" | "EST" | "AKST" | "GMT" | "WET" | "CET" | "EET"
        )
    }

    /// Whether it is written as machines do: `+02:00`, `Z`.
    pub(super) fn is_numeric(&self) -> bool {
        self.name == "Z" || self.name.starts_with(['+', '-'])
    }

    /// Whether both names are of one clock.
    pub(super) fn same(&self, other: &Self) -> bool {
        match (self.place, other.place) {
            (Place::Unclear, Place::Unclear) => self.name == other.name,
            (ours, theirs) => ours == theirs,
        }
    }

    /// How far the clock is ahead of UTC when it shows `local`; `None` where the name does not say.
    pub(super) fn ahead(&self, local: NaiveDateTime) -> Option<TimeDelta> {
        let offset = match self.place {
            Place::Wall(zone) => {
                let offset = zone.offset_from_local_datetime(&local);
                // `CET` in the night that has an hour twice says which of the two.
                if self.is_winter() {
                    offset.latest()?.fix()
                } else {
                    offset.earliest()?.fix()
                }
            }
            Place::Offset(offset) => offset,
            Place::Unclear => return None,
        };
        Some(TimeDelta::seconds(i64::from(offset.local_minus_utc())))
    }

    /// How many minutes the clock may be ahead of UTC where its name has several meanings; empty where that is not known.
    pub(super) fn meanings(&self) -> &'static [i64] {
        match (self.place, self.name.as_str()) {
            // India, Israel in winter and in summer, Ireland.
            (Place::Unclear, "IST") => &[330, 120, 180, 60],
            _ => &[],
        }
    }

    /// What the clock shows at a moment given in UTC.
    pub(super) fn shows(&self, utc: NaiveDateTime) -> Option<NaiveDateTime> {
        let at = Utc.from_utc_datetime(&utc);
        match self.place {
            Place::Wall(zone) => Some(at.with_timezone(&zone).naive_local()),
            Place::Offset(offset) => Some(at.with_timezone(&offset).naive_local()),
            Place::Unclear => None,
        }
    }
}

fn offset(name: &str) -> Option<FixedOffset> {
    let digits = name
        .strip_prefix("UTC")
        .or_else(|| name.strip_prefix("GMT"))
        .unwrap_or(name);
    // The digits of other scripts match a pattern too and are longer than a byte.
    if !digits.is_ascii() {
        return None;
    }
    let sign = match digits.chars().next()? {
        '+' => 1,
        '-' => -1,
        _ => return None,
    };
    let digits = digits[1..].replace(':', "");
    let (hours, minutes) = match digits.len() {
        1 | 2 => (digits.as_str(), "0"),
        4 => digits.split_at(2),
        _ => return None,
    };
    let minutes = hours.parse::<i32>().ok()? * 60 + minutes.parse::<i32>().ok()?;
    (minutes <= 14 * 60).then(|| FixedOffset::east_opt(sign * minutes * 60))?
}

static AFTER_CLOCK: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"^(?:\s?\(?(?:(UTC[+-]\d{1,2}(?::\d\d)?|GMT[+-]\d{1,2}(?::\d\d)?)|((?:US|Europe|America|Asia|Australia|Africa|Pacific)/[A-Z][A-Za-z_]+)\b|([A-Z]{2,5})\b|(Pacific|Eastern|Central|Mountain)\b(?:\s+[Tt]ime)?)|(Z)\b|\s?([+-]\d{2}:?\d{2})\b)",
    )
});

static ANYWHERE: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"\b(?:UTC[+-]\d{1,2}(?::\d\d)?|GMT[+-]\d{1,2}(?::\d\d)?|(?:US|Europe|America|Asia|Australia|Africa|Pacific)/[A-Z][A-Za-z_]+|[A-Z]{2,5}\b|(?:Pacific|Eastern|Central|Mountain)\b)",
    )
});

/// The zone right behind a clock, and where it ends. `10:00-10:30` is a stretch of time; only behind a whole stamp of ISO 8601
/// (`iso`) is it a clock west of Greenwich.
pub(super) fn after_clock(rest: &str, iso: bool) -> Option<(Zone, usize)> {
    let parts = AFTER_CLOCK.captures(rest)?;
    let name = parts.iter().skip(1).flatten().next()?;
    if name.as_str().starts_with('-') && name.as_str().contains(':') && !iso {
        return None;
    }
    Some((Zone::named(name.as_str())?, name.end()))
}

/// The first zone that a sentence names, for `All times in PST`.
pub(super) fn first_in(text: &str) -> Option<Zone> {
    ANYWHERE
        .find_iter(text)
        .find_map(|name| Zone::named(name.as_str()))
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;

    use super::*;

    fn noon(month: u32) -> NaiveDateTime {
        NaiveDate::from_ymd_opt(2024, month, 5)
            .and_then(|day| day.and_hms_opt(12, 0, 0))
            .unwrap()
    }

    #[test]
    fn names() {
        for (text, end, hours) in [
            (" CT", 3, Some(-5)),
            (" PST today", 4, Some(-7)),
            (" (BST)", 5, Some(1)),
            ("Z", 1, Some(0)),
            (" UTC+2", 6, Some(2)),
            ("+05:30", 6, Some(5)),
            (" IST", 4, None),
            (" US/Pacific", 11, Some(-7)),
        ] {
            let (zone, at) = after_clock(text, true).unwrap();
            assert_eq!(at, end, "{text}");
            assert_eq!(zone.ahead(noon(7)).map(|d| d.num_hours()), hours, "{text}");
        }
        for text in [" API", " IT", " CAN", "", " - 5", " on"] {
            assert!(after_clock(text, true).is_none(), "{text}");
        }
    }

    #[test]
    fn a_stretch_is_no_offset() {
        assert!(after_clock("-04:35", false).is_none());
        assert!(after_clock("-05:00", true).is_some());
        assert!(after_clock("+02:00", false).is_some());
    }

    #[test]
    fn one_clock_by_two_names() {
        let zone = |name| Zone::named(name).unwrap();
        assert!(zone("CT").same(&zone("CDT")));
        assert!(zone("UTC").same(&Zone::of(Tz::UTC)));
        assert!(!zone("CT").same(&zone("ET")));
        assert!(zone("IST").same(&zone("IST")));
        assert_eq!(
            first_in("All times are US/Pacific (24h).").unwrap().name,
            "US/Pacific"
        );
        assert!(first_in("ALL TIMES HERE").is_none());
    }
}
