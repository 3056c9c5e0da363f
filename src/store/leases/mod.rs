//! Which process serves which of the gateway's shards.
//!
//! Every process says now and then that it lives (a *beat*) and learns which
//! shards are its own until the next. Whoever serves a shard does all that is
//! done for its guilds: it hears them, says what the outbox has for them, and
//! fetches what was missed. A process that is not heard of for a while has
//! nothing any more, and the others share what it had.

mod share;

use std::collections::BTreeMap;
use std::ops::RangeInclusive;

use chrono::{DateTime, TimeDelta, Utc};
use sqlx::FromRow;

use crate::incident::GuildId;

use super::backend::on;
use super::error::StoreError;
use super::open::{RunLock, Store};
use super::row::saturated;
use share::Process;

/// How long Discord wants between the beginnings of two sessions (and a little).
/// <https://discord.com/developers/docs/events/gateway#sharding-max-concurrency>
const PAUSE: TimeDelta = TimeDelta::milliseconds(5_200);

/// One of the parts into which Discord's gateway is split.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Shard {
    /// Which, from 0.
    pub id: u32,
    /// Of how many.
    pub total: u32,
}

impl Shard {
    /// The only one there is.
    pub const ALL: Self = Self { id: 0, total: 1 };

    /// Whether the events of a guild come here.
    /// <https://discord.com/developers/docs/events/gateway#sharding-sharding-formula>
    #[must_use]
    pub fn has(self, guild: GuildId) -> bool {
        (guild.0 >> 22) % u64::from(self.total.max(1)) == u64::from(self.id)
    }
}

/// Which shards a process would serve.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wish {
    /// Its part of all of them.
    Any {
        /// As many as Discord recommends.
        total: u32,
    },
    /// Its part of these and no other.
    Range {
        /// Which.
        range: RangeInclusive<u32>,
        /// Of how many.
        total: u32,
    },
}

/// A process among those that share the shards.
#[derive(Debug)]
pub struct Member {
    id: String,
    range: Option<RangeInclusive<u32>>,
    total: u32,
    /// How many sessions may begin at once.
    concurrency: u32,
    /// Whether it is of no use while others are there.
    stands_back: bool,
    lock: Option<RunLock>,
}

/// What is so until the next beat.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Beat {
    /// How many shards there are.
    pub total: u32,
    /// The member's own.
    pub held: Vec<Shard>,
    /// Those of them that another is to have.
    pub give: Vec<Shard>,
    /// Whether it is to have more as soon as they are free and may begin.
    pub more: bool,
}

#[derive(FromRow)]
struct ProcessRow {
    id: String,
    first: Option<i64>,
    last: Option<i64>,
    total: i64,
}

#[derive(FromRow)]
struct ShardRow {
    total: i64,
    shard: i64,
    holder: Option<String>,
    until: Option<DateTime<Utc>>,
    taken_at: Option<DateTime<Utc>>,
}

impl ShardRow {
    fn shard(&self) -> Shard {
        Shard {
            id: saturated(self.shard),
            total: saturated(self.total),
        }
    }

    fn is_held(&self, now: DateTime<Utc>) -> bool {
        self.until.is_some_and(|until| until > now)
    }
}

/// What a member does in a beat.
#[derive(Debug)]
struct Moves {
    total: u32,
    take: Vec<Shard>,
    give: Vec<Shard>,
    more: bool,
}

impl Member {
    /// What the others know it by.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }

    /// From the next beat on it leaves to others what it has, if there are any:
    /// it cannot reach Discord.
    pub fn stand_back(&mut self, stands_back: bool) {
        self.stands_back = stands_back;
    }

    fn process(row: ProcessRow) -> Process {
        let range = row.first.zip(row.last);
        Process {
            id: row.id,
            range: range.map(|(first, last)| saturated(first)..=saturated(last)),
            total: saturated(row.total),
        }
    }

