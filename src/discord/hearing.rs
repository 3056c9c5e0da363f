//! When Discord was last heard, and since when it was not: where an absence
//! begins. Heartbeats that Discord acknowledges are what counts; events reach us
//! in any order and could hide the end of an absence from its beginning.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};

use crate::store::StoreError;

use super::scribe::Scribe;
use super::shards::Served;

/// How far the clock may go back without a word: what it is corrected by all the time.
const SET_BACK: TimeDelta = TimeDelta::minutes(1);

/// How long it may take to write it down; the next time it is written anew.
const PATIENCE: Duration = Duration::from_secs(2);

/// What is known of it.
#[derive(Debug)]
pub(crate) struct Hearing(Mutex<Heard>);

#[derive(Debug, Default)]
struct Heard {
    last: Option<DateTime<Utc>>,
    /// Since when something may be missing that nobody has fetched yet.
    missing_since: Option<DateTime<Utc>>,
    /// Whether an absence is not in the log yet. Until it is, its beginning
    /// stays what the next process would learn.
    untold: bool,
}

impl Hearing {
    /// `last` is when somebody before heard Discord.
    pub(super) fn new(last: Option<DateTime<Utc>>) -> Self {
        let heard = Heard {
            last,
            ..Heard::default()
        };
        Self(Mutex::new(heard))
    }

    fn set(&self, change: impl FnOnce(&mut Heard)) {
        change(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner));
    }

    /// Since when something may be missing; from now on that is somebody's to tell.
    pub(crate) fn take_missing(&self) -> Option<DateTime<Utc>> {
        let mut heard = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        heard.missing_since.take()
    }
}

impl Scribe {
    /// Discord was heard now on a shard.
    pub(crate) async fn hear(&self, served: &Served) {
        let now = self.now();
        let mut untold = false;
        served.hearing.set(|heard| {
            if heard.last.is_some_and(|last| now < last - SET_BACK) {
                tracing::warn!("the clock was set back to {now}; the logs keep their order");
            }
            heard.last = Some(now);
            untold = heard.untold;
        });
        if untold {
            return;
        }
        let heard = self.store.hear(self.member(), served.shard, now);
        let heard = match tokio::time::timeout(PATIENCE, heard).await {
            Ok(heard) => heard,
            Err(_) => Err(StoreError::Overdue),
        };
        if let Err(error) = heard {
            tracing::error!("that Discord was heard is not written down: {error}");
        }
    }

    /// A new session began: what came since Discord was last heard is missing.
    pub(crate) async fn hear_again(&self, served: &Served) {
        served.hearing.set(|heard| {
            heard.missing_since = heard.missing_since.or(heard.last);
            heard.untold |= heard.last.is_some();
        });
        self.hear(served).await;
    }

    /// The absence is in the logs of the incidents that it concerns.
    pub(crate) async fn absence_is_told(&self, served: &Served) {
        let mut nothing_more = false;
        served.hearing.set(|heard| {
            nothing_more = heard.missing_since.is_none();
            heard.untold = !nothing_more;
        });
        if nothing_more && self.vitals.is_up(served.shard) {
            self.hear(served).await;
        }
    }
}
