//! What people meet most, in German.

use chrono::{DateTime, TimeDelta, Utc};
use chrono_tz::Europe;
use insta::assert_snapshot;
use strum::IntoEnumIterator;

use super::language::speaking;
use super::{Card, Speech, form, permission, policy, refusal, settings, tell, time_refusal};
use crate::incident::human_time::parse;
use crate::incident::random_log::KEY;
use crate::incident::reminder::{self, Reminder};
use crate::incident::{
    Actor, ChannelId, Command, Component, ComponentState, Context, Entry, GuildSettings, Incident,
    Language, Open, Person, Place, Refusal, Role, Seq, Severity, Status, UserId, decide,
};

fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

fn ana() -> Person {
    Person {
        id: UserId(7),
        name: "ana".to_owned(),
        bot: false,
    }
}

fn speech() -> Speech {
    Speech {
        zone: Europe::Berlin,
        now: at("2026-07-09T03:00:00Z"),
    }
}

/// An incident in which something of many kinds happened, and its log.
fn incident() -> (Incident, Vec<Entry>) {
    let mut open = Open::new("API is *down*", Severity::Sev1);
    open.summary = Some("Customers see errors".to_owned());
    open.drill = true;
    let now = at("2026-07-09T03:00:00Z");
    let commands = vec![
        Command::Open(open),
        Command::OpenPlace {
            place: Place::Channel,
            channel: ChannelId(5),
        },
        Command::GiveRole {
            role: Role::commander(),
            to: ana(),
        },
        Command::SetComponent {
            component: Component("Website".to_owned()),
            to: ComponentState::PartialOutage,
            at: None,
        },
        Command::StartOutage {
            components: vec![Component("Website".to_owned())],
            at: Some(now - TimeDelta::minutes(20)),
        },
        Command::AddAction {
            text: "Renew certificates".to_owned(),
            owner: Some(ana()),
            due: Some(at("2026-07-13T21:59:59Z")),
        },
        Command::SetStatus {
            to: Status::Identified,
            message: Some("Release 812".to_owned()),
            at: None,
        },
        Command::FailDelivery {
            what: "announcement".to_owned(),
            reason: "der Kanal wurde gelöscht".to_owned(),
        },
    ];
    let context = Context {
        actor: Actor::Person(ana()),
        now,
        origin: None,
    };
    let (mut state, mut log) = (None, Vec::new());
    for command in commands {
        for entry in decide(state.as_ref(), command, &context).unwrap() {
            state = Some(Incident::evolve(KEY, state, &entry).unwrap());
            log.push(entry);
        }
    }
    (state.unwrap(), log)
}

fn shown(card: Card) -> String {
    let fields = card.fields.iter();
    let fields: Vec<String> = fields
        .map(|(name, value)| format!("{name}: {value}"))
        .collect();
    format!("{}\n{}\n{}", card.title, fields.join("\n"), card.footer)
}

#[test]
fn the_card_and_the_announcement_in_german() {
    let (incident, _) = incident();
    let said = speaking(Language::German, || {
        let (card, announced) = (super::card(&incident), super::announcement(&incident));
        format!(
            "{}\n\n{}\n\n{}",
            shown(card),
            shown(announced),
            super::card::topic(&incident)
        )
    });
    assert_snapshot!("card", said);
}

#[test]
fn what_the_channel_is_told_in_german() {
    let (incident, log) = incident();
    let told = speaking(Language::German, || {
        let told = log.iter().filter_map(|entry| tell(&incident, entry));
        told.collect::<Vec<_>>().join("\n")
    });
    assert_snapshot!("told", told);
}

