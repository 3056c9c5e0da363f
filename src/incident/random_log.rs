//! Random incidents for property tests: any commands, at any times, in any
//! order, as `decide` takes or refuses them.

use chrono::{DateTime, TimeDelta, Utc};
use proptest::prelude::*;
use strum::IntoEnumIterator;

use super::*;

/// A wish before it is known which incident it meets: a correction needs the
/// entry it corrects.
#[derive(Clone, Debug)]
pub(crate) enum Wish {
    Command(Command),
    /// To the last offer of command.
    Answer {
        accept: bool,
    },
    Correct {
        entry: u32,
        text: Option<String>,
        at: Option<DateTime<Utc>>,
    },
}

/// A random incident: its log and the state after each entry.
#[derive(Clone, Debug)]
pub(crate) struct RandomLog {
    pub(crate) entries: Vec<Entry>,
    pub(crate) states: Vec<Incident>,
    pub(crate) refused: usize,
}

impl RandomLog {
    pub(crate) fn state(&self) -> &Incident {
        self.states.last().expect("a random log has an opening")
    }
}

pub(crate) const KEY: IncidentKey = IncidentKey {
    guild: GuildId(7),
    number: IncidentNumber(42),
};

/// 2025-03-08 00:00 UTC: the day before the American change to summer time.
pub(crate) fn start() -> DateTime<Utc> {
    DateTime::from_timestamp(1_741_392_000, 0).expect("a valid stamp")
}

fn moments() -> impl Strategy<Value = DateTime<Utc>> {
    (-3000i64..6000).prop_map(|minutes| start() + TimeDelta::minutes(minutes))
}

fn maybe_at() -> impl Strategy<Value = Option<DateTime<Utc>>> {
    prop::option::of(moments())
}

pub(crate) fn texts() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => "[a-z]{1,8}( [a-z]{1,8}){0,6}",
        1 => Just("@everyone {{#each x}} `code` **bold** <script>alert(1)</script>".to_owned()),
        1 => Just("# heading\n- [link](javascript:x) | a | b |\n<!-- x -->".to_owned()),
        1 => Just("\u{202E}evil\u{0} <@123> <@&5> <#9>".to_owned()),
        1 => any::<String>(),
    ]
}

fn people() -> impl Strategy<Value = Person> {
    (1u64..5).prop_map(|id| Person {
        id: UserId(id),
        name: ["ana", "ben", "cho", "d`e*e"][id as usize - 1].to_owned(),
        bot: false,
    })
}

fn components() -> impl Strategy<Value = Vec<Component>> {
    prop::collection::vec(component(), 0..3)
}

fn component() -> impl Strategy<Value = Component> {
    prop::sample::select(vec!["API", "Web", "Mail | queue"]).prop_map(|c| Component(c.to_owned()))
}

fn any_of<T: IntoEnumIterator + Clone + std::fmt::Debug + 'static>() -> impl Strategy<Value = T> {
    prop::sample::select(T::iter().collect::<Vec<_>>())
}

fn seqs() -> impl Strategy<Value = Seq> {
    (0u32..30).prop_map(Seq)
}

/// Few others, so that ties meet.
fn ties() -> impl Strategy<Value = Command> {
    let others = || (40u32..43).prop_map(IncidentNumber);
    let target = (
        any::<bool>(),
        prop::option::weighted(0.2, others()),
        prop::collection::vec(others(), 0..2),
    );
    let target = target.prop_map(|(private, duplicate_of, causes)| LinkTarget {
        private,
        duplicate_of,
        causes,
    });
    prop_oneof![
        2 => (any_of::<Relation>(), others(), target)
            .prop_map(|(relation, to, target)| Command::Link { relation, to, target }),
        2 => (any_of::<Relation>(), others())
            .prop_map(|(relation, to)| Command::Unlink { relation, to }),
        1 => (any_of::<Relation>(), others(), any::<bool>())
            .prop_map(|(relation, to, tied)| Command::LinkBack { relation, to, tied }),
    ]
}

/// Few enough that what one command does another meets.
fn early() -> impl Strategy<Value = Seq> {
    (0u32..8).prop_map(Seq)
}

