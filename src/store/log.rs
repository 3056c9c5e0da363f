//! Reading the logs.

use futures::TryStreamExt;

use crate::incident::{Entry, IncidentKey, Seq};

use super::backend::on;
use super::error::StoreError;
use super::open::Store;
use super::row::EntryRow;

impl Store {
    /// The entries of an incident in their order; empty where there is none.
    ///
    /// # Errors
    /// The database fails or holds nonsense.
    pub async fn log(&self, key: IncidentKey) -> Result<Vec<Entry>, StoreError> {
        let mut entries = Vec::new();
        on!(self, |pools| {
            let mut rows = sqlx::query_as::<_, EntryRow>(
                "SELECT * FROM entries WHERE guild = $1 AND number = $2 ORDER BY seq",
            )
            .bind(key.guild.0.cast_signed())
            .bind(i64::from(key.number.0))
            .fetch(&pools.read);
            while let Some(row) = rows.try_next().await? {
                entries.push(row.entry()?);
            }
        });
        Ok(entries)
    }

    /// The last entries of an incident, at most that many, in their order.
    ///
    /// # Errors
    /// The database fails or holds nonsense.
    pub async fn last_entries(
        &self,
        key: IncidentKey,
        most: u32,
    ) -> Result<Vec<Entry>, StoreError> {
        let rows = on!(self, |pools| {
            sqlx::query_as::<_, EntryRow>(
                "SELECT * FROM entries WHERE guild = $1 AND number = $2 ORDER BY seq DESC LIMIT $3",
            )
            .bind(key.guild.0.cast_signed())
            .bind(i64::from(key.number.0))
            .bind(i64::from(most))
            .fetch_all(&pools.read)
            .await?
        });
        rows.iter().rev().map(EntryRow::entry).collect()
    }

    /// One entry of an incident.
    ///
    /// # Errors
    /// The database fails or holds nonsense.
    pub async fn entry(&self, key: IncidentKey, seq: Seq) -> Result<Option<Entry>, StoreError> {
        let row = on!(self, |pools| {
            sqlx::query_as::<_, EntryRow>(
                "SELECT * FROM entries WHERE guild = $1 AND number = $2 AND seq = $3",
            )
            .bind(key.guild.0.cast_signed())
            .bind(i64::from(key.number.0))
            .bind(i64::from(seq.0))
            .fetch_optional(&pools.read)
            .await?
        });
        row.as_ref().map(EntryRow::entry).transpose()
    }
}