#[test]
fn every_refusal_in_german() {
    let (now, component) = (at("2026-07-09T03:00:00Z"), Component("API".to_owned()));
    let number = KEY.number;
    let all = [
        Refusal::NoSuchIncident,
        Refusal::AlreadyOpen,
        Refusal::PlaceKnown,
        Refusal::EmptyText { option: "text" },
        Refusal::TitleTooLong {
            chars: 201,
            most: 200,
        },
        Refusal::SectionTooLong {
            chars: 20_001,
            most: 20_000,
        },
        Refusal::GrownMeanwhile {
            base: Seq(3),
            last: Seq(5),
        },
        Refusal::DocumentTooLong {
            bytes: 9_000_001,
            most: 8_000_000,
        },
        Refusal::SameTitle,
        Refusal::InFuture {
            at: now + TimeDelta::hours(1),
            now,
        },
        Refusal::NoSuchYear { year: 20_260 },
        Refusal::NotFromHere {
            from: Status::Identified,
            to: Status::Postmortem,
        },
        Refusal::NotFromHere {
            from: Status::Postmortem,
            to: Status::Resolved,
        },
        Refusal::NotFromHere {
            from: Status::Resolved,
            to: Status::Cancelled,
        },
        Refusal::NotFromHere {
            from: Status::Cancelled,
            to: Status::Monitoring,
        },
        Refusal::SameStatus {
            status: Status::Monitoring,
        },
        Refusal::NotToBeReopened {
            status: Status::Monitoring,
            to: Status::Investigating,
        },
        Refusal::NotToBeReopened {
            status: Status::Resolved,
            to: Status::Cancelled,
        },
        Refusal::SameSeverity {
            severity: Severity::Sev2,
        },
        Refusal::SameComponentState {
            component: component.clone(),
            state: ComponentState::MajorOutage,
        },
        Refusal::OutageAlreadyOpen {
            entry: Seq(4),
            since: now,
        },
        Refusal::NoOpenOutage,
        Refusal::NoOpenOutageOf {
            components: vec![component],
        },
        Refusal::EndsBeforeStart {
            entry: Seq(4),
            start: now,
            end: now - TimeDelta::hours(1),
        },
        Refusal::SameHolder {
            role: Role::commander(),
            name: "ana".to_owned(),
        },
        Refusal::NoSuchAction {
            number: 2,
            count: 0,
        },
        Refusal::NoSuchAction {
            number: 2,
            count: 1,
        },
        Refusal::ActionAlreadyDone { number: 1 },
        Refusal::SameOwner {
            number: 1,
            name: "ana".to_owned(),
        },
        Refusal::NothingOwed {
            reminder: Reminder::Update,
        },
        Refusal::NothingOwed {
            reminder: Reminder::Commander,
        },
        Refusal::NothingOwed {
            reminder: Reminder::Postmortem,
        },
        Refusal::NothingOwed {
            reminder: Reminder::Action(1),
        },
        Refusal::InPast { until: now },
        Refusal::LinkToItself { number },
        Refusal::AlreadyLinked { number },
        Refusal::NoSuchEntry {
            entry: Seq(9),
            last: Seq(8),
        },
        Refusal::AlreadyKey { entry: Seq(4) },
        Refusal::NotKey { entry: Seq(4) },
        Refusal::NothingToCorrect,
        Refusal::NotCorrectable {
            entry: Seq(4),
            kind: "delivery_failed",
        },
        Refusal::NoTextToCorrect {
            entry: Seq(4),
            kind: "outage_started",
        },
        Refusal::AlreadyRedacted { entry: Seq(4) },
        Refusal::NoMessage,
    ];
    let said: Vec<String> = speaking(Language::German, || {
        all.iter().map(|one| refusal(one, &speech())).collect()
    });
    assert_snapshot!("refusals", said.join("\n"));
}

#[test]
fn refused_times_in_german() {
    let zone = Europe::Berlin;
    let now = at("2026-04-09T03:00:00Z");
    let said: Vec<String> = speaking(Language::German, || {
        let typed = [
            "irgendwann",
            "gestern",
            "31.02.2026 10:00",
            "04/03/2026 10:00",
            "Montag, 8. April 2026 10:00",
            "10:00 Mars",
            "2026-03-29 02:30",
            "2025-10-26 02:30",
            "23:59",
            "1912-04-14 23:40",
        ];
        let refused = typed.iter().filter_map(|text| parse(text, now, zone).err());
        refused
            .map(|refused| time_refusal(&refused, &Speech { zone, now }))
            .collect()
    });
    assert_snapshot!("times", said.join("\n"));
}

#[test]
fn reminders_in_german() {
    let (incident, _) = incident();
    let now = at("2026-07-14T05:00:00Z");
    let due = reminder::due(&incident, &GuildSettings::default(), now);
    let said: Vec<String> = speaking(Language::German, || {
        let said = due
            .iter()
            .map(|one| super::reminder::reminder(&incident, one));
        said.collect()
    });
    assert_snapshot!("reminders", said.join("\n"));
}

#[test]
fn forms_and_settings_in_german_keep_discords_limits() {
    let settings_of = GuildSettings::default();
    let said = speaking(Language::German, || {
        let (open, setup) = (form::open(), form::setup());
        let fields = [
            open.title,
            open.severity,
            open.components,
            open.summary,
            open.started,
            setup.zone,
            setup.components,
            setup.roles,
            setup.severity,
            form::update(),
            super::action::text_field(),
            super::action::due_field(),
            super::action::incident_field(),
        ];
        let mut said = vec![format!("{} | {}", open.heading, setup.rest)];
        for (label, hint) in fields {
            assert!(label.chars().count() <= 45, "{label}");
            assert!(hint.chars().count() <= 100, "{hint}");
            said.push(format!("{label} | {hint}"));
        }
        for hint in [setup.announcements, setup.home, setup.day, setup.hour] {
            assert!(hint.chars().count() <= 150, "{hint}");
        }
        for name in [open.heading, setup.rest, super::action::heading()] {
            assert!(name.chars().count() <= 45, "{name}");
        }
        said.push(settings::settings(&settings_of));
        said.push(policy::policy(&settings_of));
        said.join("\n")
    });
    assert_snapshot!("forms", said);
}

#[test]
fn every_permission_has_its_name_and_says_what_is_lacking_without_it() {
    for language in Language::iter() {
        for needed in speaking(language, permission::needed) {
            assert!(!needed.name.is_empty() && !needed.without.is_empty());
        }
    }
}
