//! What was said in a channel in a span of time, as Discord has it now.

use crate::incident::{ChannelId, MessageId};
use chrono::{DateTime, Utc};

use super::catch_up::Page;
use super::ids;
use super::reading::RawMessage;
use super::rest::{Rest, RestError};

/// The most messages that are taken over at once: fifty requests, which
/// Discord's limits let through in about a minute.
pub(crate) const MOST: usize = 5_000;

/// The messages of a channel from one moment to another, both included, oldest
/// first; `None` where they are more than [`MOST`].
///
/// # Errors
/// Discord fails or refuses.
pub(crate) async fn between(
    http: &Rest,
    channel: ChannelId,
    since: DateTime<Utc>,
    until: DateTime<Utc>,
) -> Result<Option<Vec<RawMessage>>, RestError> {
    let mut all = Vec::new();
    let mut after = MessageId(ids::first_id(since).saturating_sub(1));
    loop {
        let page = Page::fetch(http, channel, ("after", after)).await?;
        let last = page.last().unwrap_or(after);
        let inside = |message: &RawMessage| ids::created_at(message.id.0) <= until;
        all.extend(page.messages.into_iter().filter(inside));
        if all.len() > MOST {
            return Ok(None);
        }
        if !page.full || ids::created_at(last.0) > until {
            return Ok(Some(all));
        }
        after = last;
    }
}
