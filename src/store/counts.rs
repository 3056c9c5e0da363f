//! How much there is.

use super::backend::on;
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

impl Store {
    /// How much there is. Cheap: logs have no gaps, so the last numbers tell.
    ///
    /// # Errors
    /// The database fails.
    pub async fn counts(&self) -> Result<Counts, StoreError> {
        let (incidents, open, entries): (i64, i64, i64) = on!(self, |pools| {
            sqlx::query_as(
                "SELECT count(*), count(*) FILTER (WHERE open), CAST(coalesce(sum(last_seq), 0) AS bigint) FROM incidents",
            )
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
