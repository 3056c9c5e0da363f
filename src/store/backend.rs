//! Which database a store is on.

use std::path::PathBuf;

use sqlx::{Database, Pool, Sqlite};

/// The databases a store can be on. A second one is a second variant and a
/// second arm of [`on!`]; the SQL, with `$1` for its arguments, stays one body.
#[derive(Debug)]
pub(super) enum Backend {
    /// A file on this machine.
    Sqlite(Pools<Sqlite>),
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
    pub(super) place: PathBuf,
}

/// Compiles one body of code once per database and runs the one that fits.
macro_rules! on {
    ($store:expr, |$pools:ident| $body:expr) => {
        match $store.backend() {
            $crate::store::backend::Backend::Sqlite($pools) => $body,
        }
    };
}

pub(super) use on;
