//! Reminders of incidents as they happen.

use chrono::{DateTime, TimeDelta, Utc};

use super::*;
use crate::incident::promise::Promised;
use crate::incident::random_log::KEY;
use crate::incident::{
    Actor, Command, Context, GuildSettings, Incident, Open, Person, Role, Severity, Status, UserId,
    decide,
};

/// An incident, the guild's settings and a clock.
pub(super) struct Story {
    pub(super) incident: Incident,
    pub(super) settings: GuildSettings,
    pub(super) now: DateTime<Utc>,
}

pub(super) fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

pub(super) fn person(id: u64, name: &str) -> Person {
    Person {
        id: UserId(id),
        name: name.to_owned(),
        bot: false,
    }
}

impl Story {
    /// An incident opened by ana at three in the morning UTC on a Thursday.
    pub(super) fn of(severity: Severity) -> Self {
        let now = at("2026-07-09T03:00:00Z");
        let context = context(now);
        let open = Command::Open(Open::new("API is down", severity));
        let entries = decide(None, open, &context).unwrap();
        Self {
            incident: Incident::fold(KEY, &entries).unwrap(),
            settings: GuildSettings::default(),
            now,
        }
    }

    pub(super) fn does(&mut self, command: Command) {
        for entry in decide(Some(&self.incident), command, &context(self.now)).unwrap() {
            let before = Some(self.incident.clone());
            self.incident = Incident::evolve(KEY, before, &entry).unwrap();
        }
    }

    pub(super) fn passes(&mut self, minutes: i64) {
        self.now += TimeDelta::minutes(minutes);
    }

    pub(super) fn due(&self) -> Vec<Due> {
        due(&self.incident, &self.settings, self.now)
    }

    fn of_kind(&self, reminder: Reminder) -> Option<Due> {
        self.due().into_iter().find(|due| due.reminder == reminder)
    }

    /// Each time within the next minutes that something is said of a reminder.
    fn said(&mut self, reminder: Reminder, minutes: i64) -> Vec<String> {
        let mut said: Vec<(String, String)> = Vec::new();
        for _ in 0..minutes {
            self.passes(1);
            if let Some(due) = self.of_kind(reminder)
                && said.last().is_none_or(|(key, _)| *key != due.key())
            {
                said.push((due.key(), self.now.format("%d %H:%M").to_string()));
            }
        }
        said.into_iter().map(|(_, at)| at).collect()
    }
}

fn context(now: DateTime<Utc>) -> Context {
    Context {
        actor: Actor::Person(person(1, "ana")),
        now,
        origin: None,
    }
}

fn update(text: &str) -> Command {
    let message = text.to_owned();
    Command::Update { message, at: None }
}

#[test]
fn without_an_update_it_is_said_at_growing_distances_until_there_is_one() {
    let mut story = Story::of(Severity::Sev1);
    let said = story.said(Reminder::Update, 24 * 60);
    assert_eq!(
        said,
        [
            "09 03:30", "09 04:00", "09 05:00", "09 07:00", "09 11:00", "09 19:00"
        ]
    );
    story.does(update("we look for it"));
    assert_eq!(story.of_kind(Reminder::Update), None);
    assert_eq!(story.said(Reminder::Update, 40), ["10 03:30"]);
    story.does(Command::SetStatus {
        to: Status::Resolved,
        message: None,
        at: None,
    });
    assert_eq!(story.said(Reminder::Update, 600), [""; 0]);
}

#[test]
fn whoever_speaks_to_the_public_is_asked_for_an_update_and_else_who_leads() {
    let mut story = Story::of(Severity::Sev1);
    story.passes(30);
    let asked = |story: &Story| story.of_kind(Reminder::Update).unwrap().asks;
    assert_eq!(asked(&story), None);
    let ben = person(2, "ben");
    story.does(Command::GiveRole {
        role: Role::commander(),
        to: ben.clone(),
    });
    assert_eq!(asked(&story), Some(ben));
    let cho = person(3, "cho");
    story.does(Command::GiveRole {
        role: Role::named(Role::COMMUNICATIONS).unwrap(),
        to: cho.clone(),
    });
    assert_eq!(asked(&story), Some(cho));
}

#[test]
fn without_a_commander_it_is_said_until_somebody_is() {
    let mut story = Story::of(Severity::Sev1);
    assert_eq!(
        story.said(Reminder::Commander, 60),
        ["09 03:10", "09 03:20", "09 03:40"]
    );
    story.does(Command::GiveRole {
        role: Role::commander(),
        to: person(2, "ben"),
    });
    assert_eq!(story.said(Reminder::Commander, 600), [""; 0]);
}

