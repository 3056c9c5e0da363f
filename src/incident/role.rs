//! Who is responsible for what during an incident.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A part somebody plays in an incident: one of the usual three or the
/// guild's own. Lower case.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Role(String);

impl Role {
    /// The longest name of a role, in characters.
    pub const MAX_CHARS: usize = 50;
    /// Leads the response.
    pub const COMMANDER: &str = "commander";
    /// Keeps the record beside Scribe.
    pub const SCRIBE: &str = "scribe";
    /// Talks to the public.
    pub const COMMUNICATIONS: &str = "communications";
    /// The roles every guild has.
    pub const USUAL: [&str; 3] = [Self::COMMANDER, Self::SCRIBE, Self::COMMUNICATIONS];

    /// The role of that name; `None` where the name is empty, too long or more
    /// than one line.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        let name = name.trim().to_lowercase();
        let fits = !name.is_empty()
            && name.chars().count() <= Self::MAX_CHARS
            && !name.chars().any(char::is_control);
        fits.then_some(Self(name))
    }

    /// The role that leads the response.
    #[must_use]
    pub fn commander() -> Self {
        Self(Self::COMMANDER.to_owned())
    }

    /// Its name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
