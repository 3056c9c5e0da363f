//! What was said while Scribe was away, fetched as soon as it is back: at each
//! start, each resumed session and in a slow sweep besides, channel by channel,
//! from where the record is known to be complete. Uniqueness is the record's,
//! so it may run at any time and twice.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context as _;
use chrono::{DateTime, Utc};
use poise::serenity_prelude as serenity;
use serde_json::Value;
use tokio_util::sync::CancellationToken;

use crate::incident::{Actor, ChannelId, Command, Context, IncidentKey, MessageId, MessageRef};
use crate::store::{RecordedChannel, Request, SubmitError, Target};

use super::reading::RawMessage;
use super::recording;
use super::scribe::Scribe;

/// The most messages Discord gives at once.
const PAGE: usize = 100;

/// How far back a start looks for edits and deletions: what people still
/// change hours later is near the end, and each page is a request.
const PAGES_BACK: usize = 20;

/// How often the record of open incidents is looked over without a reason:
/// events can be lost without a word.
const SWEEP: Duration = Duration::from_secs(10 * 60);

/// Why the record is looked over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Cause {
    /// A new session: what was missed is told as an absence.
    Started,
    /// The session went on; Discord has sent again what was missed.
    Resumed,
}

/// Looks over the record of open incidents now and then, until told to stop.
pub(crate) async fn sweep(scribe: Arc<Scribe>, http: Arc<serenity::Http>, stop: CancellationToken) {
    loop {
        tokio::select! {
            () = stop.cancelled() => return,
            () = tokio::time::sleep(SWEEP) => {}
        }
        all(&scribe, &http, Cause::Resumed).await;
    }
}

/// Fetches what all recorded channels have and the record has not.
pub(crate) async fn all(scribe: &Scribe, http: &serenity::Http, cause: Cause) {
    let channels = match scribe.store.recorded_channels().await {
        Ok(channels) => channels,
        Err(error) => {
            tracing::error!("cannot look for what was missed: {error}");
            return;
        }
    };
    let now = scribe.now();
    let mut absences: HashMap<IncidentKey, u32> = HashMap::new();
    for known in channels {
        // What was over is looked at once per start; people still talk about it.
        if known.open || cause == Cause::Started {
            let recovered =
                self::channel(scribe, http, known.key, known.channel, Some(&known), cause).await;
            *absences.entry(known.key).or_default() += recovered;
        }
    }
    if cause == Cause::Started {
        for (key, recovered) in absences.into_iter().filter(|(_, recovered)| *recovered > 0) {
            tell_absence(scribe, key, recovered, now).await;
        }
    }
}

/// Fetches what one channel has and the record has not; how many messages that was.
pub(crate) async fn channel(
    scribe: &Scribe,
    http: &serenity::Http,
    key: IncidentKey,
    channel: ChannelId,
    known: Option<&RecordedChannel>,
    cause: Cause,
) -> u32 {
    let mut look = Look {
        scribe,
        http,
        key,
        channel,
        began: scribe.now(),
        pages_back: match cause {
            Cause::Started => PAGES_BACK,
            Cause::Resumed => 1,
        },
        recovered: 0,
    };
    if let Err(error) = look.over(known).await {
        tracing::error!(channel = channel.0, incident = %key.number, "cannot fetch all that was missed: {error:#}");
    }
    look.recovered
}

/// One channel being looked over.
struct Look<'a> {
    scribe: &'a Scribe,
    http: &'a serenity::Http,
    key: IncidentKey,
    channel: ChannelId,
    began: DateTime<Utc>,
    /// How many pages before the complete part are looked at for edits and deletions.
    pages_back: usize,
    recovered: u32,
}