fn wishes() -> impl Strategy<Value = Wish> {
    let told = prop_oneof![
        (any_of::<Status>(), prop::option::of(texts()), maybe_at())
            .prop_map(|(to, message, at)| Command::SetStatus { to, message, at }),
        (texts(), maybe_at()).prop_map(|(message, at)| Command::Update { message, at }),
        (texts(), maybe_at(), any::<bool>()).prop_map(|(text, at, key)| Command::Note {
            text,
            at,
            key
        }),
        (any_of::<Severity>(), prop::option::of(texts()), maybe_at())
            .prop_map(|(to, reason, at)| Command::SetSeverity { to, reason, at }),
        (component(), any_of::<ComponentState>(), maybe_at())
            .prop_map(|(component, to, at)| Command::SetComponent { component, to, at }),
        (components(), maybe_at())
            .prop_map(|(components, at)| Command::StartOutage { components, at }),
        (components(), maybe_at())
            .prop_map(|(components, at)| Command::EndOutage { components, at }),
    ];
    let done = prop_oneof![
        texts().prop_map(|title| Command::Rename { title }),
        ("[a-z]{3,6}", people()).prop_map(|(role, to)| Command::GiveRole {
            role: Role::named(&role).expect("letters name a role"),
            to
        }),
        people().prop_map(|to| Command::GiveRole {
            role: Role::commander(),
            to
        }),
        (texts(), prop::option::of(people()), maybe_at())
            .prop_map(|(text, owner, due)| Command::AddAction { text, owner, due }),
        (0u32..4).prop_map(|number| Command::FinishAction { number }),
        (any_of::<Section>(), texts(), prop::option::of(seqs())).prop_map(
            |(section, text, base)| Command::WriteSection {
                section,
                text,
                base
            }
        ),
        (seqs(), texts()).prop_map(|(base, text)| Command::Publish {
            base,
            documents: [(
                DocumentFormat::Md,
                Document {
                    text,
                    sha256: "00".to_owned()
                }
            )]
            .into()
        }),
        early().prop_map(|entry| Command::MarkKey {
            entry,
            by_pin: entry.0 % 2 == 0
        }),
        early().prop_map(|entry| Command::UnmarkKey { entry }),
        (prop::collection::vec(seqs(), 1..3), texts())
            .prop_map(|(entries, reason)| Command::Redact(Redaction::new(entries, reason))),
        (texts(), texts()).prop_map(|(what, reason)| Command::FailDelivery { what, reason }),
        texts().prop_map(|what| Command::RecoverDelivery { what }),
    ];
    let passing = prop_oneof![
        3 => (people(), prop::option::of(texts())).prop_map(|(to, note)| Command::Handover {
            to,
            note,
            takeover_after: TAKEOVER_AFTER
        }),
        1 => Just(Command::WithdrawHandover),
        1 => people().prop_map(|to| Command::GiveAccess { to: Guest::Person(to) }),
        1 => people().prop_map(|from| Command::TakeAccess { from: Guest::Person(from) }),
    ];
    let heard = prop_oneof![
        3 => (texts(), moments(), prop::option::weighted(0.2, moments())).prop_map(|(text, at, edited_at)| Command::RecordMessage {
            message: Message { text, edited_at, reply_to: None, attachments: Vec::new() },
            at
        }),
        1 => (texts(), moments()).prop_map(|(text, at)| Command::RecordEdit { text, at }),
        1 => moments().prop_map(|at| Command::RecordDeletion { at }),
    ];
    let put_away = prop_oneof![
        3 => seqs().prop_map(|end| Command::ArchivePlace {
            end,
            locked: end.0 % 2 == 0,
            was: ending::PlaceBefore::default()
        }),
        1 => Just(Command::RestorePlace),
    ];
    prop_oneof![
        1 => put_away.prop_map(Wish::Command),
        4 => told.prop_map(Wish::Command),
        2 => done.prop_map(Wish::Command),
        2 => passing.prop_map(Wish::Command),
        1 => ties().prop_map(Wish::Command),
        2 => any::<bool>().prop_map(|accept| Wish::Answer { accept }),
        3 => heard.prop_map(Wish::Command),
        1 => (0u32..30, prop::option::of(texts()), maybe_at())
            .prop_map(|(entry, text, at)| Wish::Correct { entry, text, at }),
    ]
}

/// Random incidents of up to 40 commands.
pub(crate) fn logs() -> impl Strategy<Value = RandomLog> {
    let opening = (
        any_of::<Severity>(),
        components(),
        prop::option::of(-600i64..0),
    );
    let steps = prop::collection::vec((wishes(), people(), 1u64..12, 0i64..200), 0..40);
    (opening, steps).prop_map(|((severity, components, started), steps)| {
        let mut open = Open::new("API is down", severity);
        open.components = components;
        open.started = started.map(|minutes| start() + TimeDelta::minutes(minutes));
        run(open, steps)
    })
}

fn run(mut open: Open, steps: Vec<(Wish, Person, u64, i64)>) -> RandomLog {
    let mut log = RandomLog {
        entries: Vec::new(),
        states: Vec::new(),
        refused: 0,
    };
    let mut now = start();
    let ana = Person {
        id: UserId(1),
        name: "ana".to_owned(),
        bot: false,
    };
    open.private = open.components.len() > 1;
    log.take(Command::Open(open), &ana, None, now);
    for (wish, person, message, minutes) in steps {
        now += TimeDelta::minutes(minutes);
        let command = match wish {
            Wish::Command(command) => command,
            Wish::Answer { accept } => {
                let offers = log.state().handovers.last();
                let offer = offers.map_or(Seq(1), |offer| offer.seq);
                Command::AnswerHandover { offer, accept }
            }
            Wish::Correct { entry, text, at } => {
                let Some(target) = log.entries.iter().find(|e| e.seq.0 == entry) else {
                    continue;
                };
                let target = Box::new(target.clone());
                Command::Correct { target, text, at }
            }
        };
        let origin = MessageRef {
            channel: ChannelId(900),
            message: MessageId(message),
        };
        log.take(command, &person, Some(origin), now);
    }
    log
}

impl RandomLog {
    fn take(
        &mut self,
        command: Command,
        person: &Person,
        origin: Option<MessageRef>,
        now: DateTime<Utc>,
    ) {
        let context = Context {
            actor: Actor::Person(person.clone()),
            now,
            origin,
        };
        match decide(self.states.last(), command, &context) {
            Err(_) => self.refused += 1,
            Ok(new) => {
                for entry in new {
                    let before = self.states.last().cloned();
                    let after = Incident::evolve(KEY, before, &entry)
                        .expect("what decide writes continues the log");
                    self.states.push(after);
                    self.entries.push(entry);
                }
            }
        }
    }
}
