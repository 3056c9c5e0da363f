//! Writing in bulk: one statement and all its rows as one JSON array.
//!
//! A transaction is a list of steps made by pure code, so that the writer, the
//! import and the repair write in one way, on every database.

use serde::Serialize;

use super::backend::on;
use super::error::StoreError;
use super::open::Store;
use super::row::to_json;

/// One statement that takes all its rows from `$1`.
#[derive(Debug)]
pub(super) struct Step {
    pub(super) sql: &'static str,
    pub(super) rows: String,
}

impl Step {
    pub(super) fn new<R: Serialize>(sql: &'static str, rows: &[R]) -> Result<Self, StoreError> {
        let rows = to_json(&rows)?;
        Ok(Self { sql, rows })
    }

    /// The step, or none where there is nothing to write.
    pub(super) fn of<R: Serialize>(
        sql: &'static str,
        rows: &[R],
    ) -> Result<Option<Self>, StoreError> {
        match rows {
            [] => Ok(None),
            rows => Self::new(sql, rows).map(Some),
        }
    }
}

/// Runs steps in order on a connection that is inside a transaction.
macro_rules! run_steps {
    ($connection:expr, $steps:expr) => {
        for step in $steps {
            sqlx::query(step.sql)
                .bind(step.rows.as_str())
                .execute(&mut *$connection)
                .await?;
        }
    };
}

pub(super) use run_steps;

impl Store {
    /// Runs steps as one transaction.
    pub(super) async fn write(&self, steps: &[Step]) -> Result<(), StoreError> {
        on!(self, |pools| {
            let mut transaction = pools.write.begin_with("BEGIN IMMEDIATE").await?;
            run_steps!(transaction, steps);
            transaction.commit().await?;
        });
        Ok(())
    }
}
