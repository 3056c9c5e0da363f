//! One channel held against the record.

use chrono::{DateTime, Utc};
use futures::future::join_all;
use poise::serenity_prelude as serenity;
use serde::de::IgnoredAny;
use tokio::sync::watch;

use crate::discord::delivery::failure::{answer, is_gone};
use crate::discord::events::reactions;
use crate::discord::ids;
use crate::discord::recording;
use crate::discord::rest::{Rest, RestError};
use crate::discord::scribe::Scribe;
use crate::incident::{ChannelId, IncidentKey, MessageId, MessageRef, WhyUnread};
use crate::store::{Recorded, RecordedChannel, SubmitError};

use super::page::Page;

/// One channel being looked over.
pub(super) struct Look<'a> {
    pub(super) scribe: &'a Scribe,
    pub(super) http: &'a Rest,
    pub(super) key: IncidentKey,
    pub(super) channel: ChannelId,
    /// What came up to here was before the incident's time and is not its own.
    pub(super) floor: MessageId,
    pub(super) began: DateTime<Utc>,
    /// How many pages before the complete part are looked at for edits and deletions.
    pub(super) pages_back: usize,
    /// How many messages were not in the record.
    pub(super) recovered: u32,
    /// From when on it was compared, where that is not from its beginning on.
    pub(super) compared_since: Option<DateTime<Utc>>,
    /// Where somebody waits for it: told after each page how many it recovered.
    pub(super) progress: Option<&'a watch::Sender<u32>>,
}

/// Why a look broke off.
#[derive(Debug, thiserror::Error)]
pub(super) enum Broken {
    /// Asking again soon does not help.
    #[error("it cannot be read: {0:?}")]
    Closed(WhyUnread),
    #[error(transparent)]
    Failed(#[from] anyhow::Error),
}

impl From<RestError> for Broken {
    fn from(error: RestError) -> Self {
        match answer(&error).map(|(status, _, _)| status.as_u16()) {
            Some(403) => Self::Closed(WhyUnread::NoAccess),
            Some(404) => Self::Closed(WhyUnread::Deleted),
            _ => Self::Failed(error.into()),
        }
    }
}

impl From<SubmitError> for Broken {
    fn from(error: SubmitError) -> Self {
        Self::Failed(error.into())
    }
}

impl From<crate::store::StoreError> for Broken {
    fn from(error: crate::store::StoreError) -> Self {
        Self::Failed(error.into())
    }
}

impl Look<'_> {
    /// Looks it over: first what is new, then what may have changed before that.
    pub(super) async fn over(&mut self, known: Option<&RecordedChannel>) -> Result<(), Broken> {
        let complete = known.and_then(|known| known.complete_through);
        let found = self
            .after(complete, known.and_then(|known| known.newest))
            .await?;
        let found_before = match complete {
            Some(complete) => self.before(complete, self.pages_back).await?,
            None => false,
        };
        // Where Scribe may not read the history, Discord's pages are empty and say no more.
        if !found && !found_before {
            self.may_read().await?;
        }
        Ok(())
    }

    /// Whether there was anything.
    async fn after(
        &mut self,
        complete: Option<MessageId>,
        newest: Option<MessageId>,
    ) -> Result<bool, Broken> {
        let mut after = complete.unwrap_or(self.floor);
        let mut found = false;
        loop {
            let page = Page::fetch(self.http, self.channel, ("after", after)).await?;
            let last = page.last();
            found |= last.is_some();
            self.record(&page).await?;
            if let Some(progress) = self.progress {
                progress.send_replace(self.recovered);
            }
            // After a page that is not full nothing comes, so what the record has there is gone.
            let until = if page.full { last } else { last.max(newest) };
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
            if !page.full {
                return Ok(found);
            }
        }
    }

    /// Records a page, oldest first. All of it is submitted together, so that
    /// the writer commits it together.
    async fn record(&mut self, page: &Page) -> Result<(), Broken> {
        let recording = page.messages.iter().map(async |message| {
            // As it was before its edit it may be on its way to us as an event.
            let edited = message.edited_timestamp.is_some();
            if edited && recording::is_for_the_record(self.scribe, message) {
                recording::known(self.scribe, self.key, message.place()).await?;
            }
            recording::record(self.scribe, self.key, message).await
        });
        let recorded = join_all(recording).await;
        for (message, recorded) in page.messages.iter().zip(recorded) {
            self.count(message.id, recorded)?;
        }
        for one in &page.unreadable {
            let author = one.author.as_deref();
            let place = self.place(one.id);
            let recorded = recording::record_unreadable(self.scribe, self.key, place, author).await;
            self.count(one.id, recorded.map(Some))?;
        }
        self.marks(page).await
    }

