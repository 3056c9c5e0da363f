//! The writer's loop.

use std::time::Duration;

use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;

use crate::store::Store;
use crate::store::error::StoreError;

use super::cache::Cache;
use super::commit::commit;
use super::handle::{Answer, Waiting};
use super::request::{Request, SubmitError};

/// The most requests of one transaction.
const BATCH: usize = 256;

/// How long to wait before trying again what another process kept from us.
const PAUSES: [Duration; 3] = [
    Duration::from_millis(50),
    Duration::from_millis(250),
    Duration::from_secs(1),
];

/// How long to wait before trying again to scrub what was redacted off the disk.
const SCRUB_AGAIN: Duration = Duration::from_secs(1);

/// Commits what waits until nobody can submit any more.
pub(super) async fn run(
    store: Store,
    mut receiver: mpsc::Receiver<Waiting>,
    stop: CancellationToken,
) {
    let mut writing = Writing {
        store,
        cache: Cache::default(),
        scrub: false,
    };
    let mut batch = Vec::with_capacity(BATCH);
    loop {
        tokio::select! {
            biased;
            received = receiver.recv_many(&mut batch, BATCH) => {
                if received == 0 {
                    break;
                }
                writing.answer(batch.drain(..)).await;
            }
            () = stop.cancelled(), if !receiver.is_closed() => receiver.close(),
            () = tokio::time::sleep(SCRUB_AGAIN), if writing.scrub => {}
        }
        if writing.scrub {
            writing.scrub = !writing.store.scrub().await;
        }
    }
}

struct Writing {
    store: Store,
    cache: Cache,
    /// Whether redacted text may still be in the write-ahead log.
    scrub: bool,
}

impl Writing {
    async fn answer(&mut self, batch: impl Iterator<Item = Waiting>) {
        let (requests, waiting): (Vec<_>, Vec<_>) = batch.unzip();
        let answers = self.record(&requests).await;
        for (waiting, answer) in waiting.into_iter().zip(answers) {
            // Who does not wait any more needs no answer.
            let _ = waiting.send(answer);
        }
    }

    /// Records requests together; where that fails because of one of them, each alone.
    async fn record(&mut self, requests: &[Request]) -> Vec<Answer> {
        let error = match self.try_record(requests).await {
            Ok(answers) => return answers,
            Err(error) => error,
        };
        tracing::error!(%error, requests = requests.len(), "a batch was not written");
        if requests.len() == 1 || error.concerns_everything() {
            let answer = |_| Err(SubmitError::Store(error.clone()));
            return requests.iter().map(answer).collect();
        }
        let mut answers = Vec::with_capacity(requests.len());
        for request in requests {
            let alone = self.try_record(std::slice::from_ref(request)).await;
            answers.push(match alone {
                Ok(mut answers) => answers.pop().unwrap_or(Err(SubmitError::Closed)),
                Err(error) => Err(error.into()),
            });
        }
        answers
    }

    async fn try_record(&mut self, requests: &[Request]) -> Result<Vec<Answer>, StoreError> {
        for pause in PAUSES {
            match self.commit(requests).await {
                Err(StoreError::Busy) => tokio::time::sleep(pause).await,
                result => return result,
            }
        }
        self.commit(requests).await
    }

    async fn commit(&mut self, requests: &[Request]) -> Result<Vec<Answer>, StoreError> {
        let committed = commit(&self.store, &mut self.cache, requests).await?;
        self.scrub |= committed.redacted;
        if committed.queued {
            self.store.tell_outbox_changed();
        }
        Ok(committed.answers)
    }
}
