//! Opening, migrating, locking and closing a store.

mod postgres;
mod sqlite;

use std::fs::File;
use std::path::Path;
use std::sync::Arc;

use sqlx::PgConnection;
use sqlx::migrate::MigrateError;
use tokio::sync::watch;

use super::backend::{Backend, on_at_leisure};
use super::error::StoreError;

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

/// Held by who has a database for itself, or by each of those who have it
/// together; let go when dropped.
#[derive(Debug)]
pub struct RunLock {
    held: Held,
}

/// Whether a lock is for one alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Alone {
    Yes,
    No,
}

/// What becomes of an address at which there is no file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum IfMissing {
    Make,
    Refuse,
}

#[derive(Debug)]
enum Held {
    /// The lock of a file beside the database.
    File { _file: File },
    /// A lock of the server, which goes with the connection.
    Session { connection: PgConnection },
}

impl RunLock {
    /// Whether it is held still. A lock of the server is gone when the connection
    /// to it is; a file keeps its lock.
    pub(super) async fn is_held(&mut self) -> bool {
        match &mut self.held {
            Held::File { .. } => true,
            Held::Session { connection } => postgres::is_there(connection).await,
        }
    }
}

impl Store {
    /// Opens the database at an address such as `sqlite://scribe.db` or
    /// `postgres://user:password@host/database` and brings its schema up to date.
    /// A file is made where there is none; it must not lie on a network disk.
    /// Several programs may have one open.
    ///
    /// # Errors
    /// The address is none or names another database; the file cannot be
    /// opened or the server not reached; it was written by a newer Scribe or is damaged.
    pub async fn open(url: &str) -> Result<Self, StoreError> {
        Self::open_or(url, IfMissing::Make).await
    }

    /// The same for whoever comes to look at a record and not to begin one.
    ///
    /// # Errors
    /// As [`Store::open`]; [`StoreError::Missing`] where there is no file.
    pub async fn open_existing(url: &str) -> Result<Self, StoreError> {
        Self::open_or(url, IfMissing::Refuse).await
    }

    async fn open_or(url: &str, if_missing: IfMissing) -> Result<Self, StoreError> {
        let scheme = url.split(':').next().unwrap_or("");
        let backend = match scheme.to_ascii_lowercase().as_str() {
            "sqlite" => Backend::Sqlite(sqlite::open(url, if_missing).await?),
            "postgres" | "postgresql" => Backend::Postgres(postgres::open(url).await?),
            _ => {
                let reason = "it begins with neither sqlite: nor postgres:".to_owned();
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

    /// Takes the lock that says that nobody else may work on this database: a bot
    /// on a file, or whoever fills or copies a database.
    ///
    /// # Errors
    /// Somebody else works on it, the lock's file cannot be made, or the database fails.
    pub async fn run_lock(&self) -> Result<RunLock, StoreError> {
        self.lock(Alone::Yes).await
    }

    /// Takes the lock of those who work on a server together.
    pub(super) async fn lock_beside(&self) -> Result<RunLock, StoreError> {
        self.lock(Alone::No).await
    }

    async fn lock(&self, alone: Alone) -> Result<RunLock, StoreError> {
        let (held, place) = match self.backend() {
            Backend::Sqlite(pools) => {
                let file = sqlite::run_lock(Path::new(&pools.place))?;
                (file.map(|_file| Held::File { _file }), &pools.place)
            }
            Backend::Postgres(pools) => {
                let connection = postgres::run_lock(pools, alone).await?;
                let held = connection.map(|connection| Held::Session { connection });
                (held, &pools.place)
            }
        };
        let place = place.clone();
        let held = held.ok_or(StoreError::AlreadyRunning { place })?;
        Ok(RunLock { held })
    }

    /// Whether it is on a server, where several processes may work.
    #[must_use]
    pub fn is_on_a_server(&self) -> bool {
        matches!(self.backend(), Backend::Postgres(_))
    }

    /// The step that the schema of the database has come to.
    ///
    /// # Errors
    /// The database fails.
    pub async fn schema_step(&self) -> Result<i64, StoreError> {
        Ok(on_at_leisure!(self, |pools| {
            sqlx::query_scalar("SELECT max(version) FROM _sqlx_migrations")
                .fetch_one(&pools.read)
                .await?
        }))
    }

    /// Closes all connections, after what they are doing. Close the writer first.
    pub async fn close(&self) {
        on_at_leisure!(self, |pools| {
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
