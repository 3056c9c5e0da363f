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
use crate::store::{Request, SubmitError, Target};

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

/// Fetches what all recorded channels have and the record has not: first what
/// was said, everywhere, then what became of what was said before.
pub(crate) async fn all(scribe: &Scribe, http: &serenity::Http, cause: Cause) {
    let channels = match scribe.store.recorded_channels().await {
        Ok(channels) => channels,
        Err(error) => {
            tracing::error!("cannot look for what was missed: {error}");
            return;
        }
    };
    let now = scribe.now();
    // What was over is looked at once per start; people still talk about it.
    let channels = channels.into_iter();
    let channels: Vec<_> = channels
        .filter(|known| known.open || cause == Cause::Started)
        .collect();
    let mut absences: HashMap<IncidentKey, Missed> = HashMap::new();
    for known in &channels {
        let mut look = Look::at(scribe, http, known.key, known.channel);
        let outcome = look.forward(known.complete_through, known.newest).await;
        look.conclude(outcome);
        absences.entry(known.key).or_default().add(&look.missed);
    }
    for known in &channels {
        if let Some(complete) = known.complete_through {
            let look = Look::at(scribe, http, known.key, known.channel);
            let pages = match cause {
                Cause::Started if known.open => PAGES_BACK,
                _ => 1,
            };
            look.conclude(look.back(complete, pages).await);
        }
    }
    if cause == Cause::Started {
        for (key, missed) in absences {
            tell_absence(scribe, key, &missed, now).await;
        }
    }
}

/// Fetches what one channel has that is recorded from now on.
pub(crate) async fn channel(
    scribe: &Scribe,
    http: &serenity::Http,
    key: IncidentKey,
    channel: ChannelId,
) {
    let mut look = Look::at(scribe, http, key, channel);
    let outcome = look.forward(None, None).await;
    look.conclude(outcome);
}

/// What was recovered of an incident.
#[derive(Default)]
struct Missed {
    /// How many messages.
    recovered: u32,
    /// When the first of them was written (UTC).
    first: Option<DateTime<Utc>>,
}

impl Missed {
    fn add(&mut self, other: &Self) {
        self.recovered += other.recovered;
        self.first = [self.first, other.first].into_iter().flatten().min();
    }
}

/// One channel being looked over.
struct Look<'a> {
    scribe: &'a Scribe,
    http: &'a serenity::Http,
    key: IncidentKey,
    channel: ChannelId,
    began: DateTime<Utc>,
    missed: Missed,
}

impl<'a> Look<'a> {
    fn at(
        scribe: &'a Scribe,
        http: &'a serenity::Http,
        key: IncidentKey,
        channel: ChannelId,
    ) -> Self {
        Self {
            scribe,
            http,
            key,
            channel,
            began: scribe.now(),
            missed: Missed::default(),
        }
    }

    fn conclude(&self, outcome: anyhow::Result<()>) {
        if let Err(error) = outcome {
            tracing::error!(channel = self.channel.0, incident = %self.key.number, "cannot fetch all that was missed: {error:#}");
        }
    }

    /// Records what came after the last message up to which the record is
    /// known to be complete; `newest` is the newest it has.
    async fn forward(
        &mut self,
        complete: Option<MessageId>,
        newest: Option<MessageId>,
    ) -> anyhow::Result<()> {
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
                if new && message.timestamp < self.began {
                    self.missed.add(&Missed {
                        recovered: 1,
                        first: Some(message.timestamp),
                    });
                }
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
    async fn back(&self, complete: MessageId, pages: usize) -> anyhow::Result<()> {
        let mut last = complete;
        for _ in 0..pages {
            let mut page = messages(self.http, self.channel, ("before", last.0 + 1)).await?;
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

async fn tell_absence(scribe: &Scribe, key: IncidentKey, missed: &Missed, now: DateTime<Utc>) {
    let Some(first) = missed.first else {
        return;
    };
    let result = async {
        let log = scribe.store.log(key).await?;
        // What was missed first was not heard, so what was written down last before it was the last.
        let heard = log
            .iter()
            .rev()
            .map(|entry| entry.recorded_at)
            .find(|at| *at <= first);
        let request = Request {
            guild: key.guild,
            target: Target::Incident(key.number),
            command: Command::RecordAbsence {
                from: heard.unwrap_or(first),
                to: now,
                recovered: missed.recovered,
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
