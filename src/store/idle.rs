//! The places of incidents that are over, by how long they are quiet.

use chrono::{DateTime, Utc};

use crate::incident::{GuildId, Incident, Place};

use super::backend::on;
use super::error::StoreError;
use super::incidents::StateRow;
use super::open::Store;

/// Word for word what the index `incidents_idle` has.
const IDLE: &str = "SELECT guild, number, state FROM incidents
    WHERE guild = $1 AND idle_place = $2 AND idle_since <= $3 ORDER BY idle_since LIMIT $4";

impl Store {
    /// The incidents of a guild that are over, with a place of that kind that was
    /// not put away, and in which nothing was recorded since a moment: the
    /// longest quiet first.
    ///
    /// # Errors
    /// The database fails or holds nonsense.
    pub async fn idle(
        &self,
        guild: GuildId,
        place: Place,
        since: DateTime<Utc>,
        most: u32,
    ) -> Result<Vec<Incident>, StoreError> {
        let rows: Vec<StateRow> = on!(self, |pools| {
            sqlx::query_as(IDLE)
                .bind(guild.0.cast_signed())
                .bind(place.to_string())
                .bind(since)
                .bind(i64::from(most))
                .fetch_all(&pools.read)
                .await?
        });
        let mut incidents = Vec::with_capacity(rows.len());
        for row in rows {
            incidents.push(self.state(row).await?);
        }
        Ok(incidents)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::plans::plan;

    #[tokio::test]
    async fn what_is_quiet_is_found_however_much_is_put_away() {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite://{}", folder.path().join("scribe.db").display());
        let store = Store::open(&url).await.unwrap();
        let plan = plan(&store, IDLE).await;
        let search = "SEARCH incidents USING INDEX incidents_idle (guild=? AND idle_place=? AND idle_since<?)";
        assert_eq!(plan, search);
    }
}
