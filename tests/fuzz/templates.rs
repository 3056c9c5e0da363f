//! What people write, on its way into a draft: titles, notes, names, messages.

use chrono::{DateTime, TimeDelta, Utc};
use proptest::prelude::*;
use scribe::discord::RawMessage;
use scribe::incident::{
    Actor, ChannelId, Command, Component, Context, Entry, GuildId, GuildSettings, Incident,
    IncidentKey, IncidentNumber, MessageRef, Open, Person, Severity, Status, UserId, decide,
};
use scribe::report::postmortem::{self, DraftInput, Form};

use crate::odd::{Change, changed, changes};
use crate::{cases, corpus};

const KEY: IncidentKey = IncidentKey {
    guild: GuildId(1),
    number: IncidentNumber(42),
};

/// A log of odd texts; those that the rules refuse are left out.
fn log(texts: &[String], now: DateTime<Utc>) -> Vec<Entry> {
    let mut log: Vec<Entry> = Vec::new();
    let text = |n: usize| texts[n % texts.len()].clone();
    let mut open = Open::new("t", Severity::Sev1);
    open.title = format!("t{}", text(0)).chars().take(90).collect();
    open.summary = Some(text(1));
    open.components = vec![Component(text(2))];
    open.started = Some(now - TimeDelta::minutes(9));
    let mut wishes = vec![
        Command::Open(open),
        Command::Note {
            text: text(3),
            at: None,
            key: true,
        },
        Command::Update {
            message: text(4),
            at: None,
        },
        Command::AddAction {
            text: text(5),
            owner: None,
            due: Some(now),
        },
        Command::LoseAttachment {
            attachment: scribe::incident::AttachmentId(1),
            reason: text(0),
        },
        Command::SetStatus {
            to: Status::Resolved,
            message: Some(text(1)),
            at: None,
        },
        Command::EndOutage {
            components: Vec::new(),
            at: None,
        },
    ];
    let messages = corpus("gateway.jsonl");
    for line in messages.lines().take(3) {
        let mut message = RawMessage::read(serde_json::from_str(line).unwrap())
            .unwrap()
            .message();
        message.text.push_str(&text(2));
        wishes.push(Command::RecordMessage { message, at: now });
    }
    let mut state = None;
    for (n, command) in wishes.into_iter().enumerate() {
        let context = Context {
            actor: Actor::Person(Person {
                id: UserId(n as u64),
                name: text(n),
                bot: false,
            }),
            now: now + TimeDelta::minutes(n as i64),
            origin: Some(MessageRef {
                channel: ChannelId(1),
                message: scribe::incident::MessageId(n as u64),
            }),
        };
        for entry in decide(state.as_ref(), command, &context).unwrap_or_default() {
            state = Some(Incident::evolve(KEY, state, &entry).unwrap());
            log.push(entry);
        }
    }
    log
}

fn texts() -> impl Strategy<Value = Vec<(usize, Vec<Change>)>> {
    prop::collection::vec((0usize..4, changes()), 6)
}

proptest! {
    #![proptest_config(cases(10))]
    #[test]
    fn any_text_goes_into_a_draft(texts in texts()) {
        thread_local! {
            static ODD: Vec<String> = corpus("gateway.jsonl").lines().chain(corpus("times.txt").lines().take(1))
                .map(|line| line.chars().skip(60).take(200).collect()).collect();
        }
        let texts: Vec<String> = ODD.with(|odd| texts.iter().map(|(of, changes)| changed(&odd[*of], changes)).collect());
        let now: DateTime<Utc> = "2026-07-09T12:00:00Z".parse().unwrap();
        let log = log(&texts, now);
        prop_assert!(log.len() > 4, "the rules refuse nearly all of {texts:?}");
        let incident = Incident::fold(KEY, &log).unwrap();
        let draft = postmortem::markdown(&DraftInput {
            incident: &incident,
            entries: &log,
            settings: &GuildSettings::default(),
            links: &|_| None,
            now: now + TimeDelta::hours(1), form: Form::default(),
});
        prop_assert!(draft.is_ok(), "{draft:?}");
    }
}
