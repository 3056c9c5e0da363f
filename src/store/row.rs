//! Entries as they are stored.

use std::borrow::Cow;

use chrono::{DateTime, SecondsFormat, Utc};
use serde::{Deserialize, Serialize, Serializer, de::DeserializeOwned};
use sqlx::FromRow;

use crate::incident::{
    ChannelId, Entry, GuildId, IncidentKey, IncidentNumber, MessageId, MessageRef, Seq,
};

use super::chain;
use super::error::StoreError;

/// A row of `entries`. Ids are stored bit by bit in signed numbers.
#[derive(Clone, Debug, PartialEq, Eq, FromRow, Serialize, Deserialize)]
pub(super) struct EntryRow {
    pub(super) guild: i64,
    pub(super) number: i64,
    pub(super) seq: i64,
    #[serde(serialize_with = "as_column")]
    pub(super) happened_at: DateTime<Utc>,
    #[serde(serialize_with = "as_column")]
    pub(super) recorded_at: DateTime<Utc>,
    pub(super) actor: String,
    pub(super) kind: String,
    pub(super) channel: Option<i64>,
    pub(super) message: Option<i64>,
    pub(super) body: String,
    pub(super) salt: Option<String>,
    pub(super) body_digest: String,
    pub(super) hash: String,
    pub(super) once: Option<String>,
    pub(super) once_last: Option<i64>,
}

impl EntryRow {
    /// The row of a new entry that follows the one of hash `previous`.
    pub(super) fn new(
        key: IncidentKey,
        entry: &Entry,
        salt: String,
        previous: &str,
    ) -> Result<Self, StoreError> {
        let body = to_json(&entry.fact)?;
        let mut row = Self {
            guild: key.guild.0.cast_signed(),
            number: key.number.0.into(),
            seq: entry.seq.0.into(),
            happened_at: entry.happened_at,
            recorded_at: entry.recorded_at,
            actor: to_json(&entry.actor)?,
            kind: entry.fact.kind().to_owned(),
            channel: entry.origin.map(|origin| origin.channel.0.cast_signed()),
            message: entry.origin.map(|origin| origin.message.0.cast_signed()),
            body_digest: chain::body_digest(&salt, &body),
            body,
            salt: Some(salt),
            hash: String::new(),
            once: None,
            once_last: None,
        };
        row.hash = chain::hash(previous, &row);
        Ok(row)
    }

    /// The entry that the row holds.
    pub(super) fn entry(&self) -> Result<Entry, StoreError> {
        let place = || {
            format!(
                "entry {} of {}",
                self.seq,
                key(self.guild, self.number).number
            )
        };
        let origin = match (self.channel, self.message) {
            (Some(channel), Some(message)) => Some(message_ref(channel, message)),
            _ => None,
        };
        Ok(Entry {
            seq: seq(self.seq),
            happened_at: self.happened_at,
            recorded_at: self.recorded_at,
            actor: from_json(&self.actor, place)?,
            origin,
            fact: from_json(&self.body, place)?,
        })
    }
}

pub(super) fn entries(rows: &[EntryRow]) -> Result<Vec<Entry>, StoreError> {
    rows.iter().map(EntryRow::entry).collect()
}

pub(super) fn key(guild: i64, number: i64) -> IncidentKey {
    IncidentKey {
        guild: GuildId(guild.cast_unsigned()),
        number: IncidentNumber(saturated(number)),
    }
}

pub(super) fn seq(seq: i64) -> Seq {
    Seq(saturated(seq))
}

pub(super) fn message_ref(channel: i64, message: i64) -> MessageRef {
    MessageRef {
        channel: ChannelId(channel.cast_unsigned()),
        message: MessageId(message.cast_unsigned()),
    }
}

/// The columns hold what was a `u32`; anything else shows as a number that nothing has.
pub(super) fn saturated(number: i64) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

/// A text as a column of its own: PostgreSQL keeps no NUL in one. (In stored
/// JSON it is escaped.)
pub(super) fn text(text: &str) -> Cow<'_, str> {
    match text.contains('\0') {
        true => Cow::Owned(text.replace('\0', "")),
        false => Cow::Borrowed(text),
    }
}

/// JSON to store. Our own types, so a failure is a fault of Scribe.
pub(super) fn to_json<T: Serialize>(value: &T) -> Result<String, StoreError> {
    serde_json::to_string(value)
        .map_err(|error| StoreError::nonsense("what was to be written", error))
}

/// What stored JSON means; `place` says where it stands, should it mean nothing.
pub(super) fn from_json<T: DeserializeOwned, P: Into<String>>(
    json: &str,
    place: impl FnOnce() -> P,
) -> Result<T, StoreError> {
    serde_json::from_str(json).map_err(|error| StoreError::nonsense(place(), error))
}

/// A time as sqlx writes it into a column of SQLite, so that those that come
/// by way of JSON compare with those that are bound.
pub(super) fn column_time(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::AutoSi, false)
}

pub(super) fn as_column<S: Serializer>(
    at: &DateTime<Utc>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&column_time(*at))
}

pub(super) fn as_column_or_null<S: Serializer>(
    at: &Option<DateTime<Utc>>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    at.map(column_time).serialize(serializer)
}
