//! The one place that reads the machine's clock.

use chrono::{DateTime, Utc};

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
