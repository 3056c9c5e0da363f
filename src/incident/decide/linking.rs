//! Tying incidents to each other, and untying them.

use crate::incident::entry::Fact;
use crate::incident::id::IncidentNumber;
use crate::incident::link::{LinkTarget, Relation, Side};
use crate::incident::pen::Pen;
use crate::incident::refusal::Refusal;
use crate::incident::state::Incident;

/// Ties the incident to another. Nothing goes in a circle: what has duplicates
/// is no duplicate, and what brought another about was not brought about by it.
pub(super) fn link(
    log: &mut Pen<'_>,
    incident: &Incident,
    relation: Relation,
    to: IncidentNumber,
    target: &LinkTarget,
) -> Result<(), Refusal> {
    let number = to;
    if to == incident.key.number {
        return Err(Refusal::LinkToItself { number });
    }
    // What may be read by everybody must not name what may not.
    if target.private && !incident.private {
        return Err(Refusal::LinkToPrivate { number });
    }
    match (incident.side(relation, to), relation) {
        (Some(Side::Own), _) | (Some(Side::Others), Relation::Related) => {
            return Err(Refusal::AlreadyLinked { number });
        }
        (Some(Side::Others), _) => return Err(Refusal::LinkInCircle { number, relation }),
        (None, Relation::Related) if incident.is_tied_to(to) => {
            return Err(Refusal::AlreadyLinked { number });
        }
        (None, _) => {}
    }
    match relation {
        Relation::Related => {}
        Relation::DuplicateOf => {
            if let Some(original) = incident.duplicate_of() {
                return Err(Refusal::DuplicateAlready { original });
            }
            if let Some(original) = target.duplicate_of {
                return Err(Refusal::OtherIsDuplicate { number, original });
            }
            if let Some(duplicate) = incident.duplicates().next() {
                return Err(Refusal::HasDuplicates { duplicate, number });
            }
        }
        Relation::CausedBy if target.causes.contains(&incident.key.number) => {
            return Err(Refusal::LinkInCircle { number, relation });
        }
        Relation::CausedBy => {}
    }
    log.write_now(Fact::Linked {
        relation,
        to,
        back: false,
    });
    Ok(())
}

/// Takes a tie back.
pub(super) fn unlink(
    log: &mut Pen<'_>,
    incident: &Incident,
    relation: Relation,
    to: IncidentNumber,
) -> Result<(), Refusal> {
    if incident.side(relation, to) != Some(Side::Own) {
        let number = to;
        return Err(Refusal::NotLinked { number, relation });
    }
    log.write_now(Fact::Unlinked {
        relation,
        to,
        back: false,
    });
    Ok(())
}

/// Notes that another was tied to the incident, or no longer is.
pub(super) fn link_back(
    log: &mut Pen<'_>,
    incident: &Incident,
    relation: Relation,
    to: IncidentNumber,
    tied: bool,
) {
    let back = true;
    if to == incident.key.number {
        return;
    }
    let known = incident.linked_from.contains(&(relation, to));
    match tied {
        true if !known => log.write_now(Fact::Linked { relation, to, back }),
        false if known => log.write_now(Fact::Unlinked { relation, to, back }),
        _ => {}
    }
}
