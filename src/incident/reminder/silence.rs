//! For how long whoever leads may be silent.

use chrono::TimeDelta;
use serde::{Deserialize, Serialize};

use crate::incident::handover::TAKEOVER_AFTER;
use crate::incident::severity::Severity;

/// After how many minutes without a word from the commander people are
/// reminded, and others may take over. `None`: nobody is reminded, and others
/// may take over after [`TAKEOVER_AFTER`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct SilenceTimes {
    /// In a SEV1.
    pub sev1: Option<u32>,
    /// In a SEV2.
    pub sev2: Option<u32>,
    /// In a SEV3.
    pub sev3: Option<u32>,
    /// In a SEV4.
    pub sev4: Option<u32>,
}

impl Default for SilenceTimes {
    fn default() -> Self {
        Self {
            sev1: Some(15),
            sev2: Some(15),
            sev3: None,
            sev4: None,
        }
    }
}

impl SilenceTimes {
    /// The minutes of a severity.
    #[must_use]
    pub fn of(&self, severity: Severity) -> Option<u32> {
        match severity {
            Severity::Sev1 => self.sev1,
            Severity::Sev2 => self.sev2,
            Severity::Sev3 => self.sev3,
            Severity::Sev4 => self.sev4,
        }
    }

    /// The minutes of a severity, to be changed.
    pub fn of_mut(&mut self, severity: Severity) -> &mut Option<u32> {
        match severity {
            Severity::Sev1 => &mut self.sev1,
            Severity::Sev2 => &mut self.sev2,
            Severity::Sev3 => &mut self.sev3,
            Severity::Sev4 => &mut self.sev4,
        }
    }

    /// After how long others may take over.
    #[must_use]
    pub fn takeover_after(&self, severity: Severity) -> TimeDelta {
        let chosen = self.of(severity);
        chosen.map_or(TAKEOVER_AFTER, |minutes| {
            TimeDelta::minutes(minutes.max(1).into())
        })
    }
}
