//! The mark of an absence in the log.

use chrono::{DateTime, Utc};

use crate::discord::scribe::Scribe;
use crate::incident::{Actor, Command, Context, IncidentKey};
use crate::store::{Request, Target};

/// Records that Scribe was away until `now`, and how much it recovered.
pub(super) async fn tell(scribe: &Scribe, key: IncidentKey, recovered: u32, now: DateTime<Utc>) {
    let result = async {
        let log = scribe.store.log(key).await?;
        // Nothing was heard after the last thing that was written down before the gap.
        let heard = log
            .iter()
            .rev()
            .map(|entry| entry.recorded_at)
            .find(|at| *at < now);
        let request = Request {
            guild: key.guild,
            target: Target::Incident(key.number),
            command: Command::RecordAbsence {
                from: heard.unwrap_or(now),
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
