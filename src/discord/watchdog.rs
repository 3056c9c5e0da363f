//! Watches whether the connection lives. serenity can hang in it without a
//! word; what shows is that no heartbeat is acknowledged any more.

use std::sync::Arc;
use std::time::Duration;

use poise::serenity_prelude as serenity;
use serenity::{ShardId, ShardManager};
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

use super::vitals::Vitals;

/// Two and a half of Discord's heartbeats of 41.25 s.
pub(super) const SILENCE: Duration = Duration::from_secs(103);

/// How long a restart may take beside that: serenity waits five seconds for its
/// own end, and the next session has to greet first.
const RESTART: Duration = Duration::from_secs(12);

/// Watches until told to stop, or until a restart of the connection did not
/// help either: then it returns, and the process should end.
pub(super) async fn watch(
    shards: Arc<ShardManager>,
    vitals: Vitals,
    silence: Duration,
    stop: CancellationToken,
) {
    let mut seen = None;
    let mut changed = Instant::now();
    let mut restarted = false;
    loop {
        tokio::select! {
            () = stop.cancelled() => std::future::pending::<()>().await,
            () = tokio::time::sleep(silence / 20) => {}
        }
        // The measured latency is another with each acknowledgement.
        let latency = shards
            .runners
            .lock()
            .await
            .get(&ShardId(0))
            .and_then(|runner| runner.latency);
        if latency != seen {
            seen = latency;
            vitals.set_connected(true);
            changed = Instant::now();
            restarted = false;
            continue;
        }
        // After one and a half heartbeats the connection counts as down.
        if changed.elapsed() >= silence * 3 / 5 {
            vitals.set_connected(false);
        }
        let patience = if restarted {
            silence + RESTART
        } else {
            silence
        };
        if changed.elapsed() < patience {
            continue;
        }
        if restarted {
            tracing::error!(
                "no heartbeat was acknowledged after a restart of the connection either"
            );
            return;
        }
        tracing::error!(
            silence = silence.as_secs(),
            "no heartbeat was acknowledged; the connection is restarted"
        );
        restarted = true;
        changed = Instant::now();
        // A restart can hang as well, which the next look notices.
        let shards = Arc::clone(&shards);
        tokio::spawn(async move { shards.restart(ShardId(0)).await });
    }
}
