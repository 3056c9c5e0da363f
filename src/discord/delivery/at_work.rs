//! Which items are being said at this moment.

use std::collections::HashSet;
use std::sync::{Arc, Mutex, PoisonError};

/// The ids of the items this process is at. A lease tells the same to other
/// processes, but a clock that is set forward ends it too early.
#[derive(Clone, Debug, Default)]
pub(super) struct AtWork(Arc<Mutex<HashSet<i64>>>);

impl AtWork {
    /// Marks an item, or `None` where it is marked already.
    pub(super) fn mark(&self, id: i64) -> Option<Mark> {
        let mut ids = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        ids.insert(id).then(|| Mark {
            of: self.clone(),
            id,
        })
    }
}

/// An item's mark; gone when it is dropped, be it by a panic.
#[derive(Debug)]
pub(super) struct Mark {
    of: AtWork,
    id: i64,
}

impl Drop for Mark {
    fn drop(&mut self) {
        let mut ids = self.of.0.lock().unwrap_or_else(PoisonError::into_inner);
        ids.remove(&self.id);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_item_is_marked_once_at_a_time() {
        let at_work = AtWork::default();
        let mark = at_work.mark(7);
        assert!(mark.is_some());
        assert!(at_work.mark(7).is_none());
        assert!(at_work.mark(8).is_some());
        drop(mark);
        assert!(at_work.mark(7).is_some());
    }
}
