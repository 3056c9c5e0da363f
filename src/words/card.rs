//! The pinned card and the announcement: an incident at a glance.

use crate::incident::{HISTORY, Incident, Severity, Status};

use super::language::{say, word};
use super::speech::{discord_day_and_time, discord_time};
use super::{escape, handover, link, name, reworded};

/// An incident at a glance, in the parts of a Discord embed. Within its limits:
/// title 256, description 4,096, value 1,024, 6,000 characters altogether.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Card {
    /// The number, the severity and the title.
    pub title: String,
    /// What was known at the start.
    pub description: Option<String>,
    /// Name and value of each fact.
    pub fields: Vec<(&'static str, String)>,
    /// The line at the foot.
    pub footer: String,
    /// The colour of its edge, 0xRRGGBB.
    pub colour: u32,
}

/// The card of an incident's own channel.
#[must_use]
pub fn card(incident: &Incident) -> Card {
    let mut fields = facts(incident);
    if !incident.roles.is_empty() || incident.open_handover().is_some() {
        let roles = incident.roles.iter();
        let lines: Vec<_> = roles
            .map(|(role, person)| {
                format!("{}: <@{}>", escape::discord(name::role(role)), person.id)
            })
            .chain(handover::waiting(incident))
            .collect();
        fields.push((word!("Roles", "Rollen"), fit(&lines.join("\n"))));
    }
    fields.extend(people(incident).map(|people| (word!("People", "Leute"), people)));
    let open = incident
        .actions
        .iter()
        .filter(|action| action.done_at.is_none())
        .count();
    if !incident.actions.is_empty() {
        let all = incident.actions.len();
        fields.push((
            word!("Action items", "Aufgaben"),
            say!("{open} open of {all}", "{open} von {all} offen"),
        ));
    }
    if let Some(why) = incident.failed_deliveries.get(HISTORY) {
        fields.push((
            word!("Could not be read", "Nicht lesbar"),
            fit(&escape::discord(&reworded::reason(why))),
        ));
    }
    let failures = || {
        let failures = incident.failed_deliveries.iter();
        failures.filter(|(what, _)| what.as_str() != HISTORY)
    };
    if failures().next().is_some() {
        let lines: Vec<_> = failures()
            .map(|(what, why)| {
                let why = escape::discord(&reworded::reason(why));
                format!("{}: {why}", name::delivered(what))
            })
            .collect();
        fields.push((
            word!("Could not be delivered", "Nicht zugestellt"),
            fit(&lines.join("\n")),
        ));
    }
    Card {
        title: title(incident),
        description: incident
            .summary
            .as_deref()
            .map(|summary| fit(&escape::discord(summary))),
        fields,
        footer: say!(
            "Scribe records what is said here and in its threads, with edits, deletions and files.",
            "Scribe zeichnet auf, was hier und in den Threads gesagt wird, mit Änderungen, Löschungen und Dateien."
        ),
        colour: colour(incident),
    }
}

/// What everybody is told of an incident in the announcement channel.
#[must_use]
pub fn announcement(incident: &Incident) -> Card {
    let mut fields = facts(incident);
    if let Some((channel, _)) = incident.place {
        fields.push((word!("Channel", "Kanal"), format!("<#{channel}>")));
    }
    Card {
        title: title(incident),
        description: incident
            .summary
            .as_deref()
            .map(|summary| fit(&escape::discord(summary))),
        fields,
        footer: say!(
            "This message is kept up to date.",
            "Diese Nachricht bleibt auf dem Stand."
        ),
        colour: colour(incident),
    }
}

/// The topic of an incident's channel, one line.
#[must_use]
pub fn topic(incident: &Incident) -> String {
    let commander = incident
        .roles
        .iter()
        .find(|(role, _)| role.as_str() == crate::incident::Role::COMMANDER);
    let mut topic = format!(
        "{} · {} · {} · {}",
        incident.key.number,
        incident.severity_now(),
        incident.status_now(),
        escape::short(&incident.title, 200)
    );
    if let Some((_, person)) = commander {
        let name = escape::short(&person.name, 80);
        topic += &say!(" · commander {name}", " · Commander {name}");
    }
    topic
}

/// The name of an incident's channel: `inc-42-api-is-down`, at most 100
/// characters. What Discord does not take in a name is left out.
#[must_use]
pub fn channel_name(incident: &Incident) -> String {
    let mut slug = String::new();
    for c in incident.title.chars().flat_map(char::to_lowercase) {
        if c.is_alphanumeric() {
            slug.push(c);
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
        if slug.chars().count() >= 60 {
            break;
        }
    }
    let slug = slug.trim_end_matches('-');
    let prefix = channel_prefix(incident);
    if slug.is_empty() {
        return prefix.trim_end_matches('-').to_owned();
    }
    format!("{prefix}{slug}")
}

/// What the channel's name begins with for ever, whatever the title becomes: `inc-42-`.
#[must_use]
pub fn channel_prefix(incident: &Incident) -> String {
    format!("inc-{}-", incident.key.number.0)
}

/// What a thread's name begins with: `INC-42 · `.
#[must_use]
pub fn thread_prefix(incident: &Incident) -> String {
    format!("{} · ", incident.key.number)
}

/// The name of an incident's thread or forum post: `INC-42 · API is down`, at
/// most 100 characters.
#[must_use]
pub fn thread_name(incident: &Incident) -> String {
    let drill = drill(incident);
    let prefix = thread_prefix(incident);
    let room = 100 - prefix.chars().count() - drill.chars().count();
    format!("{prefix}{drill}{}", escape::short(&incident.title, room))
}

/// The first message of a forum post; the card follows it.
#[must_use]
pub fn first_post(incident: &Incident) -> String {
    format!("**{}**", title(incident))
}

/// What stands before the title of an exercise.
fn drill(incident: &Incident) -> &'static str {
    if incident.drill {
        word!("DRILL ", "ÜBUNG ")
    } else {
        ""
    }
}

