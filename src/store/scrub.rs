//! Removing redacted text from the disk.
//!
//! On SQLite `secure_delete` overwrites it in the pages; older copies of those
//! pages stay in the write-ahead log until that is emptied. On PostgreSQL the
//! former rows stay until they are vacuumed away, and in what the server
//! archives of its own write-ahead log.

use super::backend::Backend;
use super::error::StoreError;
use super::open::Store;

impl Store {
    /// Whether to scrub at the start too, because the last run may have ended
    /// between a redaction and its scrub. A server vacuums by itself.
    pub(super) fn scrubs_at_start(&self) -> bool {
        matches!(self.backend(), Backend::Sqlite(_))
    }

    /// Removes former copies of what was redacted. True when that was done,
    /// false when a reader still needs them: try again.
    pub(super) async fn scrub(&self) -> bool {
        match self.remove_former_copies().await {
            Ok(done) => done,
            Err(error) => {
                tracing::warn!(%error, "former copies of redacted text are still on the disk");
                false
            }
        }
    }

    async fn remove_former_copies(&self) -> Result<bool, StoreError> {
        match self.backend() {
            Backend::Sqlite(pools) => {
                let (busy, _, _): (i64, i64, i64) =
                    sqlx::query_as("PRAGMA wal_checkpoint(TRUNCATE)")
                        .fetch_one(&pools.write)
                        .await?;
                Ok(busy == 0)
            }
            Backend::Postgres(pools) => {
                sqlx::query(
                    "VACUUM entries, incidents, attachments, outbox, files_in_doubt, publications, texts",
                )
                .execute(&pools.read)
                .await?;
                Ok(true)
            }
        }
    }
}
