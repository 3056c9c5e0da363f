//! What people call days, weekdays and months, in English and in German.

use chrono::{Month, Weekday};

/// `yesterday`, as days from today.
pub(super) fn relative_day(word: &str) -> Option<i64> {
    match word {
        "today" | "heute" => Some(0),
        "yesterday" | "gestern" => Some(-1),
        "vorgestern" => Some(-2),
        "tomorrow" | "morgen" => Some(1),
        _ => None,
    }
}

/// `Sat`, `saturday`, `tues`, `Samstag`.
pub(crate) fn weekday(word: &str) -> Option<Weekday> {
    match word {
        "tues" => Some(Weekday::Tue),
        "thur" | "thurs" => Some(Weekday::Thu),
        "montag" => Some(Weekday::Mon),
        "dienstag" => Some(Weekday::Tue),
        "mittwoch" => Some(Weekday::Wed),
        "donnerstag" => Some(Weekday::Thu),
        "freitag" => Some(Weekday::Fri),
        "samstag" | "sonnabend" => Some(Weekday::Sat),
        "sonntag" => Some(Weekday::Sun),
        _ => word.parse().ok(),
    }
}

/// `Jul`, `july`, `sept`, `Juli`, as 1 to 12.
pub(crate) fn month(word: &str) -> Option<u32> {
    let german = match word.to_lowercase().as_str() {
        "sept" => Some(9),
        "januar" => Some(1),
        "februar" => Some(2),
        "märz" | "maerz" => Some(3),
        "mai" => Some(5),
        "juni" => Some(6),
        "juli" => Some(7),
        "oktober" | "okt" => Some(10),
        "dezember" | "dez" => Some(12),
        _ => None,
    };
    if german.is_some() {
        return german;
    }
    word.parse::<Month>()
        .ok()
        .map(|month| month.number_from_month())
}
