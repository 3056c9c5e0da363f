//! Reminders: what is owed and due is queued, each time once, whoever looks
//! and whatever stops in between.

use std::collections::BTreeMap;
use std::time::Duration;

use chrono::{DateTime, Utc};
use tokio_util::sync::CancellationToken;

use crate::clock::Clock;
use crate::incident::reminder::{self, Due, SaidReminder};
use crate::incident::{GuildId, GuildSettings, Incident, IncidentKey, Outgoing};
use crate::store::{Store, StoreError};

/// How often it is looked whether a reminder is due.
const LOOK: Duration = Duration::from_secs(15);

/// The job's name in the store.
const JOB: &str = "reminder";

/// The name of what is done once its reason is gone.
const END: &str = "reminder_end";

/// Queues reminders.
pub struct Reminders {
    store: Store,
    clock: Clock,
}

impl Reminders {
    /// For all guilds of a store.
    #[must_use]
    pub fn new(store: Store, clock: Clock) -> Self {
        Self { store, clock }
    }

    /// Works until it is told to stop.
    pub async fn run(self, stop: CancellationToken) {
        loop {
            if let Err(error) = self.look((self.clock)()).await {
                tracing::error!("cannot look whether a reminder is due: {error}");
            }
            tokio::select! {
                () = stop.cancelled() => return,
                () = tokio::time::sleep(LOOK) => {}
            }
        }
    }

    /// Queues what is due now and was not queued before.
    ///
    /// # Errors
    /// The store fails; what was due is due again.
    pub async fn look(&self, now: DateTime<Utc>) -> Result<(), StoreError> {
        let mut settings: BTreeMap<GuildId, GuildSettings> = BTreeMap::new();
        for incident in self.store.owing(now - reminder::LOOK_BACK).await? {
            let guild = incident.key.guild;
            if let std::collections::btree_map::Entry::Vacant(place) = settings.entry(guild) {
                place.insert(self.store.settings(guild).await?);
            }
            for due in reminder::due(&incident, &settings[&guild], now) {
                self.queue(&incident, &due, now).await?;
            }
        }
        self.look_back(&mut settings, now).await
    }

    /// Queues what becomes of reminders that stand in channels and whose reason is gone.
    async fn look_back(
        &self,
        settings: &mut BTreeMap<GuildId, GuildSettings>,
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        for (key, standing) in self.store.standing_reminders().await? {
            let Some(incident) = self.store.incident(key).await? else {
                continue;
            };
            if let std::collections::btree_map::Entry::Vacant(place) = settings.entry(key.guild) {
                place.insert(self.store.settings(key.guild).await?);
            }
            let said = standing.iter().filter_map(|key| SaidReminder::of_key(key));
            for said in said {
                if reminder::ended(&incident, &settings[&key.guild], &said, now).is_some() {
                    self.queue_end(key, said, now).await?;
                }
            }
        }
        Ok(())
    }

    async fn queue_end(
        &self,
        key: IncidentKey,
        said: SaidReminder,
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let period = format!("{}:{}", key.number.0, said.key());
        if self.store.is_period_done(END, key.guild, &period).await? {
            return Ok(());
        }
        let what = Outgoing::from(said);
        self.store
            .queue_once_of(END, key, &period, &what, now)
            .await?;
        Ok(())
    }

    async fn queue(
        &self,
        incident: &Incident,
        due: &Due,
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let (guild, number) = (incident.key.guild, incident.key.number);
        let period = format!("{}:{}", number.0, due.key());
        if self.store.is_period_done(JOB, guild, &period).await? {
            return Ok(());
        }
        let what = Outgoing::from(due);
        let queued = self
            .store
            .queue_once_of(JOB, incident.key, &period, &what, now);
        if queued.await? {
            tracing::info!(guild = guild.0, incident = %number, period, "a reminder is queued");
        }
        Ok(())
    }
}
