//! The sections of a postmortem that only people can write, and what is asked there.

use crate::incident::Section;

/// The heading.
#[must_use]
pub fn title(section: Section) -> &'static str {
    match section {
        Section::Summary => "Summary",
        Section::Impact => "Impact",
        Section::Detection => "Detection",
        Section::RootCause => "Root cause",
        Section::Resolution => "Resolution and recovery",
        Section::WentWell => "What went well",
        Section::WentBadly => "What went badly",
        Section::Lucky => "Where we were lucky",
        Section::OpenQuestions => "Open questions",
    }
}

/// What is asked of people.
#[must_use]
pub fn prompt(section: Section) -> &'static str {
    match section {
        Section::Summary => "What happened, in three sentences for whoever reads nothing else?",
        Section::Impact => "Who felt it, and what could they not do?",
        Section::Detection => "How did you notice, and could you have noticed earlier?",
        Section::RootCause => "What made this possible, and what set it off?",
        Section::Resolution => "What ended it, and how did you know that it was over?",
        Section::WentWell => "What helped, and should stay as it is?",
        Section::WentBadly => "What cost time, was missing or misled you?",
        Section::Lucky => "What could have made it worse, and only by chance did not?",
        Section::OpenQuestions => "What does nobody know yet, and who finds out?",
    }
}

/// Above the words of whoever wrote while somebody else did.
pub const AT_ONCE: &str =
    "Written at the same time as the words above; both stand until somebody brings them together.";

/// Why a line of the log is offered to whoever writes a section.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Offer {
    /// It names a cause.
    Cause,
    /// It was told when the cause was said to be known.
    Identified,
    /// It tells how it was noticed.
    Detection,
    /// It tells of a repair.
    Repair,
    /// It tells what helped.
    Help,
    /// It tells what hindered.
    Hindrance,
    /// It speaks of luck.
    Luck,
    /// It asks, and no message is a reply to it.
    Unknown,
    /// It links to a change.
    Change,
    /// Somebody marked it.
    Marked,
    /// It is the first alert.
    Alert,
    /// It tells what users felt.
    Effect,
    /// The public was told it.
    Public,
}

impl Offer {
    /// The reason, to stand behind the line.
    #[must_use]
    pub fn said(self) -> &'static str {
        match self {
            Self::Cause => "names a cause",
            Self::Identified => "told when it was identified",
            Self::Detection => "tells how it was noticed",
            Self::Repair => "tells of a repair",
            Self::Help => "tells what helped",
            Self::Hindrance => "tells what hindered",
            Self::Luck => "speaks of luck",
            Self::Unknown => "asks, and has no reply",
            Self::Change => "links to a change",
            Self::Marked => "marked as a key event",
            Self::Alert => "the first alert",
            Self::Effect => "tells what users felt",
            Self::Public => "told to the public",
        }
    }
}
