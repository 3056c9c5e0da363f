//! Which database a store is on, and what each says differently.

use std::future::Future;
use std::time::Duration;

use chrono::{DateTime, Utc};
use sqlx::{Database, PgConnection, Pool, Postgres, Sqlite, SqliteConnection, Transaction};

use crate::clock;

use super::error::StoreError;
use super::step::{self, Step};

/// How long a server may be silent in the midst of something that concerns one
/// incident, one guild or one batch: longer than it may wait for locks.
const SILENCE: Duration = Duration::from_secs(20);

/// The databases a store can be on. The SQL, with `$1` for its arguments, is
/// one body; where it must differ it is a [`Sql`].
#[derive(Debug)]
pub(super) enum Backend {
    /// A file on this machine.
    Sqlite(Pools<Sqlite>),
    /// A server, for several processes on several machines.
    Postgres(Pools<Postgres>),
}

/// The connections to a database.
#[derive(Debug)]
pub(super) struct Pools<D: Database> {
    /// For writing. One connection on SQLite, which has one writer anyway:
    /// waiting here is fair, waiting for its lock is not.
    pub(super) write: Pool<D>,
    /// For reading.
    pub(super) read: Pool<D>,
    /// Where it is, for messages; without a password.
    pub(super) place: String,
}

/// A statement in the words of each database.
#[derive(Clone, Copy, Debug)]
pub(super) struct Sql {
    pub(super) sqlite: &'static str,
    pub(super) postgres: &'static str,
}

/// What a database does in its own way.
pub(super) trait Dialect: Database {
    /// Begins a transaction that will write.
    const BEGIN_WRITE: &'static str;
    /// Begins a transaction in which all is read as one moment saw it.
    const BEGIN_READ: &'static str;

    /// Its words of a statement.
    fn words(sql: Sql) -> &'static str;

    /// Waits until nobody else writes to these guilds; until the transaction
    /// ends nobody else will. What is decided on after it is what is there.
    fn lock(
        connection: &mut Self::Connection,
        guilds: &[i64],
    ) -> impl Future<Output = Result<(), sqlx::Error>> + Send;

    /// The same for every guild and table.
    fn lock_all(
        connection: &mut Self::Connection,
    ) -> impl Future<Output = Result<(), sqlx::Error>> + Send;

    /// The same for who serves which shard.
    fn lock_shards(
        connection: &mut Self::Connection,
    ) -> impl Future<Output = Result<(), sqlx::Error>> + Send;

    /// Runs steps in their order.
    fn run(
        connection: &mut Self::Connection,
        steps: &[Step],
    ) -> impl Future<Output = Result<(), sqlx::Error>> + Send;

    /// Runs steps as a transaction of their own that alone writes to these guilds.
    fn write_whole(
        pool: &Pool<Self>,
        guilds: &[i64],
        steps: &[Step],
    ) -> impl Future<Output = Result<(), StoreError>> + Send;

    /// What time it is (UTC) where the database is: one clock for all who use it.
    fn now(
        connection: &mut Self::Connection,
    ) -> impl Future<Output = Result<DateTime<Utc>, sqlx::Error>> + Send;
}

/// SQLite has one writer at a time, so that the beginning is the lock.
impl Dialect for Sqlite {
    const BEGIN_WRITE: &'static str = "BEGIN IMMEDIATE";
    const BEGIN_READ: &'static str = "BEGIN";

    fn words(sql: Sql) -> &'static str {
        sql.sqlite
    }

    async fn lock(_: &mut SqliteConnection, _: &[i64]) -> Result<(), sqlx::Error> {
        Ok(())
    }

    async fn lock_all(_: &mut SqliteConnection) -> Result<(), sqlx::Error> {
        Ok(())
    }

    async fn run(connection: &mut SqliteConnection, steps: &[Step]) -> Result<(), sqlx::Error> {
        step::run_on_sqlite(connection, steps).await
    }

    async fn write_whole(pool: &Pool<Self>, _: &[i64], steps: &[Step]) -> Result<(), StoreError> {
        let mut connection = pool.acquire().await?;
        step::run_whole_on_sqlite(&mut connection, steps).await
    }

    async fn lock_shards(_: &mut SqliteConnection) -> Result<(), sqlx::Error> {
        Ok(())
    }

    async fn now(_: &mut SqliteConnection) -> Result<DateTime<Utc>, sqlx::Error> {
        Ok(clock::now())
    }
}

/// The number of the lock on who serves which shard; no guild has it.
const SHARDS: i64 = 0x5348_4152_4453;

/// Each statement sees what was committed before it, so what is read after the
/// lock is fresh. The locks are taken in one order, lest two wait for each other.
impl Dialect for Postgres {
    const BEGIN_WRITE: &'static str = "BEGIN";
    const BEGIN_READ: &'static str = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";

