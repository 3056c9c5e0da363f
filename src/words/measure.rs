//! The measures of an incident in words: what each means, and why one is not known.

use crate::incident::{Missing, Span, Spans};

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
            Self::Declare => "Time to declare",
            Self::Identify => "Time to identify",
            Self::Mitigate => "Time to mitigate",
            Self::Resolve => "Time to resolve",
            Self::Publish => "Time to publish",
        }
    }

    /// From what to what it is.
    #[must_use]
    pub fn meaning(self) -> &'static str {
        match self {
            Self::Declare => "from the first effect on users to the declaration",
            Self::Identify => "from the declaration to the first “identified”",
            Self::Mitigate => "from the first effect on users to the last",
            Self::Resolve => "from the declaration to the last “resolved”",
            Self::Publish => "from the last “resolved” to the published postmortem",
        }
    }
}

/// Why a measure is not known.
#[must_use]
pub fn missing(reason: Missing) -> &'static str {
    match reason {
        Missing::NoOutage => "no outage window is recorded",
        Missing::OutageOpen => "the end of an outage is not recorded",
        Missing::DeclaredBefore => "it was declared before users were affected",
        Missing::NeverIdentified => "the status was never “identified”",
        Missing::NotResolved => "it is not resolved",
        Missing::Cancelled => "it was cancelled",
        Missing::NotPublished => "no postmortem is published",
        Missing::OutOfOrder => "the record has its end before its beginning",
    }
}
