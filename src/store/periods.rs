//! What is done once per period, whatever stops, starts or runs twice.

use chrono::{DateTime, Utc};

use crate::incident::{GuildId, Outgoing};

use super::backend::on;
use super::error::StoreError;
use super::open::Store;
use super::outbox::{NewItem, queue_step};
use super::step::run_steps;

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
        let items = what.map(|what| NewItem::new(guild, None, what, at));
        let step = queue_step(items.into_iter().collect::<Result<_, _>>()?)?;
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
                run_steps!(pools, transaction, step.as_slice());
            }
            transaction.commit().await?;
            first
        });
        if first.is_some() {
            self.tell_outbox_changed();
        }
        Ok(first.is_some())
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