impl Look<'_> {
    async fn over(&mut self, known: Option<&RecordedChannel>) -> anyhow::Result<()> {
        let complete = known.and_then(|known| known.complete_through);
        let newest = known.and_then(|known| known.newest);
        if let Some(complete) = complete {
            self.before(complete, self.pages_back).await?;
        }
        // A channel's id is as old as the channel, so all its messages come after it.
        let mut after = complete.unwrap_or(MessageId(self.channel.0));
        loop {
            let mut page = messages(self.http, self.channel, ("after", after.0)).await?;
            page.sort_by_key(|message| message.id);
            let last = page.last().map(|message| message.id);
            for message in &page {
                self.record(message).await?;
            }
            let full = page.len() >= PAGE;
            // After a page that is not full nothing comes, so what the record has there is gone.
            let until = if full { last } else { last.max(newest) };
            if let Some(until) = until.filter(|until| *until > after) {
                self.gone(after, until, &page).await?;
            }
            if let Some(last) = last {
                self.scribe
                    .store
                    .complete_through(self.channel, last)
                    .await?;
                after = last;
            }
            if !full {
                return Ok(());
            }
        }
    }

    async fn record(&mut self, message: &RawMessage) -> anyhow::Result<()> {
        match recording::record(self.scribe, self.key, message).await {
            Ok(recorded) => {
                let new = recorded.is_some_and(|recorded| !recorded.repeated);
                // What was written since is live and may come by its event as well.
                self.recovered += u32::from(new && message.timestamp < self.began);
                Ok(())
            }
            Err(SubmitError::Refused(refusal)) => {
                tracing::error!(message = message.id.0, "not recorded: {refusal}");
                Ok(())
            }
            Err(error) => Err(error.into()),
        }
    }

    /// Edits and deletions leave no trace in what comes after, so what came
    /// before is compared with the record, page by page.
    async fn before(&self, complete: MessageId, pages: usize) -> anyhow::Result<()> {
        let mut last = complete;
        for _ in 0..pages {
            let before = MessageId(last.0 + 1);
            let mut page = messages(self.http, self.channel, ("before", before.0)).await?;
            page.sort_by_key(|message| message.id);
            for message in &page {
                recording::record_edit(self.scribe, self.key, message).await?;
            }
            // A page that is not full begins where the channel begins.
            let full = page.len() >= PAGE;
            let first = page.first().filter(|_| full);
            let first = first.map_or(MessageId(self.channel.0), |message| message.id);
            self.gone(first, last, &page).await?;
            if !full {
                return Ok(());
            }
            last = MessageId(first.0 - 1);
        }
        Ok(())
    }

    /// Records the deletion of what the record has between two messages and the page has not.
    async fn gone(
        &self,
        first: MessageId,
        last: MessageId,
        page: &[RawMessage],
    ) -> anyhow::Result<()> {
        let recorded = self
            .scribe
            .store
            .messages_between(self.channel, first, last)
            .await?;
        for known in recorded {
            let there = page
                .binary_search_by_key(&known.message, |message| message.id)
                .is_ok();
            if there || known.deleted_at.is_some() || known.key != self.key {
                continue;
            }
            // A page is empty too for those who may not read the history; a single
            // message that is gone is told apart from one that may not be read.
            let place = MessageRef {
                channel: self.channel,
                message: known.message,
            };
            if recording::fetch(self.http, place).await?.is_none() {
                recording::record_deletion(self.scribe, self.key, place, self.scribe.now()).await?;
            }
        }
        Ok(())
    }
}

async fn messages(
    http: &serenity::Http,
    channel: ChannelId,
    (direction, id): (&'static str, u64),
) -> anyhow::Result<Vec<RawMessage>> {
    let route = serenity::Route::ChannelMessages {
        channel_id: serenity::ChannelId::new(channel.0),
    };
    let request = serenity::Request::new(route, serenity::LightMethod::Get).params(Some(vec![
        ("limit", PAGE.to_string()),
        (direction, id.to_string()),
    ]));
    let page: Vec<Value> = http
        .fire(request)
        .await
        .context("fetch a page of messages")?;
    page.into_iter()
        .map(|json| RawMessage::read(json).context("a message that cannot be read"))
        .collect()
}

async fn tell_absence(scribe: &Scribe, key: IncidentKey, recovered: u32, now: DateTime<Utc>) {
    let result = async {
        let log = scribe.store.log(key).await?;
        // Nothing was heard after the last thing that was written down before the gap.
        let heard = log
            .iter()
            .rev()
            .map(|entry| entry.recorded_at)
            .find(|at| *at < now);
        let request = Request {
            guild: key.guild,
            target: Target::Incident(key.number),
            command: Command::RecordAbsence {
                from: heard.unwrap_or(now),
                to: now,
                recovered,
            },
            context: Context {
                actor: Actor::Scribe,
                now: scribe.now(),
                origin: None,
            },
            once: None,
            quiet: false,
        };
        scribe.submit(request).await?;
        anyhow::Ok(())
    };
    if let Err(error) = result.await {
        tracing::error!(incident = %key.number, "an absence was not recorded: {error:#}");
    }
}
