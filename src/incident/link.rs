//! How incidents are tied to each other. A tie stands in the logs of both, but
//! for a private incident's: what others may see must not name it.

use serde::{Deserialize, Serialize};

use super::id::IncidentNumber;
use super::state::Incident;

/// How an incident is tied to another.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    Serialize,
    Deserialize,
    strum::Display,
    strum::EnumString,
    strum::EnumIter,
    strum::IntoStaticStr,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Relation {
    /// They have to do with each other.
    Related,
    /// This one is the same incident as the other.
    DuplicateOf,
    /// The other one brought this one about.
    CausedBy,
}

/// A tie, as the log of one of the two has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// The incident is tied to the other: it is the duplicate, it was caused.
    Own,
    /// The other is tied to it: it is the original, it is the cause.
    Others,
}

impl Incident {
    /// The incident of which this one is a duplicate.
    #[must_use]
    pub fn duplicate_of(&self) -> Option<IncidentNumber> {
        let mut links = self.links.iter();
        let found = links.find(|(relation, _)| *relation == Relation::DuplicateOf);
        found.map(|(_, original)| *original)
    }

    /// Its duplicates, as far as everybody may know of them.
    pub fn duplicates(&self) -> impl Iterator<Item = IncidentNumber> {
        let links = self.linked_from.iter();
        let duplicates = links.filter(|(relation, _)| *relation == Relation::DuplicateOf);
        duplicates.map(|(_, duplicate)| *duplicate)
    }

    /// Whether it is tied to another in any way.
    #[must_use]
    pub fn is_tied_to(&self, other: IncidentNumber) -> bool {
        let mut ties = self.links.iter().chain(&self.linked_from);
        ties.any(|(_, number)| *number == other)
    }

    pub(super) fn tie(&mut self, back: bool, tie: (Relation, IncidentNumber)) {
        self.ties(back).push(tie);
    }

    pub(super) fn untie(&mut self, back: bool, tie: (Relation, IncidentNumber)) {
        self.ties(back).retain(|one| *one != tie);
    }

    fn ties(&mut self, back: bool) -> &mut Vec<(Relation, IncidentNumber)> {
        match back {
            true => &mut self.linked_from,
            false => &mut self.links,
        }
    }

    /// Which of the two is tied to the other, if they are tied so.
    #[must_use]
    pub fn side(&self, relation: Relation, other: IncidentNumber) -> Option<Side> {
        let tie = (relation, other);
        if self.links.contains(&tie) {
            Some(Side::Own)
        } else if self.linked_from.contains(&tie) {
            Some(Side::Others)
        } else {
            None
        }
    }
}

/// What has to be known of the other incident to be tied to it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LinkTarget {
    /// Whether only its members may know of it.
    pub private: bool,
    /// The incident of which it is a duplicate.
    pub duplicate_of: Option<IncidentNumber>,
    /// The incidents that brought it about, and those that brought these about.
    pub causes: Vec<IncidentNumber>,
}

impl LinkTarget {
    /// What a state says; `causes` stand in the states of others.
    #[must_use]
    pub fn of(incident: &Incident, causes: Vec<IncidentNumber>) -> Self {
        Self {
            private: incident.private,
            duplicate_of: incident.duplicate_of(),
            causes,
        }
    }
}
