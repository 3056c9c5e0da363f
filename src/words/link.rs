//! How incidents are tied to each other, from either side.

use crate::incident::{ChannelId, Incident, IncidentNumber, Relation};

use super::name;

/// In a timeline, after a name: `duplicate of INC-17`, `original of INC-18`.
pub(super) fn tied(relation: Relation, other: IncidentNumber, back: bool) -> String {
    let how = match (relation, back) {
        (relation, false) => name::relation(relation),
        (Relation::Related, true) => "related to",
        (Relation::DuplicateOf, true) => "original of its duplicate",
        (Relation::CausedBy, true) => "cause of",
    };
    format!("{how} {other}")
}

/// In the channel.
pub(super) fn tell(relation: Relation, other: IncidentNumber, back: bool) -> String {
    match (relation, back) {
        (Relation::Related, _) => format!("Related to {other}"),
        (Relation::DuplicateOf, false) => {
            format!("Duplicate of **{other}**: it goes on there, and counts as one with it")
        }
        (Relation::DuplicateOf, true) => format!("{other} is a duplicate of this incident"),
        (Relation::CausedBy, false) => format!("Caused by {other}"),
        (Relation::CausedBy, true) => format!("{other} was caused by this incident"),
    }
}

/// The way to the other one's channel, behind the line about it.
#[must_use]
pub fn way(channel: ChannelId) -> String {
    format!(" · <#{channel}>")
}

/// What the card says: a line for each kind of tie.
#[must_use]
pub fn lines(incident: &Incident) -> Vec<String> {
    let (own, others) = (&incident.links, &incident.linked_from);
    let of = |ties: &[(Relation, IncidentNumber)], wanted: Relation| {
        let those = ties.iter().filter(|(relation, _)| *relation == wanted);
        those.map(|(_, number)| *number).collect::<Vec<_>>()
    };
    let mut related = of(own, Relation::Related);
    related.extend(of(others, Relation::Related));
    related.sort_unstable();
    related.dedup();
    let all = [
        ("Duplicate of", of(own, Relation::DuplicateOf)),
        ("Duplicates", of(others, Relation::DuplicateOf)),
        ("Caused by", of(own, Relation::CausedBy)),
        ("Caused", of(others, Relation::CausedBy)),
        ("Related to", related),
    ];
    let some = all.into_iter().filter(|(_, numbers)| !numbers.is_empty());
    some.map(|(what, numbers)| format!("{what}: {}", numbered(&numbers)))
        .collect()
}

fn numbered(numbers: &[IncidentNumber]) -> String {
    let numbers: Vec<String> = numbers.iter().map(ToString::to_string).collect();
    name::list(&numbers)
}

/// In a report, of what this one is a duplicate.
#[must_use]
pub fn is_duplicate(original: IncidentNumber) -> String {
    format!("It is a duplicate of {original}, and counts as one incident with it.")
}

/// In a report, which are its duplicates.
#[must_use]
pub fn has_duplicates(duplicates: &[IncidentNumber]) -> String {
    let (are, count) = match duplicates.len() {
        1 => ("a duplicate", "counts"),
        _ => ("duplicates", "count"),
    };
    format!(
        "It was also declared as {}: {are}, which {count} as one incident with it.",
        numbered(duplicates)
    )
}

/// They would go in a circle.
pub(super) fn in_circle(other: IncidentNumber, relation: Relation) -> String {
    match relation {
        Relation::CausedBy => format!(
            "{other} was itself brought about by this one, by the links there are: a cause cannot be its own consequence. Take the other link back with `remove` if it is wrong."
        ),
        _ => format!(
            "{other} is already a duplicate of this one. To turn that around, first take it back with `/incident link relation:duplicate of to:{other} remove:True`."
        ),
    }
}

/// They are tied no longer.
#[must_use]
pub fn removed(own: IncidentNumber, relation: Relation, other: IncidentNumber) -> String {
    format!(
        "{own} is no longer recorded as {} {other}.",
        name::relation(relation)
    )
}
