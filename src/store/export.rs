//! Moving incidents from one database to another without losing anything.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use crate::incident::{Fact, Incident, IncidentKey, MessageRef, Seq};

use super::backend::on;
use super::chain;
use super::error::StoreError;
use super::open::Store;
use super::projection::{self, IncidentRow};
use super::row::{self, EntryRow, from_json, message_ref, to_json};
use super::step::Step;
use super::writer::{RedactionRow, add_entries, add_redactions};

/// All rows of an incident, as `scribe export` writes them.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct IncidentRecord {
    /// Which incident.
    pub key: IncidentKey,
    /// Its log.
    pub entries: Vec<EntryRecord>,
    /// Where Scribe's messages about it are, by name.
    pub posts: BTreeMap<String, PostRecord>,
}

/// An entry with what proves it. The raw parts are kept to the byte, because
/// the hashes cover them as they are stored.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct EntryRecord {
    /// Its place in the log.
    pub seq: Seq,
    /// When it happened (UTC).
    pub happened_at: DateTime<Utc>,
    /// When it was written down (UTC).
    pub recorded_at: DateTime<Utc>,
    /// Who caused it.
    pub actor: Box<RawValue>,
    /// The message it tells of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub origin: Option<MessageRef>,
    /// What happened.
    pub fact: Box<RawValue>,
    /// The salt of the digest, in hex; none once the text is redacted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub salt: Option<String>,
    /// SHA-256 of salt and fact, in hex.
    pub body_digest: String,
    /// SHA-256 that ties it to the entry before, in hex.
    pub hash: String,
    /// The key of the request that brought it and maybe more about, and the last of them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub once: Option<(String, Seq)>,
}

/// Where a message of Scribe is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PostRecord {
    /// The message.
    #[serde(flatten)]
    pub place: MessageRef,
    /// When it was remembered (UTC).
    pub posted_at: DateTime<Utc>,
}

#[derive(Serialize)]
struct PostRow<'a> {
    guild: i64,
    number: i64,
    name: &'a str,
    channel: i64,
    message: i64,
    #[serde(serialize_with = "row::as_column")]
    posted_at: DateTime<Utc>,
}

const ADD_POSTS: &str = "
    INSERT INTO posts (guild, number, name, channel, message, posted_at)
    SELECT r.value->>'guild', r.value->>'number', r.value->>'name', r.value->>'channel', r.value->>'message', r.value->>'posted_at'
    FROM json_each($1) AS r";

impl Store {
    /// All rows of an incident; `None` where there is none.
    ///
    /// # Errors
    /// The database fails or holds nonsense.
    pub async fn export(&self, key: IncidentKey) -> Result<Option<IncidentRecord>, StoreError> {
        type Post = (String, i64, i64, DateTime<Utc>);
        let rows = self.rows(key).await?;
        if rows.is_empty() {
            return Ok(None);
        }
        let posts: Vec<Post> = on!(self, |pools| {
            sqlx::query_as(
                "SELECT name, channel, message, posted_at FROM posts WHERE guild = $1 AND number = $2",
            )
            .bind(key.guild.0.cast_signed())
            .bind(i64::from(key.number.0))
            .fetch_all(&pools.read)
            .await?
        });
        let post = |(name, channel, message, posted_at): Post| {
            let place = message_ref(channel, message);
            (name, PostRecord { place, posted_at })
        };
        Ok(Some(IncidentRecord {
            key,
            entries: rows.into_iter().map(record).collect::<Result<_, _>>()?,
            posts: posts.into_iter().map(post).collect(),
        }))
    }

