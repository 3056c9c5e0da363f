//! When Discord was last heard, and since when it was not: where an absence
//! begins. Heartbeats that Discord acknowledges are what counts; events reach us
//! in any order and could hide the end of an absence from its beginning.

use std::sync::{Mutex, PoisonError};

use chrono::{DateTime, TimeDelta, Utc};

use super::scribe::Scribe;

/// How far the clock may go back without a word: what it is corrected by all the time.
const SET_BACK: TimeDelta = TimeDelta::minutes(1);

/// What is known of it.
#[derive(Debug, Default)]
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
    /// Learns when a process before this one heard Discord last.
    pub(crate) async fn remember_hearing(&self) -> Result<(), crate::store::StoreError> {
        let last = self.store.last_heard().await?;
        self.hearing.set(|heard| heard.last = last);
        Ok(())
    }

    /// Discord was heard now.
    pub(crate) async fn hear(&self) {
        let now = self.now();
        let mut untold = false;
        self.hearing.set(|heard| {
            if heard.last.is_some_and(|last| now < last - SET_BACK) {
                tracing::warn!("the clock was set back to {now}; the logs keep their order");
            }
            heard.last = Some(now);
            untold = heard.untold;
        });
        if untold {
            return;
        }
        if let Err(error) = self.store.hear(now).await {
            tracing::error!("that Discord was heard is not written down: {error}");
        }
    }

    /// A new session began: what came since Discord was last heard is missing.
    pub(crate) async fn hear_again(&self) {
        self.hearing.set(|heard| {
            heard.missing_since = heard.missing_since.or(heard.last);
            heard.untold |= heard.last.is_some();
        });
        self.hear().await;
    }

    /// The absence is in the logs of the incidents that it concerns.
    pub(crate) async fn absence_is_told(&self) {
        let mut nothing_more = false;
        self.hearing.set(|heard| {
            nothing_more = heard.missing_since.is_none();
            heard.untold = !nothing_more;
        });
        if nothing_more && self.vitals.is_connected() {
            self.hear().await;
        }
    }
}
