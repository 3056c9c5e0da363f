//! Who took part, in which roles, and how much they wrote.

use std::collections::{BTreeMap, HashMap};

use schemars::JsonSchema;
use serde::Serialize;

use super::record::Record;
use crate::incident::{Actor, Fact, Person, Role, Seq, UserId};
use crate::report::moment::Moment;

/// Who took part.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Participants {
    /// People: those with roles first, then by how much they wrote.
    pub people: Vec<Participant>,
    /// Bots and webhooks, by how much they wrote.
    pub bots: Vec<Participant>,
}

/// One who took part.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Participant {
    /// Their name, as it was last.
    pub name: String,
    /// Their roles, in the order they were given.
    pub roles: Vec<RoleSpan>,
    /// How many messages they wrote.
    pub messages: usize,
    /// How many other entries of the log are theirs, less those about their messages.
    pub entries: usize,
    /// Their first entry.
    pub first: Option<Seq>,
}

/// A role and for how long somebody had it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct RoleSpan {
    /// Which.
    pub role: String,
    /// Since when.
    pub from: Moment,
    /// Until when; `None` where they still have it.
    pub until: Option<Moment>,
    /// The entry that gave it.
    pub cite: Seq,
}

/// Who somebody is: names change, ids do not; imported people have only names.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Who<'a> {
    Known(UserId),
    Named(&'a str),
}

#[derive(Default)]
struct Counted<'a> {
    name: &'a str,
    bot: bool,
    messages: usize,
    entries: usize,
    first: Option<Seq>,
}

pub(super) fn of(record: &Record<'_>) -> Participants {
    let mut counted: HashMap<Who<'_>, Counted<'_>> = HashMap::new();
    for entry in record.entries {
        let (who, name, bot) = match &entry.actor {
            Actor::Person(person) => (Who::Known(person.id), &person.name, person.bot),
            Actor::Named { name } => (Who::Named(name), name, false),
            Actor::Scribe => continue,
        };
        let counted = counted.entry(who).or_default();
        counted.name = name;
        counted.bot = bot;
        match entry.fact {
            Fact::MessagePosted(_) => counted.messages += 1,
            // Of a deletion nobody knows whose it was; an edit is the message's.
            Fact::MessageDeleted {} | Fact::MessageEdited { .. } => continue,
            _ => counted.entries += 1,
        }
        counted.first = counted.first.or(Some(entry.seq));
    }
    let mut roles = roles(record, &mut counted);
    let mut all: Vec<_> = counted.into_iter().collect();
    all.retain(|(who, one)| one.first.is_some() || roles.contains_key(who));
    all.sort_by_key(|(who, one)| {
        let first = roles
            .get(who)
            .and_then(|roles| roles.first())
            .map(|role| role.cite);
        (
            first.unwrap_or(Seq(u32::MAX)),
            std::cmp::Reverse(one.messages + one.entries),
            one.first,
            who.clone(),
        )
    });
    let mut participants = Participants::default();
    for (who, one) in all {
        let participant = Participant {
            name: one.name.to_owned(),
            roles: roles.remove(&who).unwrap_or_default(),
            messages: one.messages,
            entries: one.entries,
            first: one.first,
        };
        let group = if one.bot {
            &mut participants.bots
        } else {
            &mut participants.people
        };
        group.push(participant);
    }
    participants
}

/// The spans of each role, from the lines that gave it.
fn roles<'r>(
    record: &'r Record<'_>,
    counted: &mut HashMap<Who<'r>, Counted<'r>>,
) -> BTreeMap<Who<'r>, Vec<RoleSpan>> {
    let given = record
        .lines
        .iter()
        .filter_map(|line| match &line.entry.fact {
            Fact::RoleGiven { role, to, .. } => Some((line, role, to)),
            _ => None,
        });
    let given: Vec<(_, &Role, &'r Person)> = given.collect();
    let mut spans: BTreeMap<Who<'r>, Vec<RoleSpan>> = BTreeMap::new();
    for (place, (line, role, to)) in given.iter().enumerate() {
        let next = given[place + 1..]
            .iter()
            .find(|(_, other, _)| other == role);
        let one = counted.entry(Who::Known(to.id)).or_default();
        if one.name.is_empty() {
            one.name = &to.name;
            one.bot = to.bot;
        }
        spans.entry(Who::Known(to.id)).or_default().push(RoleSpan {
            role: role.to_string(),
            from: record.moment(line.at),
            until: next.map(|(line, ..)| record.moment(line.at)),
            cite: line.entry.seq,
        });
    }
    spans
}
