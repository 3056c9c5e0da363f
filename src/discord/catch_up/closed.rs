//! Channels that permissions keep Scribe from reading again: the incident's
//! people are told, because they can mend it.

use std::collections::BTreeMap;

use crate::discord::scribe::Scribe;
use crate::incident::{Actor, Command, Context, HISTORY, IncidentKey};
use crate::store::{Request, Target};
use crate::words;

use super::absence::Looked;

/// How many channels of each incident were closed to Scribe.
#[derive(Debug, Default)]
pub(super) struct Closed(BTreeMap<IncidentKey, usize>);

impl Closed {
    /// A channel was looked over.
    pub(super) fn looked(&mut self, key: IncidentKey, looked: &Looked) {
        let closed = looked.unread.is_some_and(|why| why.can_be_mended());
        *self.0.entry(key).or_default() += usize::from(closed);
    }

    /// Tells of it, and of what is open again.
    pub(super) async fn tell(&self, scribe: &Scribe) {
        for (key, channels) in &self.0 {
            if let Err(error) = tell(scribe, *key, *channels).await {
                tracing::error!(
                    incident = %key.number,
                    "that channels cannot be read is not in the log: {error:#}"
                );
            }
        }
    }
}

async fn tell(scribe: &Scribe, key: IncidentKey, channels: usize) -> anyhow::Result<()> {
    let incident = scribe.store.incident(key).await?;
    let told = incident.is_some_and(|one| one.failed_deliveries.contains_key(HISTORY));
    let what = HISTORY.to_owned();
    let command = match channels {
        0 if !told => return Ok(()),
        0 => Command::RecoverDelivery { what },
        channels => Command::FailDelivery {
            what,
            reason: {
                let settings = scribe.store.settings(key.guild).await?;
                let why = || words::absence::history_kept_from_us(channels);
                words::language::speaking(settings.language, why)
            },
        },
    };
    let request = Request {
        guild: key.guild,
        target: Target::Incident(key.number),
        command,
        context: Context {
            actor: Actor::Scribe,
            now: scribe.now(),
            origin: None,
        },
        once: None,
        quiet: false,
    };
    scribe.submit(request).await?;
    Ok(())
}
