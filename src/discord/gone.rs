//! Messages that were deleted before they were in the record. Events overtake
//! each other, and a busy disk may keep a message waiting for longer than its
//! author let it stand.

use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};

use chrono::{DateTime, Utc};

use crate::incident::MessageId;

/// How many are remembered. What Scribe itself posted is among them and is never recorded.
const MOST: usize = 10_000;

/// What is known to be deleted and was not in the record then.
#[derive(Debug, Default)]
pub(crate) struct Gone(Mutex<VecDeque<(MessageId, DateTime<Utc>)>>);

impl Gone {
    /// A message was deleted then (UTC). To be told before one looks whether it is
    /// in the record, so that either sees the other.
    pub(crate) fn note(&self, message: MessageId, at: DateTime<Utc>) {
        let mut gone = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if gone.len() == MOST {
            gone.pop_front();
        }
        gone.push_back((message, at));
    }

    /// When it was deleted (UTC), if it was. Whoever asks has to record it.
    pub(crate) fn take(&self, message: MessageId) -> Option<DateTime<Utc>> {
        let mut gone = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let place = gone.iter().rposition(|(one, _)| *one == message)?;
        gone.remove(place).map(|(_, at)| at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_oldest_are_forgotten() {
        let gone = Gone::default();
        let at = DateTime::UNIX_EPOCH;
        for id in 0..=MOST as u64 {
            gone.note(MessageId(id), at);
        }
        assert_eq!(gone.take(MessageId(0)), None);
        assert_eq!(gone.take(MessageId(1)), Some(at));
        assert_eq!(gone.take(MessageId(1)), None, "taken is taken");
    }
}
