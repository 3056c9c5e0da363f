//! What can go wrong on the way out and in.

use std::io;

use crate::incident::IncidentKey;
use crate::store::StoreError;

/// Why nothing, or not all, was exported.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// There is no such incident.
    #[error("there is no {} in this record; `scribe list` shows what there is", .0.number)]
    NoSuchIncident(IncidentKey),
    /// It cannot be written. What was written so far is no whole file, and `restore` will say so.
    #[error("cannot write the export: {0}")]
    Write(#[from] io::Error),
    /// The store fails.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Why nothing was restored.
#[derive(Debug, thiserror::Error)]
pub enum RestoreError {
    /// There is something in the store already.
    #[error(
        "the database is not empty, nothing was restored; restore into a new file, for example --database sqlite://restored.db"
    )]
    NotEmpty,
    /// A line of the file is wrong.
    #[error("line {line}: {reason}; nothing was restored")]
    Line {
        /// Which, from 1.
        line: u64,
        /// What is wrong.
        reason: String,
    },
    /// The file cannot be read.
    #[error("cannot read it: {0}; nothing was restored")]
    Read(#[from] io::Error),
    /// The store fails.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<sqlx::Error> for ExportError {
    fn from(error: sqlx::Error) -> Self {
        Self::Store(error.into())
    }
}

impl From<sqlx::Error> for RestoreError {
    fn from(error: sqlx::Error) -> Self {
        Self::Store(error.into())
    }
}
