//! What is done once per period, whatever stops, starts or runs twice.

use chrono::{DateTime, TimeDelta, Utc};

use crate::incident::GuildId;

use super::backend::on;
use super::error::StoreError;
use super::open::Store;

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
}
