//! What has still to be said, lane by lane.
//!
//! A lane is worked through in order, and only its head can be claimed, so a
//! head that waits holds up its lane and nothing else. One that was given up
//! stays to be seen and holds up nothing.

use chrono::{DateTime, TimeDelta, Utc};
use serde::Serialize;
use sqlx::FromRow;

use crate::incident::{GuildId, IncidentKey, IncidentNumber, Outgoing};

use super::backend::{Sql, on};
use super::chain::hex;
use super::error::StoreError;
use super::leases::Shard;
use super::open::Store;
use super::row::{as_column, from_json, key, saturated, text, to_json};
use super::rows::rows;
use super::step::Step;

/// Longer than anything is ever put off or leased. What seems to wait longer was
/// queued before the clock was set back, and is due.
const LONGEST: TimeDelta = TimeDelta::minutes(10);

/// Something that has still to be said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutboxItem {
    /// Its id; grows with time.
    pub id: i64,
    /// The guild it concerns.
    pub guild: GuildId,
    /// The incident it concerns; `None` where it concerns the guild.
    pub number: Option<IncidentNumber>,
    /// What waits for one another: `guild/number/lane`.
    pub lane: String,
    /// What is to be said.
    pub what: Outgoing,
    /// How often it was claimed, this time included.
    pub attempts: u32,
    /// When it was queued (UTC).
    pub created_at: DateTime<Utc>,
    /// When it may be tried (UTC).
    pub due_at: DateTime<Utc>,
    /// For Discord's `nonce`: at most 25 characters, its own, the same at each try.
    pub nonce: String,
    /// Why the last try failed.
    pub error: Option<String>,
    /// When it was given up (UTC).
    pub failed_at: Option<DateTime<Utc>>,
}

/// How much has still to be said.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct OutboxDepth {
    /// What waits or is being tried.
    pub waiting: u64,
    /// How many of these are names and topics, which are late by nature: Discord
    /// lets a channel change them twice in ten minutes.
    pub topics: u64,
    /// Since when the oldest of it waits (UTC).
    pub oldest: Option<DateTime<Utc>>,
    /// What was given up.
    pub given_up: u64,
}

#[derive(FromRow)]
struct OutboxRow {
    id: i64,
    guild: i64,
    number: Option<i64>,
    lane: String,
    what: String,
    nonce: String,
    created_at: DateTime<Utc>,
    due_at: DateTime<Utc>,
    attempts: i64,
    error: Option<String>,
    failed_at: Option<DateTime<Utc>>,
}

impl OutboxRow {
    fn item(self) -> Result<OutboxItem, StoreError> {
        Ok(OutboxItem {
            id: self.id,
            guild: GuildId(self.guild.cast_unsigned()),
            number: self.number.map(|number| key(0, number).number),
            what: from_json(&self.what, || format!("item {} of the outbox", self.id))?,
            lane: self.lane,
            attempts: saturated(self.attempts),
            created_at: self.created_at,
            due_at: self.due_at,
            nonce: self.nonce,
            error: self.error,
            failed_at: self.failed_at,
        })
    }
}

/// A row to be queued.
#[derive(Debug, Serialize)]
pub(super) struct NewItem {
    guild: i64,
    number: Option<i64>,
    lane: String,
    what: String,
    nonce: String,
    coalesces: bool,
    #[serde(serialize_with = "as_column")]
    at: DateTime<Utc>,
}

impl NewItem {
    pub(super) fn new(
        guild: GuildId,
        number: Option<IncidentNumber>,
        what: &Outgoing,
        at: DateTime<Utc>,
    ) -> Result<Self, StoreError> {
        let place = number.map_or("-".to_owned(), |number| number.0.to_string());
        Ok(Self {
            guild: guild.0.cast_signed(),
            number: number.map(|number| number.0.into()),
            lane: format!("{guild}/{place}/{}", what.lane()),
            what: to_json(what)?,
            nonce: hex(&rand::random::<[u8; 12]>()),
            coalesces: what.coalesces(),
            at,
        })
    }

    /// Whether this one makes `other` superfluous or the other way round.
    fn same(&self, other: &Self) -> bool {
        self.coalesces && self.lane == other.lane && self.what == other.what
    }
}

