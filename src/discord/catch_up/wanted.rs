//! Why the record is to be looked over, until somebody does.

use std::collections::BTreeSet;
use std::sync::{Mutex, PoisonError};

use tokio::sync::Notify;

use crate::incident::ChannelId;

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
    /// Where something was heard and could not be recorded.
    missed: Mutex<BTreeSet<ChannelId>>,
    said: Notify,
}

impl Wanted {
    /// Wishes for a look.
    pub(crate) fn want(&self, cause: Cause) {
        let mut wanted = self.cause.lock().unwrap_or_else(PoisonError::into_inner);
        *wanted = (*wanted).max(Some(cause));
        self.said.notify_one();
    }

    /// Something in a channel was heard and could not be recorded: the channel is
    /// to be looked over, whether people still work on its incident or not.
    pub(crate) fn missed(&self, channel: ChannelId) {
        self.still_missed(channel);
        self.want(Cause::Resumed);
    }

    /// The same, where it could not be looked over just now.
    pub(super) fn still_missed(&self, channel: ChannelId) {
        let mut missed = self.missed.lock().unwrap_or_else(PoisonError::into_inner);
        missed.insert(channel);
    }

    /// Where something was missed; whoever gets it looks it over.
    pub(super) fn take_missed(&self) -> BTreeSet<ChannelId> {
        std::mem::take(&mut *self.missed.lock().unwrap_or_else(PoisonError::into_inner))
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
