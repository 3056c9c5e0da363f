//! When a batch is full: those who were answered together come back together.
//!
//! Without it the first of them would be committed alone while the others are
//! still on their way, and every second commit would be for one request.

use std::time::Duration;

use tokio::sync::mpsc;
use tokio::sync::mpsc::error::TryRecvError;
use tokio::time::Instant;

/// The part of a commit's time that is spent on waiting for the others, at most.
const PART: u32 = 8;

/// The longest wait for the others.
const LONGEST: Duration = Duration::from_millis(2);

/// What the last batch was like.
#[derive(Debug, Default)]
pub(super) struct Rhythm {
    count: usize,
    patience: Duration,
}

impl Rhythm {
    /// Notes how many requests a batch had and how long they took.
    pub(super) fn beat(&mut self, count: usize, took: Duration) {
        self.count = count;
        self.patience = (took / PART).min(LONGEST);
    }

    /// Waits until a batch has as many as the last one, for a small part of the
    /// time that a commit takes. Whoever is alone waits for nobody.
    pub(super) async fn gather<T>(&self, receiver: &mut mpsc::Receiver<T>, batch: &mut Vec<T>) {
        let begun = Instant::now();
        while batch.len() < self.count && begun.elapsed() < self.patience {
            match receiver.try_recv() {
                Ok(one) => batch.push(one),
                Err(TryRecvError::Disconnected) => return,
                Err(TryRecvError::Empty) => tokio::task::yield_now().await,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LONG: Duration = Duration::from_secs(60);

    /// So many who each say something a moment later.
    fn come_back(count: usize) -> mpsc::Receiver<usize> {
        let (sender, receiver) = mpsc::channel(count);
        for one in 0..count {
            let sender = sender.clone();
            tokio::spawn(async move {
                for _ in 0..one {
                    tokio::task::yield_now().await;
                }
                sender.send(one).await
            });
        }
        receiver
    }

    #[tokio::test]
    async fn those_who_were_answered_together_are_committed_together() {
        let mut receiver = come_back(64);
        // However busy the machine is.
        let rhythm = Rhythm {
            count: 64,
            patience: LONG,
        };
        let mut batch = Vec::new();
        receiver.recv_many(&mut batch, 256).await;
        assert!(batch.len() < 64, "all came at once, and nothing is tested");
        rhythm.gather(&mut receiver, &mut batch).await;
        assert_eq!(batch.len(), 64);
    }

    #[tokio::test]
    async fn nobody_is_waited_for_who_was_not_there() {
        let mut receiver = come_back(2);
        let mut rhythm = Rhythm::default();
        let mut batch = Vec::new();
        receiver.recv_many(&mut batch, 1).await;
        rhythm.gather(&mut receiver, &mut batch).await;
        assert_eq!(batch.len(), 1);
        rhythm.beat(1, LONG);
        rhythm.gather(&mut receiver, &mut batch).await;
        assert_eq!(batch.len(), 1);
    }

    #[tokio::test]
    async fn who_stays_away_is_not_waited_for_long() {
        let mut rhythm = Rhythm::default();
        rhythm.beat(64, LONG);
        assert_eq!(rhythm.patience, LONGEST);
        let (_sender, mut receiver) = mpsc::channel(1);
        let mut batch = vec![1];
        rhythm.gather(&mut receiver, &mut batch).await;
        assert_eq!(batch.len(), 1);
    }
}
