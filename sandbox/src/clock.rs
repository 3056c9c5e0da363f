//! What time it is: the one place that reads the machine's clock.

use std::fmt;
use std::sync::Arc;

use chrono::{DateTime, Utc};

/// What time it is in a sandbox. The default is the machine's clock; a story that takes a night is told in a second with
/// one that is put forward.
#[derive(Clone)]
pub struct Clock(Arc<dyn Fn() -> DateTime<Utc> + Send + Sync>);

impl Clock {
    /// A clock that asks `now`, whose answers must not go back.
    pub fn new(now: impl Fn() -> DateTime<Utc> + Send + Sync + 'static) -> Self {
        Self(Arc::new(now))
    }

    /// The present moment there, in UTC.
    pub(crate) fn now(&self) -> DateTime<Utc> {
        (self.0)()
    }
}

impl Default for Clock {
    fn default() -> Self {
        Self::new(now)
    }
}

impl fmt::Debug for Clock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Clock")
    }
}

/// The present moment, in UTC.
#[expect(
    clippy::disallowed_methods,
    reason = "Discord stamps ids and messages with its own clock; in the sandbox this is that clock"
)]
pub(crate) fn now() -> DateTime<Utc> {
    Utc::now()
}

/// Discord's way to write a moment: RFC 3339 with microseconds and a zero offset.
pub(crate) fn stamp(at: DateTime<Utc>) -> String {
    at.format("%Y-%m-%dT%H:%M:%S%.6f+00:00").to_string()
}
