//! The names of things: newtypes, so that a channel is never taken for a message.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// Declares a Discord id. JSON carries it as a string, as Discord's own API
/// does, because a snowflake does not fit the numbers of every reader.
macro_rules! snowflake {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub u64);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(&self.0)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = String::deserialize(deserializer)?;
                text.parse().map(Self).map_err(de::Error::custom)
            }
        }
    )*};
}

snowflake! {
    /// A Discord guild (server). Zero is the guild of a store that has no Discord: imports and the shell.
    GuildId;
    /// A Discord channel or thread.
    ChannelId;
    /// A Discord message.
    MessageId;
    /// A Discord user.
    UserId;
    /// A role that a guild gives its members on Discord; what somebody is in an
    /// incident is a [`Role`](super::Role).
    RoleId;
    /// A file of a Discord message.
    AttachmentId;
}

/// The number of an incident in its guild; people write it `INC-42`.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    schemars::JsonSchema,
)]
#[serde(transparent)]
pub struct IncidentNumber(pub u32);

impl fmt::Display for IncidentNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "INC-{}", self.0)
    }
}

/// The text is no incident number; `INC-42`, `inc-42`, `#42` and `42` are.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is not an incident number such as INC-42")]
pub struct NotANumber(pub String);

impl FromStr for IncidentNumber {
    type Err = NotANumber;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let trimmed = text.trim();
        let digits = match trimmed.get(..4) {
            Some(prefix) if prefix.eq_ignore_ascii_case("inc-") => &trimmed[4..],
            _ => trimmed.strip_prefix('#').unwrap_or(trimmed),
        };
        match digits.parse() {
            Ok(number) if number > 0 => Ok(Self(number)),
            _ => Err(NotANumber(text.to_owned())),
        }
    }
}

/// One incident among all guilds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct IncidentKey {
    /// The guild it belongs to.
    pub guild: GuildId,
    /// Its number there.
    pub number: IncidentNumber,
}

/// The place of an entry in its incident's log: 1, 2, 3 without gaps.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    schemars::JsonSchema,
)]
#[serde(transparent)]
pub struct Seq(pub u32);

impl Seq {
    /// The one after this.
    #[must_use]
    pub fn next(self) -> Self {
        Self(self.0 + 1)
    }
}

impl fmt::Display for Seq {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "#{}", self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_as_people_write_them() {
        for text in ["INC-42", "inc-42", "#42", "42", " 42 "] {
            assert_eq!(text.parse(), Ok(IncidentNumber(42)), "{text:?}");
        }
        for text in ["", "INC-", "0", "-1", "INC-4x", "é42", "INC-99999999999"] {
            assert!(text.parse::<IncidentNumber>().is_err(), "{text:?}");
        }
    }

    #[test]
    fn snowflakes_are_strings_in_json() {
        let id = MessageId(u64::MAX);
        let json = serde_json::to_string(&id).unwrap();
        assert_eq!(json, "\"18446744073709551615\"");
        assert_eq!(serde_json::from_str::<MessageId>(&json).unwrap(), id);
    }
}
