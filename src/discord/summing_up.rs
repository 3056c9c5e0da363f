//! Writing a review from the store.

use std::collections::BTreeSet;

use anyhow::Context as _;
use chrono::{DateTime, NaiveDate, Utc};
use poise::serenity_prelude as serenity;

use crate::incident::{GuildId, GuildSettings, IncidentNumber};
use crate::report::picture;
use crate::report::week::{self, Period, ReviewInput};

use super::drafting;
use super::scribe::Scribe;

/// The name of the file with the whole review.
const FILE_NAME: &str = "summary.html";

/// The name of the picture beside it.
const PICTURE_NAME: &str = "summary.png";

/// A review, written.
pub(crate) struct Written {
    /// In a message, 2,000 characters at most.
    pub(crate) message: String,
    /// The whole as a page, and the picture where it could be drawn.
    pub(crate) files: Vec<serenity::CreateAttachment>,
    /// The incidents it names.
    pub(crate) named: BTreeSet<IncidentNumber>,
}

/// What the name begins with under which a weekly review is remembered for each incident it names.
const WEEK: &str = "week:";

/// The name under which the review of the week that began on a Monday is remembered.
pub(crate) fn week_name(monday: NaiveDate) -> String {
    format!("{WEEK}{monday}")
}

/// The Monday of the week whose review a message of Scribe's is.
pub(crate) fn monday_of(name: &str) -> Option<NaiveDate> {
    name.strip_prefix(WEEK)?.parse().ok()
}

/// The review of some days, as everybody in the guild may read it.
///
/// # Errors
/// The record cannot be read, or the template cannot be filled.
pub(crate) async fn summary(
    scribe: &Scribe,
    guild: GuildId,
    settings: &GuildSettings,
    period: Period,
    now: DateTime<Utc>,
) -> anyhow::Result<Written> {
    let (reach, since) = (period.reach(settings.zone), period.start(settings.zone));
    let reviewed = scribe.store.reviewed(guild, reach, since, settings);
    let reviewed = reviewed.await.context("read the incidents")?;
    let review = week::review(&ReviewInput {
        period,
        settings,
        incidents: &reviewed.incidents,
        news: &reviewed.news,
        now,
    });
    let html = week::html(&review).context("fill the template")?;
    let picture = drafting::picture(picture::week(&review)).await;
    let picture = picture.map(|png| serenity::CreateAttachment::bytes(png, PICTURE_NAME));
    let file = serenity::CreateAttachment::bytes(html, FILE_NAME);
    let all = reviewed.incidents.iter().map(|one| one.key.number);
    let named = all.filter(|number| review.names(*number)).collect();
    Ok(Written {
        named,
        message: week::message(&review),
        files: picture.into_iter().chain([file]).collect(),
    })
}
