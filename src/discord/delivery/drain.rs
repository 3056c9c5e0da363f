//! The loop that empties the outbox.

use std::sync::Arc;
use std::time::Duration;

use chrono::TimeDelta;
use tokio::task::JoinSet;
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

use crate::discord::rest::Rest;
use crate::discord::scribe::Scribe;
use crate::discord::speaking::speaking;
use crate::incident::reminder::SaidReminder;
use crate::incident::{Actor, Command, Context, Incident, IncidentKey, Outgoing};
use crate::store::{OutboxItem, Request, StoreError, Target};

use super::at_work::{AtWork, Mark};
use super::failure::{Failure, backoff};
use super::topic::{self, Topics};
use super::{
    announcement, card, draft, ending, handover, looks_like, offer, place, publication, reminder,
    reminder_end, tell, unsay, week,
};

/// How many lanes are worked on at once.
const LANES: usize = 16;

/// How long one item may take. serenity's rate limiter can sleep inside a
/// request for ten minutes; the item then waits in the outbox instead.
const PATIENCE: Duration = Duration::from_secs(30);

/// How long a claimed item is ours: longer than it may take.
const LEASE: TimeDelta = TimeDelta::seconds(60);

/// How often the outbox is looked at when nothing tells that it changed:
/// retries come due, other processes queue.
const TICK: Duration = Duration::from_secs(1);

/// How long what was queued waits when nothing else is being said: whoever asked
/// for it has the answer first, and what comes in the same moment is shown at once.
const MOMENT: Duration = Duration::from_millis(10);

/// Says what waits in the outbox.
pub(crate) struct Delivery {
    scribe: Arc<Scribe>,
    http: Arc<Rest>,
    topics: Topics,
}

impl Delivery {
    pub(crate) fn new(scribe: Arc<Scribe>, http: Arc<Rest>) -> Self {
        let topics = Topics::default();
        Self {
            scribe,
            http,
            topics,
        }
    }

    /// Works until it is told to stop, then finishes what it is at.
    pub(crate) async fn run(self, stop: CancellationToken) {
        let worker = format!("delivery-{:08x}", rand::random::<u32>());
        let this = Arc::new(self);
        let mut changed = this.scribe.store.outbox_changed();
        let mut running = JoinSet::new();
        let at_work = AtWork::default();
        while !stop.is_cancelled() {
            // A server whose plan asks the limit anew for each row gives more than was asked for.
            let free = match this.may_ask() {
                true => LANES.saturating_sub(running.len()),
                false => 0,
            };
            changed.mark_unchanged();
            let claimed = match free {
                0 => Vec::new(),
                free => this.claim(&worker, u32::try_from(free).unwrap_or(1)).await,
            };
            for item in claimed {
                // A clock that was set forward ends the lease of what we are still at.
                let Some(mark) = at_work.mark(item.id) else {
                    continue;
                };
                let this = Arc::clone(&this);
                running.spawn(async move { this.handle(item, mark).await });
            }
            tokio::select! {
                () = stop.cancelled() => {}
                _ = changed.changed(), if free > 0 => {
                    if running.is_empty() {
                        tokio::time::sleep(MOMENT).await;
                    }
                }
                Some(ended) = running.join_next() => {
                    if let Err(error) = ended {
                        tracing::error!("a delivery broke off: {error}");
                    }
                }
                () = tokio::time::sleep(TICK) => {}
            }
        }
        let finished = async { while running.join_next().await.is_some() {} };
        if tokio::time::timeout(Duration::from_secs(5), finished)
            .await
            .is_err()
        {
            tracing::warn!(
                "stopped in the middle of a delivery; it is done again at the next start"
            );
        }
    }

    /// Whether Discord takes anything from us now.
    fn may_ask(&self) -> bool {
        !self.scribe.budget.is_spent(Instant::now()) && self.http.held().is_none()
    }

    /// What concerns the guilds that this process serves; it does all that is done for them.
    async fn claim(&self, worker: &str, most: u32) -> Vec<OutboxItem> {
        let shards = self.scribe.serving.speaking();
        match self
            .scribe
            .store
            .claim(worker, &shards, self.scribe.now(), LEASE, most)
            .await
        {
            Ok(items) => items,
            Err(error) => {
                tracing::error!("cannot read what is to be said: {error}");
                Vec::new()
            }
        }
    }

    async fn handle(&self, item: OutboxItem, mark: Mark) {
        // Where the guild is another's now, it has the claims of it, too.
        let Some(served) = self.scribe.serving.of(item.guild) else {
            return;
        };
        let _at_work = served.at_work.read().await;
        let result = tokio::select! {
            biased;
            () = served.over.cancelled() => return,
            result = tokio::time::timeout(PATIENCE, self.deliver(&item)) => result,
        };
        let result = result.unwrap_or_else(|_| Err(Failure::slow()));
        // Before the outcome is written down: from then on it may be given out again.
        drop(mark);
        if result.is_err() {
            self.scribe.budget.spend(Instant::now());
        }
        if let Err(error) = self.conclude(&item, result).await {
            tracing::error!(
                what = item.what.what(),
                "the outcome of a delivery was not written down: {error}"
            );
        }
    }

