//! Who led, and from when, against the log.

use std::sync::LazyLock;

use chrono::{DateTime, TimeDelta, Utc};
use regex::Regex;

use super::super::super::document::Document;
use super::super::super::finding::{Certainty, Finding, Kind};
use super::super::super::run::Against;
use super::super::super::source::{Role as Part, regex};
use super::super::super::words;
use super::{apart, finding, finding_at, nearest, zoned};
use crate::incident::{Fact, Person, Role};

pub(super) fn findings(document: &Document, against: Against<'_>) -> Vec<Finding> {
    let given: Vec<(&Role, &Person, DateTime<Utc>)> = against
        .entries
        .iter()
        .filter_map(|entry| match &entry.fact {
            Fact::RoleGiven { role, to, .. } => Some((role, to, entry.happened_at)),
            _ => None,
        })
        .collect();
    let mut found = named(document, &given);
    found.extend(taken(document, &given, against));
    found
}

static COMMANDER: LazyLock<Regex> = LazyLock::new(|| {
    regex(r"(?i)^(?:incident )?(?:commander|lead|manager)\s*(?::|\||-|–|=)\s*(.{2,120})$")
});

/// `Incident commander: Chiara Neri`, who had another role and never that one. Whom the log does not know may be known by another name.
fn named(document: &Document, given: &[(&Role, &Person, DateTime<Utc>)]) -> Vec<Finding> {
    let commander = Role::commander();
    let mut led: Vec<&str> = Vec::new();
    for (_, person, _) in given.iter().filter(|(role, ..)| **role == commander) {
        if !led.contains(&person.name.as_str()) {
            led.push(&person.name);
        }
    }
    let mut found = Vec::new();
    for (index, piece) in document.pieces.iter().enumerate() {
        let Some(parts) = COMMANDER.captures(&piece.segment.text) else {
            continue;
        };
        let value = parts[1].to_lowercase();
        let holds = |name: &str| value.contains(&name.to_lowercase());
        let other = given.iter().find(|(role, person, _)| {
            **role != commander && !led.contains(&person.name.as_str()) && holds(&person.name)
        });
        if let Some((role, person, _)) =
            other.filter(|_| !led.is_empty() && !led.iter().any(|name| holds(name)))
        {
            let said = words::log_commander(&person.name, role.as_str(), &led);
            found.push(finding(document, index, Kind::Log, Certainty::Likely, said));
        }
    }
    found
}

static TAKES: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?i)\b(?:takes?|took|taking|taken)\b[^.;]{0,25}\b(?:commander|command|lead)\b|\b(?:becomes?|became|is now|appointed|named)\b[^.;]{0,15}\bcommander\b|\bhand(?:s|ed)\b[^.;]{0,30}\bcommand(?:er)?\b[^.;]{0,10}\bto\b",
    )
});

/// `10:20 Ben takes over as incident commander`, who did at 09:50.
fn taken(
    document: &Document,
    given: &[(&Role, &Person, DateTime<Utc>)],
    against: Against<'_>,
) -> Vec<Finding> {
    let commander = Role::commander();
    let mut found = Vec::new();
    for (index, piece) in document.pieces.iter().enumerate() {
        if matches!(piece.segment.role, Part::Quote | Part::Meta) {
            continue;
        }
        for (place, stamp) in piece.stamps.iter().enumerate() {
            let Some(Some(here)) = piece.moments.get(place) else {
                continue;
            };
            let text = &piece.segment.text;
            let said = piece.sentence(stamp.start, stamp.end);
            let clocks = piece.stamps.iter().filter(|other| {
                other.start >= said.start && other.end <= said.end && other.clock.is_some()
            });
            if clocks.count() != 1 || stamp.clock.is_none_or(|clock| clock.hour_only) {
                continue;
            }
            let sentence = &text[said];
            let Some(words_of) = TAKES.find(sentence) else {
                continue;
            };
            // Who is named nearest before the words, or for a hand-over behind them.
            let lower = sentence.to_lowercase();
            let hands = words_of.as_str().to_lowercase().starts_with("hand");
            let mut people: Vec<(usize, &str)> = given
                .iter()
                .filter_map(|(_, person, _)| {
                    let name = person.name.to_lowercase();
                    let at = if hands {
                        lower.rfind(&name)
                    } else {
                        lower.find(&name)
                    };
                    Some((at?, person.name.as_str()))
                })
                .collect();
            people.sort_unstable();
            people.dedup();
            let who = if hands {
                people.iter().find(|(at, _)| *at >= words_of.end())
            } else {
                people.iter().rfind(|(at, _)| *at < words_of.start())
            };
            let Some((_, who)) = who else { continue };
            let logged: Vec<DateTime<Utc>> = given
                .iter()
                .filter(|(role, person, _)| **role == commander && person.name == *who)
                .map(|(.., at)| *at)
                .collect();
            let here = zoned(here, against);
            let Some(nearest) = nearest(&here, &logged, against) else {
                continue;
            };
            let away = apart(&here, &nearest);
            // The log has it when somebody typed it.
            if away > TimeDelta::minutes(10) && away <= TimeDelta::hours(12) && !here.hedged {
                found.push(finding_at(
                    document,
                    index,
                    place,
                    Kind::Log,
                    Certainty::Likely,
                    words::log_time(&words::takes_command(who), &here, &nearest),
                ));
            }
        }
    }
    found
}
