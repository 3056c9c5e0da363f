//! The one place where the time of day is read. Everything else is told.

use chrono::{DateTime, SubsecRound, Utc};

/// Now (UTC), to the microsecond, which is what both databases keep.
#[must_use]
#[expect(
    clippy::disallowed_methods,
    reason = "this is the one file that reads the clock"
)]
pub fn now() -> DateTime<Utc> {
    Utc::now().trunc_subsecs(6)
}
