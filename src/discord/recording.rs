//! Messages into the record: the one path for live messages, for those fetched
//! after an absence and for those somebody adds. Discord's ids make each
//! request unique, so any of them may come twice, late or out of order.

use std::time::Duration;

use anyhow::Context as _;
use chrono::{DateTime, Utc};
use poise::serenity_prelude as serenity;
use serde_json::Value;
use tokio::time::Instant;

use crate::incident::{
    Actor, Command, Context, IncidentKey, Message, MessageRef, Person, REDACTED, Refusal, Seq, text,
};
use crate::store::{Recorded, Request, StoreError, SubmitError, Target};
use crate::words::spoken;

use super::ids;
use super::reading::RawMessage;
use super::rest::RestError;
use super::scribe::Scribe;

/// How long an edit or a deletion waits for the message it is about: both come in
/// tasks of their own, and the message may wait for a database that is busy. Each
/// wait is twice the one before, six seconds in all.
const OVERTAKEN: [Duration; 7] = [
    Duration::from_millis(50),
    Duration::from_millis(100),
    Duration::from_millis(200),
    Duration::from_millis(400),
    Duration::from_millis(800),
    Duration::from_millis(1600),
    Duration::from_millis(3200),
];

/// A message that has to be in an incident's record.
#[derive(Clone, Copy)]
pub(crate) struct Wanted {
    pub(crate) key: IncidentKey,
    pub(crate) place: MessageRef,
}

/// Whether a message is to be recorded: not Scribe's own, nor a notice of Discord's.
pub(crate) fn is_for_the_record(scribe: &Scribe, message: &RawMessage) -> bool {
    message.is_written() && !scribe.is_me(message.author().id)
}

/// Records a message as it is; `None` where it is not for the record. An edited
/// one gets its edit recorded too.
pub(crate) async fn record(
    scribe: &Scribe,
    key: IncidentKey,
    message: &RawMessage,
) -> Result<Option<Recorded>, SubmitError> {
    if !is_for_the_record(scribe, message) {
        return Ok(None);
    }
    let (author, at) = (message.author(), message.timestamp);
    let command = Command::RecordMessage {
        message: message.message(),
        at,
    };
    let once = format!("message:{}", message.id);
    let recorded = submit(scribe, key, command, author, message.place(), once).await?;
    if recorded.repeated {
        record_edit(scribe, key, message).await?;
    }
    if let Some(at) = scribe.gone.take(message.id) {
        record_deletion(scribe, key, message.place(), at).await?;
    }
    Ok(Some(recorded))
}

/// Records that a message reads differently now; `None` where nobody edited
/// it: Discord also sends updates when a link gets its preview.
pub(crate) async fn record_edit(
    scribe: &Scribe,
    key: IncidentKey,
    message: &RawMessage,
) -> Result<Option<Recorded>, SubmitError> {
    let Some(at) = message.edited_timestamp else {
        return Ok(None);
    };
    if !is_for_the_record(scribe, message) || reads_so(scribe, message).await? {
        return Ok(None);
    }
    let command = Command::RecordEdit {
        text: message.text(),
        at,
    };
    // Two edits can be made within a millisecond.
    let once = format!("edit:{}:{}", message.id, at.timestamp_micros());
    let author = message.author();
    submit(scribe, key, command, author, message.place(), once)
        .await
        .map(Some)
}

/// Whether the record has the message as it reads now, or its text was removed
/// for good and must not come back.
async fn reads_so(scribe: &Scribe, message: &RawMessage) -> Result<bool, StoreError> {
    // What is not in the record yet is recorded by whoever is at it, as it is then.
    let Some(known) = scribe.store.message(message.id).await? else {
        return Ok(true);
    };
    let entry = scribe.store.entry(known.key, known.text_seq).await?;
    let recorded = entry.as_ref().and_then(|entry| entry.fact.text());
    let now = text::body(&message.text());
    Ok(recorded.is_some_and(|recorded| recorded == REDACTED || recorded == now))
}

/// Whether the message is in the record, given it a moment to come in when it is young.
///
/// # Errors
/// The store fails.
pub(crate) async fn known(
    scribe: &Scribe,
    key: IncidentKey,
    place: MessageRef,
) -> Result<bool, StoreError> {
    let young = scribe.now() - ids::created_at(place.message.0) < chrono::TimeDelta::seconds(10);
    let mut waits = OVERTAKEN.iter().filter(|_| young);
    loop {
        if is_known(scribe, key, place).await? {
            return Ok(true);
        }
        let Some(wait) = waits.next() else {
            return Ok(false);
        };
        tokio::time::sleep(*wait).await;
    }
}

/// Whether the message is in the record.
///
/// # Errors
/// The store fails.
pub(crate) async fn is_known(
    scribe: &Scribe,
    key: IncidentKey,
    place: MessageRef,
) -> Result<bool, StoreError> {
    let known = scribe.store.message(place.message).await?;
    Ok(known.is_some_and(|known| known.key == key))
}

/// Records that a message is gone. Who deleted it Discord does not say.
pub(crate) async fn record_deletion(
    scribe: &Scribe,
    key: IncidentKey,
    place: MessageRef,
    at: DateTime<Utc>,
) -> Result<Recorded, SubmitError> {
    let request = Request {
        guild: key.guild,
        target: Target::Incident(key.number),
        command: Command::RecordDeletion { at },
        context: Context {
            actor: Actor::Scribe,
            now: scribe.now(),
            origin: Some(place),
        },
        once: Some(format!("deletion:{}", place.message)),
        quiet: false,
    };
    scribe.submit(request).await
}

