//! A shard's connection to Discord, with what belongs to it: the reading of what
//! was missed, and the watchdog.

use std::sync::Arc;
use std::time::Duration;

use poise::serenity_prelude as serenity;
use serenity::ShardManager;
use tokio_util::sync::CancellationToken;

use crate::discord::bot::framework;
use crate::discord::error::BotError;
use crate::discord::events::Unknown;
use crate::discord::rest::Rest;
use crate::discord::scribe::Scribe;
use crate::discord::{catch_up, client, watchdog};

use super::served::{Key, Served};

/// How long the client may take to let go of its connection.
const FAREWELL: Duration = Duration::from_secs(6);

/// How often it is looked whether a connection came to be that nobody wants any more.
const LOOK: Duration = Duration::from_secs(1);

/// How sessions are begun.
#[derive(Clone)]
pub(crate) struct Door {
    pub(crate) token: String,
    pub(crate) api_url: Option<String>,
    /// After how long without a heartbeat a connection is dead.
    pub(crate) silence: Duration,
    pub(crate) rest: Arc<Rest>,
}

/// Runs until the shard is ours no more, `stop`, or something that needs
/// whoever runs Scribe.
pub(super) async fn run(
    scribe: Arc<Scribe>,
    door: Door,
    served: Arc<Served>,
    stop: CancellationToken,
) -> Result<(), BotError> {
    let failed = |error| BotError::of(error, door.api_url.as_deref());
    let (http, _) = client::http(&door.token, door.api_url.as_deref())?;
    let client = serenity::ClientBuilder::new_with_http(http, client::INTENTS)
        .framework(framework(Arc::clone(&scribe)))
        .type_map_insert::<Key>(Arc::clone(&served))
        .raw_event_handler(Unknown::new(Arc::clone(&scribe), Arc::clone(&served)));
    let mut client = tokio::select! {
        client = client => client.map_err(failed)?,
        () = served.over.cancelled() => return Ok(()),
        () = stop.cancelled() => return Ok(()),
    };
    let shards = Arc::clone(&client.shard_manager);
    let ending = stop.child_token();
    let catching_up = tokio::spawn(catch_up::run(
        Arc::clone(&scribe),
        Arc::clone(&door.rest),
        Arc::clone(&served),
        ending.clone(),
    ));
    let (id, total) = (served.shard.id, served.shard.total);
    let outcome = tokio::select! {
        ended = client.start_shard(id, total) => ended.map_err(failed),
        () = watchdog::watch(&shards, &scribe, &served, door.silence) => Err(BotError::Hangs),
        () = served.over.cancelled() => Ok(()),
        () = stop.cancelled() => Ok(()),
    };
    let was_up = scribe.vitals.is_up(served.shard);
    if served.over.is_cancelled() {
        scribe.vitals.serves_no_more(served.shard);
    }
    ending.cancel();
    let heard = async {
        if was_up {
            scribe.hear(&served).await;
        }
    };
    tokio::join!(heard, end(shards));
    if catching_up.await.is_err() {
        tracing::error!("the catching up broke off; it is taken up again at the next start");
    }
    outcome
}

/// Lets go of a connection. What one that hangs tells after it is not ours any more.
async fn end(shards: Arc<ShardManager>) {
    if shards.runners.lock().await.is_empty() {
        tokio::spawn(end_when_begun(shards));
        return;
    }
    if tokio::time::timeout(FAREWELL, shards.shutdown_all())
        .await
        .is_err()
    {
        tracing::warn!("a connection to Discord did not end in time");
    }
}

/// serenity cannot be told to begin a connection no more: one that is being
/// begun is ended as soon as it is there.
async fn end_when_begun(shards: Arc<ShardManager>) {
    while shards.runners.lock().await.is_empty() {
        tokio::time::sleep(LOOK).await;
    }
    shards.shutdown_all().await;
}