    /// `rows` are without what this member held and serves no more.
    fn moves(&self, processes: Vec<ProcessRow>, rows: &[ShardRow], now: DateTime<Utc>) -> Moves {
        let processes: Vec<Process> = processes.into_iter().map(Self::process).collect();
        let held: Vec<&ShardRow> = rows.iter().filter(|row| row.is_held(now)).collect();
        let total = share::total(&processes, held.iter().map(|row| saturated(row.total)));
        let place = |id: &str| processes.iter().position(|process| process.id == id);
        let mut holders = vec![None; total as usize];
        let mut elsewhere = false;
        for row in &held {
            let shard = row.shard();
            match holders.get_mut(shard.id as usize) {
                Some(holder) if shard.total == total => {
                    *holder = row
                        .holder
                        .as_deref()
                        .map(|id| place(id).unwrap_or(usize::MAX));
                }
                _ => elsewhere = true,
            }
        }
        let me = place(&self.id);
        let mine = rows
            .iter()
            .filter(|row| row.holder.as_ref() == Some(&self.id));
        if me.is_none() {
            return Moves {
                total,
                take: Vec::new(),
                give: mine.map(ShardRow::shard).collect(),
                more: false,
            };
        }
        // Who holds a shard and is no member any more will be gone in a moment.
        let known: Vec<Option<usize>> = holders
            .iter()
            .map(|holder| holder.filter(|holder| *holder < processes.len()))
            .collect();
        let assigned = share::assign(&processes, &known);
        let mut moves = Moves {
            total,
            take: Vec::new(),
            give: Vec::new(),
            more: false,
        };
        let mut begun = Begun::new(rows, self.concurrency, now);
        for (id, (holder, to)) in (0..total).zip(holders.iter().zip(&assigned)) {
            let (shard, mine) = (Shard { id, total }, *to == me);
            match holder {
                // Of a guild that is heard in two ways everything would be said twice.
                None if mine && !elsewhere && begun.may_begin(shard) => moves.take.push(shard),
                Some(holder) if Some(*holder) == me && !mine => moves.give.push(shard),
                Some(holder) if Some(*holder) != me && mine => moves.more = true,
                None if mine => moves.more = true,
                _ => {}
            }
        }
        let old = held
            .iter()
            .filter(|row| row.holder.as_deref() == Some(&self.id) && row.shard().total != total);
        moves.give.extend(old.map(|row| row.shard()));
        moves
    }
}

/// When sessions were begun lately: one at a time in each of Discord's buckets.
struct Begun {
    last: BTreeMap<u32, DateTime<Utc>>,
    concurrency: u32,
    now: DateTime<Utc>,
}

impl Begun {
    fn new(rows: &[ShardRow], concurrency: u32, now: DateTime<Utc>) -> Self {
        let concurrency = concurrency.max(1);
        let mut last = BTreeMap::new();
        for row in rows {
            if let Some(at) = row.taken_at {
                let bucket = last.entry(row.shard().id % concurrency).or_insert(at);
                *bucket = at.max(*bucket);
            }
        }
        Self {
            last,
            concurrency,
            now,
        }
    }

    fn may_begin(&mut self, shard: Shard) -> bool {
        let bucket = shard.id % self.concurrency;
        let last = self.last.get(&bucket);
        // A clock that was set back makes nobody wait for it.
        let since = last.map(|last| self.now - *last);
        let may = since.is_none_or(|since| since < TimeDelta::zero() || since >= PAUSE);
        if may {
            self.last.insert(bucket, self.now);
        }
        may
    }
}

impl Store {
    /// Makes a process one of those that share the shards; its first beat makes
    /// it known. `concurrency` is how many sessions Discord lets begin at once.
    ///
    /// # Errors
    /// The database fails.
    pub async fn join(&self, wish: Wish, concurrency: u32) -> Result<Member, StoreError> {
        if !self.is_on_a_server() {
            // Who holds the lock of the file knows that the others are dead.
            on!(self, |pools| {
                let mut transaction = pools.begin_sharing().await?;
                sqlx::query("DELETE FROM processes")
                    .execute(&mut *transaction)
                    .await?;
                sqlx::query("UPDATE shards SET holder = NULL, until = NULL, taken_at = NULL")
                    .execute(&mut *transaction)
                    .await?;
                transaction.commit().await?;
            });
        }
        let (range, total) = match wish {
            Wish::Any { total } => (None, total),
            Wish::Range { range, total } => (Some(range), total),
        };
        Ok(Member {
            id: format!("{:016x}", rand::random::<u64>()),
            range,
            total,
            concurrency,
            stands_back: false,
            lock: None,
        })
    }

