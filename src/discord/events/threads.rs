//! Threads below an incident's channel are recorded with it.

use poise::serenity_prelude as serenity;

use crate::discord::catch_up;
use crate::discord::ids;
use crate::discord::scribe::Scribe;
use crate::incident::{Actor, Command, Context, IncidentKey};
use crate::store::{Request, Target};

/// A thread was opened, or Scribe was added to one.
pub(super) async fn created(scribe: &Scribe, thread: &serenity::GuildChannel) {
    let Some(key) = thread
        .parent_id
        .and_then(|parent| scribe.recorded.incident_of(ids::channel(parent)))
    else {
        return;
    };
    if !belongs(scribe, key, thread).await {
        return;
    }
    follow(scribe, key, thread).await;
    // What was said before the thread was followed is fetched.
    catch_up::channel(scribe, key, ids::channel(thread.id)).await;
}

/// Whether a thread below the incident's channel is the incident's. Below one
/// that was there before it, those are not in which nobody wrote since, and
/// private ones are not where the incident is for everybody.
pub(crate) async fn belongs(
    scribe: &Scribe,
    key: IncidentKey,
    thread: &serenity::GuildChannel,
) -> bool {
    let incident = match scribe.store.incident(key).await {
        Ok(Some(incident)) => incident,
        Ok(None) => return false,
        Err(error) => {
            tracing::error!(
                thread = thread.id.get(),
                "a thread is not recorded: {error}"
            );
            scribe.want(key.guild, catch_up::Cause::Resumed);
            return false;
        }
    };
    let Some(since) = incident.adopted_since else {
        return true;
    };
    let closed = thread.kind == serenity::ChannelType::PrivateThread && !incident.private;
    let last = thread.last_message_id.map_or(0, |last| last.get());
    !closed && ids::created_at(last.max(thread.id.get())) >= since
}

/// Records a thread from now on.
pub(crate) async fn follow(scribe: &Scribe, key: IncidentKey, thread: &serenity::GuildChannel) {
    let channel = ids::channel(thread.id);
    let request = Request {
        guild: key.guild,
        target: Target::Incident(key.number),
        command: Command::FollowThread {
            channel,
            name: thread.name.clone(),
        },
        context: Context {
            actor: Actor::Scribe,
            now: scribe.now(),
            origin: None,
        },
        once: Some(format!("thread:{channel}")),
        quiet: false,
    };
    if let Err(error) = scribe.submit(request).await {
        tracing::error!(thread = channel.0, "a thread is not recorded: {error}");
        scribe.want(key.guild, catch_up::Cause::Resumed);
    }
}
