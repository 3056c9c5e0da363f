//! Both texts of each sentence side by side, and in which language one is
//! said: `say!("{number} is open", "{number} ist offen")`, English first.
//!
//! Where one is missing the program does not compile; there is no catalogue in
//! which it could be looked for in vain. A test sees to it that no sentence
//! stands outside of `say!` and `word!`.
//!
//! The language is ambient, not an argument: a sentence is made of others, ten
//! deep, and a thousand calls would hand on what only the outermost knows. Who
//! knows it says so once, around all that is said there ([`speaking`]). It is
//! the thread's, ends with the closure, and is English where nobody said any.
//! What runs in steps (a future) or on other threads has to say it for each;
//! `src/discord/speaking.rs` does.
//!
//! Which language: what one person asks for and sees alone is in theirs; what a
//! server sees together (the channel, the card, announcements, reminders, drafts
//! and reviews with their pictures) in the server's, which is one of its settings.

use std::cell::Cell;

use chrono::{Datelike, NaiveDate, Weekday};

use crate::incident::Language;

thread_local! {
    static SPOKEN: Cell<Language> = const { Cell::new(Language::English) };
}

/// What is said inside is said in that language.
pub fn speaking<T>(language: Language, said: impl FnOnce() -> T) -> T {
    /// Goes back to the language before, on a panic too.
    struct Before(Language);
    impl Drop for Before {
        fn drop(&mut self) {
            SPOKEN.set(self.0);
        }
    }
    let _before = Before(SPOKEN.replace(language));
    said()
}

/// The language that is spoken here.
#[must_use]
pub fn spoken() -> Language {
    SPOKEN.get()
}

/// A sentence in the language that is spoken, as a `String`: the English text,
/// the German text, and what stands in them by name; or, after a semicolon, what
/// stands in the empty braces of both, in the same order.
macro_rules! say {
    ($english:literal, $german:literal; $($value:expr),+ $(,)?) => {
        match $crate::words::language::spoken() {
            $crate::incident::Language::English => format!($english, $($value),+),
            $crate::incident::Language::German => format!($german, $($value),+),
        }
    };
    ($english:literal, $german:literal $(, $name:ident = $value:expr)* $(,)?) => {{
        $(let $name = $value;)*
        match $crate::words::language::spoken() {
            $crate::incident::Language::English => format!($english),
            $crate::incident::Language::German => format!($german),
        }
    }};
}

/// A fixed text in the language that is spoken, as a `&'static str`: the
/// English text, the German text.
macro_rules! word {
    ($english:literal, $german:literal $(,)?) => {
        match $crate::words::language::spoken() {
            $crate::incident::Language::English => $english,
            $crate::incident::Language::German => $german,
        }
    };
}

pub(crate) use {say, word};

/// A text of Scribe's own files, such as a template, in the language that is
/// spoken: of each `«English»«Deutsch»` in it the one, and the rest as it is.
#[must_use]
pub fn chosen(text: &str) -> String {
    let language = spoken();
    let mut said = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, both)) = rest.split_once('«') {
        said.push_str(before);
        let Some((english, both)) = both.split_once("»«") else {
            said.push('«');
            rest = both;
            continue;
        };
        let (german, after) = both.split_once('»').unwrap_or((both, ""));
        said.push_str(match language {
            Language::English => english,
            Language::German => german,
        });
        rest = after;
    }
    said.push_str(rest);
    said
}

/// `8 July 2025`.
#[must_use]
pub fn date(day: NaiveDate) -> String {
    let (number, month, year) = (day.day(), month(day), day.year());
    say!("{number} {month} {year}", "{number}. {month} {year}")
}

/// `July`: the month of a day.
#[must_use]
pub fn month(day: NaiveDate) -> &'static str {
    match day.month() {
        1 => word!("January", "Januar"),
        2 => word!("February", "Februar"),
        3 => word!("March", "März"),
        4 => word!("April", "April"),
        5 => word!("May", "Mai"),
        6 => word!("June", "Juni"),
        7 => word!("July", "Juli"),
        8 => word!("August", "August"),
        9 => word!("September", "September"),
        10 => word!("October", "Oktober"),
        11 => word!("November", "November"),
        _ => word!("December", "Dezember"),
    }
}

/// `Jul 8`, for where there is little room.
#[must_use]
pub fn short_date(day: NaiveDate) -> String {
    let number = day.day();
    let short: String = month(day).chars().take(3).collect();
    say!("{short} {number}", "{number}. {short}")
}

/// `Monday`.
#[must_use]
pub fn weekday(day: Weekday) -> &'static str {
    match day {
        Weekday::Mon => word!("Monday", "Montag"),
        Weekday::Tue => word!("Tuesday", "Dienstag"),
        Weekday::Wed => word!("Wednesday", "Mittwoch"),
        Weekday::Thu => word!("Thursday", "Donnerstag"),
        Weekday::Fri => word!("Friday", "Freitag"),
        Weekday::Sat => word!("Saturday", "Samstag"),
        Weekday::Sun => word!("Sunday", "Sonntag"),
    }
}

/// `Mon`.
#[must_use]
pub fn short_weekday(day: Weekday) -> String {
    let letters = match spoken() {
        Language::English => 3,
        Language::German => 2,
    };
    weekday(day).chars().take(letters).collect()
}

/// A number with one place after its point or comma: `2.5`.
#[must_use]
pub fn decimal(number: f64) -> String {
    let written = format!("{number:.1}");
    match spoken() {
        Language::English => written,
        Language::German => written.replace('.', ","),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_language_holds_inside_and_is_gone_after() {
        let number = 42;
        let said = || say!("{number} is open", "{number} ist offen");
        assert_eq!(said(), "42 is open");
        let german = speaking(Language::German, || {
            let inner = speaking(Language::English, said);
            assert_eq!(inner, "42 is open");
            said()
        });
        assert_eq!(german, "42 ist offen");
        let panicked = std::panic::catch_unwind(|| {
            speaking(Language::German, || {
                std::panic::resume_unwind(Box::new("in the middle of a sentence"))
            })
        });
        assert!(panicked.is_err());
        assert_eq!(said(), "42 is open");
    }

    #[test]
    fn a_file_has_both_texts_too() {
        let text = "# «Summary»«Zusammenfassung»\n{{x}} «a {{b}}»«ein {{b}}».";
        assert_eq!(chosen(text), "# Summary\n{{x}} a {{b}}.");
        let german = speaking(Language::German, || chosen(text));
        assert_eq!(german, "# Zusammenfassung\n{{x}} ein {{b}}.");
    }

    #[test]
    fn dates_and_numbers_are_written_as_people_write_them() {
        let day = NaiveDate::from_ymd_opt(2025, 3, 8).unwrap();
        let all = || {
            let week = (short_weekday(day.weekday()), weekday(day.weekday()));
            (date(day), short_date(day), week.0, week.1, decimal(2.5))
        };
        let english = ("8 March 2025", "Mar 8", "Sat", "Saturday", "2.5");
        let german = ("8. März 2025", "8. Mär", "Sa", "Samstag", "2,5");
        let as_text = |(a, b, c, d, e): (&str, &str, &str, &'static str, &str)| {
            (a.to_owned(), b.to_owned(), c.to_owned(), d, e.to_owned())
        };
        assert_eq!(all(), as_text(english));
        assert_eq!(speaking(Language::German, all), as_text(german));
    }
}
