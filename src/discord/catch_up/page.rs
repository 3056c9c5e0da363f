//! A page of a channel's messages, as Discord has it now.

use std::time::Duration;

use poise::serenity_prelude as serenity;
use serde_json::Value;
use serenity::{LightMethod, Request, Route};

use crate::discord::reading::RawMessage;
use crate::discord::rest::{Rest, RestError};
use crate::incident::{ChannelId, MessageId};

/// The most messages Discord gives at once.
const MOST: usize = 100;

/// How long it is worth to wait for a page where Discord says how long.
const WORTH_WAITING: Duration = Duration::from_secs(60);

/// How often a page is asked for where Discord asks to wait.
const TRIES: usize = 4;

/// A page, oldest first.
pub(crate) struct Page {
    pub(crate) messages: Vec<RawMessage>,
    pub(crate) unreadable: Vec<Unreadable>,
    /// The ids of both kinds, sorted.
    ids: Vec<MessageId>,
    /// Whether there may be more.
    pub(crate) full: bool,
}

/// A message in a form that is not understood.
pub(crate) struct Unreadable {
    pub(crate) id: MessageId,
    pub(crate) author: Option<String>,
}

impl Page {
    /// The messages `after` or `before` an id.
    ///
    /// # Errors
    /// Discord fails, refuses, or asks to wait for too long.
    pub(crate) async fn fetch(
        http: &Rest,
        channel: ChannelId,
        (direction, id): (&'static str, MessageId),
    ) -> Result<Self, RestError> {
        let request = || {
            let route = Route::ChannelMessages {
                channel_id: serenity::ChannelId::new(channel.0),
            };
            Request::new(route, LightMethod::Get).params(Some(vec![
                ("limit", MOST.to_string()),
                (direction, id.to_string()),
            ]))
        };
        for _ in 1..TRIES {
            match http.fire(request()).await {
                Err(RestError::Limited { after }) if after <= WORTH_WAITING => {
                    tokio::time::sleep(after).await;
                }
                answer => return answer.map(|page| Self::read(channel, page)),
            }
        }
        let page = http.fire(request()).await?;
        Ok(Self::read(channel, page))
    }

    /// One message that cannot be read must not cost the others.
    fn read(channel: ChannelId, page: Vec<Value>) -> Self {
        let full = page.len() >= MOST;
        let (mut messages, mut unreadable) = (Vec::new(), Vec::new());
        for json in page {
            let id = json["id"].as_str().and_then(|id| id.parse().ok());
            let author = json["author"]["username"].as_str().map(str::to_owned);
            match (RawMessage::read(json), id) {
                (Ok(message), _) => messages.push(message),
                (Err(error), Some(id)) => {
                    tracing::error!(channel = channel.0, id, "a message cannot be read: {error}");
                    let id = MessageId(id);
                    unreadable.push(Unreadable { id, author });
                }
                (Err(error), None) => {
                    tracing::error!(channel = channel.0, "this is no message: {error}");
                }
            }
        }
        messages.sort_by_key(|message| message.id);
        unreadable.sort_by_key(|one| one.id);
        let unread = unreadable.iter().map(|one| one.id);
        let mut ids: Vec<_> = messages.iter().map(|one| one.id).chain(unread).collect();
        ids.sort_unstable();
        Self {
            messages,
            unreadable,
            ids,
            full,
        }
    }

    /// Without what came up to an id; where that was anything, nothing more comes before it.
    pub(super) fn after(mut self, id: MessageId) -> Self {
        let before = self.ids.len();
        self.ids.retain(|one| *one > id);
        self.messages.retain(|one| one.id > id);
        self.unreadable.retain(|one| one.id > id);
        self.full &= self.ids.len() == before;
        self
    }

    pub(super) fn first(&self) -> Option<MessageId> {
        self.ids.first().copied()
    }

    pub(crate) fn last(&self) -> Option<MessageId> {
        self.ids.last().copied()
    }

    pub(super) fn has(&self, message: MessageId) -> bool {
        self.ids.binary_search(&message).is_ok()
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn one_that_cannot_be_read_costs_no_other() {
        let message = |id: &str| {
            json!({"id": id, "channel_id": "20", "timestamp": "2025-07-08T20:27:00Z",
                "author": {"id": "30", "username": "ana"}, "content": "said"})
        };
        let odd = json!({"id": "12", "author": {"username": "ben"}, "content": 7});
        let nothing = json!("nothing");
        let page = Page::read(
            ChannelId(20),
            vec![message("13"), odd, nothing, message("11")],
        );
        assert_eq!(page.messages.len(), 2);
        let unreadable = &page.unreadable[0];
        assert_eq!(
            (unreadable.id, unreadable.author.as_deref()),
            (MessageId(12), Some("ben"))
        );
        assert_eq!(
            (page.first(), page.last()),
            (Some(MessageId(11)), Some(MessageId(13)))
        );
        assert!(page.has(MessageId(12)) && !page.has(MessageId(14)));
    }
}
