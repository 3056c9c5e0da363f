//! The sections of a postmortem that only people can write, and what is asked there.

use crate::incident::Section;

use super::language::word;

/// The heading.
#[must_use]
pub fn title(section: Section) -> &'static str {
    match section {
        Section::Summary => word!("Summary", "Zusammenfassung"),
        Section::Impact => word!("Impact", "Auswirkungen"),
        Section::Detection => word!("Detection", "Entdeckung"),
        Section::RootCause => word!("Root cause", "Ursache"),
        Section::Resolution => word!("Resolution and recovery", "Behebung und Wiederherstellung"),
        Section::WentWell => word!("What went well", "Was gut lief"),
        Section::WentBadly => word!("What went badly", "Was schlecht lief"),
        Section::Lucky => word!("Where we were lucky", "Wo wir Glück hatten"),
        Section::OpenQuestions => word!("Open questions", "Offene Fragen"),
    }
}

/// What is asked of people.
#[must_use]
pub fn prompt(section: Section) -> &'static str {
    match section {
        Section::Summary => word!(
            "What happened, in three sentences for whoever reads nothing else?",
            "Was ist passiert, in drei Sätzen für alle, die sonst nichts lesen?"
        ),
        Section::Impact => word!(
            "Who felt it, and what could they not do?",
            "Wer hat es gemerkt, und was ging für sie nicht?"
        ),
        Section::Detection => word!(
            "How did you notice, and could you have noticed earlier?",
            "Wie habt ihr es bemerkt, und wäre es früher möglich gewesen?"
        ),
        Section::RootCause => word!(
            "What made this possible, and what set it off?",
            "Was hat das möglich gemacht, und was hat es ausgelöst?"
        ),
        Section::Resolution => word!(
            "What ended it, and how did you know that it was over?",
            "Was hat es beendet, und woran habt ihr erkannt, dass es vorbei war?"
        ),
        Section::WentWell => word!(
            "What helped, and should stay as it is?",
            "Was hat geholfen und sollte so bleiben?"
        ),
        Section::WentBadly => word!(
            "What cost time, was missing or misled you?",
            "Was hat Zeit gekostet, gefehlt oder in die Irre geführt?"
        ),
        Section::Lucky => word!(
            "What could have made it worse, and only by chance did not?",
            "Was hätte es schlimmer machen können und tat es nur zufällig nicht?"
        ),
        Section::OpenQuestions => word!(
            "What does nobody know yet, and who finds out?",
            "Was weiß noch niemand, und wer findet es heraus?"
        ),
    }
}

/// Above the words of whoever wrote while somebody else did.
#[must_use]
pub fn at_once() -> &'static str {
    word!(
        "Written at the same time as the words above; both stand until somebody brings them together.",
        "Zur selben Zeit geschrieben wie der Text darüber; beide stehen hier, bis jemand sie zusammenführt."
    )
}

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
            Self::Cause => word!("names a cause", "nennt eine Ursache"),
            Self::Identified => word!(
                "told when it was identified",
                "gesagt, als die Ursache bekannt wurde"
            ),
            Self::Detection => word!("tells how it was noticed", "sagt, wie es bemerkt wurde"),
            Self::Repair => word!("tells of a repair", "sagt, was repariert wurde"),
            Self::Help => word!("tells what helped", "sagt, was half"),
            Self::Hindrance => word!("tells what hindered", "sagt, was hinderte"),
            Self::Luck => word!("speaks of luck", "spricht von Glück"),
            Self::Unknown => word!("asks, and has no reply", "fragt, ohne Antwort"),
            Self::Change => word!("links to a change", "verlinkt eine Änderung"),
            Self::Marked => word!("marked as a key event", "als Schlüsselereignis markiert"),
            Self::Alert => word!("the first alert", "der erste Alarm"),
            Self::Effect => word!("tells what users felt", "sagt, was Nutzer merkten"),
            Self::Public => word!("told to the public", "öffentlich mitgeteilt"),
        }
    }
}
