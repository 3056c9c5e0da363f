//! The names of things as sentences use them.

use crate::incident::reminder::Reminder;
use crate::incident::{
    Component, ComponentState, HISTORY, Impact, Relation, Role, Source, SourceSystem, Status,
};

use super::language::{say, word};

/// `identified`: a status in words.
#[must_use]
pub fn status(status: Status) -> &'static str {
    match status {
        Status::Investigating => word!("investigating", "wird untersucht"),
        Status::Identified => word!("identified", "Ursache bekannt"),
        Status::Monitoring => word!("monitoring", "wird beobachtet"),
        Status::Resolved => word!("resolved", "gelöst"),
        Status::Postmortem => word!("postmortem", "Postmortem"),
        Status::Cancelled => word!("cancelled", "abgebrochen"),
    }
}

/// `commander`: a role in words; a guild's own as it was named. Not escaped.
#[must_use]
pub fn role(role: &Role) -> &str {
    match role.as_str() {
        Role::COMMANDER => word!("commander", "Commander"),
        Role::SCRIBE => word!("scribe", "Protokoll"),
        Role::COMMUNICATIONS => word!("communications", "Kommunikation"),
        own => own,
    }
}

/// The role that somebody means who types its name: a usual one by what it is
/// called here, or one of the guild's own.
#[must_use]
pub fn role_meant(typed: &str) -> Option<Role> {
    let named = Role::named(typed)?;
    let usual = Role::USUAL.into_iter().filter_map(Role::named);
    let meant = usual
        .into_iter()
        .find(|one| role(one).to_lowercase() == named.as_str());
    Some(meant.unwrap_or(named))
}

/// `partial outage`: the state of a component in words.
#[must_use]
pub fn component_state(state: ComponentState) -> &'static str {
    match state {
        ComponentState::Operational => word!("operational", "in Ordnung"),
        ComponentState::DegradedPerformance => word!("degraded performance", "eingeschränkt"),
        ComponentState::PartialOutage => word!("partial outage", "teilweise ausgefallen"),
        ComponentState::MajorOutage => word!("major outage", "ausgefallen"),
        ComponentState::UnderMaintenance => word!("under maintenance", "in Wartung"),
    }
}

/// `critical impact`: what a status page would say of an incident.
#[must_use]
pub fn impact(impact: Impact) -> &'static str {
    match impact {
        Impact::Critical => word!("critical impact", "kritische Auswirkungen"),
        Impact::Major => word!("major impact", "große Auswirkungen"),
        Impact::Minor => word!("minor impact", "geringe Auswirkungen"),
        Impact::None => word!("no public impact", "keine Auswirkungen nach außen"),
    }
}

/// `duplicate of`: what stands before the number of the other incident.
#[must_use]
pub fn relation(relation: Relation) -> &'static str {
    match relation {
        Relation::Related => word!("related to", "hängt zusammen mit"),
        Relation::DuplicateOf => word!("duplicate of", "ist ein Duplikat von"),
        Relation::CausedBy => word!("caused by", "ist eine Folge von"),
    }
}

/// `of an update`: what stands after *reminder*.
#[must_use]
pub fn reminder(reminder: Reminder) -> String {
    match reminder {
        Reminder::Update => say!("of an update", "an ein Update"),
        Reminder::Commander => {
            say!("of the missing commander", "an den fehlenden Commander")
        }
        Reminder::Silent => say!(
            "that whoever leads is silent",
            "daran, dass wer führt, nichts sagt"
        ),
        Reminder::OpenLong => say!(
            "that it is open for long",
            "daran, dass er schon lange offen ist"
        ),
        Reminder::Postmortem => say!("of the postmortem", "an das Postmortem"),
        Reminder::Action(number) => {
            say!("of action item {number}", "an Aufgabe {number}")
        }
    }
}

/// `a Statuspage, https://...`: where a record of the past was taken over from.
#[must_use]
pub fn source(source: &Source) -> String {
    let system = match source.system {
        SourceSystem::Statuspage => word!("a Statuspage", "einer Statuspage"),
        SourceSystem::Chat => word!("the transcript of a chat", "der Mitschrift eines Chats"),
        SourceSystem::Discord => word!("a channel on Discord", "einem Kanal auf Discord"),
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
        Some((last, before)) => {
            let before = before.join(", ");
            say!("{before} and {last}", "{before} und {last}")
        }
    }
}

/// What Scribe could not do with a thing that is noted as failed: mostly deliver it.
#[must_use]
pub fn delivering(what: &str) -> &'static str {
    if what == HISTORY {
        word!("read", "lesen")
    } else {
        word!("deliver", "zustellen")
    }
}

/// `card`: a thing that is delivered, by its name in the log.
#[must_use]
pub fn delivered(what: &str) -> &str {
    match what {
        "channel" => word!("channel", "Kanal"),
        "card" => word!("card", "Karte"),
        "announcement" => word!("announcement", "Ankündigung"),
        "topic" => word!("topic", "Kanalthema"),
        "message" => word!("message", "Nachricht"),
        "postmortem draft" => word!("postmortem draft", "Postmortem-Entwurf"),
        "removal of a text" => word!("removal of a text", "Entfernen eines Texts"),
        "offer to remove a secret" => word!(
            "offer to remove a secret",
            "Angebot, ein Geheimnis zu entfernen"
        ),
        "reminder" => word!("reminder", "Erinnerung"),
        "postmortem" => word!("postmortem", "Postmortem"),
        "weekly summary" => word!("weekly summary", "Wochenübersicht"),
        HISTORY => word!("history", "Verlauf"),
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_role_is_meant_by_what_it_is_called_here() {
        use crate::incident::Language;
        use crate::words::language::speaking;
        let meant = |typed: &str| role_meant(typed).map(|role| role.to_string());
        assert_eq!(meant(" Scribe ").as_deref(), Some("scribe"));
        assert_eq!(meant("Protokoll").as_deref(), Some("protokoll"));
        let german = speaking(Language::German, || {
            [meant("Protokoll"), meant("scribe"), meant("Nachtwache")]
        });
        let german = german.map(Option::unwrap);
        assert_eq!(german, ["scribe", "scribe", "nachtwache"]);
    }

    #[test]
    fn lists_read_as_spoken() {
        assert_eq!(list(&[""; 0]), "");
        assert_eq!(list(&["a"]), "a");
        assert_eq!(list(&["a", "b", "c"]), "a, b and c");
    }
}
