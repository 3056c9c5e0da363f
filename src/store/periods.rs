//! What is done once per period, whatever stops, starts or runs twice.

use chrono::{DateTime, TimeDelta, Utc};

use crate::incident::{GuildId, Outgoing};

use super::backend::on;
use super::error::StoreError;
use super::open::Store;
use super::outbox::{NewItem, queue_step};
use super::step::run_steps;

impl Store {
    /// Takes a job for a period such as `2026-W29`: true for one caller alone,
    /// until it is done or the lease has run out.
    ///
    /// # Errors
    /// The database fails.
    pub async fn claim_period(
        &self,
        job: &str,
        guild: GuildId,
        period: &str,
        now: DateTime<Utc>,
        lease: TimeDelta,
    ) -> Result<bool, StoreError> {
        let taken: Option<(i64,)> = on!(self, |pools| {
            sqlx::query_as(
                "INSERT INTO periods (job, guild, period, lease_until) VALUES ($1, $2, $3, $4)
                ON CONFLICT (job, guild, period) DO UPDATE SET lease_until = excluded.lease_until
                WHERE periods.done_at IS NULL AND periods.lease_until <= $5
                RETURNING guild",
            )
            .bind(job)
            .bind(guild.0.cast_signed())
            .bind(period)
            .bind(now + lease)
            .bind(now)
            .fetch_optional(&pools.write)
            .await?
        });
        Ok(taken.is_some())
    }

    /// Notes that a job is done for a period; it is never taken again.
    ///
    /// # Errors
    /// The database fails.
    pub async fn period_done(
        &self,
        job: &str,
        guild: GuildId,
        period: &str,
        at: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        on!(self, |pools| {
            sqlx::query(
                "UPDATE periods SET done_at = $4
                WHERE job = $1 AND guild = $2 AND period = $3 AND done_at IS NULL",
            )
            .bind(job)
            .bind(guild.0.cast_signed())
            .bind(period)
            .bind(at)
            .execute(&pools.write)
            .await?
        });
        Ok(())
    }

    /// Whether a job is done for a period.
    ///
    /// # Errors
    /// The database fails.
    pub async fn is_period_done(
        &self,
        job: &str,
        guild: GuildId,
        period: &str,
    ) -> Result<bool, StoreError> {
        let done: Option<(i64,)> = on!(self, |pools| {
            sqlx::query_as(
                "SELECT guild FROM periods
                WHERE job = $1 AND guild = $2 AND period = $3 AND done_at IS NOT NULL",
            )
            .bind(job)
            .bind(guild.0.cast_signed())
            .bind(period)
            .fetch_optional(&pools.read)
            .await?
        });
        Ok(done.is_some())
    }

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
            let mut transaction = pools.write.begin_with("BEGIN IMMEDIATE").await?;
            let first: Option<(i64,)> = sqlx::query_as(
                "INSERT INTO periods (job, guild, period, lease_until, done_at) VALUES ($1, $2, $3, $4, $4)
                ON CONFLICT (job, guild, period) DO NOTHING RETURNING guild",
            )
            .bind(job)
            .bind(guild.0.cast_signed())
            .bind(period)
            .bind(at)
            .fetch_optional(&mut *transaction)
            .await?;
            if first.is_some() {
                run_steps!(transaction, step.as_slice());
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
                "SELECT period FROM periods WHERE job = $1 AND guild = $2 AND done_at IS NOT NULL
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
