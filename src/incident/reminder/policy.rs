//! What a guild chooses about reminders.

use serde::{Deserialize, Serialize};

use super::quiet::QuietHours;
use super::silence::SilenceTimes;
use crate::incident::severity::Severity;

/// When a guild is reminded; the default helps before anybody has chosen anything.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ReminderPolicy {
    /// Of a SEV1.
    pub sev1: ReminderTimes,
    /// Of a SEV2.
    pub sev2: ReminderTimes,
    /// Of a SEV3.
    pub sev3: ReminderTimes,
    /// Of a SEV4.
    pub sev4: ReminderTimes,
    /// For how long whoever leads may be silent.
    pub silence: SilenceTimes,
    /// Whether owners are reminded of action items that are due.
    pub actions: bool,
    /// When nothing is said.
    pub quiet: Option<QuietHours>,
    /// Incidents this bad or worse are reminded of in the quiet hours too, while they are open.
    pub loud: Option<Severity>,
}

/// When people are reminded of incidents of one severity; `None` is never.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ReminderTimes {
    /// After how many minutes without an update.
    pub update: Option<u32>,
    /// After how many minutes without a commander.
    pub commander: Option<u32>,
    /// After how many minutes of being open.
    pub open: Option<u32>,
    /// How many days after its end the postmortem is due.
    pub postmortem: Option<u32>,
}

impl ReminderTimes {
    /// The fewest and the most minutes that may be chosen: shorter would be
    /// noise, longer than a month is never.
    pub const MINUTES: std::ops::RangeInclusive<u32> = 5..=43_200;
    /// The fewest and the most days.
    pub const DAYS: std::ops::RangeInclusive<u32> = 1..=30;

    const fn new(update: u32, commander: u32, open: u32, postmortem: u32) -> Self {
        Self {
            update: Some(update),
            commander: Some(commander),
            open: Some(open),
            postmortem: Some(postmortem),
        }
    }
}

impl Default for ReminderPolicy {
    fn default() -> Self {
        Self {
            sev1: ReminderTimes::new(30, 10, 4 * 60, 5),
            sev2: ReminderTimes::new(60, 15, 8 * 60, 7),
            sev3: ReminderTimes {
                update: Some(4 * 60),
                open: Some(3 * 24 * 60),
                ..ReminderTimes::default()
            },
            sev4: ReminderTimes::default(),
            silence: SilenceTimes::default(),
            actions: true,
            quiet: None,
            loud: None,
        }
    }
}

impl ReminderPolicy {
    /// The times of a severity.
    #[must_use]
    pub fn of(&self, severity: Severity) -> ReminderTimes {
        match severity {
            Severity::Sev1 => self.sev1,
            Severity::Sev2 => self.sev2,
            Severity::Sev3 => self.sev3,
            Severity::Sev4 => self.sev4,
        }
    }

    /// The times of a severity, to be changed.
    pub fn of_mut(&mut self, severity: Severity) -> &mut ReminderTimes {
        match severity {
            Severity::Sev1 => &mut self.sev1,
            Severity::Sev2 => &mut self.sev2,
            Severity::Sev3 => &mut self.sev3,
            Severity::Sev4 => &mut self.sev4,
        }
    }

    /// The quiet hours that hold for an open incident of that severity.
    #[must_use]
    pub fn quiet_for(&self, severity: Severity) -> Option<QuietHours> {
        let loud = self.loud.is_some_and(|loud| severity <= loud);
        self.quiet.filter(|_| !loud)
    }
}
