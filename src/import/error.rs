//! Why a record is not taken over.

use chrono::{DateTime, Utc};

use crate::incident::{BrokenLog, Refusal};

/// A record that cannot be taken over, where in it the reason is, and what it is. Nothing was taken over.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum ImportError {
    /// More than [`MAX_BYTES`](super::MAX_BYTES).
    #[error("{bytes} bytes are too many; at most {most} are read")]
    TooBig {
        /// Its size.
        bytes: usize,
        /// The limit.
        most: usize,
    },
    /// Not the JSON that belongs there.
    #[error("{field}: {reason}")]
    Malformed {
        /// The path to the field, such as `incidents[3].incident_updates[0].status`, or the line of a transcript.
        field: String,
        /// What is wrong with it, with line and column where the reader knows them.
        reason: String,
    },
    /// Valid, but not the kind of record that was named.
    #[error("neither a list of incidents nor one incident: {reason}")]
    NotARecord {
        /// What was looked for.
        reason: String,
    },
    /// A text without anything to take over.
    #[error("there is nothing in it to take over")]
    Empty,
    /// It tells of the future.
    #[error("{place}: {at} has not been yet")]
    InFuture {
        /// Where.
        place: String,
        /// The time (UTC).
        at: DateTime<Utc>,
    },
    /// The core refuses an event.
    #[error("{place}: refused: {refusal}")]
    Refused {
        /// Where.
        place: String,
        /// Why.
        refusal: Refusal,
    },
    /// The core's own entries do not fit together: a fault of Scribe.
    #[error("{place}: {broken}")]
    Broken {
        /// Where.
        place: String,
        /// How.
        broken: BrokenLog,
    },
}
