//! What is done once per period, whatever stops, starts or runs twice.

use chrono::{DateTime, Utc};

use crate::incident::{GuildId, IncidentKey, Outgoing};

use super::backend::on;
use super::error::StoreError;
use super::open::Store;
use super::outbox::{NewItem, queue_step};

impl Store {
    /// Ends a period of a job and queues what it has to say, both or neither:
    /// true for the one caller that did it, however many try and whenever one
    /// of them dies. With nothing to say the period is only ended.
    ///
    /// # Errors
    /// The database fails; nothing was done.
    pub async fn queue_once(
        &self,
        job: &str,
        guild: GuildId,
        period: &str,
        what: Option<&Outgoing>,
        at: DateTime<Utc>,
    ) -> Result<bool, StoreError> {
        let item = what.map(|what| NewItem::new(guild, None, what, at));
        self.end_period(job, guild, period, item.transpose()?, at)
            .await
    }

    /// The same for what is said of an incident.
    ///
    /// # Errors
    /// The database fails; nothing was done.
    pub async fn queue_once_of(
        &self,
        job: &str,
        key: IncidentKey,
        period: &str,
        what: &Outgoing,
        at: DateTime<Utc>,
    ) -> Result<bool, StoreError> {
        let item = NewItem::new(key.guild, Some(key.number), what, at)?;
        self.end_period(job, key.guild, period, Some(item), at)
            .await
    }

    async fn end_period(
        &self,
        job: &str,
        guild: GuildId,
        period: &str,
        item: Option<NewItem>,
        at: DateTime<Utc>,
    ) -> Result<bool, StoreError> {
        let step = queue_step(item.into_iter().collect())?;
        let first = on!(self, |pools| {
            let mut transaction = pools.begin_write_to(&[guild.0.cast_signed()]).await?;
            let first: Option<(i64,)> = sqlx::query_as(
                "INSERT INTO periods (job, guild, period, done_at) VALUES ($1, $2, $3, $4)
                ON CONFLICT (job, guild, period) DO NOTHING RETURNING guild",
            )
            .bind(job)
            .bind(guild.0.cast_signed())
            .bind(period)
            .bind(at)
            .fetch_optional(&mut *transaction)
            .await?;
            if first.is_some() {
                pools.run(&mut transaction, step.as_slice()).await?;
            }
            transaction.commit().await?;
            first
        });
        if first.is_some() {
            self.tell_outbox_changed();
        }
        Ok(first.is_some())
    }

    /// Whether a period of a job is ended.
    ///
    /// # Errors
    /// The database fails.
    pub async fn is_period_done(
        &self,
        job: &str,
        guild: GuildId,
        period: &str,
    ) -> Result<bool, StoreError> {
        let row: Option<(i64,)> = on!(self, |pools| {
            sqlx::query_as(
                "SELECT guild FROM periods WHERE job = $1 AND guild = $2 AND period = $3",
            )
            .bind(job)
            .bind(guild.0.cast_signed())
            .bind(period)
            .fetch_optional(&pools.read)
            .await?
        });
        Ok(row.is_some())
    }

    /// The last period, in the order of their names, for which a job is done.
    ///
    /// # Errors
    /// The database fails.
    pub async fn last_period(
        &self,
        job: &str,
        guild: GuildId,
    ) -> Result<Option<String>, StoreError> {
        let last: Option<(String,)> = on!(self, |pools| {
            sqlx::query_as(
                "SELECT period FROM periods WHERE job = $1 AND guild = $2
                ORDER BY period DESC LIMIT 1",
            )
            .bind(job)
            .bind(guild.0.cast_signed())
            .fetch_optional(&pools.read)
            .await?
        });
        Ok(last.map(|(period,)| period))
    }
}
