//! What was said while Scribe was away, fetched as soon as it is back: at each
//! start and each resumed session, channel by channel, from where the record
//! is known to be complete. Uniqueness is the record's, so it may run at any
//! time and twice.

use std::collections::HashMap;

use anyhow::Context as _;
use chrono::{DateTime, Utc};
use poise::serenity_prelude as serenity;
use serde_json::Value;

use crate::incident::{Actor, ChannelId, Command, Context, IncidentKey, MessageId, MessageRef};
use crate::store::{RecordedChannel, Request, SubmitError, Target};

use super::reading::RawMessage;
use super::recording;
use super::scribe::Scribe;

/// The most messages Discord gives at once.
const PAGE: usize = 100;

/// Why the record is looked over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Cause {
    /// A new session: what was missed is told as an absence.
    Started,
    /// The session went on; Discord has sent again what was missed.
    Resumed,
}

/// What was found of one channel.
#[derive(Default)]
struct Found {
    recovered: u32,
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
        let RecordedChannel { key, channel, .. } = known;
        let recovered = self::channel(scribe, http, key, channel, Some(&known)).await;
        *absences.entry(key).or_default() += recovered;
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
) -> u32 {
    let mut found = Found::default();
    if let Err(error) = fetch(scribe, http, key, channel, known, &mut found).await {
        tracing::error!(channel = channel.0, incident = %key.number, "cannot fetch all that was missed: {error:#}");
    }
    found.recovered
}

async fn fetch(
    scribe: &Scribe,
    http: &serenity::Http,
    key: IncidentKey,
    channel: ChannelId,
    known: Option<&RecordedChannel>,
    found: &mut Found,
) -> anyhow::Result<()> {
    let complete = known.and_then(|known| known.complete_through.or(known.newest));
    if known.is_some_and(|known| known.open)
        && let Some(complete) = complete
    {
        compare_before(scribe, http, key, channel, complete).await?;
    }
    // A channel's id is as old as the channel, so all its messages come after it.
    let mut after = complete.map_or(channel.0, |message| message.0);
    loop {
        let mut page = messages(http, channel, ("after", after)).await?;
        page.sort_by_key(|message| message.id);
        let full = page.len() >= PAGE;
        for message in &page {
            let recorded = match recording::record(scribe, key, message).await {
                Ok(recorded) => recorded,
                Err(SubmitError::Refused(refusal)) => {
                    tracing::error!(message = message.id.0, "not recorded: {refusal}");
                    None
                }
                Err(error) => return Err(error.into()),
            };
            found.recovered += u32::from(recorded.is_some_and(|recorded| !recorded.repeated));
        }
        let Some(last) = page.last() else {
            return Ok(());
        };
        after = last.id.0;
        scribe.store.complete_through(channel, last.id).await?;
        if !full {
            return Ok(());
        }
    }
}

/// Edits and deletions leave no trace in what comes after, so the last page
/// before is compared with the record.
async fn compare_before(
    scribe: &Scribe,
    http: &serenity::Http,
    key: IncidentKey,
    channel: ChannelId,
    complete: MessageId,
) -> anyhow::Result<()> {
    let mut page = messages(http, channel, ("before", complete.0 + 1)).await?;
    page.sort_by_key(|message| message.id);
    for message in &page {
        recording::record_edit(scribe, key, message).await?;
    }
    let Some(first) = page.first().map(|message| message.id) else {
        return Ok(());
    };
    // A page that is not full is the whole of the channel.
    let first = if page.len() < PAGE {
        MessageId(channel.0)
    } else {
        first
    };
    let recorded = scribe
        .store
        .messages_between(channel, first, complete)
        .await?;
    for gone in recorded {
        let there = page
            .binary_search_by_key(&gone.message, |message| message.id)
            .is_ok();
        if !there && gone.deleted_at.is_none() && gone.key == key {
            let place = MessageRef {
                channel,
                message: gone.message,
            };
            // An empty answer can also mean that we may not read; one message that is
            // surely not there tells them apart.
            if recording::fetch(http, place).await?.is_none() {
                recording::record_deletion(scribe, key, place, scribe.now()).await?;
            }
        }
    }
    Ok(())
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
