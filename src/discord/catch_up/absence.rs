//! What was missed during an absence, and the mark of it in the log.

use chrono::{DateTime, Utc};

use crate::discord::scribe::Scribe;
use crate::incident::{Actor, Command, Context, IncidentKey};
use crate::store::{Request, Target};

/// Messages that were written and not heard.
#[derive(Clone, Copy, Default)]
pub(super) struct Missed {
    /// How many.
    recovered: u32,
    /// When the first of them was written (UTC).
    first: Option<DateTime<Utc>>,
}

impl Missed {
    /// One more, written at that time.
    pub(super) fn message(&mut self, at: DateTime<Utc>) {
        self.add(Self {
            recovered: 1,
            first: Some(at),
        });
    }

    /// Those of another look.
    pub(super) fn add(&mut self, other: Self) {
        self.recovered += other.recovered;
        self.first = [self.first, other.first].into_iter().flatten().min();
    }
}

/// Records that Scribe was away until `now`, and how much it recovered; nothing
/// where nothing was missed.
pub(super) async fn tell(scribe: &Scribe, key: IncidentKey, missed: Missed, now: DateTime<Utc>) {
    let Some(first) = missed.first else {
        return;
    };
    let result = async {
        let log = scribe.store.log(key).await?;
        // The first that was missed was not heard; what was written down last before it was.
        let heard = log
            .iter()
            .rev()
            .map(|entry| entry.recorded_at)
            .find(|at| *at <= first);
        let request = Request {
            guild: key.guild,
            target: Target::Incident(key.number),
            command: Command::RecordAbsence {
                from: heard.unwrap_or(first),
                to: now,
                recovered: missed.recovered,
            },
            context: Context {
                actor: Actor::Scribe,
                now: scribe.now(),
                origin: None,
            },
            once: None,
            quiet: false,
        };
        scribe.submit(request).await?;
        anyhow::Ok(())
    };
    if let Err(error) = result.await {
        tracing::error!(incident = %key.number, "an absence was not recorded: {error:#}");
    }
}
