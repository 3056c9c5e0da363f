//! Writing a review from the store.

use anyhow::Context as _;
use chrono::{DateTime, Utc};
use poise::serenity_prelude as serenity;

use crate::incident::{GuildId, GuildSettings};
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
    Ok(Written {
        message: week::message(&review),
        files: picture.into_iter().chain([file]).collect(),
    })
}
