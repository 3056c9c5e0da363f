//! Why the record is to be looked over, until somebody does.

use std::sync::{Mutex, PoisonError};

use tokio::sync::Notify;

/// Why the record is looked over. The later says more.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Cause {
    /// Something may have been missed: the session was resumed, a channel is
    /// new, or it is time.
    Resumed,
    /// A new session: what was missed is told as an absence.
    Started,
}

/// The wish that the record be looked over. However often it is said, one look
/// after it is enough.
#[derive(Debug, Default)]
pub(crate) struct Wanted {
    cause: Mutex<Option<Cause>>,
    said: Notify,
}

impl Wanted {
    /// Wishes for a look.
    pub(crate) fn want(&self, cause: Cause) {
        let mut wanted = self.cause.lock().unwrap_or_else(PoisonError::into_inner);
        *wanted = (*wanted).max(Some(cause));
        self.said.notify_one();
    }

    /// Waits for a wish; it is fulfilled by whoever gets it.
    pub(super) async fn next(&self) -> Cause {
        loop {
            let cause = self
                .cause
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .take();
            match cause {
                Some(cause) => return cause,
                None => self.said.notified().await,
            }
        }
    }
}