    fn words(sql: Sql) -> &'static str {
        sql.postgres
    }

    async fn lock(connection: &mut PgConnection, guilds: &[i64]) -> Result<(), sqlx::Error> {
        let mut guilds = guilds.to_vec();
        guilds.sort_unstable();
        guilds.dedup();
        for guild in guilds {
            sqlx::query("SELECT pg_advisory_xact_lock($1)")
                .bind(guild)
                .execute(&mut *connection)
                .await?;
        }
        Ok(())
    }

    async fn lock_all(connection: &mut PgConnection) -> Result<(), sqlx::Error> {
        let tables = "LOCK TABLE entries, settings, templates, publications, posts, periods, watermarks, heard, outbox, files_in_doubt IN EXCLUSIVE MODE";
        // Whoever writes alone may read a file between two statements.
        sqlx::query("SET LOCAL idle_in_transaction_session_timeout = '10min'")
            .execute(&mut *connection)
            .await?;
        sqlx::query(tables).execute(connection).await?;
        Ok(())
    }

    async fn run(connection: &mut PgConnection, steps: &[Step]) -> Result<(), sqlx::Error> {
        step::run_on_postgres(connection, steps).await
    }

    async fn write_whole(
        pool: &Pool<Self>,
        guilds: &[i64],
        steps: &[Step],
    ) -> Result<(), StoreError> {
        let mut transaction = pool.begin_with(Self::BEGIN_WRITE).await?;
        Self::lock(&mut transaction, guilds).await?;
        Self::run(&mut transaction, steps).await?;
        let kept = transaction.commit().await;
        kept.map_err(StoreError::of_commit)
    }

    /// A process that hangs while it has the lock must not cost the others
    /// what they hold.
    async fn lock_shards(connection: &mut PgConnection) -> Result<(), sqlx::Error> {
        sqlx::query("SET LOCAL idle_in_transaction_session_timeout = '3s'")
            .execute(&mut *connection)
            .await?;
        sqlx::query("SELECT pg_advisory_xact_lock($1)")
            .bind(SHARDS)
            .execute(connection)
            .await?;
        Ok(())
    }

    async fn now(connection: &mut PgConnection) -> Result<DateTime<Utc>, sqlx::Error> {
        sqlx::query_scalar("SELECT pg_catalog.clock_timestamp()")
            .fetch_one(connection)
            .await
    }
}

impl<D: Dialect> Pools<D> {
    /// Begins a transaction that will write; what it decides on it reads after a lock.
    pub(super) async fn begin_write(&self) -> Result<Transaction<'static, D>, sqlx::Error> {
        self.write.begin_with(D::BEGIN_WRITE).await
    }

    /// Begins a transaction that alone writes to these guilds until it ends.
    pub(super) async fn begin_write_to(
        &self,
        guilds: &[i64],
    ) -> Result<Transaction<'static, D>, sqlx::Error> {
        let mut transaction = self.begin_write().await?;
        D::lock(&mut transaction, guilds).await?;
        Ok(transaction)
    }

    /// Begins a transaction that alone writes until it ends.
    pub(super) async fn begin_alone(&self) -> Result<Transaction<'static, D>, sqlx::Error> {
        let mut transaction = self.begin_write().await?;
        D::lock_all(&mut transaction).await?;
        Ok(transaction)
    }

    /// Begins a transaction that alone says who serves which shard until it ends.
    pub(super) async fn begin_sharing(&self) -> Result<Transaction<'static, D>, sqlx::Error> {
        let mut transaction = self.begin_write().await?;
        D::lock_shards(&mut transaction).await?;
        Ok(transaction)
    }

    /// Begins a transaction in which all is read as one moment saw it.
    pub(super) async fn begin_read(&self) -> Result<Transaction<'static, D>, sqlx::Error> {
        self.read.begin_with(D::BEGIN_READ).await
    }

    /// Runs steps in their order inside a transaction.
    pub(super) async fn run(
        &self,
        connection: &mut D::Connection,
        steps: &[Step],
    ) -> Result<(), sqlx::Error> {
        D::run(connection, steps).await
    }

    /// Runs steps as a transaction of their own that alone writes to these guilds.
    pub(super) async fn write_whole(
        &self,
        guilds: &[i64],
        steps: &[Step],
    ) -> Result<(), StoreError> {
        D::write_whole(&self.write, guilds, steps).await
    }

    /// What time it is (UTC) where the database is.
    pub(super) async fn now(
        &self,
        connection: &mut D::Connection,
    ) -> Result<DateTime<Utc>, sqlx::Error> {
        D::now(connection).await
    }

    /// A statement in the words of this database.
    pub(super) fn words(&self, sql: Sql) -> &'static str {
        D::words(sql)
    }
}

/// Waits for a server, but not for ever: sqlx would, where a network swallows
/// what it is given, until the operating system gives the connection up.
///
/// # Errors
/// What `asked` says, or that there was no answer.
pub(super) async fn in_time<T>(
    asked: impl Future<Output = Result<T, StoreError>>,
) -> Result<T, StoreError> {
    let answered = tokio::time::timeout(SILENCE, asked).await;
    answered.unwrap_or(Err(StoreError::Silent))
}

/// Compiles one body of code once per database and runs the one that fits. A
/// server has to answer in time.
macro_rules! on {
    ($store:expr, |$pools:ident| $body:expr) => {
        match $store.backend() {
            $crate::store::backend::Backend::Sqlite($pools) => $body,
            $crate::store::backend::Backend::Postgres($pools) => {
                let asked = async { Ok::<_, $crate::store::error::StoreError>($body) };
                $crate::store::backend::in_time(asked).await?
            }
        }
    };
}

/// The same for what takes as long as there is much of it.
macro_rules! on_at_leisure {
    ($store:expr, |$pools:ident| $body:expr) => {
        match $store.backend() {
            $crate::store::backend::Backend::Sqlite($pools) => $body,
            $crate::store::backend::Backend::Postgres($pools) => $body,
        }
    };
}

pub(super) use {on, on_at_leisure};
