//! What has to go together when a text is removed for good.

use std::collections::BTreeSet;

use super::entry::{Entry, Fact};
use super::id::{MessageId, Seq};

/// The wish to remove texts for good.
#[derive(Clone, Debug, PartialEq)]
pub struct Redaction {
    /// From which entries.
    pub entries: Vec<Seq>,
    /// The messages among them, which must not bring their texts back by an
    /// edit or a file that is told of later.
    pub messages: BTreeSet<MessageId>,
    /// Why.
    pub reason: String,
}

impl Redaction {
    /// The wish as somebody utters it. It is not whole before it is [`spread`](Self::spread).
    #[must_use]
    pub fn new(entries: Vec<Seq>, reason: impl Into<String>) -> Self {
        Self {
            entries,
            messages: BTreeSet::new(),
            reason: reason.into(),
        }
    }

    /// The same with every entry of the log that repeats one of them: the edits
    /// and kept files of a message, and the corrections of any of these. What
    /// lost its text before is not named again. An edit alone can be removed
    /// too: it takes nothing with it but its corrections.
    #[must_use]
    pub fn spread(mut self, log: &[Entry]) -> Self {
        let mut before: BTreeSet<Seq> = BTreeSet::new();
        for entry in log {
            if let Fact::Redacted { entries, .. } = &entry.fact {
                before.extend(entries);
            }
        }
        let mut all: BTreeSet<Seq> = self.entries.iter().copied().collect();
        let asked = log.iter().filter(|entry| all.contains(&entry.seq));
        let posted = asked.filter(|entry| matches!(entry.fact, Fact::MessagePosted(_)));
        self.messages = posted
            .filter_map(|entry| entry.origin)
            .map(|origin| origin.message)
            .collect();
        let of_these = |entry: &Entry| {
            let message = entry.origin.map(|origin| origin.message);
            message.is_some_and(|message| self.messages.contains(&message))
        };
        let has_more =
            |entry: &&Entry| !before.contains(&entry.seq) && entry.fact.can_be_redacted();
        for entry in log.iter().filter(has_more) {
            if of_these(entry) {
                all.insert(entry.seq);
            }
            if let Fact::Corrected { entry: target, .. } = entry.fact
                && all.contains(&target)
            {
                all.insert(entry.seq);
            }
        }
        self.entries = all.into_iter().collect();
        self
    }
}
