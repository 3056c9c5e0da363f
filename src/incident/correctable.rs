//! What of an entry may be corrected.

use super::entry::Fact;

/// What of an entry may be corrected.
pub(super) enum Correctable {
    /// What it says and when it happened.
    TextAndTime,
    /// When it happened; it has no text of its own.
    TimeOnly,
}

/// What of an entry may be corrected. What Scribe notes about the record
/// itself cannot; it has commands of its own or is simply so.
pub(super) fn correctable(fact: &Fact) -> Option<Correctable> {
    match fact {
        Fact::StatusChanged { .. }
        | Fact::Updated { .. }
        | Fact::Noted { .. }
        | Fact::SeverityChanged { .. }
        | Fact::ActionAdded { .. }
        | Fact::MessagePosted(_) => Some(Correctable::TextAndTime),
        Fact::Opened { .. }
        | Fact::ComponentChanged { .. }
        | Fact::OutageStarted { .. }
        | Fact::OutageEnded { .. }
        | Fact::RoleGiven { .. } => Some(Correctable::TimeOnly),
        _ => None,
    }
}
