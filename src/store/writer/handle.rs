//! The handle through which everybody submits.

use std::sync::Arc;

use tokio::sync::{mpsc, oneshot};
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

use crate::measure::Timed;
use crate::store::Store;

use super::request::{Recorded, Request, SubmitError};
use super::task;

/// How many requests may wait for the writer before those who submit wait too.
const QUEUE: usize = 1024;

/// A handle to the writer. Cheap to clone. The writer ends when it is closed,
/// or after the last handle is gone.
#[derive(Clone, Debug)]
pub struct Writer {
    sender: mpsc::Sender<Waiting>,
    stop: CancellationToken,
    ended: CancellationToken,
    appends: Arc<Timed>,
}

/// A request and who waits for its answer.
pub(super) type Waiting = (Request, oneshot::Sender<Answer>);

/// What the writer says to a request.
pub(super) type Answer = Result<Recorded, SubmitError>;

impl Writer {
    /// Starts the writer of a store. One per process is what makes it fast;
    /// several, or several processes, are still right.
    #[must_use]
    pub fn start(store: Store) -> Self {
        let (sender, receiver) = mpsc::channel(QUEUE);
        let (stop, ended) = (CancellationToken::new(), CancellationToken::new());
        // The guard speaks even if the task panics: nobody waits for ever.
        let guard = ended.clone().drop_guard();
        let stopping = stop.clone();
        tokio::spawn(async move {
            let _guard = guard;
            task::run(store, receiver, stopping).await;
        });
        Self {
            sender,
            stop,
            ended,
            appends: Arc::default(),
        }
    }

    /// Submits a command and waits until what it brings about is on disk. Once
    /// it is in the queue it is carried out even if nobody waits any more.
    ///
    /// # Errors
    /// It was refused, the store failed, or the writer is closed. Nothing of it
    /// was written, unless the error [is unsure](SubmitError::is_unsure).
    pub async fn submit(&self, request: Request) -> Result<Recorded, SubmitError> {
        let began = Instant::now();
        let (answer, answered) = oneshot::channel();
        let sent = self.sender.send((request, answer)).await;
        sent.map_err(|_| SubmitError::Closed)?;
        let answer = answered.await.unwrap_or(Err(SubmitError::Unanswered));
        match &answer {
            Ok(_) => self.appends.took.took(began.elapsed()),
            Err(SubmitError::Refused(_)) => {}
            Err(_) => self.appends.failed.add(1),
        }
        answer
    }

    /// How long those who submitted waited, and how often the store failed them.
    #[must_use]
    pub fn appends(&self) -> Arc<Timed> {
        Arc::clone(&self.appends)
    }

    /// Takes nothing more, finishes what waits and returns when it is done.
    pub async fn close(&self) {
        self.stop.cancel();
        self.ended.cancelled().await;
    }
}
