//! The mark of an absence in the log.

use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc};

use crate::discord::scribe::Scribe;
use crate::incident::{Actor, Command, Context, IncidentKey};
use crate::store::{Request, Target};

/// How long an absence is told even if nothing of it could be recovered: what
/// was written and deleted in it, or edited twice, nobody knows.
const LONG: TimeDelta = TimeDelta::minutes(1);

/// An absence that is being made up for.
#[derive(Debug)]
pub(super) struct Absence {
    from: Option<DateTime<Utc>>,
    to: DateTime<Utc>,
    recovered: BTreeMap<IncidentKey, (u32, bool)>,
}

impl Absence {
    /// One that has just ended. `from` is when Discord was last heard, if that is known.
    pub(super) fn new(from: Option<DateTime<Utc>>, to: DateTime<Utc>) -> Self {
        Self {
            from: from.map(|from| from.min(to)),
            to,
            recovered: BTreeMap::new(),
        }
    }

    /// So many messages were recovered in a channel of an incident that is open, or is not.
    pub(super) fn recovered(&mut self, key: IncidentKey, messages: u32, open: bool) {
        let of_incident = self.recovered.entry(key).or_insert((0, open));
        of_incident.0 += messages;
    }

    /// Writes it into the logs of the incidents that it concerns.
    pub(super) async fn tell(&self, scribe: &Scribe) {
        let long = self.from.is_some_and(|from| self.to - from >= LONG);
        for (key, (recovered, open)) in &self.recovered {
            if *recovered == 0 && !(long && *open) {
                continue;
            }
            if let Err(error) = self.record(scribe, *key, *recovered).await {
                tracing::error!(incident = %key.number, "an absence was not recorded: {error:#}");
            }
        }
    }

    async fn record(
        &self,
        scribe: &Scribe,
        key: IncidentKey,
        recovered: u32,
    ) -> anyhow::Result<()> {
        let from = match self.from {
            Some(from) => from,
            None => self.last_entry(scribe, key).await?,
        };
        let to = self.to;
        let request = Request {
            guild: key.guild,
            target: Target::Incident(key.number),
            command: Command::RecordAbsence {
                from,
                to,
                recovered,
            },
            context: Context {
                actor: Actor::Scribe,
                now: scribe.now(),
                origin: None,
            },
            // A look that began anew ends with the same absence.
            once: Some(format!(
                "absence:{}:{}",
                key.number.0,
                to.timestamp_millis()
            )),
            quiet: false,
        };
        scribe.submit(request).await?;
        Ok(())
    }

    /// Nothing was heard after the last thing that was written down before the gap.
    async fn last_entry(&self, scribe: &Scribe, key: IncidentKey) -> anyhow::Result<DateTime<Utc>> {
        let log = scribe.store.log(key).await?;
        let mut times = log.iter().rev().map(|entry| entry.recorded_at);
        Ok(times.find(|at| *at < self.to).unwrap_or(self.to))
    }
}
