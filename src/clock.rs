//! The one place where the time of day is read. Everything else is told.

use std::sync::Arc;

use chrono::{DateTime, SubsecRound, Utc};

/// Whoever works on their own asks one of these what time it is; a test and the
/// demo bring their own.
pub type Clock = Arc<dyn Fn() -> DateTime<Utc> + Send + Sync>;

/// Now (UTC), to the microsecond, which is what both databases keep.
#[must_use]
#[expect(
    clippy::disallowed_methods,
    reason = "this is the one file that reads the clock"
)]
pub fn now() -> DateTime<Utc> {
    Utc::now().trunc_subsecs(6)
}
