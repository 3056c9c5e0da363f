//! The lines of a file. Ids of Discord are texts, because many readers of JSON
//! do not take 64 bits; stored JSON stays as it is stored, to the byte.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::value::RawValue;
use sqlx::FromRow;

use crate::incident::{Fact, MessageRef};
use crate::store::StoreError;
use crate::store::row::{EntryRow, as_column, as_column_or_null, from_json, message_ref};

/// The form this version writes, and the only one it reads.
pub(super) const FORM: u32 = 2;

/// A line.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Line {
    /// The first.
    ScribeExport(Head),
    Settings(SettingsLine),
    Template(TemplateLine),
    Entry(Box<EntryLine>),
    Post(PostLine),
    Publication(PublicationLine),
    Period(PeriodLine),
    Watermark(WatermarkLine),
    Heard(HeardLine),
    Outbox(OutboxLine),
    FileInDoubt(FileLine),
    /// The last.
    End(End),
}

#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Head {
    pub(super) form: u32,
}

#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct End {
    /// How many lines stand before this one.
    pub(super) lines: u64,
    /// SHA-256 of their bytes, line breaks included, in hex.
    pub(super) sha256: String,
}

#[derive(Debug, FromRow, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SettingsLine {
    #[serde(with = "id")]
    pub(super) guild: i64,
    pub(super) version: i64,
    pub(super) settings: String,
    pub(super) actor: String,
    #[serde(serialize_with = "as_column")]
    pub(super) saved_at: DateTime<Utc>,
}

/// A version of a guild's own template.
#[derive(Debug, FromRow, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct TemplateLine {
    #[serde(with = "id")]
    guild: i64,
    pub(super) format: String,
    version: i64,
    /// None is the one that comes with Scribe.
    template: Option<String>,
    pub(super) actor: String,
    #[serde(serialize_with = "as_column")]
    pub(super) saved_at: DateTime<Utc>,
}

/// An entry with what proves it.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct EntryLine {
    #[serde(with = "id")]
    guild: i64,
    number: u32,
    seq: u32,
    #[serde(serialize_with = "as_column")]
    happened_at: DateTime<Utc>,
    #[serde(serialize_with = "as_column")]
    recorded_at: DateTime<Utc>,
    actor: Box<RawValue>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    origin: Option<MessageRef>,
    fact: Box<RawValue>,
    /// None once the text is redacted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    salt: Option<String>,
    body_digest: String,
    hash: String,
    /// The key of the request that brought it and maybe more about, and the last of them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    once: Option<(String, u32)>,
}

#[derive(Debug, FromRow, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PostLine {
    #[serde(with = "id")]
    guild: i64,
    #[sqlx(try_from = "i64")]
    number: u32,
    name: String,
    #[serde(with = "id")]
    channel: i64,
    #[serde(with = "id")]
    message: i64,
    #[serde(serialize_with = "as_column")]
    pub(super) posted_at: DateTime<Utc>,
}

/// A document of a published postmortem.
#[derive(Debug, FromRow, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PublicationLine {
    #[serde(with = "id")]
    guild: i64,
    #[sqlx(try_from = "i64")]
    number: u32,
    #[sqlx(try_from = "i64")]
    version: u32,
    format: String,
    #[sqlx(try_from = "i64")]
    through: u32,
    /// None once a redaction removed it.
    pub(super) document: Option<String>,
    pub(super) sha256: String,
    pub(super) redacted_by: Option<i64>,
}

#[derive(Debug, FromRow, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PeriodLine {
    job: String,
    #[serde(with = "id")]
    guild: i64,
    period: String,
    #[serde(serialize_with = "as_column")]
    pub(super) done_at: DateTime<Utc>,
}

#[derive(Debug, FromRow, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct HeardLine {
    #[serde(serialize_with = "as_column")]
    pub(super) at: DateTime<Utc>,
}

#[derive(Debug, FromRow, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WatermarkLine {
    #[serde(with = "id")]
    channel: i64,
    #[serde(with = "id")]
    through: i64,
}

#[derive(Debug, FromRow, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct OutboxLine {
    #[serde(with = "id")]
    guild: i64,
    #[serde(default, deserialize_with = "number_or_null")]
    number: Option<i64>,
    lane: String,
    pub(super) what: String,
    nonce: String,
    #[serde(serialize_with = "as_column")]
    pub(super) created_at: DateTime<Utc>,
    #[serde(serialize_with = "as_column")]
    pub(super) due_at: DateTime<Utc>,
    #[sqlx(try_from = "i64")]
    attempts: u32,
    error: Option<String>,
    #[serde(serialize_with = "as_column_or_null")]
    pub(super) failed_at: Option<DateTime<Utc>>,
}

#[derive(Debug, FromRow, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FileLine {
    sha256: String,
}

/// The number of an incident is no more than that.
fn number_or_null<'de, D: Deserializer<'de>>(from: D) -> Result<Option<i64>, D::Error> {
    Ok(Option::<u32>::deserialize(from)?.map(i64::from))
}

impl EntryLine {
    pub(super) fn new(row: EntryRow) -> Result<Self, StoreError> {
        let place = || format!("entry {} of INC-{}", row.seq, row.number);
        let number =
            |number: i64| u32::try_from(number).map_err(|e| StoreError::nonsense(place(), e));
        let (seq, of) = (number(row.seq)?, number(row.number)?);
        let last = row.once_last.map(number).transpose()?;
        let (actor, fact) = (from_json(&row.actor, place)?, from_json(&row.body, place)?);
        Ok(Self {
            guild: row.guild,
            number: of,
            seq,
            happened_at: row.happened_at,
            recorded_at: row.recorded_at,
            actor,
            origin: row.channel.zip(row.message).map(|(c, m)| message_ref(c, m)),
            fact,
            salt: row.salt,
            body_digest: row.body_digest,
            hash: row.hash,
            once: row.once.zip(last),
        })
    }

    /// The row that it was.
    pub(super) fn row(self) -> serde_json::Result<EntryRow> {
        let fact: Fact = serde_json::from_str(self.fact.get())?;
        let (once, once_last) = self.once.unzip();
        Ok(EntryRow {
            guild: self.guild,
            number: self.number.into(),
            seq: self.seq.into(),
            happened_at: self.happened_at,
            recorded_at: self.recorded_at,
            actor: self.actor.get().to_owned(),
            kind: fact.kind().to_owned(),
            channel: self.origin.map(|origin| origin.channel.0.cast_signed()),
            message: self.origin.map(|origin| origin.message.0.cast_signed()),
            body: self.fact.get().to_owned(),
            salt: self.salt,
            body_digest: self.body_digest,
            hash: self.hash,
            once,
            once_last: once_last.map(i64::from),
        })
    }
}

/// An id of Discord as a text; stored bit by bit in a signed number.
mod id {
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    pub(super) fn serialize<S: Serializer>(id: &i64, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(id)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<i64, D::Error> {
        let text = String::deserialize(from)?;
        let id: i64 = text.parse().map_err(D::Error::custom)?;
        match id {
            0.. => Ok(id),
            _ => Err(D::Error::custom("an id of Discord is not negative")),
        }
    }
}
