//! One channel held against the record.

use anyhow::Context as _;
use chrono::{DateTime, Utc};
use futures::future::join_all;
use poise::serenity_prelude as serenity;
use serde_json::Value;
use tokio::sync::watch;

use crate::discord::events::reactions;
use crate::discord::reading::RawMessage;
use crate::discord::recording;
use crate::discord::scribe::Scribe;
use crate::incident::{ChannelId, IncidentKey, MessageId, MessageRef};
use crate::store::{RecordedChannel, SubmitError};

/// The most messages Discord gives at once.
pub(crate) const PAGE: usize = 100;

/// One channel being looked over.
pub(super) struct Look<'a> {
    pub(super) scribe: &'a Scribe,
    pub(super) http: &'a serenity::Http,
    pub(super) key: IncidentKey,
    pub(super) channel: ChannelId,
    /// What came up to here was before the incident's time and is not its own.
    pub(super) floor: MessageId,
    pub(super) began: DateTime<Utc>,
    /// How many pages before the complete part are looked at for edits and deletions.
    pub(super) pages_back: usize,
    /// How many messages were not in the record.
    pub(super) recovered: u32,
    /// Where somebody waits for it: told after each page how many that are.
    pub(super) progress: Option<&'a watch::Sender<u32>>,
}

impl Look<'_> {
    /// Looks it over: first what is new, then what may have changed before that.
    pub(super) async fn over(&mut self, known: Option<&RecordedChannel>) -> anyhow::Result<()> {
        let complete = known.and_then(|known| known.complete_through);
        self.after(complete, known.and_then(|known| known.newest))
            .await?;
        match complete {
            Some(complete) => self.before(complete, self.pages_back).await,
            None => Ok(()),
        }
    }

    async fn after(
        &mut self,
        complete: Option<MessageId>,
        newest: Option<MessageId>,
    ) -> anyhow::Result<()> {
        let mut after = complete.unwrap_or(self.floor);
        loop {
            let mut page = messages(self.http, self.channel, ("after", after.0)).await?;
            page.sort_by_key(|message| message.id);
            let last = page.last().map(|message| message.id);
            self.record(&page).await?;
            if let Some(progress) = self.progress {
                progress.send_replace(self.recovered);
            }
            let full = page.len() >= PAGE;
            // After a page that is not full nothing comes, so what the record has there is gone.
            let until = if full { last } else { last.max(newest) };
            if let Some(until) = until.filter(|until| *until > after) {
                self.gone(MessageId(after.0 + 1), until, &page).await?;
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

    /// Records a page, oldest first. All of it is submitted together, so that
    /// the writer commits it together.
    async fn record(&mut self, page: &[RawMessage]) -> anyhow::Result<()> {
        let recording = page.iter().map(async |message: &RawMessage| {
            // As it was before its edit it may be on its way to us as an event.
            if message.edited_timestamp.is_some() {
                recording::known(self.scribe, self.key, message.place()).await?;
            }
            recording::record(self.scribe, self.key, message).await
        });
        for (message, recorded) in page.iter().zip(join_all(recording).await) {
            match recorded {
                Ok(recorded) => {
                    let new = recorded.is_some_and(|recorded| !recorded.repeated);
                    // What was written since is live and may come by its event as well.
                    self.recovered += u32::from(new && message.timestamp < self.began);
                }
                Err(SubmitError::Refused(refusal)) => {
                    tracing::error!(message = message.id.0, "not recorded: {refusal}");
                }
                Err(error) => return Err(error.into()),
            }
        }
        self.marks(page).await
    }

    /// Key events that were marked by 📌. Marks that were taken off leave no trace.
    async fn marks(&self, page: &[RawMessage]) -> anyhow::Result<()> {
        for message in page {
            reactions::found(self.scribe, self.http, self.key, message).await?;
        }
        Ok(())
    }

    /// Edits and deletions leave no trace in what comes after, so what came
    /// before is compared with the record, page by page.
    async fn before(&self, complete: MessageId, pages: usize) -> anyhow::Result<()> {
        let mut last = complete;
        for _ in 0..pages {
            let before = MessageId(last.0 + 1);
            let mut page = messages(self.http, self.channel, ("before", before.0)).await?;
            page.sort_by_key(|message| message.id);
            // A page that is not full begins where the channel begins.
            let full = page.len() >= PAGE;
            page.retain(|message| message.id > self.floor);
            for message in &page {
                recording::record_edit(self.scribe, self.key, message).await?;
            }
            self.marks(&page).await?;
            let full = full && page.len() >= PAGE;
            let first = page.first().filter(|_| full);
            let first = first.map_or(self.floor, |message| message.id);
            self.gone(first, last, &page).await?;
            if !full {
                return Ok(());
            }
            last = MessageId(first.0 - 1);
        }
        Ok(())
    }

    /// Records the deletion of what the record has from one message to another, both
    /// included, and the page has not.
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

/// A page of a channel's messages after or before one, as Discord gives them.
///
/// # Errors
/// Discord fails, or gives what cannot be read.
pub(crate) async fn messages(
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
