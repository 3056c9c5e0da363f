//! How SQLite means to find the rows of a query, for tests: a query that reads
//! all there is shows here long before a record is long enough to show it.

use super::backend::on_at_leisure;
use super::open::Store;

/// The steps of the plan, a line each.
pub(super) async fn plan(store: &Store, query: &str) -> String {
    on_at_leisure!(store, |pools| {
        let explained = format!("EXPLAIN QUERY PLAN {query}");
        let rows: Vec<(i64, i64, i64, String)> = sqlx::query_as(sqlx::AssertSqlSafe(explained))
            .fetch_all(&pools.read)
            .await
            .expect("a plan");
        let steps = rows.into_iter().map(|(_, _, _, step)| step);
        steps.collect::<Vec<_>>().join("\n")
    })
}
