//! The names of things as sentences use them.

use crate::incident::reminder::Reminder;
use crate::incident::{Component, ComponentState, HISTORY, Impact, Relation, Source, SourceSystem};

/// `partial outage`: the state of a component in words.
#[must_use]
pub fn component_state(state: ComponentState) -> &'static str {
    match state {
        ComponentState::Operational => "operational",
        ComponentState::DegradedPerformance => "degraded performance",
        ComponentState::PartialOutage => "partial outage",
        ComponentState::MajorOutage => "major outage",
        ComponentState::UnderMaintenance => "under maintenance",
    }
}

/// `critical impact`: what a status page would say of an incident.
#[must_use]
pub fn impact(impact: Impact) -> &'static str {
    match impact {
        Impact::Critical => "critical impact",
        Impact::Major => "major impact",
        Impact::Minor => "minor impact",
        Impact::None => "no public impact",
    }
}

/// `duplicate of`: what stands before the number of the other incident.
#[must_use]
pub fn relation(relation: Relation) -> &'static str {
    match relation {
        Relation::Related => "related to",
        Relation::DuplicateOf => "duplicate of",
        Relation::CausedBy => "caused by",
    }
}

/// `of an update`: what stands after *reminder*.
#[must_use]
pub fn reminder(reminder: Reminder) -> String {
    match reminder {
        Reminder::Update => "of an update".to_owned(),
        Reminder::Commander => "of the missing commander".to_owned(),
        Reminder::Silent => "that whoever leads is silent".to_owned(),
        Reminder::OpenLong => "that it is open for long".to_owned(),
        Reminder::Postmortem => "of the postmortem".to_owned(),
        Reminder::Action(number) => format!("of action item {number}"),
    }
}

/// `a Statuspage, https://...`: where a record of the past was taken over from.
#[must_use]
pub fn source(source: &Source) -> String {
    let system = match source.system {
        SourceSystem::Statuspage => "a Statuspage",
        SourceSystem::Chat => "the transcript of a chat",
        SourceSystem::Discord => "a channel on Discord",
    };
    match &source.url {
        Some(url) => format!("{system}, {url}"),
        None => system.to_owned(),
    }
}

/// `API, Web and Mail`.
#[must_use]
pub fn components(components: &[Component]) -> String {
    let names: Vec<&str> = components.iter().map(|c| c.0.as_str()).collect();
    list(&names)
}

/// `a`, `a and b`, `a, b and c`.
#[must_use]
pub fn list(names: &[impl AsRef<str>]) -> String {
    let names: Vec<&str> = names.iter().map(AsRef::as_ref).collect();
    match names.split_last() {
        None => String::new(),
        Some((last, [])) => (*last).to_owned(),
        Some((last, before)) => format!("{} and {last}", before.join(", ")),
    }
}

/// `1 message`, `2 messages`, `no messages`. For words whose plural ends in s.
#[must_use]
pub fn count(number: usize, one: &str) -> String {
    match number {
        0 => format!("no {one}s"),
        1 => format!("1 {one}"),
        many => format!("{many} {one}s"),
    }
}

/// What Scribe could not do with a thing that is noted as failed: mostly deliver it.
#[must_use]
pub fn delivering(what: &str) -> &'static str {
    if what == HISTORY { "read" } else { "deliver" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_and_counts_read_as_spoken() {
        assert_eq!(list(&[""; 0]), "");
        assert_eq!(list(&["a"]), "a");
        assert_eq!(list(&["a", "b", "c"]), "a, b and c");
        assert_eq!(count(0, "message"), "no messages");
        assert_eq!(count(1, "message"), "1 message");
        assert_eq!(count(12, "message"), "12 messages");
    }
}
