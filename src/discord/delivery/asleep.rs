//! Threads that are archived: nothing in them can be changed until they are
//! woken, and they sleep again after it.

use std::pin::Pin;

use poise::serenity_prelude as serenity;
use serde_json::{Value, json};
use serenity::{EditMessage, LightMethod, MessageId, Request, Route};

use crate::discord::rest::{Rest, RestError};
use crate::incident::{ChannelId, MessageRef};

use super::failure::answer;

/// Discord's code for a change in a thread that is archived.
const ARCHIVED: isize = 50_083;

/// Whether something could not be done because the thread is archived.
pub(super) fn is_asleep(error: &RestError) -> bool {
    answer(error).is_some_and(|(_, code, _)| code == ARCHIVED)
}

/// Changes a channel or thread.
pub(super) async fn change(http: &Rest, channel: ChannelId, body: &Value) -> Result<(), RestError> {
    let route = Route::Channel {
        channel_id: serenity::ChannelId::new(channel.0),
    };
    let body = serde_json::to_vec(body).map_err(serenity::Error::from)?;
    let request = Request::new(route, LightMethod::Patch).body(Some(body));
    http.wind(request).await
}

/// Wakes a thread.
pub(super) async fn wake(http: &Rest, thread: ChannelId) -> Result<(), RestError> {
    change(http, thread, &json!({"archived": false})).await
}

/// Does something in a channel or thread; where the thread is archived it is
/// woken for it, and archived again.
pub(super) async fn awake<'a>(
    http: &Rest,
    channel: ChannelId,
    mut deed: impl FnMut() -> Pin<Box<dyn Future<Output = Result<(), RestError>> + Send + 'a>>,
) -> Result<(), RestError> {
    match deed().await {
        Err(error) if is_asleep(&error) => {}
        result => return result,
    }
    wake(http, channel).await?;
    let result = deed().await;
    if let Err(error) = change(http, channel, &json!({"archived": true})).await {
        tracing::warn!(thread = channel.0, "it is awake still: {error}");
    }
    result
}

/// Changes a message, wherever it stands.
pub(super) async fn edit(
    http: &Rest,
    place: MessageRef,
    edit: &EditMessage,
) -> Result<(), RestError> {
    let channel = serenity::ChannelId::new(place.channel.0);
    let message = MessageId::new(place.message.0);
    awake(http, place.channel, || {
        Box::pin(http.edit(channel, message, edit))
    })
    .await
}
