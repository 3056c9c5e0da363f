//! How much there is.

use super::backend::{Sql, on};
use super::error::StoreError;
use super::open::Store;

/// How much there is, in all guilds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Incidents.
    pub incidents: u64,
    /// Those that people still work on.
    pub open: u64,
    /// Entries of all logs.
    pub entries: u64,
}

/// A page of metrics asks for it several times a minute, so no row is read that
/// is as long as a state. SQLite counts in indexes, and numbers the entries of
/// all logs from 1 as they come, of which none is ever deleted.
const COUNTS: Sql = Sql {
    sqlite: "SELECT (SELECT count(*) FROM incidents), (SELECT count(*) FROM incidents WHERE open),
        (SELECT coalesce(max(rowid), 0) FROM entries)",
    postgres: "SELECT count(*), count(*) FILTER (WHERE open), CAST(coalesce(sum(last_seq), 0) AS bigint) FROM incidents",
};

impl Store {
    /// How much there is. Cheap, however much that is.
    ///
    /// # Errors
    /// The database fails.
    pub async fn counts(&self) -> Result<Counts, StoreError> {
        let (incidents, open, entries): (i64, i64, i64) = on!(self, |pools| {
            sqlx::query_as(pools.words(COUNTS))
                .fetch_one(&pools.read)
                .await?
        });
        Ok(Counts {
            incidents: incidents.cast_unsigned(),
            open: open.cast_unsigned(),
            entries: entries.cast_unsigned(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::plans::plan;

    #[tokio::test]
    async fn counting_reads_indexes_alone() {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite://{}", folder.path().join("scribe.db").display());
        let store = Store::open(&url).await.unwrap();
        let plan = plan(&store, COUNTS.sqlite).await;
        let scans: Vec<_> = plan
            .lines()
            .filter(|step| step.starts_with("SCAN incidents"))
            .collect();
        assert_eq!(scans.len(), 2, "{plan}");
        assert!(scans.iter().all(|scan| scan.contains(" INDEX ")), "{plan}");
        assert!(plan.contains("SEARCH entries"), "{plan}");
    }
}
