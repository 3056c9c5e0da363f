//! The writer's loop.

use std::time::Duration;

use tokio::sync::mpsc;
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

use crate::store::Store;
use crate::store::error::StoreError;

use super::cache::Cache;
use super::commit::commit;
use super::handle::{Answer, Waiting};
use super::request::{Request, SubmitError};
use super::rhythm::Rhythm;

/// The most requests of one transaction.
const BATCH: usize = 256;

/// How long to wait before trying again what another process or a broken
/// connection kept from us.
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
        scrub: store.scrubs_at_start(),
        store,
        cache: Cache::default(),
    };
    let mut batch = Vec::with_capacity(BATCH);
    let mut rhythm = Rhythm::default();
    loop {
        tokio::select! {
            biased;
            received = receiver.recv_many(&mut batch, BATCH) => {
                if received == 0 {
                    break;
                }
                rhythm.gather(&mut receiver, &mut batch).await;
                let (count, begun) = (batch.len(), Instant::now());
                writing.answer(batch.drain(..)).await;
                rhythm.beat(count, begun.elapsed());
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
    /// Whether former copies of redacted text may still be on the disk.
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
                Ok(mut answers) => answers.pop().unwrap_or(Err(SubmitError::Unanswered)),
                Err(error) => Err(error.into()),
            });
        }
        answers
    }

    async fn try_record(&mut self, requests: &[Request]) -> Result<Vec<Answer>, StoreError> {
        for pause in PAUSES {
            match self.commit(requests).await {
                Err(error) if error.passes() => tokio::time::sleep(pause).await,
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

#[cfg(test)]
mod tests {
    use chrono::DateTime;

    use super::*;
    use crate::incident::{Actor, Command, Context, GuildId, IncidentNumber, Open, Severity};
    use crate::store::backend::Backend;
    use crate::store::writer::{Target, Writer};

    fn request(target: Target, command: Command) -> Request {
        Request {
            guild: GuildId(0),
            target,
            command,
            context: Context {
                actor: Actor::Scribe,
                now: DateTime::UNIX_EPOCH,
                origin: None,
            },
            once: None,
            quiet: true,
        }
    }

    fn note() -> Request {
        let text = "x".repeat(7000);
        let (at, key) = (None, false);
        let target = Target::Incident(IncidentNumber(1));
        request(target, Command::Note { text, at, key })
    }

    /// An incident, and a setting of the one connection that writes to it.
    async fn opened(folder: &tempfile::TempDir) -> (Store, Writer) {
        let url = format!("sqlite://{}/scribe.db", folder.path().display());
        let store = Store::open(&url).await.unwrap();
        let writer = Writer::start(store.clone());
        let open = Command::Open(Open::new("API is down", Severity::Sev1));
        writer.submit(request(Target::New, open)).await.unwrap();
        (store, writer)
    }

    async fn set(store: &Store, pragma: &'static str) {
        let Backend::Sqlite(pools) = store.backend() else {
            panic!("a setting of SQLite");
        };
        let set = sqlx::raw_sql(pragma).execute(&pools.write).await;
        set.unwrap();
    }

    #[tokio::test]
    async fn a_full_disk_is_told_and_survived() {
        let folder = tempfile::tempdir().unwrap();
        let (store, writer) = opened(&folder).await;
        // A full disk as SQLite sees it: there is no other page.
        set(&store, "PRAGMA max_page_count = 1").await;
        let mut written = 0;
        let failure = loop {
            match writer.submit(note()).await {
                Ok(_) => written += 1,
                Err(failure) => break failure,
            }
            assert!(written < 1000, "the disk is never full");
        };
        assert!(
            matches!(failure, SubmitError::Store(StoreError::Full)),
            "{failure}"
        );
        set(&store, "PRAGMA max_page_count = 1000000").await;
        writer.submit(note()).await.unwrap();
        let verification = store.verify().await.unwrap();
        assert_eq!(verification.entries, written + 2);
        assert_eq!(verification.differences, []);
    }

    #[tokio::test]
    async fn a_read_only_file_is_told_and_survived() {
        let folder = tempfile::tempdir().unwrap();
        let (store, writer) = opened(&folder).await;
        set(&store, "PRAGMA query_only = ON").await;
        let failure = writer.submit(note()).await.unwrap_err();
        assert!(
            matches!(failure, SubmitError::Store(StoreError::ReadOnly)),
            "{failure}"
        );
        set(&store, "PRAGMA query_only = OFF").await;
        writer.submit(note()).await.unwrap();
        assert_eq!(store.verify().await.unwrap().entries, 2);
    }

    /// What the database refuses of one request is refused to that one alone.
    #[tokio::test]
    async fn a_request_that_cannot_be_stored_harms_nobody() {
        let folder = tempfile::tempdir().unwrap();
        let (store, mut writing) = {
            let (store, writer) = opened(&folder).await;
            writer.close().await;
            let writing = Writing {
                store: store.clone(),
                cache: Cache::default(),
                scrub: false,
            };
            (store, writing)
        };
        set(
            &store,
            "CREATE TRIGGER t BEFORE INSERT ON entries WHEN NEW.body LIKE '%impossible%'
            BEGIN SELECT RAISE(ABORT, 'never'); END",
        )
        .await;
        let mut impossible = note();
        let (text, at, key) = ("impossible".to_owned(), None, false);
        impossible.command = Command::Note { text, at, key };
        let answers = writing.record(&[note(), impossible, note()]).await;
        assert!(answers[0].is_ok() && answers[2].is_ok());
        assert!(
            matches!(
                &answers[1],
                Err(SubmitError::Store(StoreError::Database(_)))
            ),
            "{:?}",
            answers[1]
        );
        let verification = store.verify().await.unwrap();
        assert_eq!(verification.entries, 3);
        assert_eq!(verification.differences, []);
    }

    /// A failure at COMMIT itself: the database may have kept it, so nobody is told that it did not.
    #[tokio::test]
    async fn a_failure_of_the_commit_itself_is_unsure() {
        let folder = tempfile::tempdir().unwrap();
        let (store, writer) = opened(&folder).await;
        set(
            &store,
            "CREATE TABLE known (id INTEGER PRIMARY KEY);
            CREATE TABLE owing (id INTEGER REFERENCES known (id) DEFERRABLE INITIALLY DEFERRED);
            CREATE TRIGGER t AFTER INSERT ON entries BEGIN INSERT INTO owing VALUES (1); END",
        )
        .await;
        let failure = writer.submit(note()).await.unwrap_err();
        assert!(failure.is_unsure(), "{failure}");
        set(&store, "DROP TRIGGER t").await;
        writer.submit(note()).await.unwrap();
        assert_eq!(store.verify().await.unwrap().differences, []);
    }
}
