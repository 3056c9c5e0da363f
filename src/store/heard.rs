//! When Discord was last heard, shard by shard.

use chrono::{DateTime, Utc};

use super::backend::on;
use super::error::StoreError;
use super::leases::Shard;
use super::open::Store;

impl Store {
    /// When the guilds of a shard were last heard (UTC), by whichever process.
    /// Where there were another number of shards, all of them together count.
    ///
    /// # Errors
    /// The database fails.
    pub async fn last_heard(&self, shard: Shard) -> Result<Option<DateTime<Utc>>, StoreError> {
        Ok(on!(self, |pools| {
            sqlx::query_scalar(
                "SELECT max(at) FROM (
                    SELECT heard_at AS at FROM shards WHERE total = $1 AND shard = $2
                    UNION ALL SELECT min(heard_at) FROM shards GROUP BY total HAVING count(heard_at) = total
                    UNION ALL SELECT at FROM heard) AS known",
            )
            .bind(i64::from(shard.total))
            .bind(i64::from(shard.id))
            .fetch_one(&pools.read)
            .await?
        }))
    }

    /// Notes that the guilds of a shard were heard, for the member that serves it.
    /// From one that does so no more it is not taken.
    ///
    /// # Errors
    /// The database fails.
    pub async fn hear(
        &self,
        member: &str,
        shard: Shard,
        at: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        on!(self, |pools| {
            sqlx::query(
                "UPDATE shards SET heard_at = $4 WHERE total = $1 AND shard = $2 AND holder = $3",
            )
            .bind(i64::from(shard.total))
            .bind(i64::from(shard.id))
            .bind(member)
            .bind(at)
            .execute(&pools.write)
            .await?;
        });
        Ok(())
    }
}