#[test]
fn a_severity_has_its_own_times_and_sev4_none() {
    let mut story = Story::of(Severity::Sev4);
    story.passes(30 * 24 * 60);
    assert_eq!(story.due(), []);
    story.does(Command::SetSeverity {
        to: Severity::Sev2,
        reason: None,
        at: None,
    });
    let due: Vec<_> = story.due().iter().map(|due| due.reminder).collect();
    assert_eq!(
        due,
        [Reminder::Update, Reminder::Commander, Reminder::OpenLong]
    );
}

#[test]
fn what_was_put_off_comes_then_and_begins_anew() {
    let mut story = Story::of(Severity::Sev1);
    story.passes(30);
    let until = story.now + TimeDelta::minutes(120);
    let reminder = Reminder::Update;
    story.does(Command::Snooze { reminder, until });
    assert_eq!(story.of_kind(Reminder::Update), None);
    assert_eq!(
        story.said(Reminder::Update, 240),
        ["09 05:30", "09 06:00", "09 07:00"]
    );
}

#[test]
fn quiet_hours_put_off_to_their_end_what_comes_in_them() {
    let mut story = Story::of(Severity::Sev1);
    story.settings.zone = chrono_tz::Europe::Berlin;
    story.settings.reminders.quiet = Some("22:00-07:00".parse().unwrap());
    assert_eq!(
        story.said(Reminder::Update, 24 * 60),
        ["09 05:00", "09 07:00", "09 11:00", "09 19:00"],
        "07:00 in Berlin is 05:00 UTC"
    );
    story.settings.reminders.loud = Some(Severity::Sev1);
    let mut story = Story {
        now: at("2026-07-09T03:00:00Z"),
        ..story
    };
    assert_eq!(story.said(Reminder::Update, 30), ["09 03:30"]);
}

#[test]
fn a_postmortem_is_due_days_after_the_end_and_asked_for_on_mornings() {
    let mut story = Story::of(Severity::Sev1);
    story.settings.zone = chrono_tz::America::Chicago;
    let ben = person(2, "ben");
    story.does(Command::GiveRole {
        role: Role::commander(),
        to: ben.clone(),
    });
    story.does(Command::SetStatus {
        to: Status::Resolved,
        message: None,
        at: None,
    });
    // It ended on the 8th in Chicago; on the 13th at nine there it is due.
    let said = story.said(Reminder::Postmortem, 30 * 24 * 60);
    assert_eq!(
        said,
        [
            "13 14:00", "14 14:00", "16 14:00", "20 14:00", "27 14:00", "03 14:00"
        ]
    );
    let due = story.of_kind(Reminder::Postmortem).unwrap();
    assert_eq!(due.asks, Some(ben));
    let why = Why::PostmortemDue {
        due: at("2026-07-14T04:59:59Z"),
        promised: false,
    };
    assert_eq!(due.why, why);
    story.does(Command::SetStatus {
        to: Status::Postmortem,
        message: None,
        at: None,
    });
    assert_eq!(story.due(), []);
}

#[test]
fn what_the_public_was_promised_counts_and_not_the_policy() {
    let mut story = Story::of(Severity::Sev1);
    story.does(update("We look for the cause. Next update in 2 hours."));
    assert_eq!(
        story.said(Reminder::Update, 240),
        ["09 05:00", "09 05:30", "09 06:30"]
    );
    let promised = at("2026-07-09T05:00:00Z");
    let what = Promised::Update;
    let due = story.of_kind(Reminder::Update).unwrap();
    assert_eq!(due.why, Why::PromisePassed { promised, what });
    story.settings.zone = chrono_tz::Europe::Berlin;
    story.does(update("We know it. ETA 10:40"));
    assert_eq!(story.said(Reminder::Update, 120), ["09 08:40"]);
    // A promise holds in a severity too that is otherwise left in peace.
    let mut story = Story::of(Severity::Sev4);
    story.does(update("Next update in 30 minutes"));
    assert_eq!(story.said(Reminder::Update, 45), ["09 03:30"]);
}

