//! What holds of rights whatever a guild chose.

use std::collections::BTreeSet;

use proptest::prelude::*;
use strum::IntoEnumIterator;

use super::*;
use crate::incident::random_log::{KEY, start};
use crate::incident::reminder::Reminder;
use crate::incident::{
    Actor, Command, Context, Incident, Open, Person, Redaction, Role, RoleId, Severity, Status,
    UserId, decide,
};

fn person(id: u64) -> Person {
    Person {
        id: UserId(id),
        name: format!("user {id}"),
        bot: false,
    }
}

/// An incident that user 1 commands, with an action item of user 2.
fn incident(over: bool) -> Incident {
    let context = Context {
        actor: Actor::Person(person(9)),
        now: start(),
        origin: None,
    };
    let open = Command::Open(Open::new("API is down", Severity::Sev1));
    let mut log = decide(None, open, &context).unwrap();
    let mut commands = vec![
        Command::GiveRole {
            role: Role::commander(),
            to: person(1),
        },
        Command::AddAction {
            text: "write".to_owned(),
            owner: Some(person(2)),
            due: None,
        },
    ];
    if over {
        commands.push(status(Status::Resolved));
    }
    for command in commands {
        let state = Incident::fold(KEY, &log).unwrap();
        log.extend(decide(Some(&state), command, &context).unwrap());
    }
    Incident::fold(KEY, &log).unwrap()
}

fn status(to: Status) -> Command {
    Command::SetStatus {
        to,
        message: None,
        at: None,
    }
}

fn allowed() -> impl Strategy<Value = Allowed> {
    prop_oneof![
        Just(Allowed::Usual),
        Just(Allowed::Everybody),
        prop::collection::btree_set((1u64..5).prop_map(RoleId), 1..3).prop_map(Allowed::Roles),
    ]
}

fn policy() -> impl Strategy<Value = AccessPolicy> {
    prop::collection::vec(allowed(), 6).prop_map(|all| {
        let mut policy = AccessPolicy::default();
        for (right, allowed) in Right::iter().zip(all) {
            *policy.of_mut(right) = allowed;
        }
        policy
    })
}

proptest! {
    #[test]
    fn a_right_is_had_by_whom_the_guild_says_and_kept_from_nobody_who_runs_it(
        policy in policy(),
        id in 1u64..4,
        roles in prop::collection::vec((1u64..5).prop_map(RoleId), 0..3),
        server: bool,
        messages: bool,
        over: bool,
    ) {
        let incident = incident(over);
        let asker = Asker { id: UserId(id), roles: &roles, manages_server: server, manages_messages: messages };
        for right in Right::iter() {
            let may = policy.allows(right, &asker, Some(&incident));
            let commands = id == 1;
            if server || (commands && matches!(right, Right::Change | Right::Close)) {
                prop_assert!(may);
                continue;
            }
            match policy.of(right) {
                Allowed::Everybody => prop_assert!(may),
                Allowed::Roles(named) => {
                    prop_assert_eq!(may, roles.iter().any(|role| named.contains(role)));
                }
                Allowed::Usual => {
                    let usually = match right {
                        Right::Open | Right::Change | Right::Close => true,
                        Right::Redact => messages,
                        Right::Publish => commands,
                        Right::SetUp => false,
                    };
                    prop_assert_eq!(may, usually);
                }
            }
        }
    }

    #[test]
    fn what_is_given_is_had_and_what_is_taken_is_as_before(policy in policy(), role in 1u64..9) {
        let role = RoleId(role);
        for right in Right::iter() {
            let mut given = policy.clone();
            given.give(right, role);
            let asker = Asker { id: UserId(7), roles: &[role], manages_server: false, manages_messages: false };
            prop_assert!(given.allows(right, &asker, None));
            let others = Right::iter().filter(|other| *other != right);
            for other in others {
                prop_assert_eq!(given.of(other), policy.of(other));
            }
            given.take(right, role);
            let Allowed::Roles(before) = policy.of(right) else {
                prop_assert_eq!(given.of(right), &Allowed::Usual);
                continue;
            };
            let left: BTreeSet<_> = before.iter().copied().filter(|one| *one != role).collect();
            let left = if left.is_empty() { Allowed::Usual } else { Allowed::Roles(left) };
            prop_assert_eq!(given.of(right), &left);
        }
    }

    #[test]
    fn a_policy_survives_its_stored_form(policy in policy()) {
        let json = serde_json::to_string(&policy).unwrap();
        prop_assert_eq!(serde_json::from_str::<AccessPolicy>(&json).unwrap(), policy);
    }
}

#[test]
fn each_command_needs_its_right() {
    let (open, over) = (incident(false), incident(true));
    let needed = |command: &Command, of: &Incident, id| Right::needed(command, of, UserId(id));
    let update = Command::Update {
        message: "x".to_owned(),
        at: None,
    };
    assert_eq!(needed(&update, &open, 3), Some(Right::Change));
    assert_eq!(
        needed(&status(Status::Identified), &open, 3),
        Some(Right::Change)
    );
    for to in [Status::Resolved, Status::Cancelled] {
        assert_eq!(needed(&status(to), &open, 3), Some(Right::Close));
    }
    // To go on with what was over is to reopen it, by whatever command.
    assert_eq!(
        needed(&status(Status::Identified), &over, 3),
        Some(Right::Close)
    );
    let redact = Command::Redact(Redaction::new(vec![], "x"));
    assert_eq!(needed(&redact, &open, 3), Some(Right::Redact));
    // Whoever does an action item says that it is done.
    let done = Command::FinishAction { number: 1 };
    assert_eq!(needed(&done, &open, 3), Some(Right::Change));
    assert_eq!(needed(&done, &open, 2), None);
    let later = |reminder| Command::Snooze {
        reminder,
        until: start(),
    };
    assert_eq!(needed(&later(Reminder::Action(1)), &open, 2), None);
    assert_eq!(
        needed(&later(Reminder::Update), &open, 2),
        Some(Right::Change)
    );
}
