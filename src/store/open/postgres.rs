//! A database on a PostgreSQL server.

use std::str::FromStr;
use std::time::Duration;

use sqlx::migrate::Migrator;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::{Connection, PgConnection, Postgres};

use super::{Alone, migration_failure};
use crate::store::backend::Pools;
use crate::store::error::StoreError;

static MIGRATIONS: Migrator = sqlx::migrate!("migrations/postgres");

/// How long to wait for a connection: for the server, or for one of ours to be free.
const PATIENCE: Duration = Duration::from_secs(5);

/// Connections of a process for writing. More make a busy incident slower.
const WRITERS: u32 = 4;

/// The number of the lock that says who works on the database ("SCRIBE"); no guild has it.
const RUNNING: i64 = 0x5343_5249_4245;

/// How long to wait for an answer to whether a connection lives.
const ANSWER: Duration = Duration::from_secs(3);

/// Connections of a process for reading.
const READERS: u32 = 8;

pub(super) async fn open(url: &str) -> Result<Pools<Postgres>, StoreError> {
    let options = PgConnectOptions::from_str(url).map_err(|error| StoreError::Url {
        reason: error.to_string(),
    })?;
    let place = place(&options);
    let options = options.application_name("scribe").options([
        // What is acknowledged is durable, whatever the server does by default.
        ("synchronous_commit", "on"),
        // Nothing here is worth compiling. Where a plan has a cost that stands for
        // "not this way" the server would compile it each time, for a second.
        ("jit", "off"),
        ("idle_in_transaction_session_timeout", "30s"),
        // Who is gone without a word is noticed, and what is locked for them let go.
        ("tcp_keepalives_idle", "10"),
        ("tcp_keepalives_interval", "5"),
        ("tcp_keepalives_count", "3"),
        ("tcp_user_timeout", "25s"),
    ]);
    let writing = options.clone().options([
        ("lock_timeout", "5s"),
        ("statement_timeout", "30s"),
        // A writer does nothing else between two statements, so one that is silent is
        // stopped or cut off, and others wait for what it has locked. They wait for
        // four times `lock_timeout`.
        ("idle_in_transaction_session_timeout", "10s"),
        // What is written and what is read for it are few rows by their keys.
        // A plan that was made while the tables were small does not know it.
        ("enable_seqscan", "off"),
        ("enable_hashjoin", "off"),
        ("enable_mergejoin", "off"),
    ]);
    let pool = || PgPoolOptions::new().acquire_timeout(PATIENCE);
    let read = pool().max_connections(READERS).connect_lazy_with(options);
    // Another process may be migrating for longer than a statement may take.
    MIGRATIONS
        .run(&read)
        .await
        .map_err(|error| cannot_connect(&place, migration_failure(error)))?;
    let write = pool().max_connections(WRITERS).connect_lazy_with(writing);
    Ok(Pools { write, read, place })
}

/// The connection that holds the lock; none where another has it alone, or where
/// it is to be had alone and another has it.
pub(super) async fn run_lock(
    pools: &Pools<Postgres>,
    alone: Alone,
) -> Result<Option<PgConnection>, StoreError> {
    let mut connection = pools.write.acquire().await?.detach();
    let taken: bool = sqlx::query_scalar(match alone {
        Alone::Yes => "SELECT pg_try_advisory_lock($1)",
        Alone::No => "SELECT pg_try_advisory_lock_shared($1)",
    })
    .bind(RUNNING)
    .fetch_one(&mut connection)
    .await?;
    Ok(taken.then_some(connection))
}

/// Whether a connection is of any use still.
pub(super) async fn is_there(connection: &mut PgConnection) -> bool {
    matches!(
        tokio::time::timeout(ANSWER, connection.ping()).await,
        Ok(Ok(()))
    )
}

/// Where it is, without a user or a password.
fn place(options: &PgConnectOptions) -> String {
    let host = match options.get_socket() {
        Some(socket) => socket.display().to_string(),
        None => options.get_host().to_owned(),
    };
    let database = options.get_database().unwrap_or("");
    format!("postgres://{host}:{}/{database}", options.get_port())
}

/// While opening, everything that the server or the way to it says means that
/// the address or the server is to be mended.
fn cannot_connect(place: &str, error: StoreError) -> StoreError {
    let reason = match error {
        StoreError::Overdue => "it did not answer in time".to_owned(),
        StoreError::Unreachable { reason } => reason,
        other => return other,
    };
    StoreError::Connect {
        place: place.to_owned(),
        reason,
    }
}