#[test]
fn a_postmortem_that_was_promised_is_due_whatever_the_severity() {
    let mut story = Story::of(Severity::Sev4);
    let resolve = |message: &str| Command::SetStatus {
        to: Status::Resolved,
        message: Some(message.to_owned()),
        at: None,
    };
    story.does(resolve("All is well. A postmortem will follow."));
    let said = story.said(Reminder::Postmortem, 7 * 24 * 60);
    assert_eq!(said, ["14 09:00", "15 09:00"]);
    let mut story = Story::of(Severity::Sev1);
    story.does(resolve(
        "All is well. A postmortem will follow within two days.",
    ));
    let said = story.said(Reminder::Postmortem, 4 * 24 * 60);
    assert_eq!(said, ["11 09:00", "12 09:00"]);
    let correction = crate::incident::Entry {
        seq: story.incident.told.postmortem[0].seq,
        happened_at: story.now,
        recorded_at: story.now,
        actor: Actor::Scribe,
        origin: None,
        fact: crate::incident::Fact::StatusChanged {
            from: Status::Investigating,
            to: Status::Resolved,
            message: None,
        },
    };
    story.does(Command::Correct {
        target: Box::new(correction),
        text: Some("All is well.".to_owned()),
        at: None,
    });
    let due = story.of_kind(Reminder::Postmortem);
    assert_eq!(
        due, None,
        "nothing is promised any more, and five days are not over"
    );
}

#[test]
fn nobody_writes_the_postmortem_of_an_exercise_or_a_duplicate() {
    let mut story = Story::of(Severity::Sev1);
    story.does(Command::SetStatus {
        to: Status::Resolved,
        message: None,
        at: None,
    });
    story.passes(6 * 24 * 60);
    assert_eq!(story.due().len(), 1);
    story.incident.drill = true;
    assert_eq!(story.due(), []);
    story.incident.drill = false;
    story.does(Command::Link {
        relation: crate::incident::Relation::DuplicateOf,
        to: crate::incident::IncidentNumber(1),
        target: crate::incident::LinkTarget::default(),
    });
    assert_eq!(story.due(), []);
}

#[test]
fn an_owner_is_reminded_of_an_action_item_on_its_day_and_after_it() {
    let mut story = Story::of(Severity::Sev4);
    let ben = person(2, "ben");
    story.does(Command::AddAction {
        text: "renew certificates by a job".to_owned(),
        owner: Some(ben.clone()),
        due: Some(at("2026-07-10T23:59:59Z")),
    });
    let said = story.said(Reminder::Action(1), 3 * 24 * 60);
    assert_eq!(said, ["10 09:00", "11 09:00"]);
    assert_eq!(story.of_kind(Reminder::Action(1)).unwrap().asks, Some(ben));
    let cho = person(3, "cho");
    story.does(Command::AssignAction {
        number: 1,
        to: cho.clone(),
        due: None,
    });
    assert_eq!(
        story.of_kind(Reminder::Action(1)),
        None,
        "just given, it is not asked for at once"
    );
    assert_eq!(story.said(Reminder::Action(1), 2 * 24 * 60), ["13 09:00"]);
    assert_eq!(story.of_kind(Reminder::Action(1)).unwrap().asks, Some(cho));
    story.does(Command::FinishAction { number: 1 });
    assert_eq!(story.due(), []);
}

#[test]
fn what_nobody_does_for_months_is_no_longer_asked_for() {
    let mut story = Story::of(Severity::Sev4);
    story.does(Command::AddAction {
        text: "rewrite it".to_owned(),
        owner: None,
        due: Some(at("2026-07-10T23:59:59Z")),
    });
    story.passes(60 * 24 * 60);
    assert_eq!(story.due().len(), 1);
    story.passes(3 * 24 * 60);
    assert_eq!(story.due(), []);
}

#[test]
fn reminders_have_names_that_are_read_back() {
    for reminder in [
        Reminder::Update,
        Reminder::Commander,
        Reminder::OpenLong,
        Reminder::Postmortem,
        Reminder::Action(u32::MAX),
    ] {
        assert_eq!(reminder.to_string().parse(), Ok(reminder));
    }
    assert_eq!("action-x".parse::<Reminder>(), Err(NoReminder));
}

#[test]
fn quiet_hours_are_read_as_people_write_them() {
    for text in ["22:00-07:00", "22-7", "10pm to 7am", "22:00 – 7:00"] {
        let hours: QuietHours = text.parse().unwrap();
        assert_eq!(hours.to_string(), "22:00-07:00", "{text}");
    }
    for text in ["", "22:00", "25-7", "7-7", "night"] {
        assert!(text.parse::<QuietHours>().is_err(), "{text}");
    }
}
