//! What can go wrong with a store: what happened, why, what to do next.

use std::sync::Arc;

use sqlx::postgres::PgDatabaseError;

use crate::incident::{BrokenLog, IncidentKey};

/// A failure of the store. Nothing that it interrupted was written, unless it
/// is [`StoreError::Unsure`] or [`StoreError::Silent`]. Cheap to clone, because one failure can be the answer to many who wait for it.
#[derive(Clone, Debug, thiserror::Error)]
pub enum StoreError {
    /// The address of the database cannot be read. It is not repeated: it may hold a password.
    #[error(
        "DATABASE_URL is no address of a database ({reason}); write for example sqlite://scribe.db or postgres://user:password@host/database"
    )]
    Url {
        /// What is wrong with it.
        reason: String,
    },
    /// The address names a database that cannot keep a record.
    #[error("{what} cannot hold Scribe's record; use a file, for example sqlite://scribe.db")]
    Unsupported {
        /// What it names.
        what: &'static str,
    },
    /// There is no record to look at.
    #[error(
        "there is no record at {place}; go to the folder in which Scribe runs, or name its database with --database or DATABASE_URL (scribe run, open and import begin a new one)"
    )]
    Missing {
        /// The file.
        place: String,
    },
    /// The file cannot be opened or made.
    #[error(
        "cannot open the database {place}: {reason}; check that its folder exists and that this user may write there"
    )]
    Open {
        /// The file.
        place: String,
        /// Why.
        reason: String,
    },
    /// The server cannot be reached or does not let us in.
    #[error(
        "cannot connect to the database {place}: {reason}; check that the server runs and that DATABASE_URL names its host, user, password and database"
    )]
    Connect {
        /// The server and database, without a password.
        place: String,
        /// Why.
        reason: String,
    },
    /// A newer Scribe has written to it.
    #[error(
        "the database was written by a newer Scribe (its schema has step {step}); start that version, or restore a backup made before it"
    )]
    Newer {
        /// The number of the unknown migration.
        step: i64,
    },
    /// The schema could not be brought up to date.
    #[error(
        "cannot bring the schema of the database up to date: {reason}; nothing was changed, report this with the version you come from"
    )]
    Migration {
        /// Why.
        reason: String,
    },
    /// Another Scribe runs on the same file.
    #[error(
        "another Scribe already runs on {place}; stop it first, or give this one a database of its own"
    )]
    AlreadyRunning {
        /// The database.
        place: String,
    },
    /// Another program has kept the database locked for too long.
    #[error(
        "the database was locked by another program for too long, nothing was written; close that program and try again"
    )]
    Busy,
    /// No connection to the database came to be or was free in time.
    #[error(
        "the database did not answer in time, nothing was written; check that it runs and can be reached, and try again"
    )]
    Overdue,
    /// The connection to the server broke, or the server is going away.
    #[error(
        "the connection to the database broke ({reason}), nothing was written; check that the server runs, and try again"
    )]
    Unreachable {
        /// What broke.
        reason: String,
    },
    /// A copy of the file was wanted where there is none.
    #[error(
        "the record is on a PostgreSQL server, which has no file to copy; use pg_dump, or `scribe export --all` for a file that goes into any database"
    )]
    NoFile,
    /// The disk is full.
    #[error(
        "the disk that holds the database is full, nothing was written; free some space and try again"
    )]
    Full,
    /// The file or its folder cannot be written.
    #[error(
        "the database is read-only, nothing was written; check the rights on its file and folder and that the disk is not mounted read-only"
    )]
    ReadOnly,
    /// The file is damaged or is no database.
    #[error(
        "the database file is damaged or is none ({reason}); stop Scribe, keep a copy of the file and restore a backup"
    )]
    Damaged {
        /// What the database says.
        reason: String,
    },
    /// A row holds what Scribe cannot have written.
    #[error("the database holds nonsense in {what}: {reason}; run `scribe verify`")]
    Nonsense {
        /// Where.
        what: String,
        /// What is wrong.
        reason: String,
    },
    /// The entries of an incident are no log.
    #[error("{0}; run `scribe verify`")]
    Broken(#[from] BrokenLog),
    /// An incident that is to be imported is there already.
    #[error("{} of guild {} is in the database already, nothing was written; import it into an empty database", .0.number, .0.guild)]
    Exists(IncidentKey),
    /// The server fell silent, or the way to it.
    #[error(
        "the database fell silent in the midst of it, and what it was to keep may be written or not; check that the server runs and can be reached"
    )]
    Silent,
    /// The database failed while it was told to keep what it had taken.
    #[error(
        "the database failed at the last step, and what it was to keep may be written or not: {0}"
    )]
    Unsure(#[source] Arc<sqlx::Error>),
    /// The store is closed.
    #[error("the database is closed because Scribe is stopping; try again after its start")]
    Closed,
    /// Anything else the database refused.
    #[error("the database failed: {0}; nothing was written, the log of this program says more")]
    Database(#[source] Arc<sqlx::Error>),
}

impl StoreError {
    /// Whether the same can succeed a moment later. Nothing was written.
    pub(super) fn passes(&self) -> bool {
        matches!(self, Self::Busy | Self::Overdue | Self::Unreachable { .. })
    }

    /// Whether the database as a whole fails, so that trying the same with
    /// something else is of no use.
    pub(super) fn concerns_everything(&self) -> bool {
        matches!(
            self,
            Self::Busy
                | Self::Overdue
                | Self::Unreachable { .. }
                | Self::Silent
                | Self::Full
                | Self::ReadOnly
                | Self::Damaged { .. }
                | Self::Unsure(_)
                | Self::Closed
        )
    }

    /// What an error of COMMIT means. Where the database says that it is busy,
    /// full or read-only it has kept nothing; any other failure may have come
    /// before or after it did.
    pub(super) fn of_commit(error: sqlx::Error) -> Self {
        match Self::from(error) {
            Self::Database(error) => Self::Unsure(error),
            Self::Damaged { reason } | Self::Unreachable { reason } => {
                Self::Unsure(Arc::new(sqlx::Error::Protocol(reason)))
            }
            kept_nothing => kept_nothing,
        }
    }

    pub(super) fn nonsense(what: impl Into<String>, reason: impl ToString) -> Self {
        Self::Nonsense {
            what: what.into(),
            reason: reason.to_string(),
        }
    }
}

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        match &error {
            sqlx::Error::PoolClosed => return Self::Closed,
            sqlx::Error::PoolTimedOut => return Self::Overdue,
            sqlx::Error::Io(_) | sqlx::Error::Tls(_) | sqlx::Error::Protocol(_) => {
                let reason = error.to_string();
                return Self::Unreachable { reason };
            }
            sqlx::Error::Database(database)
                if let Some(known) = database.try_downcast_ref().and_then(of_postgres) =>
            {
                return known;
            }
            sqlx::Error::Database(database) => {
                // SQLite's result codes, https://sqlite.org/rescode.html: the
                // low byte says what it is, the rest where it happened.
                let code = database.code().and_then(|code| code.parse::<i32>().ok());
                let reason = || database.message().to_owned();
                match code.map(|code| code & 0xff) {
                    Some(5 | 6) => return Self::Busy,
                    Some(8) => return Self::ReadOnly,
                    Some(13) => return Self::Full,
                    Some(10 | 11 | 26) => return Self::Damaged { reason: reason() },
                    _ => {}
                }
            }
            _ => {}
        }
        Self::Database(Arc::new(error))
    }
}

/// PostgreSQL's codes, https://www.postgresql.org/docs/current/errcodes-appendix.html.
/// Where in our SQL it stands ("at line 3") is nobody's business.
fn of_postgres(error: &PgDatabaseError) -> Option<StoreError> {
    let reason = || error.message().to_owned();
    Some(match error.code() {
        // Serialization, deadlock, lock not available, statement timeout.
        "40001" | "40P01" | "55P03" | "57014" => StoreError::Busy,
        "25006" => StoreError::ReadOnly,
        "53100" => StoreError::Full,
        // The server is full, stops, starts, does not know us, or has not heard of us for too long.
        "25P03" | "25P04" | "53300" | "57P01" | "57P02" | "57P03" | "57P05" | "3D000" => {
            StoreError::Unreachable { reason: reason() }
        }
        code if code.starts_with("08") || code.starts_with("28") => {
            StoreError::Unreachable { reason: reason() }
        }
        code if code.starts_with("XX00") => StoreError::Damaged { reason: reason() },
        _ => return None,
    })
}
