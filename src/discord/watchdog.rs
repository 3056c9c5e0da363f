//! Watches whether the connection lives. serenity can hang in it without a
//! word; what shows is that no heartbeat is acknowledged any more.

use std::sync::Arc;
use std::time::Duration;

use poise::serenity_prelude as serenity;
use serenity::{ShardId, ShardManager};
use tokio::time::Instant;

use super::scribe::Scribe;
use super::shards::Served;

/// Two and a half of Discord's heartbeats of 41.25 s.
pub(super) const SILENCE: Duration = Duration::from_secs(103);

/// How long a restart may take beside that: serenity waits five seconds for its
/// own end, and the next session has to greet first.
const RESTART: Duration = Duration::from_secs(12);

/// Watches until a restart of the shard's connection did not help either: then
/// it returns, and the process should end.
pub(super) async fn watch(
    shards: &Arc<ShardManager>,
    scribe: &Scribe,
    served: &Served,
    silence: Duration,
) {
    let id = ShardId(served.shard.id);
    let shard = served.shard.id;
    let mut pulse: Option<Pulse> = None;
    loop {
        tokio::time::sleep(silence / 20).await;
        let now = Instant::now();
        // One that is being restarted is among no runners: it is silent too.
        let runner = shards.runners.lock().await;
        let runner = runner.get(&id).map(|runner| runner.latency);
        if pulse.is_none() && runner.is_none() {
            continue;
        }
        let latency = runner.flatten();
        let pulse = pulse.get_or_insert_with(|| Pulse::new(now));
        let silent_for = silence.as_secs();
        match pulse.feel(latency, silence, now) {
            Verdict::Well => {}
            Verdict::Beat => {
                scribe.vitals.set_connected(served.shard, true);
                scribe.hear(served).await;
            }
            Verdict::Doubtful => scribe.vitals.set_connected(served.shard, false),
            Verdict::Silent => {
                scribe.vitals.set_connected(served.shard, false);
                tracing::error!(
                    shard,
                    silence = silent_for,
                    "no heartbeat was acknowledged; the connection is restarted"
                );
                // A restart can hang as well, which a later look notices.
                let shards = Arc::clone(shards);
                tokio::spawn(async move { shards.restart(id).await });
            }
            Verdict::Lost => {
                scribe.vitals.set_connected(served.shard, false);
                tracing::error!(
                    shard,
                    "no heartbeat was acknowledged after a restart of the connection either"
                );
                return;
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
