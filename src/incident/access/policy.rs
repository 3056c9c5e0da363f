//! To whom a guild gives each right.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use strum::IntoEnumIterator;

use super::right::Right;
use crate::incident::id::{RoleId, UserId};
use crate::incident::role::Role;
use crate::incident::state::Incident;

/// Who has a right.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Allowed {
    /// Those that [`AccessPolicy::allows`] says where nobody chose.
    #[default]
    Usual,
    /// Everybody.
    Everybody,
    /// Whoever has one of these roles on Discord.
    Roles(BTreeSet<RoleId>),
}

/// To whom a guild gives which right; the default is the usual.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct AccessPolicy {
    /// To open incidents.
    pub open: Allowed,
    /// To change them.
    pub change: Allowed,
    /// To close and reopen them.
    pub close: Allowed,
    /// To redact.
    pub redact: Allowed,
    /// To publish postmortems.
    pub publish: Allowed,
    /// To set Scribe up.
    pub set_up: Allowed,
}

/// Whoever asks, as Discord tells of them.
#[derive(Clone, Copy, Debug)]
pub struct Asker<'a> {
    /// Their id.
    pub id: UserId,
    /// Their roles in the guild.
    pub roles: &'a [RoleId],
    /// Whether they may manage the server: no right can be kept from them, so
    /// nobody locks everybody out.
    pub manages_server: bool,
    /// Whether they may delete messages of others where they ask.
    pub manages_messages: bool,
}

impl AccessPolicy {
    /// Who has a right.
    #[must_use]
    pub fn of(&self, right: Right) -> &Allowed {
        match right {
            Right::Open => &self.open,
            Right::Change => &self.change,
            Right::Close => &self.close,
            Right::Redact => &self.redact,
            Right::Publish => &self.publish,
            Right::SetUp => &self.set_up,
        }
    }

    /// The same, to be changed.
    pub fn of_mut(&mut self, right: Right) -> &mut Allowed {
        match right {
            Right::Open => &mut self.open,
            Right::Change => &mut self.change,
            Right::Close => &mut self.close,
            Right::Redact => &mut self.redact,
            Right::Publish => &mut self.publish,
            Right::SetUp => &mut self.set_up,
        }
    }

    /// Whether somebody has a right, about an incident where it concerns one.
    /// Usually everybody may open, change and close; whoever may delete messages
    /// redact; the commander and whoever manages the server publish, and the
    /// latter set up.
    #[must_use]
    pub fn allows(&self, right: Right, asker: &Asker<'_>, incident: Option<&Incident>) -> bool {
        let commands = || {
            let holder = incident.and_then(|incident| incident.roles.get(&Role::commander()));
            holder.is_some_and(|holder| holder.id == asker.id)
        };
        let led = matches!(right, Right::Change | Right::Close);
        if asker.manages_server || (led && commands()) {
            return true;
        }
        match (self.of(right), right) {
            (Allowed::Everybody, _) => true,
            (Allowed::Roles(roles), _) => asker.roles.iter().any(|role| roles.contains(role)),
            (Allowed::Usual, Right::Open | Right::Change | Right::Close) => true,
            (Allowed::Usual, Right::Redact) => asker.manages_messages,
            (Allowed::Usual, Right::Publish) => commands(),
            (Allowed::Usual, Right::SetUp) => false,
        }
    }

    /// Whether everything is as usual.
    #[must_use]
    pub fn is_usual(&self) -> bool {
        Right::iter().all(|right| *self.of(right) == Allowed::Usual)
    }

    /// Gives a right to a role, besides those that have it.
    pub fn give(&mut self, right: Right, role: RoleId) {
        match self.of_mut(right) {
            Allowed::Roles(roles) => {
                roles.insert(role);
            }
            other => *other = Allowed::Roles(BTreeSet::from([role])),
        }
    }

    /// Takes a right from a role. Where no other has it, it is as usual again.
    pub fn take(&mut self, right: Right, role: RoleId) {
        let allowed = self.of_mut(right);
        if let Allowed::Roles(roles) = allowed {
            roles.remove(&role);
            if roles.is_empty() {
                *allowed = Allowed::Usual;
            }
        }
    }

    /// The roles that are named and not among those there are, with the rights they have.
    #[must_use]
    pub fn gone(&self, there: impl Fn(RoleId) -> bool) -> Vec<(Right, RoleId)> {
        let named = |right| match self.of(right) {
            Allowed::Roles(roles) => roles.iter().map(|role| (right, *role)).collect(),
            Allowed::Usual | Allowed::Everybody => Vec::new(),
        };
        Right::iter()
            .flat_map(named)
            .filter(|(_, role)| !there(*role))
            .collect()
    }
}
