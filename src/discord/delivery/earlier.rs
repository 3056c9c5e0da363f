//! Whether an earlier try got through after all: Discord posted the message and
//! its answer was lost, or Scribe died before it wrote down where it is.

use chrono::TimeDelta;
use poise::serenity_prelude as serenity;
use serde_json::Value;
use serenity::CreateMessage;

use crate::discord::ids;
use crate::discord::rest::{Rest, RestError};
use crate::discord::scribe::Scribe;
use crate::incident::{ChannelId, IncidentKey, MessageId, MessageRef, UserId};
use crate::store::OutboxItem;

use super::failure::{Failure, answer};

/// How many pages of a hundred messages are looked through.
const PAGES: usize = 5;

/// How much Discord's clock may be behind ours.
const SKEW: TimeDelta = TimeDelta::minutes(1);

/// The message of an earlier try, if there is one that nothing else is known by.
pub(super) async fn posted(
    scribe: &Scribe,
    http: &Rest,
    channel: ChannelId,
    message: &CreateMessage,
    item: &OutboxItem,
) -> Result<Option<MessageRef>, Failure> {
    let wanted = serde_json::to_value(message).map(|json| marks(&json));
    let wanted = wanted.map_err(|error| Failure::Never(error.to_string()))?;
    let taken: Vec<MessageRef> = match item.number {
        Some(number) => {
            let guild = item.guild;
            let posts = scribe.store.posts(IncidentKey { guild, number }).await?;
            posts.into_values().collect()
        }
        None => Vec::new(),
    };
    let mut after = ids::first_id(item.created_at - SKEW);
    for _ in 0..PAGES {
        let page = match page(http, channel, after).await {
            Ok(page) => page,
            // Without the history the nonce is all there is.
            Err(error) if answer(&error).is_some_and(|(status, _, _)| status.as_u16() == 403) => {
                return Ok(None);
            }
            Err(error) => return Err(error.into()),
        };
        for json in &page {
            let id = |value: &Value| value.as_str().and_then(|id| id.parse().ok());
            let (Some(own), Some(author)) = (id(&json["id"]), id(&json["author"]["id"])) else {
                continue;
            };
            after = after.max(own);
            let place = MessageRef {
                channel,
                message: MessageId(own),
            };
            let ours = scribe.is_me(UserId(author)) && !taken.contains(&place);
            if ours && marks(json) == wanted {
                return Ok(Some(place));
            }
        }
        if page.len() < 100 {
            break;
        }
    }
    Ok(None)
}

async fn page(http: &Rest, channel: ChannelId, after: u64) -> Result<Vec<Value>, RestError> {
    let route = serenity::Route::ChannelMessages {
        channel_id: serenity::ChannelId::new(channel.0),
    };
    let params = vec![("limit", "100".to_owned()), ("after", after.to_string())];
    let request = serenity::Request::new(route, serenity::LightMethod::Get).params(Some(params));
    http.fire(request).await
}

/// What tells one of our messages from the others, and stays the same if what
/// it shows changes between two tries: its text, of an embed the incident's
/// number and its foot.
fn marks(json: &Value) -> (String, String, String) {
    let text = |value: &Value| value.as_str().unwrap_or("").trim().to_owned();
    let embed = &json["embeds"][0];
    let title = text(&embed["title"]);
    let number = title.split(' ').next().unwrap_or("").to_owned();
    (
        text(&json["content"]),
        number,
        text(&embed["footer"]["text"]),
    )
}
