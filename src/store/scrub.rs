//! Removing redacted text from the disk.
//!
//! `secure_delete` overwrites it in the pages; older copies of those pages
//! stay in the write-ahead log until that is emptied.

use super::backend::on;
use super::error::StoreError;
use super::open::Store;

impl Store {
    /// Empties the write-ahead log. True when that was done, false when a
    /// reader still needs it: try again.
    pub(super) async fn scrub(&self) -> bool {
        match self.truncate_log().await {
            Ok(done) => done,
            Err(error) => {
                tracing::warn!(%error, "redacted text is still in the write-ahead log");
                false
            }
        }
    }

    async fn truncate_log(&self) -> Result<bool, StoreError> {
        let (busy, _, _): (i64, i64, i64) = on!(self, |pools| {
            sqlx::query_as("PRAGMA wal_checkpoint(TRUNCATE)")
                .fetch_one(&pools.write)
                .await?
        });
        Ok(busy == 0)
    }
}