    /// Writes an exported incident under its own number, all of it or nothing.
    /// Nothing is queued to be said.
    ///
    /// # Errors
    /// The incident is there already, the record contradicts its hashes or is
    /// no log, or the database fails.
    pub async fn import(&self, record: &IncidentRecord) -> Result<(), StoreError> {
        let key = record.key;
        if !self.rows(key).await?.is_empty() {
            return Err(StoreError::Exists(key));
        }
        let mut rows: Vec<EntryRow> = Vec::with_capacity(record.entries.len());
        for entry in &record.entries {
            let previous = rows.last().map_or("", |row| row.hash.as_str());
            let row = stored(key, entry)?;
            let body = row
                .salt
                .as_ref()
                .map(|salt| chain::body_digest(salt, &row.body));
            let same_body = body.is_none_or(|digest| digest == row.body_digest);
            if !same_body || chain::hash(previous, &row) != row.hash {
                let place = format!("entry {} of {}", entry.seq, key.number);
                return Err(StoreError::nonsense(place, "it does not match its hash"));
            }
            rows.push(row);
        }
        let log = row::entries(&rows)?;
        let incident = Incident::fold(key, &log)?;
        let hash = rows.last().map_or("", |row| row.hash.as_str());
        let mut steps: Vec<Step> = Vec::new();
        steps.extend(add_entries(&rows)?);
        let mut redactions = Vec::new();
        for entry in &log {
            if let Fact::Redacted { entries, .. } = &entry.fact {
                redactions.extend(entries.iter().map(|seq| RedactionRow {
                    guild: key.guild.0.cast_signed(),
                    number: key.number.0.into(),
                    seq: seq.0.into(),
                    redactor: entry.seq.0.into(),
                    body: String::new(),
                }));
            }
        }
        steps.extend(add_redactions(&redactions)?);
        steps.extend(projection::put_incidents(&[IncidentRow::new(
            &incident, hash,
        )?])?);
        steps.extend(projection::follow(log.iter().map(|entry| (key, entry)))?);
        let posts: Vec<PostRow<'_>> = record
            .posts
            .iter()
            .map(|post| post_row(key, post))
            .collect();
        steps.extend(Step::of(ADD_POSTS, &posts)?);
        self.write(&steps).await
    }
}

fn record(row: EntryRow) -> Result<EntryRecord, StoreError> {
    let entry = row.entry()?;
    let place = || format!("entry {}", row.seq);
    Ok(EntryRecord {
        seq: entry.seq,
        happened_at: row.happened_at,
        recorded_at: row.recorded_at,
        actor: from_json(&row.actor, place)?,
        origin: entry.origin,
        fact: from_json(&row.body, place)?,
        salt: row.salt,
        body_digest: row.body_digest,
        hash: row.hash,
        once: row.once.zip(row.once_last.map(row::seq)),
    })
}

fn stored(key: IncidentKey, entry: &EntryRecord) -> Result<EntryRow, StoreError> {
    let place = || format!("entry {} of {}", entry.seq, key.number);
    let fact: Fact = from_json(entry.fact.get(), place)?;
    Ok(EntryRow {
        guild: key.guild.0.cast_signed(),
        number: key.number.0.into(),
        seq: entry.seq.0.into(),
        happened_at: entry.happened_at,
        recorded_at: entry.recorded_at,
        actor: entry.actor.get().to_owned(),
        kind: fact.kind().to_owned(),
        channel: entry.origin.map(|origin| origin.channel.0.cast_signed()),
        message: entry.origin.map(|origin| origin.message.0.cast_signed()),
        body: entry.fact.get().to_owned(),
        salt: entry.salt.clone(),
        body_digest: entry.body_digest.clone(),
        hash: entry.hash.clone(),
        once: entry.once.as_ref().map(|(once, _)| once.clone()),
        once_last: entry.once.as_ref().map(|(_, last)| last.0.into()),
    })
}

fn post_row<'a>(key: IncidentKey, (name, post): (&'a String, &PostRecord)) -> PostRow<'a> {
    PostRow {
        guild: key.guild.0.cast_signed(),
        number: key.number.0.into(),
        name,
        channel: post.place.channel.0.cast_signed(),
        message: post.place.message.0.cast_signed(),
        posted_at: post.posted_at,
    }
}

impl PartialEq for IncidentRecord {
    fn eq(&self, other: &Self) -> bool {
        // Raw JSON compares as text, which is what the hashes cover.
        matches!((to_json(self), to_json(other)), (Ok(one), Ok(two)) if one == two)
    }
}
