//! The world under its lock, with a bell that rings at each change.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::watch;
use tokio_util::sync::CancellationToken;

use crate::checks::openapi::Description;
use crate::world::World;

pub(crate) struct Shared {
    world: Mutex<World>,
    bell: watch::Sender<()>,
    /// Discord's description of its API, where there is one. It has a lock of its own: it is slow at first.
    pub(crate) description: Option<Arc<Description>>,
    /// Cancelled when the sandbox is dropped.
    pub(crate) stopped: CancellationToken,
}

impl Shared {
    pub(crate) fn new(world: World, description: Option<Arc<Description>>) -> Self {
        Self {
            world: Mutex::new(world),
            bell: watch::Sender::new(()),
            description,
            stopped: CancellationToken::new(),
        }
    }

    /// A test that panicked while it held the lock has failed already; the others may go on.
    fn lock(&self) -> MutexGuard<'_, World> {
        self.world.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn look<R>(&self, look: impl FnOnce(&World) -> R) -> R {
        look(&self.lock())
    }

    pub(crate) fn change<R>(&self, change: impl FnOnce(&mut World) -> R) -> R {
        let result = change(&mut self.lock());
        self.bell.send_replace(());
        result
    }

    /// Looks at the world after each change until it shows something, for at most `patience`.
    pub(crate) async fn until<R>(
        &self,
        patience: Duration,
        mut look: impl FnMut(&World) -> Option<R>,
    ) -> Option<R> {
        let mut bell = self.bell.subscribe();
        let search = async {
            loop {
                bell.borrow_and_update();
                if let Some(found) = self.look(&mut look) {
                    return Some(found);
                }
                if bell.changed().await.is_err() {
                    return None;
                }
            }
        };
        tokio::time::timeout(patience, search).await.ok().flatten()
    }
}
