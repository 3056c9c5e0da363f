//! Lengths of time in the languages that people write reports in: `2 Stunden 45 Minuten`, `1 hora y 20 minutos`.

use std::borrow::Cow;
use std::sync::LazyLock;

use regex::Regex;

use super::source::regex;
use crate::incident::human_time::{self, Length};

static UNIT: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?i)(\d\s?)(stunden?|minuten?|sekunden?|tagen?|horas?|minutos?|segundos?|heures?|jours?|secondes?|dias|días)\b(\s(?:und|et|y|e)\b)?",
    )
});

/// The lengths of a text, wherever they stand in it.
pub(super) fn lengths(text: &str) -> Vec<Length> {
    human_time::lengths(&in_english(text))
}

/// The same with English units, each at its place: what is shorter is filled up.
fn in_english(text: &str) -> Cow<'_, str> {
    UNIT.replace_all(text, |parts: &regex::Captures<'_>| {
        let unit = &parts[2];
        let english = match unit.to_lowercase().chars().next() {
            Some('m') => "minutes",
            Some('h') => "hours",
            Some('t' | 'd' | 'j') => "days",
            _ if unit.to_lowercase().starts_with("st") => "hours",
            _ => "seconds",
        };
        let english = english.get(..unit.len()).unwrap_or(english);
        let mut shown = format!("{}{english:<width$}", &parts[1], width = unit.len());
        let and = parts.get(3).map_or(0, |and| and.len());
        shown.extend(std::iter::repeat_n(' ', and));
        shown
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_keep_their_places() {
        for (text, minutes) in [
            ("Die Störung dauerte 2 Stunden 45 Minuten.", 165),
            ("Sie dauerte 1 Stunde und 5 Minuten", 65),
            ("duró 1 hora y 20 minutos", 80),
            ("a duré 35 minutes", 35),
            ("a duré 2 heures", 120),
        ] {
            let english = in_english(text);
            assert_eq!(english.len(), text.len(), "{text}: {english}");
            let found = lengths(text);
            assert_eq!(found.len(), 1, "{text}: {english}");
            assert_eq!(found[0].length.num_minutes(), minutes, "{text}: {english}");
        }
    }
}
