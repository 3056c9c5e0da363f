//! Where incidents end: channels and threads that are over and quiet are queued
//! to be put away, each end once, whoever looks and whatever stops in between.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use tokio_util::sync::CancellationToken;

use crate::clock::Clock;
use crate::incident::ending::Idle;
use crate::incident::{GuildId, Outgoing, Place};
use crate::store::{Store, StoreError};

/// How often it is looked.
const LOOK: Duration = Duration::from_secs(60);

/// The job's name in the store.
const JOB: &str = "archive";

/// How many places of a guild are put away at a look. Where it may not be done,
/// so many say so, and the others wait.
const AT_ONCE: u32 = 5;

/// Queues what is to be put away.
pub struct Endings {
    store: Store,
    clock: Clock,
}

impl Endings {
    /// For all guilds of a store.
    #[must_use]
    pub fn new(store: Store, clock: Clock) -> Self {
        Self { store, clock }
    }

    /// Works until it is told to stop.
    pub async fn run(self, stop: CancellationToken) {
        loop {
            if let Err(error) = self.look((self.clock)()).await {
                tracing::error!("cannot look what is over and quiet: {error}");
            }
            tokio::select! {
                () = stop.cancelled() => return,
                () = tokio::time::sleep(LOOK) => {}
            }
        }
    }

    /// Queues what is to be put away by now and was not queued before.
    ///
    /// # Errors
    /// The store fails; what was due is due again.
    pub async fn look(&self, now: DateTime<Utc>) -> Result<(), StoreError> {
        for guild in self.store.guilds().await? {
            // Records without Discord have no places.
            if guild.0 == 0 {
                continue;
            }
            let policy = self.store.settings(guild).await?.ends;
            for place in [Place::Thread, Place::Channel] {
                let Some(days) = policy.after(place) else {
                    continue;
                };
                let since = now - TimeDelta::days(days.into());
                let quiet = self.store.idle(guild, place, since, AT_ONCE).await?;
                for incident in quiet {
                    if let Some(idle) = Idle::of(&incident).filter(|one| one.is_due(&policy, now)) {
                        self.queue(guild, &incident, idle, now).await?;
                    }
                }
            }
        }
        Ok(())
    }

    async fn queue(
        &self,
        guild: GuildId,
        incident: &crate::incident::Incident,
        idle: Idle,
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let number = incident.key.number;
        let period = format!("{}:{}", number.0, idle.end.0);
        if self.store.is_period_done(JOB, guild, &period).await? {
            return Ok(());
        }
        let what = Outgoing::Archive { end: idle.end };
        let queued = self
            .store
            .queue_once_of(JOB, incident.key, &period, &what, now);
        if queued.await? {
            tracing::info!(guild = guild.0, incident = %number, "its place is to be put away");
        }
        Ok(())
    }
}
