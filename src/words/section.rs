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
