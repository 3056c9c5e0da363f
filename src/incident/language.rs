//! The languages that Scribe speaks.

use serde::{Deserialize, Serialize};
use strum::{Display, EnumIter, EnumString, IntoStaticStr};

/// A language that Scribe speaks.
#[derive(
    Clone,
    Copy,
    Debug,
    Default,
    PartialEq,
    Eq,
    Hash,
    Serialize,
    Deserialize,
    Display,
    EnumString,
    EnumIter,
    IntoStaticStr,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Language {
    /// English, where nobody chose and nothing else is known.
    #[default]
    English,
    /// German.
    German,
}

impl Language {
    /// The language of a locale such as `de`, `de-AT` or `en-GB`; English where
    /// Scribe does not speak it.
    ///
    /// Source of the names: Discord's reference, "Locales".
    #[must_use]
    pub fn of_locale(locale: &str) -> Self {
        let language = locale.split(['-', '_']).next().unwrap_or_default();
        if language.eq_ignore_ascii_case("de") {
            Self::German
        } else {
            Self::English
        }
    }

    /// What a page in it declares: `de` (BCP 47), which is Discord's name of it too.
    #[must_use]
    pub fn tag(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::German => "de",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_locale_is_a_language_or_english() {
        for (locale, language) in [
            ("de", Language::German),
            ("de-AT", Language::German),
            ("DE", Language::German),
            ("en-US", Language::English),
            ("den", Language::English),
            ("fr", Language::English),
            ("", Language::English),
        ] {
            assert_eq!(Language::of_locale(locale), language, "{locale}");
        }
    }
}
