//! When Discord was last heard, and since when it was not: where an absence
//! begins. Heartbeats that Discord acknowledges are what counts; events reach us
//! in any order and could hide the end of an absence from its beginning.

use std::sync::{Mutex, PoisonError};

use chrono::{DateTime, Utc};

use super::scribe::Scribe;

/// What is known of it.
#[derive(Debug, Default)]
pub(crate) struct Hearing(Mutex<Heard>);

#[derive(Debug, Default)]
struct Heard {
    last: Option<DateTime<Utc>>,
    /// Since when something may be missing that nobody has fetched yet.
    missing_since: Option<DateTime<Utc>>,
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
        self.hearing.set(|heard| heard.last = Some(now));
        if let Err(error) = self.store.hear(now).await {
            tracing::error!("that Discord was heard is not written down: {error}");
        }
    }

    /// A new session began: what came since Discord was last heard is missing.
    pub(crate) async fn hear_again(&self) {
        self.hearing
            .set(|heard| heard.missing_since = heard.missing_since.or(heard.last));
        self.hear().await;
    }
}
