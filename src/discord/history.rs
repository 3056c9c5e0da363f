//! What was said in a channel in a span of time, as Discord has it now.

use chrono::{DateTime, Utc};
use poise::serenity_prelude as serenity;

use crate::incident::{ChannelId, MessageId};

use super::catch_up::{PAGE, messages};
use super::ids;
use super::reading::RawMessage;

/// The most messages that are taken over at once: fifty requests, which
/// Discord's limits let through in about a minute.
pub(crate) const MOST: usize = 5_000;

/// The messages of a channel from one moment to another, both included, oldest
/// first; `None` where they are more than [`MOST`].
///
/// # Errors
/// Discord fails, or gives what cannot be read.
pub(crate) async fn between(
    http: &serenity::Http,
    channel: ChannelId,
    since: DateTime<Utc>,
    until: DateTime<Utc>,
) -> anyhow::Result<Option<Vec<RawMessage>>> {
    let mut all = Vec::new();
    let mut after = MessageId(ids::first_id(since).saturating_sub(1));
    loop {
        let mut page = messages(http, channel, ("after", after.0)).await?;
        page.sort_by_key(|message| message.id);
        let full = page.len() >= PAGE;
        if let Some(last) = page.last() {
            after = last.id;
        }
        let inside = page.len();
        page.retain(|message| ids::created_at(message.id.0) <= until);
        let past_the_end = page.len() < inside;
        all.append(&mut page);
        if all.len() > MOST {
            return Ok(None);
        }
        if !full || past_the_end {
            return Ok(Some(all));
        }
    }
}
