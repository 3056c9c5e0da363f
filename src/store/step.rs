//! Writing in bulk: one statement and all its rows as one JSON array.
//!
//! A transaction is a list of steps made by pure code, so that the writer, the
//! import and the repair write in one way, on every database.

use serde::Serialize;

use super::backend::{Sql, on};
use super::error::StoreError;
use super::open::Store;
use super::row::to_json;
use crate::incident::GuildId;

/// One statement that takes all its rows from `$1`.
#[derive(Debug)]
pub(super) struct Step {
    pub(super) sql: Sql,
    pub(super) rows: String,
}

impl Step {
    pub(super) fn new<R: Serialize>(sql: Sql, rows: &[R]) -> Result<Self, StoreError> {
        let rows = to_json(&rows)?;
        Ok(Self { sql, rows })
    }

    /// The step, or none where there is nothing to write.
    pub(super) fn of<R: Serialize>(sql: Sql, rows: &[R]) -> Result<Option<Self>, StoreError> {
        match rows {
            [] => Ok(None),
            rows => Self::new(sql, rows).map(Some),
        }
    }
}

/// Runs steps in order on a connection that is inside a transaction.
macro_rules! run_steps {
    ($pools:expr, $connection:expr, $steps:expr) => {
        for step in $steps {
            sqlx::query($pools.words(step.sql))
                .bind(step.rows.as_str())
                .execute(&mut *$connection)
                .await?;
        }
    };
}

pub(super) use run_steps;

impl Store {
    /// Runs steps as one transaction that alone writes to a guild.
    pub(super) async fn write(&self, guild: GuildId, steps: &[Step]) -> Result<(), StoreError> {
        on!(self, |pools| {
            let mut transaction = pools.begin_write_to(&[guild.0.cast_signed()]).await?;
            run_steps!(pools, transaction, steps);
            transaction.commit().await?;
        });
        Ok(())
    }
}