/// What is leased may be shown already as it was before, so it does not stand
/// for what is queued now.
macro_rules! queue {
    ($lock:literal) => {
        rows!(
            "INSERT INTO outbox (guild, number, lane, what, nonce, created_at, due_at)
            SELECT r.guild, r.number, r.lane, r.what, r.nonce, r.at, r.at FROM ",
            (guild bigint, number bigint, lane text, what text, nonce text, coalesces boolean, at timestamptz),
            concat!(
                "WHERE NOT (r.coalesces AND EXISTS (
                    SELECT 1 FROM outbox AS o
                    WHERE o.lane = r.lane AND o.what = r.what AND o.failed_at IS NULL AND o.lease_until IS NULL", $lock, "))
                ORDER BY r.n"
            )
        )
    };
}

/// On PostgreSQL somebody may be leasing the row at this moment: one of the two
/// waits for the other.
const QUEUE: Sql = Sql {
    sqlite: queue!("").sqlite,
    postgres: queue!(" FOR UPDATE").postgres,
};

/// The heads of lanes. What somebody else is claiming at this moment is not waited
/// for. `due_at` is by the clock of the bot, a lease by the database's. `$8` lists
/// the shards between commas, which both databases can look into.
macro_rules! claim {
    ($lock:literal) => {
        concat!(
            "UPDATE outbox SET worker = $1, lease_until = $2, attempts = attempts + 1
            WHERE id IN (
                SELECT o.id FROM outbox AS o
                WHERE o.failed_at IS NULL AND (o.due_at <= $3 OR o.due_at > $5)
                    AND (o.lease_until IS NULL OR o.lease_until <= $6 OR o.lease_until > $7)
                    AND $8 LIKE '%,' || ((o.guild >> 22) % $9) || ',%'
                    AND NOT EXISTS (
                        SELECT 1 FROM outbox AS h WHERE h.lane = o.lane AND h.id < o.id AND h.failed_at IS NULL)
                ORDER BY o.id LIMIT $4", $lock, ")
            RETURNING id, guild, number, lane, what, nonce, created_at, due_at, attempts, error, failed_at"
        )
    };
}

const CLAIM: Sql = Sql {
    sqlite: claim!(""),
    postgres: claim!(" FOR UPDATE SKIP LOCKED"),
};

/// The step that queues items in their order, less those that would be said twice.
pub(super) fn queue_step(items: Vec<NewItem>) -> Result<Option<Step>, StoreError> {
    let mut rows: Vec<NewItem> = Vec::with_capacity(items.len());
    for item in items {
        if !rows.iter().any(|row| row.same(&item)) {
            rows.push(item);
        }
    }
    Step::of(QUEUE, &rows)
}

impl Store {
    /// Queues what concerns a guild, or an incident but no entry of it.
    ///
    /// # Errors
    /// The database fails.
    pub async fn queue(
        &self,
        guild: GuildId,
        number: Option<IncidentNumber>,
        what: &Outgoing,
        at: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let item = NewItem::new(guild, number, what, at)?;
        let step = queue_step(vec![item])?;
        self.write(guild, step.as_slice()).await?;
        self.tell_outbox_changed();
        Ok(())
    }

    /// Takes what can be said now (`due` is that moment, by the bot's clock) in the
    /// guilds of these shards, for as long as the lease: the heads of lanes that
    /// nobody else has. A worker that dies loses its lease.
    ///
    /// # Errors
    /// The database fails or holds nonsense.
    pub async fn claim(
        &self,
        worker: &str,
        shards: &[Shard],
        due: DateTime<Utc>,
        lease: TimeDelta,
        most: u32,
    ) -> Result<Vec<OutboxItem>, StoreError> {
        let Some(total) = shards.first().map(|shard| shard.total) else {
            return Ok(Vec::new());
        };
        let same = shards.iter().filter(|shard| shard.total == total);
        let ids = same.fold(",".to_owned(), |ids, shard| format!("{ids}{},", shard.id));
        let rows: Vec<OutboxRow> = on!(self, |pools| {
            let mut connection = pools.write.acquire().await?;
            let now = pools.now(&mut connection).await?;
            sqlx::query_as(pools.words(CLAIM))
                .bind(worker)
                .bind(now + lease)
                .bind(due)
                .bind(i64::from(most))
                .bind(due + LONGEST)
                .bind(now)
                .bind(now + LONGEST)
                .bind(ids)
                .bind(i64::from(total))
                .fetch_all(&mut *connection)
                .await?
        });
        let mut items = Vec::with_capacity(rows.len());
        for row in rows {
            let id = row.id;
            match row.item() {
                Ok(item) => items.push(item),
                // Of another version of Scribe: it must not stop the others.
                Err(error) => self.give_up(id, due, &error.to_string()).await?,
            }
        }
        items.sort_unstable_by_key(|item| item.id);
        Ok(items)
    }

