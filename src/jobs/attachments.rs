//! Files of recorded messages, fetched before Discord's links expire. Those that
//! were redacted are removed by the same hands, so that neither gets in the
//! other's way.

use std::path::Path;
use std::time::Duration;

use chrono::TimeDelta;
use futures::StreamExt as _;
use sha2::{Digest, Sha256};
use tokio::io::AsyncWriteExt as _;
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;

use crate::clock::Clock;
use crate::incident::{Actor, Command, Context};
use crate::store::{Request, Store, StoreError, SubmitError, Target, WantedAttachment, Writer};
use crate::words;

use super::kept_files::KeptFiles;

/// The largest file that is kept: what Discord takes from ordinary members, with room.
const LARGEST: u64 = 25 * 1024 * 1024;

/// How often a file is tried before it is given up: for most of the day that
/// Discord's links hold, so that a full disk or a lost network can be mended.
const TRIES: u32 = 48;

/// The longest wait between two tries.
const PAUSE: TimeDelta = TimeDelta::minutes(30);

/// How often it is looked for files to fetch.
const LOOK: Duration = Duration::from_millis(500);

/// How many are taken at a look.
const BATCH: u32 = 8;

/// Fetches files.
pub struct AttachmentFetcher {
    store: Store,
    writer: Writer,
    clock: Clock,
    files: KeptFiles,
    client: reqwest::Client,
    turn: watch::Receiver<bool>,
}

/// Why a file is not kept.
#[derive(Debug, thiserror::Error)]
enum NotKept {
    /// It never will be.
    #[error("{0}")]
    Lost(String),
    /// It may be later.
    #[error("{0}")]
    NotYet(String),
}

impl AttachmentFetcher {
    /// Keeps files below `data_dir`.
    ///
    /// # Errors
    /// The machine cannot do TLS.
    pub fn new(
        store: Store,
        writer: Writer,
        clock: Clock,
        data_dir: &Path,
    ) -> Result<Self, reqwest::Error> {
        let client = reqwest::Client::builder()
            .connect_timeout(Duration::from_secs(10))
            .timeout(Duration::from_secs(60))
            .build()?;
        Ok(Self {
            store,
            writer,
            clock,
            files: KeptFiles::new(data_dir),
            client,
            // Whose sender is gone stays as it is.
            turn: watch::channel(true).1,
        })
    }

    /// Works only while `turn` says so: where several processes work on one
    /// database, one of them fetches and removes files, so that none removes
    /// what another is about to name.
    #[must_use]
    pub fn while_it_is(mut self, turn: watch::Receiver<bool>) -> Self {
        self.turn = turn;
        self
    }

    /// Works until it is told to stop.
    pub async fn run(self, stop: CancellationToken) {
        let mut turn = self.turn.clone();
        loop {
            tokio::select! {
                () = stop.cancelled() => return,
                () = becomes(&mut turn, true) => {}
            }
            let mut over = turn.clone();
            tokio::select! {
                () = self.work(&stop) => return,
                () = becomes(&mut over, false) => {}
            }
        }
    }

    /// Works until it is told to stop. Dropped at any moment it leaves what the
    /// next finds and finishes.
    async fn work(&self, stop: &CancellationToken) {
        if let Err(error) = self.files.remove_parts().await {
            tracing::error!("cannot remove half-written files: {error}");
        }
        loop {
            self.settle().await;
            let wait = match self.look().await {
                Ok(0) => LOOK,
                Ok(_) => Duration::ZERO,
                Err(error) => {
                    tracing::error!("cannot look for files to fetch: {error}");
                    Duration::from_secs(5)
                }
            };
            tokio::select! {
                () = stop.cancelled() => return,
                () = tokio::time::sleep(wait) => {}
            }
        }
    }

    /// Removes files that no entry names: those that were redacted, and those
    /// that were written when something stopped. Nothing is being fetched meanwhile.
    async fn settle(&self) {
        if let Err(error) = self.try_settle().await {
            tracing::error!("cannot remove files that no entry names: {error:#}");
        }
    }

    async fn try_settle(&self) -> anyhow::Result<()> {
        for (sha256, named) in self.store.files_in_doubt(BATCH).await? {
            if !named {
                self.files.remove(&sha256).await?;
            }
            self.store.file_settled(&sha256, named).await?;
        }
        Ok(())
    }

    /// Fetches some of the files that are wanted; how many were tried.
    async fn look(&self) -> Result<usize, StoreError> {
        let wanted = self.store.attachments_wanted(BATCH, (self.clock)()).await?;
        let tried = wanted.len();
        let all = wanted.into_iter().map(|wanted| self.handle(wanted));
        let outcomes: Vec<Result<(), StoreError>> = futures::stream::iter(all)
            .buffer_unordered(3)
            .collect()
            .await;
        outcomes.into_iter().collect::<Result<(), _>>()?;
        Ok(tried)
    }

