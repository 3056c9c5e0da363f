//! What is asked of the writer and what it answers.

use std::sync::Arc;

use crate::incident::{Command, Context, Entry, GuildId, Incident, IncidentNumber, Refusal};
use crate::store::StoreError;

/// A command for an incident.
#[derive(Clone, Debug, PartialEq)]
pub struct Request {
    /// The guild.
    pub guild: GuildId,
    /// Which incident of it.
    pub target: Target,
    /// What is wanted.
    pub command: Command,
    /// By whom, when and from where.
    pub context: Context,
    /// What makes it the same as one that came before, within the guild:
    /// `message:123`, `edit:123:1751990000000`, `deletion:123`, `interaction:456`.
    /// The second of a kind writes nothing and gets the first one's entries.
    /// What was refused, or had nothing to write, is no first one.
    pub once: Option<String>,
    /// True for records of the past: nothing is queued to be said.
    pub quiet: bool,
}

/// Which incident a command is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    /// One that gets the guild's next number.
    New,
    /// One that is there.
    Incident(IncidentNumber),
}

/// What a command brought about, durably.
#[derive(Clone, Debug, PartialEq)]
pub struct Recorded {
    /// The incident after it.
    pub incident: Arc<Incident>,
    /// Its entries; none where there was nothing to write.
    pub entries: Vec<Entry>,
    /// Whether it had come before: the entries are those of the first time,
    /// the incident is as it is now.
    pub repeated: bool,
}

/// Why nothing was recorded, or what came of it is not known: where the store
/// is [`StoreError::Unsure`] or [`StoreError::Silent`] or the writer gave no answer.
#[derive(Clone, Debug, thiserror::Error)]
pub enum SubmitError {
    /// It breaks a rule: the user's to mend.
    #[error("refused: {0:?}")]
    Refused(Refusal),
    /// The store failed: ours to mend.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// Scribe is stopping.
    #[error("Scribe is stopping and takes nothing more; try again after its start")]
    Closed,
    /// The writer took it and ended without an answer.
    #[error("the writer ended without an answer, and what it had taken may be written or not")]
    Unanswered,
}

impl SubmitError {
    /// Whether it may have been recorded all the same.
    #[must_use]
    pub fn is_unsure(&self) -> bool {
        matches!(
            self,
            Self::Unanswered | Self::Store(StoreError::Unsure(_) | StoreError::Silent)
        )
    }
}
