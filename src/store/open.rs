//! Opening, migrating, locking and closing a store.

use std::fs::{File, OpenOptions, TryLockError};
use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::sync::Arc;
use std::time::Duration;

use sqlx::migrate::{MigrateError, Migrator};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use tokio::sync::watch;

use super::backend::{Backend, Pools, on};
use super::error::StoreError;

static SQLITE: Migrator = sqlx::migrate!("migrations/sqlite");

/// How long a statement waits for another process to let go of the file.
const BUSY: Duration = Duration::from_secs(5);

/// Connections for reading; each is a thread.
const READERS: u32 = 4;

/// A handle to the database. Cheap to clone; all clones share the connections.
#[derive(Clone, Debug)]
pub struct Store {
    inner: Arc<Inner>,
}

#[derive(Debug)]
struct Inner {
    backend: Backend,
    outbox_changed: watch::Sender<u64>,
}

/// Held by the one Scribe that runs as a bot on a database; let go when dropped.
#[derive(Debug)]
pub struct RunLock {
    _file: File,
}

impl Store {
    /// Opens the database at an address such as `sqlite://scribe.db`, makes it
    /// where there is none and brings its schema up to date. Several programs
    /// may have one open; the file must not lie on a network disk.
    ///
    /// # Errors
    /// The address is none or names another database; the file cannot be
    /// opened, was written by a newer Scribe or is damaged.
    pub async fn open(url: &str) -> Result<Self, StoreError> {
        let scheme = url.split(':').next().unwrap_or("");
        let backend = match scheme.to_ascii_lowercase().as_str() {
            "sqlite" => Backend::Sqlite(open_sqlite(url).await?),
            "postgres" | "postgresql" => {
                return Err(StoreError::Unsupported { what: "PostgreSQL" });
            }
            _ => {
                let reason = "it does not begin with sqlite:".to_owned();
                return Err(StoreError::Url { reason });
            }
        };
        let (outbox_changed, _) = watch::channel(0);
        let inner = Inner {
            backend,
            outbox_changed,
        };
        Ok(Self {
            inner: Arc::new(inner),
        })
    }

    /// Takes the lock that says a bot runs on this database. Another bot would
    /// record and say everything twice.
    ///
    /// # Errors
    /// Somebody else holds it, or its file cannot be made.
    pub fn run_lock(&self) -> Result<RunLock, StoreError> {
        let place = on!(self, |pools| pools.place.clone());
        let file = lock_file(&place, "running")?;
        match file.try_lock() {
            Ok(()) => Ok(RunLock { _file: file }),
            Err(TryLockError::WouldBlock) => Err(StoreError::AlreadyRunning { place }),
            Err(TryLockError::Error(error)) => Err(cannot_open(&place, error)),
        }
    }

    /// Closes all connections, after what they are doing. Close the writer first.
    pub async fn close(&self) {
        on!(self, |pools| {
            pools.read.close().await;
            pools.write.close().await;
        });
    }

    /// Changes whenever this process has queued something to be said. Another
    /// process on the same database does not show here, so look now and then too.
    #[must_use]
    pub fn outbox_changed(&self) -> watch::Receiver<u64> {
        self.inner.outbox_changed.subscribe()
    }

    pub(super) fn tell_outbox_changed(&self) {
        self.inner.outbox_changed.send_modify(|count| *count += 1);
    }

    pub(super) fn backend(&self) -> &Backend {
        &self.inner.backend
    }
}

async fn open_sqlite(url: &str) -> Result<Pools<sqlx::Sqlite>, StoreError> {
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
    let options = options
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        .busy_timeout(BUSY)
        // What was redacted must not stay behind in free space of the file.
        .pragma("secure_delete", "ON")
        // So that REPLACE too meets the triggers that protect the log.
        .pragma("recursive_triggers", "ON");

    // SQLite's migrator does not lock: several processes starting on one fresh
    // file make each other fail.
    let lock = lock_for_migration(place.clone()).await?;
    let write = SqlitePoolOptions::new()
        .max_connections(1)
        .idle_timeout(None)
        .max_lifetime(None)
        .connect_with(options.clone())
        .await
        .map_err(|error| open_failure(&place, error))?;
    SQLITE.run(&write).await.map_err(migration_failure)?;
    drop(lock);

    let read = SqlitePoolOptions::new()
        .max_connections(READERS)
        .connect_lazy_with(options.pragma("query_only", "ON"));
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
        place: place.to_owned(),
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

fn migration_failure(error: MigrateError) -> StoreError {
    match error {
        MigrateError::VersionMissing(step) => StoreError::Newer { step },
        MigrateError::Execute(error) | MigrateError::ExecuteMigration(error, _) => {
            match StoreError::from(error) {
                StoreError::Database(error) => StoreError::Migration {
                    reason: error.to_string(),
                },
                other => other,
            }
        }
        other => StoreError::Migration {
            reason: other.to_string(),
        },
    }
}
