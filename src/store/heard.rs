//! When Discord was last heard.

use chrono::{DateTime, Utc};

use super::backend::on;
use super::error::StoreError;
use super::open::Store;

impl Store {
    /// When Discord was last heard (UTC), by this process or one before it.
    ///
    /// # Errors
    /// The database fails.
    pub async fn last_heard(&self) -> Result<Option<DateTime<Utc>>, StoreError> {
        Ok(on!(self, |pools| {
            sqlx::query_scalar("SELECT at FROM heard")
                .fetch_optional(&pools.read)
                .await?
        }))
    }

    /// Notes that Discord was heard.
    ///
    /// # Errors
    /// The database fails.
    pub async fn hear(&self, at: DateTime<Utc>) -> Result<(), StoreError> {
        on!(self, |pools| {
            sqlx::query(
                "INSERT INTO heard (one, at) VALUES (1, $1) ON CONFLICT (one) DO UPDATE SET at = excluded.at",
            )
            .bind(at)
            .execute(&pools.write)
            .await?;
        });
        Ok(())
    }
}
