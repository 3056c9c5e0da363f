//! Who did something.

use serde::{Deserialize, Serialize};

use super::id::UserId;

/// A Discord user as the log knows them: the id for ever, the name as it was.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Person {
    /// Their id.
    pub id: UserId,
    /// The name they were shown under at that moment.
    pub name: String,
    /// Whether it is a bot or a webhook.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub bot: bool,
}

/// Who caused an entry.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Actor {
    /// Somebody on Discord.
    Person(Person),
    /// Somebody known by name only: of an imported record, or at a shell.
    Named {
        /// The name.
        name: String,
    },
    /// Scribe itself.
    Scribe,
}

impl Actor {
    /// The name to show.
    #[must_use]
    pub fn name(&self) -> &str {
        match self {
            Self::Person(person) => &person.name,
            Self::Named { name } => name,
            Self::Scribe => "Scribe",
        }
    }
}