    /// Says it in the language of the guild.
    async fn deliver(&self, item: &OutboxItem) -> Result<(), Failure> {
        let settings = self.scribe.store.settings(item.guild).await?;
        speaking(settings.language, self.say(item)).await
    }

    async fn say(&self, item: &OutboxItem) -> Result<(), Failure> {
        let Some(number) = item.number else {
            return match &item.what {
                Outgoing::WeekSummary { monday } => {
                    week::deliver(&self.scribe, &self.http, item, *monday).await
                }
                _ => Ok(()),
            };
        };
        let key = IncidentKey {
            guild: item.guild,
            number,
        };
        let Some(incident) = self.scribe.store.incident(key).await? else {
            return Err(Failure::Never(format!("{number} is not in the store")));
        };
        self.deliver_of(&incident, item).await
    }

    async fn deliver_of(&self, incident: &Incident, item: &OutboxItem) -> Result<(), Failure> {
        // The guild of records without Discord has no channels.
        if item.guild.0 == 0 {
            return Ok(());
        }
        let (scribe, http) = (&*self.scribe, &*self.http);
        match &item.what {
            Outgoing::OpenPlace => place::deliver(scribe, http, incident, item).await,
            Outgoing::Archive { end } => ending::archive(scribe, http, incident, *end).await,
            Outgoing::Restore => ending::restore(scribe, http, incident).await,
            Outgoing::Card => card::deliver(scribe, http, incident, item).await,
            Outgoing::Announcement => announcement::deliver(scribe, http, incident, item).await,
            Outgoing::Topic => topic::deliver(http, &self.topics, incident).await,
            Outgoing::Tell { entry } => tell::deliver(scribe, http, incident, *entry, item).await,
            Outgoing::LooksLike => looks_like::deliver(scribe, http, incident, item).await,
            Outgoing::Handover { offer } => {
                handover::deliver(scribe, http, incident, *offer, item).await
            }
            Outgoing::Draft { through } => {
                draft::deliver(scribe, http, incident, *through, item).await
            }
            Outgoing::Unsay { redaction } => {
                unsay::deliver(scribe, http, incident, *redaction).await
            }
            Outgoing::OfferRedaction { entry } => {
                offer::deliver(scribe, http, incident, *entry, item).await
            }
            Outgoing::Reminder {
                reminder,
                ground,
                round,
            } => {
                let which = (*reminder, *ground, *round);
                reminder::deliver(scribe, http, incident, which, item).await
            }
            Outgoing::ReminderEnd {
                reminder,
                ground,
                round,
            } => {
                let said = SaidReminder {
                    reminder: *reminder,
                    ground: *ground,
                    round: *round,
                };
                reminder_end::deliver(scribe, http, incident, said).await
            }
            Outgoing::Publication { version } => {
                publication::deliver(scribe, http, incident, *version, item).await
            }
            Outgoing::WeekSummary { .. } => Ok(()),
        }
    }

    async fn conclude(
        &self,
        item: &OutboxItem,
        result: Result<(), Failure>,
    ) -> Result<(), StoreError> {
        let store = &self.scribe.store;
        let now = self.scribe.now();
        let what = item.what.what();
        let deliveries = &self.scribe.work.deliveries;
        deliveries.failed.add(result.is_err().into());
        match result {
            Ok(()) => {
                store.delivered(item.id).await?;
                let waited = (now - item.created_at).to_std();
                deliveries.took.took(waited.unwrap_or_default());
                // A state that is shown makes up for any that was not; a message for itself alone.
                if item.what.coalesces() || item.error.is_some() {
                    let what = what.to_owned();
                    self.note(item, Command::RecoverDelivery { what }).await;
                }
            }
            Err(Failure::Later {
                after,
                reason,
                tell,
            }) => {
                let after = after.unwrap_or_else(|| backoff(item.attempts));
                tracing::warn!(
                    what,
                    attempts = item.attempts,
                    "not delivered yet, again in {}s: {reason}",
                    after.num_seconds()
                );
                store.retry(item.id, now + after, &reason).await?;
                if tell {
                    self.note(
                        item,
                        Command::FailDelivery {
                            what: what.to_owned(),
                            reason,
                        },
                    )
                    .await;
                }
            }
            Err(Failure::Never(reason)) => {
                tracing::error!(
                    what,
                    attempts = item.attempts,
                    "cannot be delivered: {reason}"
                );
                store.give_up(item.id, now, &reason).await?;
                self.note(
                    item,
                    Command::FailDelivery {
                        what: what.to_owned(),
                        reason,
                    },
                )
                .await;
            }
        }
        Ok(())
    }

    /// Writes into the incident's log how a delivery went; the rules leave out what is no news.
    async fn note(&self, item: &OutboxItem, command: Command) {
        let Some(number) = item.number else {
            return;
        };
        let request = Request {
            guild: item.guild,
            target: Target::Incident(number),
            command,
            context: Context {
                actor: Actor::Scribe,
                now: self.scribe.now(),
                origin: None,
            },
            once: None,
            quiet: false,
        };
        if let Err(error) = self.scribe.submit(request).await {
            tracing::error!(incident = %number, "the outcome of a delivery is not in the log: {error}");
        }
    }
}