    /// Says that a member lives and for how long what it has is its own, and
    /// tells it what that is. `serving` are the shards it had and still serves;
    /// one that is not held after this is another's.
    ///
    /// # Errors
    /// The database fails: what the member had it has until its time is over.
    /// [`StoreError::AlreadyRunning`] where a Scribe that shares nothing has it all.
    pub async fn beat(
        &self,
        member: &mut Member,
        serving: &[Shard],
        hold: TimeDelta,
    ) -> Result<Beat, StoreError> {
        self.stand_beside(member).await?;
        let range = member.range.as_ref();
        let bound = |bound: Option<&u32>| bound.map(|bound| i64::from(*bound));
        let (first, last) = (
            bound(range.map(RangeInclusive::start)),
            bound(range.map(RangeInclusive::end)),
        );
        let (moves, held) = on!(self, |pools| {
            let mut transaction = pools.begin_sharing().await?;
            let now = pools.now(&mut transaction).await?;
            let until = now + hold;
            sqlx::query("DELETE FROM processes WHERE until <= $1")
                .bind(now)
                .execute(&mut *transaction)
                .await?;
            sqlx::query(
                "INSERT INTO processes (id, first, last, total, until) VALUES ($1, $2, $3, $4, $5)
                ON CONFLICT (id) DO UPDATE SET until = excluded.until",
            )
            .bind(&member.id)
            .bind(first)
            .bind(last)
            .bind(i64::from(member.total))
            .bind(until)
            .execute(&mut *transaction)
            .await?;
            let mut processes: Vec<ProcessRow> =
                sqlx::query_as("SELECT id, first, last, total FROM processes ORDER BY id")
                    .fetch_all(&mut *transaction)
                    .await?;
            if member.stands_back && processes.len() > 1 {
                processes.retain(|process| process.id != member.id);
                sqlx::query("DELETE FROM processes WHERE id = $1")
                    .bind(&member.id)
                    .execute(&mut *transaction)
                    .await?;
            }
            let mut rows: Vec<ShardRow> =
                sqlx::query_as("SELECT total, shard, holder, until, taken_at FROM shards")
                    .fetch_all(&mut *transaction)
                    .await?;
            for row in &mut rows {
                if row.holder.as_ref() != Some(&member.id) {
                    continue;
                }
                let serves = serving.contains(&row.shard());
                let holder = serves.then_some(&member.id);
                row.until = holder.map(|_| until);
                sqlx::query(
                    "UPDATE shards SET holder = $3, until = $4 WHERE total = $1 AND shard = $2",
                )
                .bind(row.total)
                .bind(row.shard)
                .bind(holder)
                .bind(row.until)
                .execute(&mut *transaction)
                .await?;
                row.holder = holder.cloned();
            }
            let moves = member.moves(processes, &rows, now);
            for shard in &moves.take {
                sqlx::query(
                    "INSERT INTO shards (total, shard, holder, until, taken_at) VALUES ($1, $2, $3, $4, $5)
                    ON CONFLICT (total, shard) DO UPDATE SET holder = excluded.holder, until = excluded.until,
                        taken_at = excluded.taken_at",
                )
                .bind(i64::from(shard.total))
                .bind(i64::from(shard.id))
                .bind(&member.id)
                .bind(until)
                .bind(now)
                .execute(&mut *transaction)
                .await?;
                // Whoever was at it has stopped, and may have said it, which the next try finds out.
                sqlx::query(
                    "UPDATE outbox SET worker = NULL, lease_until = $3
                    WHERE lease_until IS NOT NULL AND (guild >> 22) % $1 = $2",
                )
                .bind(i64::from(shard.total))
                .bind(i64::from(shard.id))
                .bind(DateTime::UNIX_EPOCH)
                .execute(&mut *transaction)
                .await?;
            }
            transaction.commit().await?;
            let held = rows
                .iter()
                .filter(|row| row.holder.as_ref() == Some(&member.id));
            let held: Vec<Shard> = held.map(ShardRow::shard).collect();
            (moves, held)
        });
        Ok(Beat {
            total: moves.total,
            held: held.into_iter().chain(moves.take).collect(),
            give: moves.give,
            more: moves.more,
        })
    }

    /// A Scribe from before there were shards to share has the whole database,
    /// and so has who restores it; members have it together.
    async fn stand_beside(&self, member: &mut Member) -> Result<(), StoreError> {
        if !self.is_on_a_server() {
            return Ok(());
        }
        // Taken out, so that one that hangs is not asked again.
        if let Some(mut lock) = member.lock.take()
            && lock.is_held().await
        {
            member.lock = Some(lock);
            return Ok(());
        }
        member.lock = Some(self.lock_beside().await?);
        Ok(())
    }

    /// Gives a shard back that the member serves no more.
    ///
    /// # Errors
    /// The database fails; the shard is free when its time is over.
    pub async fn give_back(&self, member: &Member, shard: Shard) -> Result<(), StoreError> {
        on!(self, |pools| {
            sqlx::query(
                "UPDATE shards SET holder = NULL, until = NULL WHERE total = $1 AND shard = $2 AND holder = $3",
            )
            .bind(i64::from(shard.total))
            .bind(i64::from(shard.id))
            .bind(&member.id)
            .execute(&pools.write)
            .await?;
        });
        Ok(())
    }

    /// The member ends; what it had is free.
    ///
    /// # Errors
    /// The database fails; all of it is free when its time is over.
    pub async fn leave(&self, member: Member) -> Result<(), StoreError> {
        on!(self, |pools| {
            let mut transaction = pools.begin_sharing().await?;
            sqlx::query("UPDATE shards SET holder = NULL, until = NULL WHERE holder = $1")
                .bind(&member.id)
                .execute(&mut *transaction)
                .await?;
            sqlx::query("DELETE FROM processes WHERE id = $1")
                .bind(&member.id)
                .execute(&mut *transaction)
                .await?;
            transaction.commit().await?;
        });
        Ok(())
    }
}
