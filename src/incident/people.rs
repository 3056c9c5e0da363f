//! Who takes part in an incident, and who was let into its channel.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::entry::{Entry, Fact};
use super::id::{RoleId, Seq, UserId};
use super::person::{Actor, Person};
use super::role::Role;

/// Somebody, or everybody with a role of the guild, who may see a private
/// incident's channel by name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Guest {
    /// One.
    Person(Person),
    /// Everybody with a role of the guild.
    GuildRole {
        /// Its id on Discord.
        id: RoleId,
        /// Its name then.
        name: String,
    },
}

impl Guest {
    /// The id on Discord; people and roles share one space of ids.
    #[must_use]
    pub fn id(&self) -> u64 {
        match self {
            Self::Person(person) => person.id.0,
            Self::GuildRole { id, .. } => id.0,
        }
    }
}

/// Who takes part: whoever wrote or did something, or has a role. Bots do not.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct People {
    taking_part: BTreeMap<UserId, Participation>,
    commander_since: Option<DateTime<Utc>>,
    let_in: BTreeMap<u64, Guest>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Participation {
    /// The entry they came in with.
    first: Seq,
    /// When they last said or did something (UTC).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    last: Option<DateTime<Utc>>,
}

impl People {
    /// Those who take part, in the order in which they came.
    #[must_use]
    pub fn in_order(&self) -> Vec<UserId> {
        let mut all: Vec<_> = self.taking_part.iter().collect();
        // Who gives a role to somebody new comes before them.
        all.sort_by_key(|(id, one)| (one.first, one.last.is_none(), **id));
        all.into_iter().map(|(id, _)| *id).collect()
    }

    /// Whether somebody came in with one of these entries.
    #[must_use]
    pub fn came_with(&self, entries: &[Entry]) -> bool {
        let came = |id: UserId, entry: &Entry| {
            let one = self.taking_part.get(&id);
            one.is_some_and(|one| one.first == entry.seq)
        };
        entries.iter().any(|entry| {
            let own = matches!(&entry.actor, Actor::Person(person) if came(person.id, entry));
            own || matches!(&entry.fact, Fact::RoleGiven { to, .. } if came(to.id, entry))
        })
    }

    /// Whether they may see the channel because the log says so.
    #[must_use]
    pub fn is_let_in(&self, id: u64) -> bool {
        self.let_in.contains_key(&id)
    }

    /// Those who may see the channel because the log says so.
    pub fn let_in(&self) -> impl Iterator<Item = &Guest> {
        self.let_in.values()
    }

    pub(super) fn last_heard(&self, id: UserId) -> Option<DateTime<Utc>> {
        self.taking_part.get(&id)?.last
    }

    pub(super) fn commander_since(&self) -> Option<DateTime<Utc>> {
        self.commander_since
    }

    pub(super) fn heard_since(&self, moment: DateTime<Utc>, but: Option<UserId>) -> bool {
        let mut others = self.taking_part.iter();
        others.any(|(id, one)| Some(*id) != but && one.last > Some(moment))
    }

    /// Takes in what an entry says of people.
    pub(super) fn hear(&mut self, entry: &Entry) {
        if let Actor::Person(person) = &entry.actor
            && !person.bot
        {
            // What was said counts from when it was said, however late it is
            // recorded; what was told of the past from when it was told.
            let at = match entry.fact {
                Fact::MessagePosted(_) | Fact::MessageEdited { .. } => entry.happened_at,
                _ => entry.recorded_at,
            };
            self.comes(person.id, entry.seq, Some(at));
        }
        match &entry.fact {
            Fact::RoleGiven { role, to, .. } => {
                if !to.bot {
                    self.comes(to.id, entry.seq, None);
                }
                if role.as_str() == Role::COMMANDER {
                    self.commander_since = Some(entry.recorded_at);
                }
            }
            Fact::AccessGiven { to } => {
                self.let_in.insert(to.id(), to.clone());
            }
            Fact::AccessTaken { from } => {
                self.let_in.remove(&from.id());
            }
            _ => {}
        }
    }

    fn comes(&mut self, id: UserId, first: Seq, heard: Option<DateTime<Utc>>) {
        let new = Participation { first, last: None };
        let one = self.taking_part.entry(id).or_insert(new);
        one.last = one.last.max(heard);
    }
}

#[cfg(test)]
mod tests {
    use super::super::random_log::{KEY, start};
    use super::super::*;
    use super::*;
    use chrono::TimeDelta;

    fn ana() -> Person {
        Person {
            id: UserId(1),
            name: "ana".to_owned(),
            bot: false,
        }
    }

    fn said(seq: u32, id: u64, minutes: i64) -> Entry {
        let at = start() + TimeDelta::minutes(minutes);
        Entry {
            seq: Seq(seq),
            happened_at: at,
            // Recorded late, after an absence.
            recorded_at: at + TimeDelta::hours(1),
            actor: Actor::Person(Person {
                id: UserId(id),
                name: "x".to_owned(),
                bot: id == 9,
            }),
            origin: None,
            fact: Fact::MessagePosted(Message {
                text: "x".to_owned(),
                edited_at: None,
                reply_to: None,
                attachments: Vec::new(),
            }),
        }
    }

    #[test]
    fn each_comes_once_and_bots_do_not() {
        let mut people = People::default();
        for entry in [said(2, 5, 0), said(3, 9, 1), said(4, 3, 2), said(5, 5, 3)] {
            people.hear(&entry);
        }
        assert_eq!(people.in_order(), [UserId(5), UserId(3)]);
        assert!(people.came_with(&[said(4, 3, 2)]));
        assert!(!people.came_with(&[said(5, 5, 3), said(3, 9, 1)]));
        let last = start() + TimeDelta::minutes(3);
        assert_eq!(people.last_heard(UserId(5)), Some(last));
        assert!(!people.heard_since(last - TimeDelta::minutes(1), Some(UserId(5))));
    }

    #[test]
    fn who_opens_and_leads_is_one_and_is_heard_when_they_do_something() {
        let context = |minutes| Context {
            actor: Actor::Person(ana()),
            now: start() + TimeDelta::minutes(minutes),
            origin: None,
        };
        let open = Command::Open(Open::new("API is down", Severity::Sev1));
        let mut log = decide(None, open, &context(0)).unwrap();
        let state = Incident::fold(KEY, &log).unwrap();
        assert_eq!(state.silent_since(), None, "nobody leads");
        let role = Role::commander();
        let to = Person {
            id: UserId(2),
            ..ana()
        };
        log.extend(decide(Some(&state), Command::GiveRole { role, to }, &context(5)).unwrap());
        let state = Incident::fold(KEY, &log).unwrap();
        assert_eq!(state.people.in_order(), [UserId(1), UserId(2)]);
        assert_eq!(state.silent_since(), Some(context(5).now));
        assert!(!state.others_heard_since(context(5).now));
        log.push(said(3, 2, 9));
        let state = Incident::fold(KEY, &log).unwrap();
        assert_eq!(state.silent_since(), Some(context(9).now));
    }
}
