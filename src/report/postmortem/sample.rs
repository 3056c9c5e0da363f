//! Incidents that no guild had, to try a template on: one with something of
//! everything, and one with nothing but its declaration.

use chrono::{DateTime, TimeDelta, Utc};

use crate::incident::{
    Actor, ChannelId, Command, Component, ComponentState, Context, Entry, GuildId, Incident,
    IncidentKey, IncidentNumber, Message, MessageId, MessageRef, Open, Person, Role, Section,
    Severity, Status, UserId, decide,
};

/// An incident and its log.
pub(super) struct Sample {
    pub(super) incident: Incident,
    pub(super) entries: Vec<Entry>,
    pub(super) now: DateTime<Utc>,
}

/// What is told, and how many minutes after the thing before.
type Told = (i64, Command);

/// The samples, the one with everything first.
pub(super) fn samples() -> [Option<Sample>; 2] {
    [told(everything()), told(Vec::new())]
}

fn told(story: Vec<Told>) -> Option<Sample> {
    // Tuesday, 8 July 2025, 15:27 UTC.
    let mut now = DateTime::from_timestamp(1_751_988_420, 0)?;
    let key = IncidentKey {
        guild: GuildId(0),
        number: IncidentNumber(42),
    };
    let ana = Person {
        id: UserId(1),
        name: "ana".to_owned(),
        bot: false,
    };
    let mut open = Open::new("Payments fail", Severity::Sev2);
    if !story.is_empty() {
        open.summary = Some("Customers see an error at the last step".to_owned());
        open.components = vec![Component("API".to_owned())];
        open.started = Some(now - TimeDelta::minutes(12));
    }
    let (mut incident, mut entries) = (None, Vec::new());
    let opening = std::iter::once((0, Command::Open(open)));
    for (number, (minutes, command)) in opening.chain(story).enumerate() {
        now += TimeDelta::minutes(minutes);
        let context = Context {
            actor: Actor::Person(ana.clone()),
            now,
            origin: Some(MessageRef {
                channel: ChannelId(1),
                message: MessageId(number as u64 + 1),
            }),
        };
        for entry in decide(incident.as_ref(), command, &context).ok()? {
            incident = Some(Incident::evolve(key, incident, &entry).ok()?);
            entries.push(entry);
        }
    }
    Some(Sample {
        incident: incident?,
        entries,
        now,
    })
}

fn everything() -> Vec<Told> {
    let text = str::to_owned;
    let said = |text: &str| Command::RecordMessage {
        message: Message {
            text: text.to_owned(),
            edited_at: None,
            reply_to: None,
            attachments: Vec::new(),
        },
        at: DateTime::from_timestamp(1_751_988_660, 0).unwrap_or_default(),
    };
    let status = |to, message: &str| Command::SetStatus {
        to,
        message: Some(message.to_owned()),
        at: None,
    };
    let ben = Person {
        id: UserId(2),
        name: "ben".to_owned(),
        bot: false,
    };
    let sections = [
        (
            Section::Summary,
            "Payments failed for 25 customers.\n\n- nobody lost money",
        ),
        (
            Section::RootCause,
            "The certificate ran out, and nobody owned it.",
        ),
    ];
    let mut story = vec![
        (
            1,
            Command::GiveRole {
                role: Role::commander(),
                to: ben.clone(),
            },
        ),
        (
            2,
            Command::Note {
                text: text("root cause: the certificate ran out"),
                at: None,
                key: true,
            },
        ),
        (1, status(Status::Identified, "We know the cause")),
        (
            9,
            Command::EndOutage {
                components: Vec::new(),
                at: None,
            },
        ),
        (
            1,
            Command::SetComponent {
                component: Component(text("API")),
                to: ComponentState::Operational,
                at: None,
            },
        ),
        (
            20,
            Command::StartOutage {
                components: Vec::new(),
                at: None,
            },
        ),
        (
            5,
            Command::EndOutage {
                components: Vec::new(),
                at: None,
            },
        ),
        (
            1,
            Command::SetSeverity {
                to: Severity::Sev1,
                reason: Some(text("it came back")),
                at: None,
            },
        ),
        (
            1,
            Command::AddAction {
                text: text("renew certificates by a job"),
                owner: Some(ben),
                due: DateTime::from_timestamp(1_752_600_000, 0),
            },
        ),
        (3, status(Status::Resolved, "Payments work again")),
    ];
    story.insert(
        2,
        (1, said("rolled back release 812 https://ci.example/812")),
    );
    story.extend(sections.map(|(section, text)| {
        let text = text.to_owned();
        (
            60,
            Command::WriteSection {
                section,
                text,
                base: None,
            },
        )
    }));
    story
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_is_something_of_everything() {
        let [everything, nothing] = samples().map(Option::unwrap);
        assert_eq!(everything.entries.len(), 16);
        assert_eq!(everything.incident.status_now(), Status::Resolved);
        assert_eq!(everything.incident.outages.len(), 2);
        assert_eq!(nothing.entries.len(), 1);
    }
}
