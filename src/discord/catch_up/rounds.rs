//! Rounds through all recorded channels, one after the other.

use std::sync::Arc;
use std::time::Duration;

use futures::StreamExt as _;
use poise::serenity_prelude as serenity;
use tokio::sync::watch;
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

use crate::discord::delivery::failure::{answer, backoff};
use crate::discord::events;
use crate::discord::ids;
use crate::discord::scribe::Scribe;
use crate::incident::{ChannelId, IncidentKey, MessageId};
use crate::store::{RecordedChannel, StoreError};

use super::absence::Absence;
use super::look::Look;
use super::wanted::Cause;

/// How far back a start looks for edits and deletions: what people still
/// change hours later is near the end, and each page is a request.
const PAGES_BACK: usize = 20;

/// How often the record of open incidents is looked over without a reason:
/// events can be lost without a word.
const SWEEP: Duration = Duration::from_secs(10 * 60);

/// How many channels are looked over at once, so that one that hangs does not
/// keep the others waiting.
const AT_ONCE: usize = 4;

/// A round that is not finished until all of it could be fetched.
#[derive(Default)]
struct Round {
    /// What is told as an absence at its end.
    absence: Option<Absence>,
    tries: u32,
}

/// Looks over the record whenever that is wished for, and now and then, until told to stop.
pub(crate) async fn run(scribe: Arc<Scribe>, http: Arc<serenity::Http>, stop: CancellationToken) {
    let mut round = Round::default();
    loop {
        let cause = tokio::select! {
            () = stop.cancelled() => return,
            cause = round.next(&scribe) => cause,
        };
        if cause == Cause::Started && round.absence.is_none() {
            round.absence = Some(Absence::new(scribe.hearing.take_missing(), scribe.now()));
        }
        let done = tokio::select! {
            () = stop.cancelled() => return,
            done = round.go(&scribe, &http) => done,
        };
        if done {
            round = Round::default();
        } else {
            round.tries += 1;
        }
        // Whoever waits for it to be ready is not kept by one channel that fails.
        if !scribe.ready.send_replace(true) {
            tracing::info!("ready");
        }
    }
}

impl Round {
    /// Waits for the next look. What failed is tried again after a while and not
    /// with each thing that fails meanwhile; a new session is reason enough.
    async fn next(&self, scribe: &Scribe) -> Cause {
        let pause = match self.tries {
            0 => SWEEP,
            tries => backoff(tries).to_std().unwrap_or(SWEEP),
        };
        let wished = async {
            loop {
                let cause = scribe.wanted.next().await;
                if cause == Cause::Started || self.tries == 0 {
                    return cause;
                }
            }
        };
        tokio::time::timeout(pause, wished)
            .await
            .unwrap_or(Cause::Resumed)
    }

    /// Fetches what the recorded channels have and the record has not; whether that was all.
    async fn go(&mut self, scribe: &Scribe, http: &serenity::Http) -> bool {
        if scribe.budget.is_spent(Instant::now()) {
            return false;
        }
        let mut done = true;
        for guild in scribe.recorded.guilds() {
            let guild = serenity::GuildId::new(guild.0);
            done &= events::follow_missed(scribe, http, guild).await;
        }
        let mut channels = match scribe.store.recorded_channels().await {
            Ok(channels) => channels,
            Err(error) => {
                tracing::error!("cannot look for what was missed: {error}");
                return false;
            }
        };
        let pages_back = match self.absence {
            Some(_) => PAGES_BACK,
            None => 1,
        };
        // What was over is looked at once per start; people still talk about it.
        channels.retain(|known| known.open || self.absence.is_some());
        let looks = futures::stream::iter(channels).map(async |known: RecordedChannel| {
            let (recovered, done) = look(
                scribe,
                http,
                known.key,
                known.channel,
                Some(&known),
                Manner {
                    pages_back,
                    progress: None,
                },
            )
            .await;
            (known, recovered, done)
        });
        let mut looks = std::pin::pin!(looks.buffer_unordered(AT_ONCE));
        while let Some((known, recovered, all)) = looks.next().await {
            done &= all;
            if let Some(absence) = &mut self.absence {
                absence.recovered(known.key, recovered, known.open);
            }
        }
        if done && let Some(absence) = &self.absence {
            absence.tell(scribe).await;
        }
        done
    }
}

/// Fetches what one channel has that was not recorded before.
pub(crate) async fn channel(
    scribe: &Scribe,
    http: &serenity::Http,
    key: IncidentKey,
    channel: ChannelId,
) {
    let (_, done) = look(scribe, http, key, channel, None, Manner::default()).await;
    if !done {
        scribe.wanted.want(Cause::Resumed);
    }
}

/// Fetches what was said in a place before it became an incident's, from its
/// time on, and tells how far it is. How many messages that were, and whether
/// all of them could be fetched; what could not is fetched by the next rounds.
pub(crate) async fn history(
    scribe: &Scribe,
    http: &serenity::Http,
    key: IncidentKey,
    channel: ChannelId,
    progress: &watch::Sender<u32>,
) -> (u32, bool) {
    let manner = Manner {
        progress: Some(progress),
        ..Manner::default()
    };
    let looked = look(scribe, http, key, channel, None, manner).await;
    // Its threads, and what could not be fetched.
    scribe.wanted.want(Cause::Resumed);
    looked
}

/// How a channel is looked over.
#[derive(Clone, Copy, Default)]
struct Manner<'a> {
    pages_back: usize,
    progress: Option<&'a watch::Sender<u32>>,
}

/// Looks a channel over: how many messages it recovered, and whether it need not look again.
async fn look(
    scribe: &Scribe,
    http: &serenity::Http,
    key: IncidentKey,
    channel: ChannelId,
    known: Option<&RecordedChannel>,
    manner: Manner<'_>,
) -> (u32, bool) {
    let floor = match floor(scribe, key, channel).await {
        Ok(floor) => floor,
        Err(error) => {
            tracing::error!(channel = channel.0, incident = %key.number, "cannot look for what was missed: {error}");
            return (0, false);
        }
    };
    let mut look = Look {
        scribe,
        http,
        key,
        channel,
        floor,
        began: scribe.now(),
        pages_back: manner.pages_back,
        recovered: 0,
        progress: manner.progress,
    };
    let done = match look.over(known).await {
        Ok(()) => true,
        Err(error) => {
            scribe.budget.spend(Instant::now());
            let closed = is_closed(&error);
            tracing::error!(channel = channel.0, incident = %key.number, closed, "cannot fetch all that was missed: {error:#}");
            closed
        }
    };
    (look.recovered, done)
}

/// The last message before the incident's time. A channel's id is as old as the
/// channel, so all its messages come after it.
async fn floor(
    scribe: &Scribe,
    key: IncidentKey,
    channel: ChannelId,
) -> Result<MessageId, StoreError> {
    let incident = scribe.store.incident(key).await?;
    let since = incident.and_then(|incident| incident.adopted_since);
    let before = since.map_or(channel.0, |since| ids::first_id(since).saturating_sub(1));
    Ok(MessageId(before))
}

/// Whether the channel is gone or closed to us: asking again soon does not help.
fn is_closed(error: &anyhow::Error) -> bool {
    let error = error
        .chain()
        .find_map(|cause| cause.downcast_ref::<serenity::Error>());
    let status = error.and_then(answer).map(|(status, _, _)| status.as_u16());
    matches!(status, Some(403 | 404))
}
