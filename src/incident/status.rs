//! The status of an incident and which changes of it are legal.

use serde::{Deserialize, Serialize};
use strum::{Display, EnumIter, EnumString, IntoStaticStr};

/// Where an incident stands. The first four and `postmortem` are the words of
/// status pages (Statuspage's incident status); `cancelled` is a false alarm.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    Hash,
    Serialize,
    Deserialize,
    schemars::JsonSchema,
    Display,
    EnumString,
    EnumIter,
    IntoStaticStr,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case", ascii_case_insensitive)]
pub enum Status {
    /// People look for the cause.
    Investigating,
    /// The cause is known.
    Identified,
    /// A fix is in; people watch whether it holds.
    Monitoring,
    /// It is over.
    Resolved,
    /// It is over and its postmortem is published.
    Postmortem,
    /// It was a false alarm.
    Cancelled,
}

impl Status {
    /// Whether people still work on it.
    #[must_use]
    pub fn is_open(self) -> bool {
        matches!(
            self,
            Self::Investigating | Self::Identified | Self::Monitoring
        )
    }

    /// Whether an incident may go from this status to `to`. Real incidents go
    /// back as well as forward, skip steps and come back after their end; only
    /// a postmortem needs a resolved incident, and an incident that is over
    /// cannot turn out a false alarm without being reopened.
    #[must_use]
    pub fn may_become(self, to: Self) -> bool {
        match (self, to) {
            (from, to) if from == to => false,
            (from, to) if from.is_open() => to != Self::Postmortem,
            (_, to) if to.is_open() => true,
            (Self::Resolved, Self::Postmortem) => true,
            _ => false,
        }
    }

    /// The status that usually comes next, for the first button of the card.
    #[must_use]
    pub fn usual_next(self) -> Self {
        match self {
            Self::Investigating => Self::Identified,
            Self::Identified => Self::Monitoring,
            Self::Monitoring => Self::Resolved,
            Self::Resolved | Self::Postmortem | Self::Cancelled => Self::Investigating,
        }
    }
}

#[cfg(test)]
mod tests {
    use strum::IntoEnumIterator;

    use super::*;

    #[test]
    fn every_open_status_reaches_every_other_but_the_postmortem() {
        for from in Status::iter().filter(|status| status.is_open()) {
            for to in Status::iter().filter(|to| *to != from) {
                assert_eq!(
                    from.may_become(to),
                    to != Status::Postmortem,
                    "{from}->{to}"
                );
            }
        }
    }

    #[test]
    fn what_is_over_can_only_be_reopened_or_published() {
        use Status::*;
        assert!(Resolved.may_become(Postmortem));
        assert!(!Postmortem.may_become(Resolved));
        assert!(!Resolved.may_become(Cancelled));
        for over in [Resolved, Postmortem, Cancelled] {
            assert!(over.may_become(Investigating));
        }
    }

    #[test]
    fn words_round_trip() {
        for status in Status::iter() {
            assert_eq!(status.to_string().parse(), Ok(status));
        }
        assert_eq!("Resolved".parse(), Ok(Status::Resolved));
    }
}