fn title(incident: &Incident) -> String {
    let drill = drill(incident);
    let head = format!(
        "{drill}{} · {} · ",
        incident.key.number,
        incident.severity_now()
    );
    let room = 256 - head.chars().count();
    format!(
        "{head}{}",
        escape::short(&escape::discord(&incident.title), room)
    )
}

fn facts(incident: &Incident) -> Vec<(&'static str, String)> {
    let mut fields = vec![(
        word!("Status", "Status"),
        say!(
            "**{status}** since {since}",
            "**{status}** seit {since}",
            status = name::status(incident.status_now()),
            since = discord_day_and_time(incident.status_since())
        ),
    )];
    let affected: Vec<_> = incident
        .affected()
        .map(|(component, state)| {
            format!(
                "{}: {}",
                escape::discord(&escape::short(&component.0, 100)),
                name::component_state(state)
            )
        })
        .collect();
    if !affected.is_empty() {
        fields.push((word!("Affected", "Betroffen"), fit(&affected.join("\n"))));
    }
    let outages: Vec<_> = incident
        .outages_in_order()
        .into_iter()
        .map(|window| match window.end {
            Some((end, _)) => format!(
                "{} – {}",
                discord_day_and_time(window.start),
                discord_time(end, window.start)
            ),
            None => say!(
                "since {start}",
                "seit {start}",
                start = discord_day_and_time(window.start)
            ),
        })
        .collect();
    if !outages.is_empty() {
        fields.push((
            word!("Users affected", "Nutzer betroffen"),
            fit(&outages.join("\n")),
        ));
    }
    let links = link::lines(incident);
    if !links.is_empty() {
        fields.push((word!("Links", "Verknüpft"), fit(&links.join("\n"))));
    }
    fields.push((
        word!("Opened", "Eröffnet"),
        say!(
            "{at} by {who}",
            "{at} von {who}",
            at = discord_day_and_time(incident.opened_at),
            who = escape::discord(&escape::short(incident.opened_by.name(), 80))
        ),
    ));
    fields
}

/// Who takes part, in the order in which they came; nothing where one is alone.
fn people(incident: &Incident) -> Option<String> {
    /// As many as a field of an embed holds with their ids.
    const MOST: usize = 30;
    let people = incident.people.in_order();
    if people.len() < 2 {
        return None;
    }
    let shown: Vec<_> = people
        .iter()
        .take(MOST)
        .map(|id| format!("<@{id}>"))
        .collect();
    let more = match people.len().saturating_sub(MOST) {
        0 => String::new(),
        more => say!(" and {more} more", " und {more} weitere"),
    };
    Some(format!("{}{more}", shown.join(" ")))
}

fn fit(text: &str) -> String {
    escape::short(text, 1_000)
}

fn colour(incident: &Incident) -> u32 {
    match (incident.status_now(), incident.severity_now()) {
        (Status::Resolved | Status::Postmortem, _) => 0x2E_A0_43,
        (Status::Cancelled, _) => 0x8B_94_9E,
        (_, Severity::Sev1) => 0xD1_24_2F,
        (_, Severity::Sev2) => 0xE1_6F_24,
        (_, Severity::Sev3) => 0xD4_A7_2C,
        (_, Severity::Sev4) => 0x3B_82_F6,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::incident::{
        Actor, Command, Context, GuildId, IncidentKey, IncidentNumber, Open, decide,
    };

    fn incident(title: &str) -> Incident {
        let key = IncidentKey {
            guild: GuildId(1),
            number: IncidentNumber(42),
        };
        let context = Context {
            actor: Actor::Named {
                name: "Ana".to_owned(),
            },
            now: "2025-07-08T20:27:00Z".parse().unwrap(),
            origin: None,
        };
        let entries = decide(
            None,
            Command::Open(Open::new(title, Severity::Sev1)),
            &context,
        )
        .unwrap();
        Incident::fold(key, &entries).unwrap()
    }

    #[test]
    fn a_channel_is_named_after_its_incident() {
        assert_eq!(
            channel_name(&incident("API is down!")),
            "inc-42-api-is-down"
        );
        assert_eq!(channel_name(&incident("🔥🔥")), "inc-42");
        assert_eq!(
            channel_name(&incident("@everyone `{{x}}`")),
            "inc-42-everyone-x"
        );
        let long = channel_name(&incident(&"Ab ".repeat(66)));
        assert!(long.chars().count() <= 100, "{long}");
    }

    #[test]
    fn a_threads_name_keeps_discords_limit() {
        assert_eq!(
            thread_name(&incident("API is down!")),
            "INC-42 · API is down!"
        );
        let long = thread_name(&incident(&"Ab ".repeat(66)));
        assert!(long.chars().count() <= 100, "{long}");
        assert!(long.starts_with("INC-42 · Ab Ab"), "{long}");
    }

    #[test]
    fn a_card_keeps_discords_limits() {
        let card = card(&incident(&"*".repeat(200)));
        assert!(card.title.chars().count() <= 256);
        assert!(card.title.starts_with("INC-42 · SEV1 · "));
        assert_eq!(card.fields[0].1, "**investigating** since <t:1752006420:f>");
    }
}
