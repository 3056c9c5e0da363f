//! The sections of a postmortem that only people can write, and what is asked there.

/// A section that people write.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Question {
    /// How it was noticed.
    Detection,
    /// Why it happened.
    RootCause,
    /// How it ended.
    Resolution,
    /// What helped.
    WentWell,
    /// What hindered.
    WentBadly,
    /// What could have been worse.
    Lucky,
}

impl Question {
    /// All, in the order of a postmortem.
    pub const ALL: [Self; 6] = [
        Self::Detection,
        Self::RootCause,
        Self::Resolution,
        Self::WentWell,
        Self::WentBadly,
        Self::Lucky,
    ];

    /// The heading.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::Detection => "Detection",
            Self::RootCause => "Root cause",
            Self::Resolution => "Resolution and recovery",
            Self::WentWell => "What went well",
            Self::WentBadly => "What went badly",
            Self::Lucky => "Where we were lucky",
        }
    }

    /// What is asked of people.
    #[must_use]
    pub fn prompt(self) -> &'static str {
        match self {
            Self::Detection => "How did you notice, and could you have noticed earlier?",
            Self::RootCause => "What made this possible, and what set it off?",
            Self::Resolution => "What ended it, and how did you know that it was over?",
            Self::WentWell => "What helped, and should stay as it is?",
            Self::WentBadly => "What cost time, was missing or misled you?",
            Self::Lucky => "What could have made it worse, and only by chance did not?",
        }
    }
}
