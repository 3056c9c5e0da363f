//! Zones by the names people give them: `CT`, `CDT`, `Europe/Berlin`, `berlin`, `+02:00`.

use chrono::{FixedOffset, NaiveDate, NaiveTime, Offset, TimeZone};
use chrono_tz::{OffsetName, TZ_VARIANTS, Tz};

use super::TimeRefusal;

/// How many zones [`zones_like`] gives: as many as Discord shows.
pub const MAX_SUGGESTIONS: usize = 25;

/// Names of a zone as it is kept on the day, summer or winter.
const CIVIL: [(&str, Tz); 8] = [
    ("ET", Tz::America__New_York),
    ("CT", Tz::America__Chicago),
    ("MT", Tz::America__Denver),
    ("PT", Tz::America__Los_Angeles),
    ("EASTERN", Tz::America__New_York),
    ("CENTRAL", Tz::America__Chicago),
    ("MOUNTAIN", Tz::America__Denver),
    ("PACIFIC", Tz::America__Los_Angeles),
];

/// Names that state an offset, as the tz database spells them, with the zones people mean by them. Where there are several, the
/// first is meant by people of its continent only; everybody else is asked.
const STATED: &[(&str, &[Tz])] = &[
    ("EST", &[Tz::America__New_York]),
    ("EDT", &[Tz::America__New_York]),
    ("CST", &[Tz::America__Chicago, Tz::Asia__Shanghai]),
    ("CDT", &[Tz::America__Chicago]),
    ("MST", &[Tz::America__Denver]),
    ("MDT", &[Tz::America__Denver]),
    ("PST", &[Tz::America__Los_Angeles]),
    ("PDT", &[Tz::America__Los_Angeles]),
    ("AKST", &[Tz::America__Anchorage]),
    ("AKDT", &[Tz::America__Anchorage]),
    ("HST", &[Tz::Pacific__Honolulu]),
    ("AST", &[Tz::America__Halifax]),
    ("ADT", &[Tz::America__Halifax]),
    ("NST", &[Tz::America__St_Johns]),
    ("NDT", &[Tz::America__St_Johns]),
    ("BST", &[Tz::Europe__London, Tz::Asia__Dhaka]),
    (
        "IST",
        &[Tz::Asia__Kolkata, Tz::Europe__Dublin, Tz::Asia__Jerusalem],
    ),
    ("IDT", &[Tz::Asia__Jerusalem]),
    ("WET", &[Tz::Europe__Lisbon]),
    ("WEST", &[Tz::Europe__Lisbon]),
    ("CET", &[Tz::Europe__Berlin]),
    ("CEST", &[Tz::Europe__Berlin]),
    ("EET", &[Tz::Europe__Kyiv]),
    ("EEST", &[Tz::Europe__Kyiv]),
    ("MSK", &[Tz::Europe__Moscow]),
    ("SAST", &[Tz::Africa__Johannesburg]),
    ("WAT", &[Tz::Africa__Lagos]),
    ("CAT", &[Tz::Africa__Maputo]),
    ("EAT", &[Tz::Africa__Nairobi]),
    ("PKT", &[Tz::Asia__Karachi]),
    ("WIB", &[Tz::Asia__Jakarta]),
    ("HKT", &[Tz::Asia__Hong_Kong]),
    ("JST", &[Tz::Asia__Tokyo]),
    ("KST", &[Tz::Asia__Seoul]),
    ("AWST", &[Tz::Australia__Perth]),
    ("ACST", &[Tz::Australia__Adelaide]),
    ("ACDT", &[Tz::Australia__Adelaide]),
    ("AEST", &[Tz::Australia__Sydney]),
    ("AEDT", &[Tz::Australia__Sydney]),
    ("NZST", &[Tz::Pacific__Auckland]),
    ("NZDT", &[Tz::Pacific__Auckland]),
];

/// The parts of the tz database where its zones have their present names; the rest are old spellings and fixed offsets.
const CONTINENTS: [&str; 10] = [
    "Africa",
    "America",
    "Antarctica",
    "Arctic",
    "Asia",
    "Atlantic",
    "Australia",
    "Europe",
    "Indian",
    "Pacific",
];

/// What a typed zone means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Place {
    /// The clock on the wall there.
    Civil(Tz),
    /// The clock there while it shows this name, which stands for this offset.
    Named(Tz, String, FixedOffset),
    /// An offset and no place.
    Offset(FixedOffset),
}

