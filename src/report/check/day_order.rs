//! Whether `03/04/2026` is of March or of April, as the rest of the text tells.

use std::sync::LazyLock;

use regex::Regex;

use super::source::{Segment, regex};
use super::stamp::stamps;

/// Which number of a date in numbers comes first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum DayOrder {
    /// Nothing tells; what can be read both ways is left alone.
    #[default]
    Unknown,
    DayFirst,
    MonthFirst,
}

static NUMBERS: LazyLock<Regex> =
    LazyLock::new(|| regex(r"\b(\d{1,2})/(\d{1,2})/((?:19|20)\d\d)\b"));
static AMERICAN: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"\d\s?[AaPp]\.?[Mm]\b[^\n]{0,12}\b(?:[ECMP][SD]?T|Eastern|Central|Mountain|Pacific)\b|\b(?:Eastern|Central|Mountain|Pacific)\b",
    )
});

impl DayOrder {
    /// How the segments write their dates.
    pub(super) fn of(segments: &[Segment]) -> Self {
        let mut written: Vec<(u32, u32, i32)> = Vec::new();
        for segment in segments {
            for parts in NUMBERS.captures_iter(&segment.text) {
                let number = |place: usize| parts[place].parse::<u32>().unwrap_or(0);
                written.push((number(1), number(2), parts[3].parse().unwrap_or(0)));
            }
        }
        if written.is_empty() {
            return Self::Unknown;
        }
        let day_first = written.iter().any(|(first, ..)| *first > 12);
        let month_first = written.iter().any(|(_, second, _)| *second > 12);
        match (day_first, month_first) {
            (true, false) => return Self::DayFirst,
            (false, true) => return Self::MonthFirst,
            (true, true) => return Self::Unknown,
            (false, false) => {}
        }
        Self::by_names(segments, &written).unwrap_or_else(|| {
            let american = segments
                .iter()
                .any(|segment| AMERICAN.is_match(&segment.text));
            if american {
                Self::MonthFirst
            } else {
                Self::Unknown
            }
        })
    }

    /// A date in words or in the order of ISO 8601 that is one of the two readings.
    fn by_names(segments: &[Segment], written: &[(u32, u32, i32)]) -> Option<Self> {
        let named = segments
            .iter()
            .flat_map(|segment| stamps(&segment.text, Self::Unknown));
        for day in named.filter_map(|stamp| stamp.day) {
            for (first, second, year) in written {
                if day.year.is_some_and(|other| other != *year) || first == second {
                    continue;
                }
                if (day.day, day.month) == (*first, *second) {
                    return Some(Self::DayFirst);
                }
                if (day.month, day.day) == (*first, *second) {
                    return Some(Self::MonthFirst);
                }
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::super::source::{Format, segments};
    use super::*;

    fn order(text: &str) -> DayOrder {
        DayOrder::of(&segments(text, Format::Text))
    }

    #[test]
    fn the_rest_of_the_text_tells() {
        assert_eq!(order("From 03/04/2026 to 13/04/2026"), DayOrder::DayFirst);
        assert_eq!(order("03/04/2026\n03/14/2026"), DayOrder::MonthFirst);
        assert_eq!(order("On April 3, 2026.\n\n03/04/2026"), DayOrder::DayFirst);
        assert_eq!(
            order("el 12 de marzo de 2026, 12/03/2026"),
            DayOrder::DayFirst
        );
        assert_eq!(order("03/04/2026 1:15 PM ET"), DayOrder::MonthFirst);
        assert_eq!(order("03/04/2026 13:15"), DayOrder::Unknown);
    }
}
