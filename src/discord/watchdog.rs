//! Watches whether the connection lives. serenity can hang in it without a
//! word; what shows is that no heartbeat is acknowledged any more.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use poise::serenity_prelude as serenity;
use serenity::{ShardId, ShardManager};
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

use super::scribe::Scribe;

/// Two and a half of Discord's heartbeats of 41.25 s.
pub(super) const SILENCE: Duration = Duration::from_secs(103);

/// How long a restart may take beside that: serenity waits five seconds for its
/// own end, and the next session has to greet first.
const RESTART: Duration = Duration::from_secs(12);

/// Watches until told to stop, or until a restart of a shard's connection did
/// not help either: then it returns, and the process should end.
pub(super) async fn watch(
    shards: Arc<ShardManager>,
    scribe: Arc<Scribe>,
    silence: Duration,
    stop: CancellationToken,
) {
    let mut pulses: BTreeMap<ShardId, Pulse> = BTreeMap::new();
    loop {
        tokio::select! {
            () = stop.cancelled() => std::future::pending::<()>().await,
            () = tokio::time::sleep(silence / 20) => {}
        }
        let now = Instant::now();
        let runners = shards.runners.lock().await;
        let latencies = runners.iter().map(|(id, runner)| (*id, runner.latency));
        let latencies: BTreeMap<ShardId, Option<Duration>> = latencies.collect();
        drop(runners);
        for id in latencies.keys() {
            pulses.entry(*id).or_insert_with(|| Pulse::new(now));
        }
        // One that is being restarted is among no runners: it is silent too.
        let latency = |id: &ShardId| latencies.get(id).copied().flatten();
        let verdicts: Vec<(ShardId, Verdict)> = pulses
            .iter_mut()
            .map(|(id, pulse)| (*id, pulse.feel(latency(id), silence, now)))
            .collect();
        let any = |wanted: &[Verdict]| verdicts.iter().any(|(_, is)| wanted.contains(is));
        if any(&[Verdict::Doubtful, Verdict::Silent, Verdict::Lost]) {
            scribe.vitals.set_connected(false);
        } else if any(&[Verdict::Beat]) {
            scribe.vitals.set_connected(true);
            if latencies.values().any(Option::is_some) {
                scribe.hear().await;
            }
        }
        for (id, verdict) in verdicts {
            let (shard, silence) = (id.0, silence.as_secs());
            match verdict {
                Verdict::Beat | Verdict::Well | Verdict::Doubtful => {}
                Verdict::Silent => {
                    tracing::error!(
                        shard,
                        silence,
                        "no heartbeat was acknowledged; the connection is restarted"
                    );
                    // A restart can hang as well, which a later look notices.
                    let shards = Arc::clone(&shards);
                    tokio::spawn(async move { shards.restart(id).await });
                }
                Verdict::Lost => {
                    tracing::error!(
                        shard,
                        "no heartbeat was acknowledged after a restart of the connection either"
                    );
                    return;
                }
            }
        }
    }
}

/// What is known of a shard's heart.
struct Pulse {
    /// The latency as last measured, another with each acknowledgement.
    seen: Option<Duration>,
    /// The last acknowledgement, or the last restart.
    since: Instant,
    restarted: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Verdict {
    /// It has beaten since the last look.
    Beat,
    /// It need not have beaten again yet.
    Well,
    /// Silent for one and a half heartbeats: it counts as down.
    Doubtful,
    /// Silent for too long: it is to be restarted, now.
    Silent,
    /// Silent since it was restarted.
    Lost,
}

impl Pulse {
    fn new(now: Instant) -> Self {
        Self {
            seen: None,
            since: now,
            restarted: false,
        }
    }

    fn feel(&mut self, latency: Option<Duration>, silence: Duration, now: Instant) -> Verdict {
        // A new session has no latency until its first acknowledgement, which is no beat.
        if latency.is_some() && latency != self.seen {
            self.seen = latency;
            self.since = now;
            self.restarted = false;
            return Verdict::Beat;
        }
        let silent = now - self.since;
        if self.restarted && silent >= silence + RESTART {
            return Verdict::Lost;
        }
        if !self.restarted && silent >= silence {
            self.since = now;
            self.restarted = true;
            return Verdict::Silent;
        }
        if silent >= silence * 3 / 5 {
            return Verdict::Doubtful;
        }
        Verdict::Well
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECOND: Duration = Duration::from_secs(1);

    #[test]
    fn a_heart_that_stops_is_doubted_restarted_and_given_up() {
        let start = Instant::now();
        let silence = SECOND * 100;
        let mut pulse = Pulse::new(start);
        let mut feel = |latency: Option<u32>, at: u32| {
            pulse.feel(
                latency.map(|ms| SECOND * ms / 1000),
                silence,
                start + SECOND * at,
            )
        };
        assert_eq!(feel(None, 10), Verdict::Well);
        assert_eq!(feel(Some(5), 41), Verdict::Beat);
        assert_eq!(feel(Some(5), 100), Verdict::Well);
        assert_eq!(feel(Some(5), 101), Verdict::Doubtful);
        assert_eq!(feel(Some(5), 141), Verdict::Silent);
        assert_eq!(feel(None, 146), Verdict::Well);
        assert_eq!(feel(None, 252), Verdict::Doubtful);
        assert_eq!(feel(None, 253), Verdict::Lost);
    }

    #[test]
    fn a_restart_that_helps_is_forgotten() {
        let start = Instant::now();
        let silence = SECOND * 100;
        let mut pulse = Pulse::new(start);
        assert_eq!(pulse.feel(None, silence, start + silence), Verdict::Silent);
        let beat = start + silence + SECOND * 50;
        assert_eq!(pulse.feel(Some(SECOND), silence, beat), Verdict::Beat);
        assert_eq!(
            pulse.feel(Some(SECOND), silence, beat + SECOND * 59),
            Verdict::Well
        );
        let again = pulse.feel(Some(SECOND), silence, beat + silence);
        assert_eq!(again, Verdict::Silent);
    }
}
