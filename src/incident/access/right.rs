//! What a guild may keep to some of its people.

use serde::{Deserialize, Serialize};
use strum::{Display, EnumIter, EnumString, IntoStaticStr};

use crate::incident::command::Command;
use crate::incident::id::UserId;
use crate::incident::reminder::Reminder;
use crate::incident::state::Incident;

/// A right that a guild may give to some.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Serialize,
    Deserialize,
    Display,
    EnumIter,
    EnumString,
    IntoStaticStr,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Right {
    /// Declare incidents, and adopt channels as such.
    Open,
    /// Write into the record of an incident by command, button or form. What is
    /// said in its channel is recorded whoever says it, and whoever may read a
    /// message may mark it.
    Change,
    /// Resolve it, cancel it, and take it up again.
    Close,
    /// Remove texts for good.
    Redact,
    /// Publish its postmortem.
    Publish,
    /// Choose what the guild wants of Scribe.
    SetUp,
}

impl Right {
    /// The right that a person needs for a command about an incident; `None`
    /// where everybody may, and for what only Scribe itself wants.
    #[must_use]
    pub fn needed(command: &Command, incident: &Incident, asker: UserId) -> Option<Self> {
        match command {
            Command::Open(_) => Some(Self::Open),
            Command::SetStatus { to, .. } => {
                let over = !to.is_open() || !incident.status_now().is_open();
                Some(if over { Self::Close } else { Self::Change })
            }
            Command::Reopen { .. } => Some(Self::Close),
            Command::Redact(_) => Some(Self::Redact),
            Command::Publish { .. } => Some(Self::Publish),
            Command::FinishAction { number }
            | Command::Snooze {
                reminder: Reminder::Action(number),
                ..
            } => (!owns(incident, *number, asker)).then_some(Self::Change),
            Command::Update { .. }
            | Command::Note { .. }
            | Command::SetSeverity { .. }
            | Command::Rename { .. }
            | Command::SetComponent { .. }
            | Command::StartOutage { .. }
            | Command::EndOutage { .. }
            | Command::GiveRole { .. }
            | Command::AddAction { .. }
            | Command::AssignAction { .. }
            | Command::Snooze { .. }
            | Command::WriteSection { .. }
            | Command::Link { .. }
            | Command::Unlink { .. }
            | Command::Handover { .. }
            | Command::WithdrawHandover
            | Command::Correct { .. } => Some(Self::Change),
            Command::MarkKey { .. }
            | Command::UnmarkKey { .. }
            | Command::OpenPlace { .. }
            | Command::FollowThread { .. }
            | Command::ArchivePlace { .. }
            | Command::RestorePlace
            | Command::RecordMessage { .. }
            | Command::RecordEdit { .. }
            | Command::RecordDeletion { .. }
            | Command::KeepAttachment { .. }
            | Command::LoseAttachment { .. }
            | Command::FailDelivery { .. }
            | Command::RecoverDelivery { .. }
            | Command::RecordAbsence { .. }
            | Command::GiveAccess { .. }
            | Command::TakeAccess { .. }
            | Command::LinkBack { .. }
            // Whoever is asked to lead may say so.
            | Command::AnswerHandover { .. } => None,
        }
    }
}

/// Whether an action item is theirs: they may say that it is done, and when
/// they want to hear of it, whatever else they may not.
fn owns(incident: &Incident, action: u32, asker: UserId) -> bool {
    let mut actions = incident.actions.iter();
    actions.any(|one| {
        one.number == action && one.owner.as_ref().is_some_and(|owner| owner.id == asker)
    })
}