    async fn handle(&self, wanted: WantedAttachment) -> Result<(), StoreError> {
        let attachment = wanted.attachment.id;
        let command = match self.keep(&wanted).await {
            Ok(sha256) => Command::KeepAttachment { attachment, sha256 },
            Err(NotKept::NotYet(reason)) if wanted.attempts + 1 < TRIES => {
                tracing::warn!(
                    attachment = attachment.0,
                    "a file is not kept yet: {reason}"
                );
                let due = (self.clock)() + pause(wanted.attempts);
                return self
                    .store
                    .attachment_later(wanted.key, attachment, due)
                    .await;
            }
            Err(reason) => {
                tracing::error!(attachment = attachment.0, "a file is lost: {reason}");
                Command::LoseAttachment {
                    attachment,
                    reason: reason.to_string(),
                }
            }
        };
        let request = Request {
            guild: wanted.key.guild,
            target: Target::Incident(wanted.key.number),
            command,
            context: Context {
                actor: Actor::Scribe,
                now: (self.clock)(),
                origin: Some(wanted.origin),
            },
            once: Some(format!("attachment:{attachment}")),
            quiet: false,
        };
        match self.writer.submit(request).await {
            Ok(_) => Ok(()),
            Err(SubmitError::Store(error)) => Err(error),
            Err(error) => {
                tracing::error!(
                    attachment = attachment.0,
                    "what became of a file is not recorded: {error}"
                );
                self.store
                    .attachment_later(
                        wanted.key,
                        attachment,
                        (self.clock)() + TimeDelta::minutes(1),
                    )
                    .await
            }
        }
    }

    /// Fetches a file and keeps it; its SHA-256.
    async fn keep(&self, wanted: &WantedAttachment) -> Result<String, NotKept> {
        let file = &wanted.attachment;
        if file.size > LARGEST {
            return Err(NotKept::Lost(words::failure::file_too_large(
                file.size, LARGEST,
            )));
        }
        let response = self
            .client
            .get(&file.url)
            .send()
            .await
            .map_err(unreachable)?;
        let status = response.status();
        if status.is_client_error() && status.as_u16() != 429 {
            return Err(NotKept::Lost(words::failure::file_gone(status.as_u16())));
        }
        if !status.is_success() {
            return Err(NotKept::NotYet(words::failure::discord_failed(
                status.as_u16(),
            )));
        }
        if response
            .content_length()
            .is_some_and(|length| length > LARGEST)
        {
            return Err(NotKept::Lost(words::failure::file_too_large(
                response.content_length().unwrap_or(0),
                LARGEST,
            )));
        }
        self.write(response).await
    }

    /// Streams the body into a file beside its place, then moves it there: a
    /// name that is there holds the whole file.
    async fn write(&self, response: reqwest::Response) -> Result<String, NotKept> {
        let part = self.files.part().await.map_err(disk)?;
        let kept = match self.stream(response, &part).await {
            Ok(sha256) => self.name(&part, sha256).await,
            Err(error) => Err(error),
        };
        if kept.is_err() {
            let _ = tokio::fs::remove_file(&part).await;
        }
        kept
    }

    /// Gives a whole file its name. It is in doubt until an entry names it, so
    /// that nothing stays behind whatever stops here.
    async fn name(&self, part: &Path, sha256: String) -> Result<String, NotKept> {
        let doubted = self.store.doubt_file(&sha256).await;
        doubted.map_err(|error| disk(std::io::Error::other(error)))?;
        self.files.name(part, &sha256).await.map_err(disk)?;
        Ok(sha256)
    }

    async fn stream(&self, response: reqwest::Response, part: &Path) -> Result<String, NotKept> {
        let mut file = tokio::fs::File::create(part).await.map_err(disk)?;
        let mut hash = Sha256::new();
        let mut length = 0;
        let mut body = response.bytes_stream();
        while let Some(chunk) = body.next().await {
            let chunk = chunk.map_err(unreachable)?;
            length += chunk.len() as u64;
            if length > LARGEST {
                return Err(NotKept::Lost(words::failure::file_too_large(
                    length, LARGEST,
                )));
            }
            hash.update(&chunk);
            file.write_all(&chunk).await.map_err(disk)?;
        }
        file.sync_all().await.map_err(disk)?;
        Ok(hash
            .finalize()
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect())
    }
}

/// Waits until it is somebody's turn, or is not; for ever where nobody tells.
async fn becomes(turn: &mut watch::Receiver<bool>, wanted: bool) {
    if turn.wait_for(|is| *is == wanted).await.is_err() {
        std::future::pending::<()>().await;
    }
}

/// Two seconds after the first try, then twice as long each time.
fn pause(tries_before: u32) -> TimeDelta {
    TimeDelta::seconds(2 << tries_before.min(12)).min(PAUSE)
}

/// The reason without the address: a file's link lets anybody fetch it.
fn unreachable(error: reqwest::Error) -> NotKept {
    NotKept::NotYet(words::failure::discord_unreachable(
        &error.without_url().to_string(),
    ))
}

fn disk(error: std::io::Error) -> NotKept {
    NotKept::NotYet(words::failure::disk(&error.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_tried_for_as_long_as_its_link_holds() {
        let all: TimeDelta = (0..TRIES - 1).map(pause).sum();
        assert!(
            TimeDelta::hours(18) < all && all < TimeDelta::hours(24),
            "{all}"
        );
        assert_eq!(pause(0), TimeDelta::seconds(2));
    }
}
