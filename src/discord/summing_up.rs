//! Writing a weekly summary from the store.

use anyhow::Context as _;
use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;

use crate::incident::{GuildId, GuildSettings};
use crate::report::week::{self, Week, WeekRefusal};
use crate::store::IncidentFilter;

use super::scribe::Scribe;

/// The name of the file a summary is posted as.
pub(crate) const FILE_NAME: &str = "summary.md";

/// A summary, written.
pub(crate) struct Written {
    /// In a message, 2,000 characters at most.
    pub(crate) message: String,
    /// At length, as Markdown.
    pub(crate) markdown: String,
}

/// The week that somebody typed: `2026-W29`, `last` or `this`.
///
/// # Errors
/// It is no week.
pub(crate) fn week(typed: &str, now: DateTime<Utc>, zone: Tz) -> Result<Week, WeekRefusal> {
    Week::parse(typed, now, zone)
}

/// The week that begins on that Monday.
pub(crate) fn week_of(monday: NaiveDate) -> Week {
    Week::containing(monday)
}

/// The summary of a week. Private incidents are left out: whoever reads it may not know of them.
///
/// # Errors
/// The incidents cannot be read.
pub(crate) async fn summary(
    scribe: &Scribe,
    guild: GuildId,
    settings: &GuildSettings,
    week: Week,
    now: DateTime<Utc>,
) -> anyhow::Result<Written> {
    let filter = IncidentFilter::default();
    let incidents = scribe
        .store
        .incidents(guild, &filter)
        .await
        .context("read the incidents")?;
    let summary = week::summary(week, settings.zone, &incidents, now);
    Ok(Written {
        message: week::message(&summary),
        markdown: week::markdown(&summary).context("fill the template")?,
    })
}
