//! The mark of an absence in the log.

use chrono::{DateTime, Utc};

use crate::discord::scribe::Scribe;
use crate::incident::{Actor, Command, Context, Fact, IncidentKey};
use crate::store::{Request, Target};

/// Records that Scribe was away until `now`, and how much it recovered.
pub(super) async fn tell(scribe: &Scribe, key: IncidentKey, recovered: u32, now: DateTime<Utc>) {
    let result = async {
        let log = scribe.store.log(key).await?;
        // What was missed first was not heard, so what was written down last before it was the last.
        let missed = log.iter().filter(|entry| {
            let message = matches!(entry.fact, Fact::MessagePosted(_));
            message && entry.happened_at < now && now <= entry.recorded_at
        });
        let first = missed.map(|entry| entry.happened_at).min().unwrap_or(now);
        let mut recorded = log.iter().rev().map(|entry| entry.recorded_at);
        let heard = recorded.find(|at| *at <= first);
        let request = Request {
            guild: key.guild,
            target: Target::Incident(key.number),
            command: Command::RecordAbsence {
                from: heard.unwrap_or(first),
                to: now,
                recovered,
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
