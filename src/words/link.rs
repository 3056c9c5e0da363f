//! How incidents are tied to each other, from either side.

use crate::incident::{ChannelId, Incident, IncidentNumber, Relation};

use super::language::{say, word};
use super::name;

/// In a timeline, after a name: `duplicate of INC-17`, `original of INC-18`.
pub(super) fn tied(relation: Relation, other: IncidentNumber, back: bool) -> String {
    let how = match (relation, back) {
        (relation, false) => name::relation(relation),
        (Relation::Related, true) => word!("related to", "hängt zusammen mit"),
        (Relation::DuplicateOf, true) => {
            word!("original of its duplicate", "ist das Original zum Duplikat")
        }
        (Relation::CausedBy, true) => word!("cause of", "ist die Ursache von"),
    };
    format!("{how} {other}")
}

/// In the channel.
pub(super) fn tell(relation: Relation, other: IncidentNumber, back: bool) -> String {
    match (relation, back) {
        (Relation::Related, _) => say!("Related to {other}", "Hängt zusammen mit {other}"),
        (Relation::DuplicateOf, false) => {
            say!(
                "Duplicate of **{other}**: it goes on there, and counts as one with it",
                "Duplikat von **{other}**: Dort geht es weiter, beide zählen als einer"
            )
        }
        (Relation::DuplicateOf, true) => say!(
            "{other} is a duplicate of this incident",
            "{other} ist ein Duplikat dieses Incidents"
        ),
        (Relation::CausedBy, false) => say!("Caused by {other}", "Folge von {other}"),
        (Relation::CausedBy, true) => say!(
            "{other} was caused by this incident",
            "{other} ist eine Folge dieses Incidents"
        ),
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
        (
            word!("Duplicate of", "Duplikat von"),
            of(own, Relation::DuplicateOf),
        ),
        (
            word!("Duplicates", "Duplikate"),
            of(others, Relation::DuplicateOf),
        ),
        (word!("Caused by", "Folge von"), of(own, Relation::CausedBy)),
        (
            word!("Caused", "Verursacht"),
            of(others, Relation::CausedBy),
        ),
        (word!("Related to", "Hängt zusammen mit"), related),
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
    say!(
        "It is a duplicate of {original}, and counts as one incident with it.",
        "Er ist ein Duplikat von {original} und zählt mit ihm als ein Incident."
    )
}

/// In a report, which are its duplicates.
#[must_use]
pub fn has_duplicates(duplicates: &[IncidentNumber]) -> String {
    let them = numbered(duplicates);
    match duplicates.len() {
        1 => say!(
            "It was also declared as {them}: a duplicate, which counts as one incident with it.",
            "Er wurde auch als {them} ausgerufen: ein Duplikat, das mit ihm als ein Incident zählt."
        ),
        _ => say!(
            "It was also declared as {them}: duplicates, which count as one incident with it.",
            "Er wurde auch als {them} ausgerufen: Duplikate, die mit ihm als ein Incident zählen."
        ),
    }
}

/// They would go in a circle.
pub(super) fn in_circle(other: IncidentNumber, relation: Relation) -> String {
    match relation {
        Relation::CausedBy => say!(
            "{other} was itself brought about by this one, by the links there are: a cause cannot be its own consequence. Take the other link back with `remove` if it is wrong.",
            "{other} ist nach den Verknüpfungen selbst eine Folge von diesem: Eine Ursache kann nicht ihre eigene Folge sein. Nimm die andere Verknüpfung mit `remove` zurück, wenn sie nicht stimmt."
        ),
        _ => say!(
            "{other} is already a duplicate of this one. To turn that around, first take it back with `/incident link relation:duplicate of to:{other} remove:True`.",
            "{other} ist schon ein Duplikat von diesem. Um das umzudrehen, nimm es zuerst mit `/incident link relation:duplicate of to:{other} remove:True` zurück."
        ),
    }
}

/// They are tied no longer.
#[must_use]
pub fn removed(own: IncidentNumber, relation: Relation, other: IncidentNumber) -> String {
    say!(
        "{own} is no longer recorded as {relation} {other}.",
        "Nicht mehr aufgezeichnet: {own} {relation} {other}.",
        relation = name::relation(relation)
    )
}
