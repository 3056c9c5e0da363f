//! The measures of an incident in words: what each means, and why one is not known.

use crate::incident::{Missing, Span, Spans};

use super::language::word;

/// Which measure of [`Metrics`](crate::incident::Metrics).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Which {
    /// `declare`.
    Declare,
    /// `identify`.
    Identify,
    /// `mitigate`.
    Mitigate,
    /// `resolve`.
    Resolve,
    /// `publish`.
    Publish,
}

impl Which {
    /// All, in the order things happen.
    pub const ALL: [Self; 5] = [
        Self::Declare,
        Self::Identify,
        Self::Mitigate,
        Self::Resolve,
        Self::Publish,
    ];

    /// From when to when it is taken.
    ///
    /// # Errors
    /// Why it is not known.
    pub fn of(self, spans: &Spans) -> Span {
        match self {
            Self::Declare => spans.declare,
            Self::Identify => spans.identify,
            Self::Mitigate => spans.mitigate,
            Self::Resolve => spans.resolve,
            Self::Publish => spans.publish,
        }
    }

    /// Its name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Declare => word!("Time to declare", "Zeit bis zum Ausrufen"),
            Self::Identify => word!("Time to identify", "Zeit bis zur Ursache"),
            Self::Mitigate => word!("Time to mitigate", "Dauer der Auswirkungen"),
            Self::Resolve => word!("Time to resolve", "Zeit bis zur Lösung"),
            Self::Publish => word!("Time to publish", "Zeit bis zum Postmortem"),
        }
    }

    /// From what to what it is.
    #[must_use]
    pub fn meaning(self) -> &'static str {
        match self {
            Self::Declare => word!(
                "from the first effect on users to the declaration",
                "von der ersten Auswirkung auf Nutzer bis zum Ausrufen"
            ),
            Self::Identify => word!(
                "from the declaration to the first “identified”",
                "vom Ausrufen bis zum ersten „Ursache bekannt“"
            ),
            Self::Mitigate => word!(
                "from the first effect on users to the last",
                "von der ersten Auswirkung auf Nutzer bis zur letzten"
            ),
            Self::Resolve => word!(
                "from the declaration to the last “resolved”",
                "vom Ausrufen bis zum letzten „gelöst“"
            ),
            Self::Publish => word!(
                "from the last “resolved” to the published postmortem",
                "vom letzten „gelöst“ bis zum veröffentlichten Postmortem"
            ),
        }
    }
}

/// Why a measure is not known.
#[must_use]
pub fn missing(reason: Missing) -> &'static str {
    match reason {
        Missing::NoOutage => word!(
            "no outage window is recorded",
            "kein Ausfall ist aufgezeichnet"
        ),
        Missing::OutageOpen => word!(
            "the end of an outage is not recorded",
            "das Ende eines Ausfalls ist nicht aufgezeichnet"
        ),
        Missing::DeclaredBefore => word!(
            "it was declared before users were affected",
            "er wurde ausgerufen, bevor Nutzer betroffen waren"
        ),
        Missing::NeverIdentified => word!(
            "the status was never “identified”",
            "der Status war nie „Ursache bekannt“"
        ),
        Missing::NotResolved => word!("it is not resolved", "er ist nicht gelöst"),
        Missing::Cancelled => word!("it was cancelled", "er wurde abgebrochen"),
        Missing::NotPublished => word!(
            "no postmortem is published",
            "kein Postmortem ist veröffentlicht"
        ),
        Missing::OutOfOrder => word!(
            "the record has its end before its beginning",
            "aufgezeichnet ist sein Ende vor seinem Anfang"
        ),
    }
}
