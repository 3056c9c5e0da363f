//! How many requests may fail. Discord shuts out an address that sends 10,000
//! refused ones (401, 403, 429) within ten minutes:
//! <https://discord.com/developers/docs/topics/rate-limits#invalid-request-limit-aka-cloudflare-bans>

use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use tokio::time::Instant;

/// Discord counts in windows of ten minutes.
const WINDOW: Duration = Duration::from_secs(10 * 60);

/// How many may fail in a window: a fifth of what Discord takes, because other
/// programs of this address count too, and some of what is refused serenity
/// tries again without a word.
const MOST: usize = 2_000;

/// Counts what failed, for whatever reason: why is not always told. What can
/// wait (delivery, catching up, looking at a message again) waits once it is
/// spent; answers to people go on, which are one to each thing they do.
#[derive(Debug, Default)]
pub(crate) struct Budget(Mutex<VecDeque<Instant>>);

impl Budget {
    /// Notes that a request failed.
    pub(crate) fn spend(&self, now: Instant) {
        let mut failed = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        forget_old(&mut failed, now);
        if failed.len() == MOST {
            return;
        }
        failed.push_back(now);
        if failed.len() == MOST {
            tracing::error!(
                "{MOST} requests failed within ten minutes; nothing is delivered or fetched \
                 until the first of them are ten minutes old"
            );
        }
    }

    /// Whether too many failed for another that can wait.
    pub(crate) fn is_spent(&self, now: Instant) -> bool {
        let mut failed = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        forget_old(&mut failed, now);
        failed.len() >= MOST
    }
}

fn forget_old(failed: &mut VecDeque<Instant>, now: Instant) {
    while failed
        .front()
        .is_some_and(|at| now.duration_since(*at) > WINDOW)
    {
        failed.pop_front();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_spent_by_failures_and_comes_back_with_time() {
        let budget = Budget::default();
        let start = Instant::now();
        for _ in 0..MOST - 1 {
            budget.spend(start);
        }
        assert!(!budget.is_spent(start));
        let later = start + WINDOW / 2;
        for _ in 0..2 * MOST {
            budget.spend(later);
        }
        assert!(budget.is_spent(later));
        let over = start + WINDOW + Duration::from_secs(1);
        assert!(!budget.is_spent(over), "the first are forgotten");
        budget.spend(over);
        assert!(!budget.is_spent(over), "what was not sent does not count");
    }
}
