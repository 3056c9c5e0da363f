//! How bad an incident is, in the team's words and in the public's.

use serde::{Deserialize, Serialize};
use strum::{Display, EnumIter, EnumString, IntoStaticStr};

/// How bad an incident is; `SEV1` is the worst.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    schemars::JsonSchema,
    Display,
    EnumString,
    EnumIter,
    IntoStaticStr,
)]
#[serde(rename_all = "UPPERCASE")]
#[strum(serialize_all = "UPPERCASE", ascii_case_insensitive)]
pub enum Severity {
    /// Everything or everybody is affected.
    Sev1,
    /// Much or many are affected.
    Sev2,
    /// Little or few are affected.
    Sev3,
    /// Nobody outside notices.
    Sev4,
}

/// How bad it is for the public, in the words of status pages (Statuspage's
/// incident impact).
#[derive(
    Clone,
    Copy,
    Debug,
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
#[strum(serialize_all = "snake_case", ascii_case_insensitive)]
pub enum Impact {
    /// Of [`Severity::Sev1`].
    Critical,
    /// Of [`Severity::Sev2`].
    Major,
    /// Of [`Severity::Sev3`].
    Minor,
    /// Of [`Severity::Sev4`].
    None,
}

impl Severity {
    /// What a status page says of it.
    #[must_use]
    pub fn impact(self) -> Impact {
        match self {
            Self::Sev1 => Impact::Critical,
            Self::Sev2 => Impact::Major,
            Self::Sev3 => Impact::Minor,
            Self::Sev4 => Impact::None,
        }
    }
}

impl From<Impact> for Severity {
    fn from(impact: Impact) -> Self {
        match impact {
            Impact::Critical => Self::Sev1,
            Impact::Major => Self::Sev2,
            Impact::Minor => Self::Sev3,
            Impact::None => Self::Sev4,
        }
    }
}

#[cfg(test)]
mod tests {
    use strum::IntoEnumIterator;

    use super::*;

    #[test]
    fn impact_and_severity_are_two_words_for_one_thing() {
        for severity in Severity::iter() {
            assert_eq!(Severity::from(severity.impact()), severity);
        }
        assert_eq!("sev1".parse(), Ok(Severity::Sev1));
        assert_eq!(Severity::Sev2.to_string(), "SEV2");
    }
}
