//! A file on this machine.

use std::fs::{File, OpenOptions, TryLockError};
use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::time::Duration;

use sqlx::Sqlite;
use sqlx::migrate::Migrator;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};

use super::{IfMissing, migration_failure};
use crate::store::backend::Pools;
use crate::store::error::StoreError;

static MIGRATIONS: Migrator = sqlx::migrate!("migrations/sqlite");

/// How long a statement waits for another process to let go of the file.
const BUSY: Duration = Duration::from_secs(5);

/// Connections for reading; each is a thread.
const READERS: u32 = 4;

/// How many rows a connection may be ahead of who reads them. A log can have a
/// hundred thousand, and whenever one waits for the other the threads change.
const ROWS: usize = 512;

pub(super) async fn open(url: &str, if_missing: IfMissing) -> Result<Pools<Sqlite>, StoreError> {
    let unreadable = |error: sqlx::Error| StoreError::Url {
        reason: error.to_string(),
    };
    let options = SqliteConnectOptions::from_str(url).map_err(unreadable)?;
    let place = options.get_filename().to_owned();
    let shown = place.to_string_lossy();
    // In memory nothing is durable, and each connection would have its own.
    if shown.is_empty() || shown.contains(":memory:") || shown.starts_with("file:") {
        let what = "SQLite without a file";
        return Err(StoreError::Unsupported { what });
    }
    if if_missing == IfMissing::Refuse && !place.exists() {
        let place = shown.into_owned();
        return Err(StoreError::Missing { place });
    }
    let options = options
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        .busy_timeout(BUSY)
        .row_buffer_size(ROWS)
        // What was redacted must not stay behind in free space of the file.
        .pragma("secure_delete", "ON")
        // So that REPLACE too meets the triggers that protect the log.
        .pragma("recursive_triggers", "ON");

    // SQLite's migrator does not lock: several processes starting on one fresh
    // file make each other fail.
    let lock = lock_for_migration(place.clone()).await?;
    // A file does not go away as a server does: nothing is asked of a connection
    // before it is used, which would be one more change of threads each time.
    let pool = || SqlitePoolOptions::new().test_before_acquire(false);
    let write = pool()
        .max_connections(1)
        .idle_timeout(None)
        .max_lifetime(None)
        .connect_with(options.clone())
        .await
        .map_err(|error| open_failure(&place, error))?;
    MIGRATIONS.run(&write).await.map_err(migration_failure)?;
    drop(lock);

    let read = pool()
        .max_connections(READERS)
        .connect_lazy_with(options.pragma("query_only", "ON"));
    let place = place.to_string_lossy().into_owned();
    Ok(Pools { write, read, place })
}

async fn lock_for_migration(place: PathBuf) -> Result<File, StoreError> {
    let locking = tokio::task::spawn_blocking(move || {
        let file = lock_file(&place, "migrating")?;
        file.lock().map_err(|error| cannot_open(&place, error))?;
        Ok(file)
    });
    locking.await.map_err(|_| StoreError::Closed)?
}

/// The lock of the one bot; none where another has it.
pub(super) fn run_lock(place: &Path) -> Result<Option<File>, StoreError> {
    let file = lock_file(place, "running")?;
    match file.try_lock() {
        Ok(()) => Ok(Some(file)),
        Err(TryLockError::WouldBlock) => Ok(None),
        Err(TryLockError::Error(error)) => Err(cannot_open(place, error)),
    }
}

/// The file beside the database that is locked in its stead: SQLite's own
/// locks on the database file are not ours to take.
fn lock_file(place: &Path, purpose: &str) -> Result<File, StoreError> {
    let mut name = place.as_os_str().to_owned();
    name.push(".");
    name.push(purpose);
    OpenOptions::new()
        .write(true)
        .create(true)
        .truncate(false)
        .open(PathBuf::from(name))
        .map_err(|error| cannot_open(place, error))
}

fn cannot_open(place: &Path, reason: impl ToString) -> StoreError {
    StoreError::Open {
        place: place.display().to_string(),
        reason: reason.to_string(),
    }
}

/// While opening, "unable to open" and "read-only" mean the same to a user.
fn open_failure(place: &Path, error: sqlx::Error) -> StoreError {
    match StoreError::from(error) {
        StoreError::Database(error) => cannot_open(place, error),
        other => other,
    }
}
