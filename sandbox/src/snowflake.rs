//! Discord's ids: a number that carries the moment of its making.

use std::fmt;
use std::str::FromStr;

use chrono::{DateTime, TimeZone, Utc};
use serde::{Deserialize, Serialize, Serializer};

/// The first second of 2015 in milliseconds of the Unix era: where Discord's ids begin to count.
const EPOCH_MS: i64 = 1_420_070_400_000;

/// An id of anything on Discord.
///
/// One type serves all kinds, as Discord itself reuses one id for several things: a thread has the id of the message
/// it hangs on, and the role that everyone has is called by the id of its guild.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Snowflake(pub u64);

impl Snowflake {
    /// The bare number, as other libraries want it.
    pub fn get(self) -> u64 {
        self.0
    }

    /// The moment the id was made (UTC, milliseconds).
    pub fn created_at(self) -> DateTime<Utc> {
        let ms = (self.0 >> 22) as i64 + EPOCH_MS;
        Utc.timestamp_millis_opt(ms)
            .single()
            .unwrap_or(DateTime::UNIX_EPOCH)
    }

    /// The smallest id of a moment.
    pub(crate) fn first_at(at: DateTime<Utc>) -> Self {
        let ms = (at.timestamp_millis() - EPOCH_MS).max(0) as u64;
        Self(ms << 22)
    }
}

impl fmt::Display for Snowflake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl fmt::Debug for Snowflake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl FromStr for Snowflake {
    type Err = std::num::ParseIntError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        text.parse().map(Self)
    }
}

impl From<u64> for Snowflake {
    fn from(id: u64) -> Self {
        Self(id)
    }
}

impl From<Snowflake> for u64 {
    fn from(id: Snowflake) -> Self {
        id.0
    }
}

impl Serialize for Snowflake {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Snowflake {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(untagged)]
        enum Either {
            Number(u64),
            Text(String),
        }
        match Either::deserialize(deserializer)? {
            Either::Number(id) => Ok(Self(id)),
            Either::Text(text) => text.parse().map_err(serde::de::Error::custom),
        }
    }
}

/// Makes ids: never the same twice, rising with time.
#[derive(Debug, Default)]
pub(crate) struct Mint {
    last: u64,
    backdated: u64,
}

impl Mint {
    /// The next id, stamped `now`.
    pub(crate) fn next(&mut self, now: DateTime<Utc>) -> Snowflake {
        self.last = Snowflake::first_at(now).0.max(self.last + 1);
        Snowflake(self.last)
    }

    /// An id stamped with a moment of the past; ids of one moment rise in the order they are asked for.
    pub(crate) fn at(&mut self, at: DateTime<Utc>) -> Snowflake {
        self.backdated += 1;
        Snowflake(Snowflake::first_at(at).0 + (self.backdated & 0x3f_ffff))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_rise_and_carry_their_moment() {
        let now = Utc.with_ymd_and_hms(2026, 7, 8, 15, 27, 0).unwrap();
        let mut mint = Mint::default();
        let first = mint.next(now);
        let second = mint.next(now);
        assert!(second > first);
        assert_eq!(second.created_at(), now);
        let past = now - chrono::Duration::hours(3);
        assert_eq!(mint.at(past).created_at(), past);
    }
}
