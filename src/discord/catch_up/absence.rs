//! The mark of an absence in the log.

use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc};

use crate::discord::scribe::Scribe;
use crate::incident::{Actor, ChannelId, Command, Context, IncidentKey, Unread, WhyUnread};
use crate::store::{RecordedChannel, Request, Target};

/// How long an absence is told even if nothing of it could be recovered: what
/// was written and deleted in it, or edited twice, nobody knows.
const LONG: TimeDelta = TimeDelta::minutes(1);

/// What came of looking one channel over.
#[derive(Clone, Copy, Debug)]
pub(super) struct Looked {
    /// How many messages it recovered.
    pub(super) recovered: u32,
    /// From when on (UTC) what came before was compared; `None` where all of it was.
    pub(super) compared_since: Option<DateTime<Utc>>,
    /// Why not all of it could be read.
    pub(super) unread: Option<WhyUnread>,
}

impl Looked {
    /// Whether another look soon could find more.
    pub(super) fn is_done(&self) -> bool {
        self.unread != Some(WhyUnread::Failing)
    }
}

/// An absence that is being made up for.
#[derive(Debug)]
pub(super) struct Absence {
    from: Option<DateTime<Utc>>,
    to: DateTime<Utc>,
    incidents: BTreeMap<IncidentKey, OfIncident>,
}

/// What is known of it for one incident.
#[derive(Debug, Default)]
struct OfIncident {
    open: bool,
    /// What was recovered and is not told yet.
    recovered: u32,
    compared_since: Option<DateTime<Utc>>,
    unread: BTreeMap<ChannelId, WhyUnread>,
    /// How often it was told.
    told: u32,
}

impl Absence {
    /// One that has just ended. `from` is when Discord was last heard, if that is known.
    pub(super) fn new(from: Option<DateTime<Utc>>, to: DateTime<Utc>) -> Self {
        Self {
            from: from.map(|from| from.min(to)),
            to,
            incidents: BTreeMap::new(),
        }
    }

    /// Since when something may be missing, if that is known.
    pub(super) fn from(&self) -> Option<DateTime<Utc>> {
        self.from
    }

    /// Another one ended before this was told: both are one.
    pub(super) fn lasted_until(&mut self, to: DateTime<Utc>) {
        self.to = self.to.max(to);
    }

    /// Whether it stands in a log already.
    pub(super) fn is_told(&self) -> bool {
        self.incidents.values().any(|one| one.told > 0)
    }

    /// A channel was looked over.
    pub(super) fn looked(&mut self, known: &RecordedChannel, looked: &Looked) {
        let one = self.incidents.entry(known.key).or_default();
        one.open = known.open;
        one.recovered += looked.recovered;
        one.compared_since = one.compared_since.max(looked.compared_since);
        match looked.unread {
            Some(why) => one.unread.insert(known.channel, why),
            None => one.unread.remove(&known.channel),
        };
    }

    /// Writes it into the logs of the incidents that it concerns; what is
    /// recovered after that is told as well. Whether all of it is written.
    pub(super) async fn tell(&mut self, scribe: &Scribe) -> bool {
        let long = self.from.is_some_and(|from| self.to - from >= LONG);
        let (from, to) = (self.from, self.to);
        let mut all = true;
        for (key, one) in &mut self.incidents {
            let unread = one.unread.values().any(|why| *why != WhyUnread::Deleted);
            let first = one.told == 0 && one.open && (long || unread);
            if one.recovered == 0 && !first {
                continue;
            }
            match record(scribe, *key, one, (from, to)).await {
                Ok(()) => {
                    one.told += 1;
                    one.recovered = 0;
                }
                Err(error) => {
                    all = false;
                    tracing::error!(incident = %key.number, "an absence was not recorded: {error:#}");
                }
            }
        }
        all
    }
}

async fn record(
    scribe: &Scribe,
    key: IncidentKey,
    one: &OfIncident,
    (from, to): (Option<DateTime<Utc>>, DateTime<Utc>),
) -> anyhow::Result<()> {
    let from = match from {
        Some(from) => from,
        None => last_entry(scribe, key, to).await?,
    };
    let unread = one.unread.iter();
    let unread = unread.map(|(channel, why)| Unread {
        channel: *channel,
        why: *why,
    });
    // A look that began anew ends with the same absence.
    let number = key.number.0;
    let once = match one.told {
        0 => format!("absence:{number}:{}", to.timestamp_millis()),
        times => format!("absence:{number}:{}:{times}", to.timestamp_millis()),
    };
    let request = Request {
        guild: key.guild,
        target: Target::Incident(key.number),
        command: Command::RecordAbsence {
            from,
            to,
            recovered: one.recovered,
            compared_since: one.compared_since,
            unread: unread.collect(),
        },
        context: Context {
            actor: Actor::Scribe,
            now: scribe.now(),
            origin: None,
        },
        once: Some(once),
        quiet: false,
    };
    scribe.submit(request).await?;
    Ok(())
}

/// Nothing was heard after the last thing that was written down before the gap.
async fn last_entry(
    scribe: &Scribe,
    key: IncidentKey,
    to: DateTime<Utc>,
) -> anyhow::Result<DateTime<Utc>> {
    let log = scribe.store.log(key).await?;
    let mut times = log.iter().rev().map(|entry| entry.recorded_at);
    Ok(times.find(|at| *at < to).unwrap_or(to))
}
