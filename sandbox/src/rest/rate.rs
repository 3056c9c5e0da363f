//! Rate limits: a bucket per route and channel, one over all, and the rule on names and topics.

use std::collections::{HashMap, VecDeque};
use std::time::{Duration, Instant};

use super::error::ApiError;
use crate::options::RateLimits;
use crate::snowflake::Snowflake;

/// How often a channel's name or topic may change ...
const RENAMES: usize = 2;
/// ... in how long.
const RENAME_WINDOW: Duration = Duration::from_secs(600);
/// Requests a second over all routes.
const GLOBAL: usize = 50;

/// What the headers of an answer say of its bucket.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct BucketState {
    pub(crate) name: String,
    pub(crate) limit: usize,
    pub(crate) remaining: usize,
    pub(crate) reset_after: Duration,
}

/// A refusal by a limit.
#[derive(Clone, Debug)]
pub(crate) struct Limited {
    pub(crate) bucket: Option<BucketState>,
    pub(crate) retry_after: Duration,
}

#[derive(Debug)]
struct Bucket {
    opened: Instant,
    used: usize,
}

/// All counters.
#[derive(Debug)]
pub(crate) struct Buckets {
    enforced: RateLimits,
    buckets: HashMap<String, Bucket>,
    global: VecDeque<Instant>,
    renames: HashMap<Snowflake, VecDeque<Instant>>,
}

impl Buckets {
    pub(crate) fn new(enforced: RateLimits) -> Self {
        Self {
            enforced,
            buckets: HashMap::new(),
            global: VecDeque::new(),
            renames: HashMap::new(),
        }
    }

    /// Counts a request. Answers to interactions have no limit.
    pub(crate) fn count(
        &mut self,
        method: &str,
        path: &[&str],
    ) -> Result<Option<BucketState>, Limited> {
        if matches!(path, ["interactions", ..]) {
            return Ok(None);
        }
        let now = Instant::now();
        if self.enforced == RateLimits::Full {
            let second = Duration::from_secs(1);
            while self.global.front().is_some_and(|at| now - *at > second) {
                self.global.pop_front();
            }
            if let Some(first) = self.global.front().filter(|_| self.global.len() >= GLOBAL) {
                return Err(Limited {
                    bucket: None,
                    retry_after: second.saturating_sub(now - *first),
                });
            }
            self.global.push_back(now);
        }
        let (limit, window) = allowance(method, path);
        let name = bucket_name(method, path);
        let bucket = self.buckets.entry(name.clone()).or_insert(Bucket {
            opened: now,
            used: 0,
        });
        if now - bucket.opened >= window {
            *bucket = Bucket {
                opened: now,
                used: 0,
            };
        }
        let reset_after = window.saturating_sub(now - bucket.opened);
        let full = bucket.used >= limit;
        if !full {
            bucket.used += 1;
        }
        let state = BucketState {
            name,
            limit,
            remaining: limit - bucket.used,
            reset_after,
        };
        if full && self.enforced == RateLimits::Full {
            return Err(Limited {
                bucket: Some(state),
                retry_after: reset_after,
            });
        }
        Ok(Some(state))
    }

    /// Counts a change of a channel's name or topic.
    pub(crate) fn rename(&mut self, channel: Snowflake) -> Result<(), ApiError> {
        if self.enforced == RateLimits::Off {
            return Ok(());
        }
        let now = Instant::now();
        let changes = self.renames.entry(channel).or_default();
        while changes.front().is_some_and(|at| now - *at > RENAME_WINDOW) {
            changes.pop_front();
        }
        if let Some(first) = changes.front().filter(|_| changes.len() >= RENAMES) {
            let wait = RENAME_WINDOW.saturating_sub(now - *first);
            return Err(ApiError::rate_limited(wait.as_secs_f64()));
        }
        changes.push_back(now);
        Ok(())
    }
}

/// Requests per window, as Discord's headers have been seen to say (it documents none of these numbers).
fn allowance(method: &str, path: &[&str]) -> (usize, Duration) {
    let seconds = Duration::from_secs;
    match (method, path) {
        ("POST", ["channels", _, "messages"]) => (5, seconds(5)),
        ("PATCH", ["channels", _, "messages", _]) => (5, seconds(5)),
        ("DELETE", ["channels", _, "messages", _]) => (5, seconds(1)),
        ("PUT" | "DELETE", ["channels", _, "messages", _, "reactions", ..]) => {
            (1, Duration::from_millis(250))
        }
        ("PATCH", ["channels", _]) => (10, seconds(15)),
        ("POST", ["webhooks", ..]) => (5, seconds(2)),
        _ => (50, seconds(1)),
    }
}

/// The route with its ids taken out, but for the one that matters.
fn bucket_name(method: &str, path: &[&str]) -> String {
    let mut name = method.to_lowercase();
    for (n, step) in path.iter().enumerate() {
        name.push('-');
        let is_id = step.chars().all(|c| c.is_ascii_digit());
        name.push_str(if is_id && n != 1 { "id" } else { step });
        if *step == "reactions" {
            break;
        }
    }
    name
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_third_rename_in_ten_minutes_has_to_wait() {
        let mut buckets = Buckets::new(RateLimits::NamesAndTopics);
        let channel = Snowflake(1);
        assert!(buckets.rename(channel).is_ok());
        assert!(buckets.rename(channel).is_ok());
        let refusal = buckets.rename(channel).unwrap_err();
        assert!(
            refusal
                .retry_after
                .is_some_and(|s| (590.0..=600.0).contains(&s))
        );
        assert!(buckets.rename(Snowflake(2)).is_ok());
    }

    #[test]
    fn a_bucket_is_per_channel_and_refuses_when_it_is_enforced() {
        let mut buckets = Buckets::new(RateLimits::Full);
        for _ in 0..5 {
            assert!(
                buckets
                    .count("POST", &["channels", "1", "messages"])
                    .is_ok()
            );
        }
        assert!(
            buckets
                .count("POST", &["channels", "1", "messages"])
                .is_err()
        );
        assert!(
            buckets
                .count("POST", &["channels", "2", "messages"])
                .is_ok()
        );
    }
}