/// What `name` means to people whose own zone is `home`, in `year`.
///
/// A name that `home` itself uses is `home`'s: `IST` is Irish in Dublin and Indian in Kolkata.
pub(super) fn place(name: &str, home: Tz, year: i32) -> Result<Place, TimeRefusal> {
    if matches!(name.to_ascii_uppercase().as_str(), "UTC" | "Z" | "ZULU") {
        return Ok(Place::Civil(Tz::UTC));
    }
    if let Some(offset) = offset(name) {
        return Ok(Place::Offset(offset));
    }
    if let Some(zone) = civil(name) {
        return Ok(Place::Civil(zone));
    }
    if let Some(offset) = stated_offset(home, name, year) {
        return Ok(Place::Named(home, name.to_uppercase(), offset));
    }
    if name.eq_ignore_ascii_case("GMT") {
        return Ok(Place::Civil(Tz::UTC));
    }
    if let Some(meanings) = stated(name) {
        let zone = meanings[0];
        if meanings.len() > 1 && continent(zone) != continent(home) {
            return Err(TimeRefusal::AmbiguousZone {
                name: name.to_owned(),
                meanings: meanings.to_vec(),
            });
        }
        return stated_offset(zone, name, year)
            .map(|offset| Place::Named(zone, name.to_uppercase(), offset))
            .ok_or_else(|| TimeRefusal::UnknownZone {
                name: name.to_owned(),
            });
    }
    by_database_name(name)
        .map(Place::Civil)
        .ok_or_else(|| TimeRefusal::UnknownZone {
            name: name.to_owned(),
        })
}

/// The zone that a setting names: `Europe/Berlin`, `berlin`, `CT`, `CET`, `UTC`. `None` for an unknown one, for a name with several
/// meanings (`IST`), and for a bare offset, which is no zone: it does not know about summer.
#[must_use]
pub fn parse_zone(text: &str) -> Option<Tz> {
    let text = text.trim();
    if text.chars().count() > super::MAX_TEXT {
        return None;
    }
    if matches!(
        text.to_ascii_uppercase().as_str(),
        "UTC" | "GMT" | "Z" | "ZULU"
    ) {
        return Some(Tz::UTC);
    }
    civil(text)
        .or_else(|| match stated(text) {
            Some([only]) => Some(*only),
            _ => None,
        })
        .or_else(|| by_database_name(text))
}

/// Zones to offer while somebody types, the likeliest first, at most [`MAX_SUGGESTIONS`]: those a short name stands for (`ist`),
/// then those whose city begins with the text, then those that contain it.
#[must_use]
pub fn zones_like(text: &str) -> Vec<Tz> {
    let wanted = text.trim().replace(' ', "_").to_lowercase();
    if wanted.is_empty() {
        return COMMON.to_vec();
    }
    let short = civil(&wanted)
        .into_iter()
        .chain(stated(&wanted).unwrap_or_default().iter().copied());
    let known = || {
        TZ_VARIANTS
            .iter()
            .copied()
            .filter(|zone| *zone == Tz::UTC || is_present_name(*zone))
    };
    let begins = known().filter(|zone| city(*zone).to_lowercase().starts_with(&wanted));
    let contains = known().filter(|zone| zone.name().to_lowercase().contains(&wanted));
    let mut found = Vec::new();
    for zone in short.chain(begins).chain(contains) {
        if found.len() == MAX_SUGGESTIONS {
            break;
        }
        if !found.contains(&zone) {
            found.push(zone);
        }
    }
    found
}

/// The short names that [`parse`](super::parse) knows beside those of the reader's own zone, for a help text.
pub fn accepted_names() -> impl Iterator<Item = &'static str> {
    ["UTC", "GMT"]
        .into_iter()
        .chain(CIVIL.iter().map(|(name, _)| *name))
        .chain(STATED.iter().map(|(name, _)| *name))
}

/// What is offered before anything is typed.
const COMMON: [Tz; 14] = [
    Tz::UTC,
    Tz::America__New_York,
    Tz::America__Chicago,
    Tz::America__Denver,
    Tz::America__Los_Angeles,
    Tz::America__Sao_Paulo,
    Tz::Europe__London,
    Tz::Europe__Berlin,
    Tz::Europe__Kyiv,
    Tz::Asia__Kolkata,
    Tz::Asia__Shanghai,
    Tz::Asia__Singapore,
    Tz::Asia__Tokyo,
    Tz::Australia__Sydney,
];

fn civil(name: &str) -> Option<Tz> {
    CIVIL
        .iter()
        .find(|(known, _)| known.eq_ignore_ascii_case(name))
        .map(|(_, zone)| *zone)
}

fn stated(name: &str) -> Option<&'static [Tz]> {
    STATED
        .iter()
        .find(|(known, _)| known.eq_ignore_ascii_case(name))
        .map(|(_, zones)| *zones)
}

/// The offset that `zone` keeps in some part of `year` under this name.
fn stated_offset(zone: Tz, name: &str, year: i32) -> Option<FixedOffset> {
    (1..=12).find_map(|month| {
        let day = NaiveDate::from_ymd_opt(year, month, 1)?.and_time(NaiveTime::MIN);
        let offset = zone.offset_from_utc_datetime(&day);
        let same = offset.abbreviation()?.eq_ignore_ascii_case(name);
        same.then(|| offset.fix())
    })
}

