//! Rounds through all recorded channels, one after the other.

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use futures::StreamExt as _;
use tokio::sync::watch;
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

use crate::discord::delivery::failure::backoff;
use crate::discord::ids;
use crate::discord::rest::Rest;
use crate::discord::scribe::Scribe;
use crate::discord::shards::Served;
use crate::incident::{ChannelId, IncidentKey, MessageId, WhyUnread};
use crate::store::{RecordedChannel, StoreError};

use super::absence::{Absence, Looked};
use super::closed::Closed;
use super::look::{Broken, Look};
use super::threads;
use super::wanted::Cause;

/// How far back a start looks for edits, deletions and 📌 in each channel, in
/// pages of a hundred messages: what people still change hours later is near the
/// end, and each page is a request. The absence tells from when on it was looked.
const PAGES_BACK: usize = 20;

/// How often the record of open incidents is looked over without a reason:
/// events can be lost without a word.
const SWEEP: Duration = Duration::from_secs(10 * 60);

/// After how many tries an absence is told although not all could be read: half
/// a minute. It is tried on, and what comes of that is told too.
const PATIENT: u32 = 5;

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

/// Looks over the record of a shard's guilds whenever that is wished for, and now
/// and then, until told to stop.
pub(crate) async fn run(
    scribe: Arc<Scribe>,
    http: Arc<Rest>,
    served: Arc<Served>,
    stop: CancellationToken,
) {
    let mut round = Round::default();
    loop {
        let cause = tokio::select! {
            () = stop.cancelled() => return,
            () = served.over.cancelled() => return,
            cause = round.next(&served) => cause,
        };
        if cause == Cause::Started {
            round.began_again(&scribe, &served);
        }
        let done = tokio::select! {
            () = stop.cancelled() => return,
            () = served.over.cancelled() => return,
            done = round.go(&scribe, &http, &served) => done,
        };
        if done {
            round = Round::default();
        } else {
            round.tries += 1;
        }
        // Whoever waits for it to be ready is not kept by one channel that fails.
        served.caught_up.store(true, Ordering::Relaxed);
        scribe.check_ready();
    }
}

impl Round {
    /// A session began: what was missed before it is told as an absence.
    fn began_again(&mut self, scribe: &Scribe, served: &Served) {
        let (from, now) = (served.hearing.take_missing(), scribe.now());
        match &mut self.absence {
            Some(absence) if !absence.is_told() => absence.lasted_until(now),
            absence => *absence = Some(Absence::new(from, now)),
        }
    }

    /// Waits for the next look. What failed is tried again after a while and not
    /// with each thing that fails meanwhile; a new session is reason enough.
    async fn next(&self, served: &Served) -> Cause {
        let pause = match self.tries {
            0 => SWEEP,
            tries => backoff(tries).to_std().unwrap_or(SWEEP),
        };
        let wished = async {
            loop {
                let cause = served.wanted.next().await;
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
    async fn go(&mut self, scribe: &Scribe, http: &Rest, served: &Served) -> bool {
        if scribe.budget.is_spent(Instant::now()) {
            return false;
        }
        let since = self.absence.as_ref().map(Absence::from);
        let mut done = threads::follow_missed(scribe, http, served.shard, since).await;
        let mut channels = match scribe.store.recorded_channels().await {
            Ok(channels) => channels,
            Err(error) => {
                tracing::error!("cannot look for what was missed: {error}");
                return false;
            }
        };
        let missed = served.wanted.take_missed();
        channels.retain(|known| served.shard.has(known.key.guild));
        for known in &channels {
            scribe.recorded.insert(known.channel, known.key);
        }
        let far_back = self.absence.is_some();
        // What was over is looked at once per start; people still talk about it.
        channels.retain(|known| known.open || far_back || missed.contains(&known.channel));
        let looks = futures::stream::iter(channels).map(async |known: RecordedChannel| {
            let (key, channel) = (known.key, known.channel);
            let manner = Manner {
                pages_back: match far_back || missed.contains(&channel) {
                    true => PAGES_BACK,
                    false => 1,
                },
                progress: None,
            };
            let looked = look(scribe, http, key, channel, Some(&known), manner).await;
            (known, looked)
        });
        let mut looks = std::pin::pin!(looks.buffer_unordered(AT_ONCE));
        let mut closed = Closed::default();
        while let Some((known, looked)) = looks.next().await {
            done &= looked.is_done();
            if !looked.is_done() && missed.contains(&known.channel) {
                served.wanted.still_missed(known.channel);
            }
            closed.looked(known.key, &looked);
            scribe.work.recovered.add(looked.recovered.into());
            if let Some(absence) = &mut self.absence {
                absence.looked(&known, &looked);
            }
        }
        if !served.is_ours() {
            return false;
        }
        scribe.work.rounds.add(1);
        closed.tell(scribe).await;
        if (done || self.tries >= PATIENT)
            && let Some(absence) = &mut self.absence
        {
            match absence.tell(scribe).await {
                true => scribe.absence_is_told(served).await,
                false => done = false,
            }
        }
        done
    }
}

/// Fetches what one channel has that was not recorded before.
pub(crate) async fn channel(scribe: &Scribe, key: IncidentKey, channel: ChannelId) {
    let done = match scribe.rest.get() {
        Some(http) => {
            let looked = look(scribe, http, key, channel, None, Manner::default()).await;
            looked.is_done()
        }
        None => false,
    };
    if !done {
        scribe.want(key.guild, Cause::Resumed);
    }
}

/// Fetches what was said in a place before it became an incident's, from its
/// time on, and tells how far it is. How many messages that were, and whether
/// all of them could be fetched; what could not is fetched by the next rounds.
pub(crate) async fn history(
    scribe: &Scribe,
    key: IncidentKey,
    channel: ChannelId,
    progress: &watch::Sender<u32>,
) -> (u32, bool) {
    let manner = Manner {
        progress: Some(progress),
        ..Manner::default()
    };
    let looked = match scribe.rest.get() {
        Some(http) => {
            let looked = look(scribe, http, key, channel, None, manner).await;
            (looked.recovered, looked.unread.is_none())
        }
        None => (0, false),
    };
    // Its threads, and what could not be fetched.
    scribe.want(key.guild, Cause::Resumed);
    looked
}

/// How a channel is looked over.
#[derive(Clone, Copy, Default)]
struct Manner<'a> {
    pages_back: usize,
    progress: Option<&'a watch::Sender<u32>>,
}

/// Looks a channel over.
async fn look(
    scribe: &Scribe,
    http: &Rest,
    key: IncidentKey,
    channel: ChannelId,
    known: Option<&RecordedChannel>,
    manner: Manner<'_>,
) -> Looked {
    let floor = match floor(scribe, key, channel).await {
        Ok(floor) => floor,
        Err(error) => {
            tracing::error!(channel = channel.0, incident = %key.number, "cannot look for what was missed: {error}");
            return Looked {
                recovered: 0,
                compared_since: None,
                unread: Some(WhyUnread::Failing),
            };
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
        compared_since: None,
        progress: manner.progress,
    };
    let unread = match look.over(known).await {
        Ok(()) => None,
        Err(broken) => {
            scribe.budget.spend(Instant::now());
            tracing::error!(channel = channel.0, incident = %key.number, "cannot fetch all that was missed: {broken:#}");
            Some(match broken {
                Broken::Closed(why) => why,
                Broken::Failed(_) => WhyUnread::Failing,
            })
        }
    };
    Looked {
        recovered: look.recovered,
        compared_since: look.compared_since,
        unread,
    }
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
