//! Threads that were opened below incidents' channels while nobody listened,
//! be they still active or archived meanwhile.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use poise::serenity_prelude as serenity;
use serenity::{GuildChannel, GuildId, LightMethod, Request, Route, ThreadsData};
use tokio::time::Instant;

use crate::discord::delivery::failure::answer;
use crate::discord::events::threads::{belongs, follow};
use crate::discord::ids;
use crate::discord::rest::{Rest, RestError};
use crate::discord::scribe::Scribe;
use crate::incident::{ChannelId, IncidentKey, Place};
use crate::store::Shard;

/// How many pages of a hundred archived threads are looked through in a channel.
const PAGES: usize = 10;

/// Follows the threads of a shard's guilds that were missed; whether Discord told of all. The
/// archived ones are asked for after an absence: `since` is when it began, if
/// there was one and that is known.
pub(super) async fn follow_missed(
    scribe: &Scribe,
    http: &Rest,
    shard: Shard,
    since: Option<Option<DateTime<Utc>>>,
) -> bool {
    let mut done = true;
    let guilds = scribe.recorded.guilds().into_iter();
    for guild in guilds.filter(|guild| shard.has(*guild)) {
        let guild_id = GuildId::new(guild.0);
        let route = Route::GuildThreadsActive { guild_id };
        match http.get::<ThreadsData>(route).await {
            Ok(active) => follow_all(scribe, &active.threads).await,
            Err(error) => {
                scribe.budget.spend(Instant::now());
                tracing::warn!(
                    guild = guild.0,
                    "cannot look for threads that were missed: {error}"
                );
                done = false;
            }
        }
    }
    if let Some(since) = since {
        done &= archived(scribe, http, shard, since).await;
    }
    done
}

async fn follow_all(scribe: &Scribe, threads: &[GuildChannel]) {
    for thread in threads {
        let parent = thread.parent_id.map(ids::channel);
        let Some(key) = parent.and_then(|parent| scribe.recorded.incident_of(parent)) else {
            continue;
        };
        let known = scribe.recorded.incident_of(ids::channel(thread.id));
        if known.is_none() && belongs(scribe, key, thread).await {
            follow(scribe, key, thread).await;
        }
    }
}

/// Which of a channel's archived threads.
#[derive(Clone, Copy)]
enum Kind {
    Public,
    /// All private ones, which takes Manage Threads.
    Private,
    /// The private ones that Scribe is in.
    Joined,
}

async fn archived(
    scribe: &Scribe,
    http: &Rest,
    shard: Shard,
    since: Option<DateTime<Utc>>,
) -> bool {
    let keys: BTreeSet<IncidentKey> = match scribe.store.recorded_channels().await {
        Ok(channels) => {
            let keys = channels.into_iter().map(|known| known.key);
            keys.filter(|key| shard.has(key.guild)).collect()
        }
        Err(error) => {
            tracing::error!("cannot look for threads that were missed: {error}");
            return false;
        }
    };
    let mut done = true;
    // What one channel of a guild refuses is not asked for in the others.
    let mut refused = BTreeSet::new();
    for key in keys {
        let place = match scribe.store.incident(key).await {
            Ok(incident) => incident.and_then(|incident| incident.place),
            Err(error) => {
                tracing::error!(incident = %key.number, "cannot look for threads: {error}");
                done = false;
                continue;
            }
        };
        let Some((channel, Place::Channel)) = place else {
            continue;
        };
        let private = match refused.contains(&key.guild) {
            true => Kind::Joined,
            false => Kind::Private,
        };
        for kind in [Kind::Public, private] {
            let mut outcome = of_channel(scribe, http, channel, kind, since).await;
            if outcome.is_err() {
                scribe.budget.spend(Instant::now());
            }
            if matches!(kind, Kind::Private) && outcome.as_ref().is_err_and(is_refused) {
                refused.insert(key.guild);
                outcome = of_channel(scribe, http, channel, Kind::Joined, since).await;
            }
            match outcome {
                Ok(()) => {}
                // What may not be seen, or is gone, the look at its messages tells.
                Err(error) if is_refused(&error) => {}
                Err(error) => {
                    tracing::warn!(
                        channel = channel.0,
                        "cannot look for archived threads: {error}"
                    );
                    done = false;
                }
            }
        }
    }
    done
}

fn is_refused(error: &RestError) -> bool {
    let status = answer(error).map(|(status, _, _)| status.as_u16());
    matches!(status, Some(403 | 404))
}

/// Follows a channel's archived threads, those that were archived last first.
async fn of_channel(
    scribe: &Scribe,
    http: &Rest,
    channel: ChannelId,
    kind: Kind,
    since: Option<DateTime<Utc>>,
) -> Result<(), RestError> {
    let channel_id = serenity::ChannelId::new(channel.0);
    let mut before: Option<String> = None;
    for _ in 0..PAGES {
        let route = match kind {
            Kind::Public => Route::ChannelArchivedPublicThreads { channel_id },
            Kind::Private => Route::ChannelArchivedPrivateThreads { channel_id },
            Kind::Joined => Route::ChannelJoinedPrivateThreads { channel_id },
        };
        let mut params = vec![("limit", "100".to_owned())];
        params.extend(before.take().map(|before| ("before", before)));
        let request = Request::new(route, LightMethod::Get).params(Some(params));
        let page: ThreadsData = http.fire(request).await?;
        follow_all(scribe, &page.threads).await;
        let Some(last) = page.threads.last().filter(|_| page.has_more) else {
            return Ok(());
        };
        let archived = last.thread_metadata.and_then(|data| data.archive_timestamp);
        let archived = archived.map(|at| *at);
        if archived.is_some_and(|at| since.is_some_and(|since| at < since)) {
            return Ok(());
        }
        // Those that Scribe is in are paged by id, the others by time.
        before = match kind {
            Kind::Joined => Some(last.id.to_string()),
            Kind::Public | Kind::Private => {
                archived.map(|at| at.to_rfc3339_opts(chrono::SecondsFormat::Millis, true))
            }
        };
    }
    Ok(())
}