    fn count(
        &mut self,
        message: MessageId,
        recorded: Result<Option<Recorded>, SubmitError>,
    ) -> Result<(), Broken> {
        match recorded {
            Ok(recorded) => {
                let new = recorded.is_some_and(|recorded| !recorded.repeated);
                // What was written since is live and may come by its event as well.
                let meanwhile = ids::created_at(message.0) < self.began;
                self.recovered += u32::from(new && meanwhile);
            }
            Err(SubmitError::Refused(refusal)) => {
                tracing::error!(message = message.0, "not recorded: {refusal}");
            }
            Err(error) => return Err(error.into()),
        }
        Ok(())
    }

    /// Key events that were marked by 📌, and those whose 📌 was taken off.
    async fn marks(&self, page: &Page) -> Result<(), Broken> {
        let Some(incident) = self.scribe.store.incident(self.key).await? else {
            return Ok(());
        };
        for message in &page.messages {
            reactions::found(self.scribe, self.http, &incident, message).await?;
        }
        Ok(())
    }

    /// Edits and deletions leave no trace in what comes after, so what came
    /// before is compared with the record, page by page. Whether there was anything.
    async fn before(&mut self, complete: MessageId, pages: usize) -> Result<bool, Broken> {
        let mut last = complete;
        let mut found = false;
        for _ in 0..pages {
            let before = MessageId(last.0 + 1);
            let page = Page::fetch(self.http, self.channel, ("before", before)).await?;
            found |= page.last().is_some();
            let page = page.after(self.floor);
            for message in &page.messages {
                recording::record_edit(self.scribe, self.key, message).await?;
            }
            self.marks(&page).await?;
            // A page that is not full begins where the channel, or the incident's time, begins.
            let first = page.first().filter(|_| page.full);
            let reached = first.unwrap_or(self.floor);
            self.gone(reached, last, &page).await?;
            let Some(first) = first else {
                self.compared_since = None;
                return Ok(found);
            };
            self.compared_since = Some(ids::created_at(first.0));
            last = MessageId(first.0 - 1);
        }
        Ok(found)
    }

    /// Records the deletion of what the record has from one message to another, both
    /// included, and the page has not.
    async fn gone(&self, first: MessageId, last: MessageId, page: &Page) -> Result<(), Broken> {
        let recorded = self
            .scribe
            .store
            .messages_between(self.channel, first, last)
            .await?;
        for known in recorded {
            if page.has(known.message) || known.deleted_at.is_some() || known.key != self.key {
                continue;
            }
            // A page is empty too for those who may not read the history; a single
            // message that is gone is told apart from one that may not be read.
            let place = self.place(known.message);
            if !self.is_there(known.message).await? {
                recording::record_deletion(self.scribe, self.key, place, self.scribe.now()).await?;
            }
        }
        Ok(())
    }

    /// Whether Discord has a message, be it readable or not.
    async fn is_there(&self, message: MessageId) -> Result<bool, Broken> {
        let route = serenity::Route::ChannelMessage {
            channel_id: serenity::ChannelId::new(self.channel.0),
            message_id: serenity::MessageId::new(message.0),
        };
        match self.http.get::<IgnoredAny>(route).await {
            Ok(_) => Ok(true),
            Err(error) if is_gone(&error) => Ok(false),
            Err(error) => Err(no_history(error)),
        }
    }

    /// Asks for a message that is not there: only who may read the history is told so.
    async fn may_read(&self) -> Result<(), Broken> {
        self.is_there(MessageId(self.channel.0)).await.map(drop)
    }

    fn place(&self, message: MessageId) -> MessageRef {
        MessageRef {
            channel: self.channel,
            message,
        }
    }
}

/// Of a single message a 403 means that the history may not be read; of a page
/// it would mean that the channel may not be seen.
fn no_history(error: RestError) -> Broken {
    match Broken::from(error) {
        Broken::Closed(WhyUnread::NoAccess) => Broken::Closed(WhyUnread::NoHistory),
        other => other,
    }
}