/// `Europe/Berlin` and `Japan` as the tz database spells them, or a city that only one zone is named after.
fn by_database_name(name: &str) -> Option<Tz> {
    let name = name.replace(' ', "_");
    let whole = TZ_VARIANTS
        .iter()
        .find(|zone| zone.name().eq_ignore_ascii_case(&name));
    if let Some(zone) = whole {
        return Some(*zone);
    }
    let mut cities = TZ_VARIANTS
        .iter()
        .filter(|zone| is_present_name(**zone) && city(**zone).eq_ignore_ascii_case(&name));
    match (cities.next(), cities.next()) {
        (Some(zone), None) => Some(*zone),
        _ => None,
    }
}

/// `+02:00`, `-0530`, `+2`, `UTC+2`, `GMT-3`; at most 14 hours, as far as any zone is.
fn offset(text: &str) -> Option<FixedOffset> {
    let text = match text.get(..3) {
        Some(lead) if lead.eq_ignore_ascii_case("UTC") || lead.eq_ignore_ascii_case("GMT") => {
            &text[3..]
        }
        _ => text,
    };
    let (sign, digits) = match text.strip_prefix('+') {
        Some(digits) => (1, digits),
        None => (-1, text.strip_prefix('-')?),
    };
    let (hours, minutes) = match digits.split_once(':') {
        Some((hours, minutes)) if minutes.len() == 2 => (hours, minutes),
        Some(_) => return None,
        None if digits.len() == 4 => digits.split_at_checked(2)?,
        None => (digits, "00"),
    };
    let number = |text: &str| {
        let plain = (1..=2).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
        plain.then(|| text.parse::<i32>().ok()).flatten()
    };
    let (hours, minutes) = (number(hours)?, number(minutes)?);
    if minutes > 59 || hours * 60 + minutes > 14 * 60 {
        return None;
    }
    FixedOffset::east_opt(sign * (hours * 60 + minutes) * 60)
}

fn continent(zone: Tz) -> &'static str {
    zone.name().split('/').next().unwrap_or(zone.name())
}

fn city(zone: Tz) -> &'static str {
    zone.name().rsplit('/').next().unwrap_or(zone.name())
}

fn is_present_name(zone: Tz) -> bool {
    zone.name().contains('/') && CONTINENTS.contains(&continent(zone))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_stated_name_is_in_use_in_its_zone() {
        for (name, zones) in STATED {
            assert!(stated_offset(zones[0], name, 2025).is_some(), "{name}");
        }
    }

    #[test]
    fn offsets() {
        let minutes = |text| offset(text).map(|offset| offset.local_minus_utc() / 60);
        for (text, expected) in [
            ("+02:00", 120),
            ("-0530", -330),
            ("+2", 120),
            ("+14", 840),
            ("UTC-3", -180),
            ("gmt+05:45", 345),
            ("-00", 0),
        ] {
            assert_eq!(minutes(text), Some(expected), "{text}");
        }
        for text in [
            "",
            "+",
            "2",
            "+14:01",
            "+2:5",
            "+002",
            "+02:60",
            "UTC",
            "+02:00:00",
            "+ 2",
            "++2",
            "+-2",
        ] {
            assert_eq!(minutes(text), None, "{text}");
        }
    }

    #[test]
    fn settings() {
        assert_eq!(parse_zone("Europe/Berlin"), Some(Tz::Europe__Berlin));
        assert_eq!(parse_zone(" europe/berlin "), Some(Tz::Europe__Berlin));
        assert_eq!(parse_zone("America/New York"), Some(Tz::America__New_York));
        assert_eq!(parse_zone("CT"), Some(Tz::America__Chicago));
        assert_eq!(parse_zone("CET"), Some(Tz::Europe__Berlin));
        assert_eq!(parse_zone("utc"), Some(Tz::UTC));
        assert_eq!(parse_zone("Lord Howe"), Some(Tz::Australia__Lord_Howe));
        for text in ["IST", "+02:00", "Atlantis", "", "\u{130}\u{130}\u{130}"] {
            assert_eq!(parse_zone(text), None, "{text}");
        }
    }

    #[test]
    fn suggestions() {
        assert_eq!(zones_like("chic"), [Tz::America__Chicago]);
        assert_eq!(zones_like("new york")[0], Tz::America__New_York);
        assert_eq!(
            zones_like("ist")[..3],
            [Tz::Asia__Kolkata, Tz::Europe__Dublin, Tz::Asia__Jerusalem]
        );
        assert_eq!(zones_like("a").len(), MAX_SUGGESTIONS);
        assert!(zones_like("").len() <= MAX_SUGGESTIONS);
        assert_eq!(zones_like("xyzzy"), []);
        // Old spellings and fixed offsets are read, not offered.
        assert!(
            zones_like("central")
                .iter()
                .all(|zone| is_present_name(*zone))
        );
    }
}
