//! How the work of the bot goes, for whoever watches over the process.

use std::time::Duration;

use crate::incident::{Incident, Spans};
use crate::measure::{Count, Durations, Timed};

/// What was done since the start.
#[derive(Debug)]
pub struct Work {
    /// From an interaction's arrival to its answer; failed where it is ours.
    pub answers: Timed,
    /// From being queued to being said; failed tries.
    pub deliveries: Timed,
    /// Rounds through the recorded channels.
    pub rounds: Count,
    /// Messages that a round brought into the record.
    pub recovered: Count,
    /// For how long Discord asked to wait, each time it did.
    pub limits: Durations,
    /// From `resolved` to the first postmortem that was published after it.
    pub published: Durations,
}

impl Default for Work {
    fn default() -> Self {
        Self {
            answers: Timed::default(),
            deliveries: Timed::default(),
            rounds: Count::default(),
            recovered: Count::default(),
            limits: Durations::of_moments(),
            published: Durations::of_days(),
        }
    }
}

impl Work {
    /// A postmortem was published; only the first version is news.
    pub(super) fn was_published(&self, incident: &Incident) {
        if incident.publications.len() == 1
            && let Ok((resolved, published)) = Spans::of(incident).publish
        {
            let took = (published - resolved).to_std();
            self.published.took(took.unwrap_or(Duration::ZERO));
        }
    }
}