/// The entry of a message in an incident, recorded now where it was not yet.
///
/// # Errors
/// Discord or the store fails.
pub(crate) async fn record_wanted(
    scribe: &Scribe,
    http: &serenity::Http,
    wanted: Wanted,
) -> anyhow::Result<Option<Seq>> {
    let known = scribe.store.message(wanted.place.message).await?;
    if let Some(known) = &known
        && known.key == wanted.key
    {
        return Ok(Some(known.seq));
    }
    let message = fetch(scribe, http, wanted.place).await?;
    let message = message.context("the message is gone")?;
    if let Some(known) = known {
        let first = scribe.store.incident(known.key).await?;
        // What was removed for good must not come back by another way.
        if first.is_some_and(|first| first.redacted_messages.contains(&wanted.place.message)) {
            return Ok(None);
        }
        return note_from_elsewhere(scribe, wanted.key, &message)
            .await
            .map(Some);
    }
    let recorded = record(scribe, wanted.key, &message).await?;
    Ok(recorded.and_then(|recorded| recorded.entries.first().map(|entry| entry.seq)))
}

/// A message that another incident has recorded already comes into this one as
/// a note of its author's, at its time, with the link back.
async fn note_from_elsewhere(
    scribe: &Scribe,
    key: IncidentKey,
    message: &RawMessage,
) -> anyhow::Result<Seq> {
    let command = Command::Note {
        text: message.text(),
        at: Some(message.timestamp),
        key: false,
    };
    let once = format!("note:{}:{}", key.number.0, message.id);
    let recorded = submit(
        scribe,
        key,
        command,
        message.author(),
        message.place(),
        once,
    )
    .await?;
    recorded
        .entries
        .first()
        .map(|entry| entry.seq)
        .context("a note has an entry")
}

/// A message as Discord has it; `None` where it is gone.
///
/// # Errors
/// Discord fails.
pub(crate) async fn fetch(
    scribe: &Scribe,
    http: &serenity::Http,
    place: MessageRef,
) -> anyhow::Result<Option<RawMessage>> {
    if scribe.budget.is_spent(Instant::now()) {
        anyhow::bail!("too many requests failed; it is fetched later");
    }
    let route = serenity::Route::ChannelMessage {
        channel_id: serenity::ChannelId::new(place.channel.0),
        message_id: serenity::MessageId::new(place.message.0),
    };
    let request = serenity::Request::new(route, serenity::LightMethod::Get);
    match http.fire::<Value>(request).await.map_err(RestError::from) {
        Ok(json) => Ok(Some(
            RawMessage::read(json).context("a message that cannot be read")?,
        )),
        Err(error) if super::delivery::failure::is_gone(&error) => Ok(None),
        Err(error) => {
            scribe.budget.spend(Instant::now());
            Err(error).context("fetch a message")
        }
    }
}

/// Records that there is a message whose form Scribe does not understand; once,
/// under its id, and in the name of its author where that at least can be read.
pub(crate) async fn record_unreadable(
    scribe: &Scribe,
    key: IncidentKey,
    place: MessageRef,
    author: Option<&str>,
) -> Result<Recorded, SubmitError> {
    let name = text::one_line(author.unwrap_or_default());
    let name = match name.is_empty() {
        true => spoken::NOBODY_KNOWN.to_owned(),
        false => name,
    };
    let message = Message {
        text: spoken::unreadable().to_owned(),
        edited_at: None,
        reply_to: None,
        attachments: Vec::new(),
    };
    let at = ids::created_at(place.message.0);
    let request = Request {
        guild: key.guild,
        target: Target::Incident(key.number),
        command: Command::RecordMessage { message, at },
        context: Context {
            actor: Actor::Named { name },
            now: scribe.now(),
            origin: Some(place),
        },
        once: Some(format!("message:{}", place.message)),
        quiet: false,
    };
    scribe.submit(request).await
}

/// Logs what could not be recorded. A refusal here is no user's mistake: it is
/// a message that the rules do not take, which must be seen by whoever runs
/// Scribe. Where the store failed, what it missed is fetched once it works again.
pub(crate) fn log_unrecorded(
    scribe: &Scribe,
    what: &'static str,
    place: MessageRef,
    error: &SubmitError,
) {
    let (channel, message) = (place.channel.0, place.message.0);
    match error {
        SubmitError::Refused(Refusal::NoMessage) => {}
        SubmitError::Refused(_) => {
            tracing::error!(what, channel, message, "not recorded: {error}");
        }
        SubmitError::Store(_) | SubmitError::Closed | SubmitError::Unanswered => {
            tracing::error!(what, channel, message, "not recorded yet: {error}");
            scribe.missed(place.channel);
        }
    }
}

async fn submit(
    scribe: &Scribe,
    key: IncidentKey,
    command: Command,
    author: Person,
    place: MessageRef,
    once: String,
) -> Result<Recorded, SubmitError> {
    let request = Request {
        guild: key.guild,
        target: Target::Incident(key.number),
        command,
        context: Context {
            actor: Actor::Person(author),
            now: scribe.now(),
            origin: Some(place),
        },
        once: Some(once),
        quiet: false,
    };
    scribe.submit(request).await
}
