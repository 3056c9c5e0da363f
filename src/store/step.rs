//! Writing in bulk: one statement and all its rows as one JSON array.
//!
//! A transaction is a list of steps made by pure code, so that the writer, the
//! import and the repair write in one way, on every database.

use serde::Serialize;
use sqlx::{AssertSqlSafe, PgConnection, Sqlite, SqliteConnection};

use super::backend::{Dialect, Sql, on};
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

/// Runs steps in their order inside a transaction: all in one go, because each
/// thing that is asked of SQLite goes to its thread and comes back from there.
pub(super) async fn run_on_sqlite(
    connection: &mut SqliteConnection,
    steps: &[Step],
) -> Result<(), sqlx::Error> {
    if steps.is_empty() {
        return Ok(());
    }
    let mut query = sqlx::query(AssertSqlSafe(in_one(steps)));
    for step in steps {
        query = query.bind(step.rows.as_str());
    }
    query.execute(connection).await?;
    Ok(())
}

/// Runs steps as a transaction of their own, in one go from its beginning to its
/// end. Whoever drops this before it is done leaves the transaction open.
pub(super) async fn run_whole_on_sqlite(
    connection: &mut SqliteConnection,
    steps: &[Step],
) -> Result<(), StoreError> {
    let text = format!("{};\n{};\nCOMMIT", Sqlite::BEGIN_WRITE, in_one(steps));
    let mut query = sqlx::query(AssertSqlSafe(text));
    for step in steps {
        query = query.bind(step.rows.as_str());
    }
    let Err(error) = query.execute(&mut *connection).await else {
        return Ok(());
    };
    // Where there is nothing to roll back, it ended by itself, before COMMIT or with it.
    match sqlx::query("ROLLBACK").execute(connection).await {
        Ok(_) => Err(error.into()),
        Err(_) => Err(StoreError::of_commit(error)),
    }
}

/// Steps as one text of several statements, of which each takes the rows of its
/// own place: `$1`, `$2`, `$3`.
fn in_one(steps: &[Step]) -> String {
    let texts = steps.iter().zip(1..);
    let texts = texts.map(|(step, place)| step.sql.sqlite.replace("$1", &format!("${place}")));
    texts.collect::<Vec<_>>().join(";\n")
}

/// The same on PostgreSQL, whose protocol takes one statement at a time.
pub(super) async fn run_on_postgres(
    connection: &mut PgConnection,
    steps: &[Step],
) -> Result<(), sqlx::Error> {
    for step in steps {
        sqlx::query(step.sql.postgres)
            .bind(step.rows.as_str())
            .execute(&mut *connection)
            .await?;
    }
    Ok(())
}

impl Store {
    /// Runs steps as one transaction that alone writes to a guild.
    pub(super) async fn write(&self, guild: GuildId, steps: &[Step]) -> Result<(), StoreError> {
        on!(self, |pools| {
            let mut transaction = pools.begin_write_to(&[guild.0.cast_signed()]).await?;
            pools.run(&mut transaction, steps).await?;
            transaction.commit().await?;
        });
        Ok(())
    }
}

impl Store {
    /// Runs steps as one transaction that alone writes to these guilds, as fast
    /// as the database can. Must not be dropped before it is done.
    pub(super) async fn write_whole(
        &self,
        guilds: &[i64],
        steps: &[Step],
    ) -> Result<(), StoreError> {
        on!(self, |pools| pools.write_whole(guilds, steps).await?);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_go_out_as_one_and_each_takes_its_own_rows() {
        let sql = |sqlite| Sql {
            sqlite,
            postgres: "",
        };
        let step = |text, row: &str| Step::new(sql(text), &[row]).unwrap();
        let steps = [
            step("DELETE FROM posts WHERE name = $1", "one"),
            step("DELETE FROM periods WHERE job = $1", "two"),
        ];
        let text = in_one(&steps);
        assert!(text.contains("name = $1;\n"), "{text}");
        assert!(text.ends_with("job = $2"), "{text}");
    }
}
