//! A shard that is this process's own, until when, and what is kept of it.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use ::serenity::prelude::TypeMapKey;
use chrono::{DateTime, Utc};
use poise::serenity_prelude as serenity;
use tokio::sync::watch;
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

use crate::discord::catch_up::Wanted;
use crate::discord::hearing::Hearing;
use crate::incident::GuildId;
use crate::store::Shard;

/// How long what is being said may take when the shard is given back.
const LAST_WORDS: Duration = Duration::from_secs(5);

/// A shard while this process serves it. Taken up again it is another.
#[derive(Debug)]
pub(crate) struct Served {
    pub(crate) shard: Shard,
    /// When Discord was last heard on it.
    pub(crate) hearing: Hearing,
    /// The wish that the record of its guilds be looked over.
    pub(crate) wanted: Wanted,
    /// Whether what was missed has been looked for since it is served.
    pub(crate) caught_up: AtomicBool,
    /// Until when it is ours; `None` is for as long as the process runs.
    until: watch::Sender<Option<Instant>>,
    /// It is not ours any more.
    pub(crate) over: CancellationToken,
    /// It is to be given back.
    closing: AtomicBool,
    /// Held while something is said in a guild of it.
    pub(crate) at_work: tokio::sync::RwLock<()>,
}

impl Served {
    /// `heard` is when somebody heard its guilds last.
    pub(super) fn new(shard: Shard, until: Option<Instant>, heard: Option<DateTime<Utc>>) -> Self {
        Self {
            shard,
            hearing: Hearing::new(heard),
            wanted: Wanted::default(),
            caught_up: AtomicBool::new(false),
            until: watch::Sender::new(until),
            over: CancellationToken::new(),
            closing: AtomicBool::new(false),
            at_work: tokio::sync::RwLock::default(),
        }
    }

    /// Whether it is ours at this moment. A process that was stopped for a while
    /// finds out here, before any timer of its own.
    pub(crate) fn is_ours(&self) -> bool {
        let until = *self.until.borrow();
        !self.over.is_cancelled() && until.is_none_or(|until| Instant::now() < until)
    }

    /// It is ours for longer.
    pub(super) fn prolong(&self, until: Option<Instant>) {
        self.until.send_replace(until);
    }

    /// Ends it when its time is over without having been prolonged.
    pub(super) async fn expire(&self) {
        let mut until = self.until.subscribe();
        loop {
            let end = *until.borrow_and_update();
            let ended = async {
                match end {
                    Some(end) => tokio::time::sleep_until(end).await,
                    None => std::future::pending().await,
                }
            };
            tokio::select! {
                () = self.over.cancelled() => return,
                Ok(()) = until.changed() => {}
                () = ended => {
                    tracing::warn!(
                        shard = self.shard.id,
                        "the database could not be asked for too long; another process may serve this shard now"
                    );
                    self.over.cancel();
                    return;
                }
            }
        }
    }

    pub(super) fn is_closing(&self) -> bool {
        self.closing.load(Ordering::Relaxed)
    }

    /// Ends it once nothing is being said in its guilds.
    pub(super) async fn close(&self) {
        if self.closing.swap(true, Ordering::Relaxed) {
            return;
        }
        // Whoever comes after this waits for it and finds it over.
        let _quiet = tokio::time::timeout(LAST_WORDS, self.at_work.write()).await;
        self.over.cancel();
    }
}

/// The shards that this process serves.
#[derive(Debug, Default)]
pub(crate) struct Serving(RwLock<BTreeMap<Shard, Arc<Served>>>);

impl Serving {
    /// All of them, be they about to end.
    pub(crate) fn all(&self) -> Vec<Arc<Served>> {
        let shards = self.0.read().unwrap_or_else(PoisonError::into_inner);
        shards.values().cloned().collect()
    }

    /// The one that a guild is on, where it is ours.
    pub(crate) fn of(&self, guild: GuildId) -> Option<Arc<Served>> {
        let shards = self.0.read().unwrap_or_else(PoisonError::into_inner);
        let mut fit = shards
            .values()
            .filter(|served| served.shard.has(guild) && served.is_ours());
        fit.next().cloned()
    }

    /// Those in whose guilds something may be said.
    pub(crate) fn speaking(&self) -> Vec<Shard> {
        let all = self.all().into_iter();
        let speaking = all.filter(|served| served.is_ours() && !served.is_closing());
        speaking.map(|served| served.shard).collect()
    }

    pub(super) fn get(&self, shard: Shard) -> Option<Arc<Served>> {
        let shards = self.0.read().unwrap_or_else(PoisonError::into_inner);
        shards.get(&shard).cloned()
    }

    pub(super) fn insert(&self, served: Arc<Served>) {
        let mut shards = self.0.write().unwrap_or_else(PoisonError::into_inner);
        shards.insert(served.shard, served);
    }

    pub(super) fn remove(&self, shard: Shard) -> Option<Arc<Served>> {
        let mut shards = self.0.write().unwrap_or_else(PoisonError::into_inner);
        shards.remove(&shard)
    }
}

/// Where a session keeps what it is a session of.
pub(super) struct Key;

impl TypeMapKey for Key {
    type Value = Arc<Served>;
}

/// The shard that an event came on, where it is ours still. A session that
/// hangs may tell of something long after its time.
pub(crate) async fn of(context: &serenity::Context) -> Option<Arc<Served>> {
    let data = context.data.read().await;
    let served = data.get::<Key>().filter(|served| served.is_ours());
    served.cloned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn what_is_not_prolonged_is_over() {
        let after = |ms| Some(Instant::now() + Duration::from_millis(ms));
        let served = Arc::new(Served::new(Shard::ALL, after(100), None));
        let expiring = tokio::spawn({
            let served = Arc::clone(&served);
            async move { served.expire().await }
        });
        served.prolong(after(60_000));
        tokio::time::sleep(Duration::from_millis(150)).await;
        assert!(served.is_ours(), "it was prolonged");
        served.prolong(after(50));
        expiring.await.unwrap();
        assert!(!served.is_ours() && served.over.is_cancelled());
        served.prolong(after(60_000));
        assert!(!served.is_ours(), "what is over stays so");
        // Before any timer could say so.
        let late = Served::new(Shard::ALL, Some(Instant::now()), None);
        assert!(!late.is_ours());
    }

    #[tokio::test]
    async fn what_is_being_said_is_waited_for() {
        let served = Arc::new(Served::new(Shard::ALL, None, None));
        let saying = served.at_work.read().await;
        let closing = tokio::spawn({
            let served = Arc::clone(&served);
            async move { served.close().await }
        });
        while !served.is_closing() {
            tokio::task::yield_now().await;
        }
        assert!(served.is_ours());
        drop(saying);
        closing.await.unwrap();
        assert!(!served.is_ours());
    }
}