    /// Notes that an item was said; it is gone, and with it what was given up
    /// of the same.
    ///
    /// # Errors
    /// The database fails.
    pub async fn delivered(&self, id: i64) -> Result<(), StoreError> {
        on!(self, |pools| {
            sqlx::query(
                "DELETE FROM outbox WHERE id = $1 OR (failed_at IS NOT NULL
                    AND (lane, what) IN (SELECT o.lane, o.what FROM outbox AS o WHERE o.id = $1))",
            )
            .bind(id)
            .execute(&pools.write)
            .await?;
        });
        self.tell_outbox_changed();
        Ok(())
    }

    /// Puts an item off after a failed try, for ten minutes at most; its lane waits with it.
    ///
    /// # Errors
    /// The database fails.
    pub async fn retry(&self, id: i64, due: DateTime<Utc>, error: &str) -> Result<(), StoreError> {
        on!(self, |pools| {
            sqlx::query(
                "UPDATE outbox SET due_at = $2, error = $3, worker = NULL, lease_until = NULL
                WHERE id = $1 AND failed_at IS NULL",
            )
            .bind(id)
            .bind(due)
            .bind(text(error))
            .execute(&pools.write)
            .await?;
        });
        Ok(())
    }

    /// Gives an item up: it stays to be seen, and its lane goes on.
    ///
    /// # Errors
    /// The database fails.
    pub async fn give_up(&self, id: i64, at: DateTime<Utc>, error: &str) -> Result<(), StoreError> {
        on!(self, |pools| {
            sqlx::query(
                "UPDATE outbox SET failed_at = $2, error = $3, worker = NULL, lease_until = NULL
                WHERE id = $1",
            )
            .bind(id)
            .bind(at)
            .bind(text(error))
            .execute(&pools.write)
            .await?;
        });
        self.tell_outbox_changed();
        Ok(())
    }

    /// What a guild as a whole has not been told although it was tried.
    ///
    /// # Errors
    /// The database fails or holds nonsense.
    pub async fn untold(&self, guild: GuildId) -> Result<Vec<OutboxItem>, StoreError> {
        let rows: Vec<OutboxRow> = on!(self, |pools| {
            sqlx::query_as(
                "SELECT id, guild, number, lane, what, nonce, created_at, due_at, attempts, error, failed_at
                FROM outbox WHERE guild = $1 AND number IS NULL AND error IS NOT NULL ORDER BY id",
            )
            .bind(guild.0.cast_signed())
            .fetch_all(&pools.read)
            .await?
        });
        rows.into_iter().map(OutboxRow::item).collect()
    }

    /// What of an incident has not been said: what waits and what was given up.
    ///
    /// # Errors
    /// The database fails or holds nonsense.
    pub async fn pending(&self, key: IncidentKey) -> Result<Vec<OutboxItem>, StoreError> {
        let rows: Vec<OutboxRow> = on!(self, |pools| {
            sqlx::query_as(
                "SELECT id, guild, number, lane, what, nonce, created_at, due_at, attempts, error, failed_at
                FROM outbox WHERE guild = $1 AND number = $2 ORDER BY id",
            )
            .bind(key.guild.0.cast_signed())
            .bind(i64::from(key.number.0))
            .fetch_all(&pools.read)
            .await?
        });
        rows.into_iter().map(OutboxRow::item).collect()
    }

    /// How much has still to be said, in all guilds.
    ///
    /// # Errors
    /// The database fails.
    pub async fn outbox_depth(&self) -> Result<OutboxDepth, StoreError> {
        let (waiting, topics, oldest, given_up): (i64, i64, Option<DateTime<Utc>>, i64) = on!(
            self,
            |pools| {
                sqlx::query_as(
                "SELECT count(*) FILTER (WHERE failed_at IS NULL),
                    count(*) FILTER (WHERE failed_at IS NULL AND lane LIKE '%/topic'), min(created_at) FILTER (WHERE failed_at IS NULL),
                    count(*) FILTER (WHERE failed_at IS NOT NULL) FROM outbox",
            )
            .fetch_one(&pools.read)
            .await?
            }
        );
        Ok(OutboxDepth {
            waiting: waiting.cast_unsigned(),
            topics: topics.cast_unsigned(),
            oldest,
            given_up: given_up.cast_unsigned(),
        })
    }
}
