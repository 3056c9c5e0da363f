//! The weekly summary, queued once a week in each guild that wants it: at its
//! hour in the guild's zone, or as soon as Scribe is back after it.

use std::time::Duration;

use chrono::{DateTime, Utc};
use tokio_util::sync::CancellationToken;

use crate::clock::Clock;
use crate::incident::{GuildId, Outgoing};
use crate::report::week::{self, Week};
use crate::store::{Store, StoreError};

/// How often it is looked whether a summary is due.
const LOOK: Duration = Duration::from_secs(30);

/// The job's name in the store.
const JOB: &str = "weekly_summary";

/// Queues the weekly summaries.
pub struct WeeklySummary {
    store: Store,
    clock: Clock,
}

impl WeeklySummary {
    /// For all guilds of a store.
    #[must_use]
    pub fn new(store: Store, clock: Clock) -> Self {
        Self { store, clock }
    }

    /// Works until it is told to stop.
    pub async fn run(self, stop: CancellationToken) {
        loop {
            if let Err(error) = self.look((self.clock)()).await {
                tracing::error!("cannot look whether a weekly summary is due: {error}");
            }
            tokio::select! {
                () = stop.cancelled() => return,
                () = tokio::time::sleep(LOOK) => {}
            }
        }
    }

    /// Queues what is due now.
    ///
    /// # Errors
    /// The store fails; what was due is due again.
    pub async fn look(&self, now: DateTime<Utc>) -> Result<(), StoreError> {
        for guild in self.store.guilds().await? {
            if guild != GuildId(0) {
                self.look_at(guild, now).await?;
            }
        }
        Ok(())
    }

    /// What the bot slept through is queued at once, each week by itself and
    /// the oldest first, so that nobody waits half a minute for the next.
    async fn look_at(&self, guild: GuildId, now: DateTime<Utc>) -> Result<(), StoreError> {
        let settings = self.store.settings(guild).await?;
        let last = self.store.last_period(JOB, guild).await?;
        let mut last = last.and_then(|week| Week::parse(&week, now, settings.zone).ok());
        while let Some(week) = week::due(now, settings.zone, settings.summary, last) {
            let monday = week.monday();
            // Of the weeks before Scribe came to a guild it knows nothing to tell, and
            // those before it had a channel for it are not told all at once later.
            let told = last.is_some() && settings.announce_channel.is_some();
            let summary = told.then_some(Outgoing::WeekSummary { monday });
            let period = week.to_string();
            let queued = self
                .store
                .queue_once(JOB, guild, &period, summary.as_ref(), now);
            if queued.await? && summary.is_some() {
                tracing::info!(
                    guild = guild.0,
                    week = period,
                    "the weekly summary is queued"
                );
            }
            last = Some(week);
        }
        Ok(())
    }
}
