//! Reading the logs.

use futures::TryStreamExt;

use crate::incident::{Entry, IncidentKey, MessageId, Seq};

use super::backend::on;
use super::error::StoreError;
use super::open::Store;
use super::row::{self, EntryRow};

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

    /// The first entries of an incident, at most that many, in their order.
    ///
    /// # Errors
    /// The database fails or holds nonsense.
    pub async fn first_entries(
        &self,
        key: IncidentKey,
        most: u32,
    ) -> Result<Vec<Entry>, StoreError> {
        let rows = on!(self, |pools| {
            sqlx::query_as::<_, EntryRow>(
                "SELECT * FROM entries WHERE guild = $1 AND number = $2 ORDER BY seq LIMIT $3",
            )
            .bind(key.guild.0.cast_signed())
            .bind(i64::from(key.number.0))
            .bind(i64::from(most))
            .fetch_all(&pools.read)
            .await?
        });
        rows.iter().map(EntryRow::entry).collect()
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

    /// The entries of an incident that change it, in their order: all but what
    /// was said in its channel and what became of its files.
    ///
    /// # Errors
    /// The database fails or holds nonsense.
    pub async fn changes(&self, key: IncidentKey) -> Result<Vec<Entry>, StoreError> {
        let rows = on!(self, |pools| {
            sqlx::query_as::<_, EntryRow>(
                "SELECT * FROM entries WHERE guild = $1 AND number = $2
                    AND kind NOT IN ('message_posted', 'message_edited', 'message_deleted', 'attachment_kept', 'attachment_lost')
                ORDER BY seq",
            )
            .bind(key.guild.0.cast_signed())
            .bind(i64::from(key.number.0))
            .fetch_all(&pools.read)
            .await?
        });
        rows.iter().map(EntryRow::entry).collect()
    }

    /// The notes that other incidents of the guild have of a message. It costs
    /// what the guild's logs are long.
    ///
    /// # Errors
    /// The database fails or holds nonsense.
    pub async fn notes_of(
        &self,
        key: IncidentKey,
        message: MessageId,
    ) -> Result<Vec<(IncidentKey, Seq)>, StoreError> {
        let rows = on!(self, |pools| {
            sqlx::query_as::<_, EntryRow>(
                "SELECT * FROM entries
                WHERE guild = $1 AND number <> $2 AND message = $3 AND kind = 'noted'
                ORDER BY number, seq",
            )
            .bind(key.guild.0.cast_signed())
            .bind(i64::from(key.number.0))
            .bind(message.0.cast_signed())
            .fetch_all(&pools.read)
            .await?
        });
        let place = |row: &EntryRow| (row::key(row.guild, row.number), row::seq(row.seq));
        Ok(rows.iter().map(place).collect())
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
