//! `scribe run`

use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context;
use clap::Args;
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;

use super::outcome::{Outcome, WrongUse};
use crate::clock::{self, Clock};
use crate::config::{Config, Secret, Shards};
use crate::discord::{Bot, BotOptions, Sharding, Vitals, Work};
use crate::jobs::{AttachmentFetcher, Endings, Reminders, WeeklySummary};
use crate::measure::Timed;
use crate::store::{Store, Writer};
use crate::web::{GatewayVitals, StoreVitals, Web, WorkVitals};

/// Run the bot (what `scribe` does without a command).
#[derive(Debug, Args)]
#[command(after_help = "Needs DISCORD_TOKEN, in the environment or in .env.\n\
    Ctrl-C or SIGTERM ends it within ten seconds; what was not delivered by then is delivered at the next start.\n\
    Several may run on one PostgreSQL server: they share the work, and when one ends or dies the others do what it did.\n\
    On a file there is one; a second one ends at once. Every other command may be used meanwhile.")]
pub(crate) struct Run {}

/// What somebody who starts the bot without a token has to know.
const NO_TOKEN: &str = "\
DISCORD_TOKEN is not set, and the bot cannot sign in without it.

1. Open https://discord.com/developers/applications and choose New Application.
2. Bot -> Reset Token: copy the token.
3. Bot -> Privileged Gateway Intents: switch on Message Content.
4. Put DISCORD_TOKEN=... into a file named .env here, or into the environment.
5. Invite the bot with the link in README.md, and start `scribe run` again.

To see it without any of that: scribe demo";

/// How long the parts may take to end.
const FAREWELL: Duration = Duration::from_secs(10);

impl Run {
    pub(crate) async fn run(self, config: &Config) -> anyhow::Result<Outcome> {
        let Some(token) = &config.token else {
            return Err(WrongUse(NO_TOKEN.to_owned()).into());
        };
        let store = Store::open(config.database.expose()).await?;
        // On a server processes share the work, on a file there is one.
        let _lock = match store.is_on_a_server() {
            true => None,
            false => Some(store.run_lock().await?),
        };
        let counts = store.counts().await?;
        tracing::info!(
            version = env!("CARGO_PKG_VERSION"),
            incidents = counts.incidents,
            open = counts.open,
            "the record is open"
        );
        let writer = Writer::start(store.clone());
        let ended = work(config, token, &store, &writer).await;
        writer.close().await;
        say_what_is_left(&store).await;
        store.close().await;
        ended?;
        Ok(Outcome::default())
    }
}

/// Runs all parts until a signal comes or one of them ends.
async fn work(
    config: &Config,
    token: &Secret,
    store: &Store,
    writer: &Writer,
) -> anyhow::Result<()> {
    let stop = CancellationToken::new();
    let clock: Clock = Arc::new(clock::now);
    let bot = Bot::new(BotOptions {
        token: token.expose().to_owned(),
        api_url: config.api_url.clone(),
        store: store.clone(),
        writer: writer.clone(),
        clock: Arc::clone(&clock),
        stop: stop.clone(),
    })
    .serving(sharding(config.shards));
    let fetcher = AttachmentFetcher::new(
        store.clone(),
        writer.clone(),
        Arc::clone(&clock),
        &config.data_dir,
    )
    .context("cannot set up the fetching of files")?
    .while_it_is(bot.is_first());
    let reminders = Reminders::new(store.clone(), Arc::clone(&clock));
    let endings = Endings::new(store.clone(), Arc::clone(&clock));
    let weekly = WeeklySummary::new(store.clone(), clock);
    let signal = signal()?;

    let mut parts = JoinSet::new();
    if let Some(addr) = config.http.0 {
        let (work, appends) = (bot.work(), writer.appends());
        let web = web(bot.vitals(), store.clone()).telling(move || told(&work, &appends));
        let (bound, serving) = web.serve(addr, stop.clone()).await?;
        tracing::info!("health and metrics are at http://{bound}");
        parts.spawn(async move { Ok(serving.await??) });
    }
    parts.spawn(async move { Ok(bot.run().await?) });
    parts.spawn(until_stopped(fetcher.run(stop.clone())));
    parts.spawn(until_stopped(reminders.run(stop.clone())));
    parts.spawn(until_stopped(endings.run(stop.clone())));
    parts.spawn(until_stopped(weekly.run(stop.clone())));

    let first = tokio::select! {
        name = signal => {
            tracing::info!("{name}: shutting down");
            Ok(())
        }
        Some(ended) = parts.join_next() => ended?,
    };
    stop.cancel();
    let rest = async {
        let mut outcome = Ok(());
        while let Some(ended) = parts.join_next().await {
            outcome = outcome.and(ended.map_err(anyhow::Error::from).flatten());
        }
        outcome
    };
    match tokio::time::timeout(FAREWELL, rest).await {
        Ok(rest) => first.and(rest),
        Err(_) => {
            tracing::warn!("some parts did not end in time; nothing that was recorded is lost");
            first
        }
    }
}

fn sharding(shards: Shards) -> Sharding {
    match shards {
        Shards::Auto => Sharding::Auto,
        Shards::Range { first, last, total } => Sharding::Range { first, last, total },
    }
}

async fn until_stopped(job: impl Future<Output = ()>) -> anyhow::Result<()> {
    job.await;
    Ok(())
}

fn web(gateway: Vitals, store: Store) -> Web {
    let gateway = move || {
        let (shards, shards_in_all) = gateway.serving();
        GatewayVitals {
            connected: gateway.is_connected(),
            shards,
            shards_in_all,
            sessions: gateway.sessions(),
            unreadable_events: gateway.unreadable_events(),
        }
    };
    Web::new(gateway, move || {
        let store = store.clone();
        async move {
            let (depth, counts) = (store.outbox_depth().await, store.counts().await);
            let (depth, counts) = (depth.ok()?, counts.ok()?);
            let waited = |since: chrono::DateTime<chrono::Utc>| {
                (clock::now() - since).to_std().unwrap_or_default()
            };
            Some(StoreVitals {
                outbox_waiting: depth.waiting,
                outbox_oldest: depth.oldest.map(waited),
                outbox_given_up: depth.given_up,
                open_incidents: counts.open,
                entries: counts.entries,
            })
        }
    })
}

fn told(work: &Work, appends: &Timed) -> WorkVitals {
    WorkVitals {
        answers: work.answers.took.read(),
        answers_failed: work.answers.failed.get(),
        appends: appends.took.read(),
        appends_failed: appends.failed.get(),
        deliveries: work.deliveries.took.read(),
        deliveries_failed: work.deliveries.failed.get(),
        rounds: work.rounds.get(),
        recovered: work.recovered.get(),
        limits: work.limits.read(),
        published: work.published.read(),
    }
}

async fn say_what_is_left(store: &Store) {
    match store.outbox_depth().await {
        Ok(depth) if depth.waiting == 0 => tracing::info!("everything is said; goodbye"),
        Ok(depth) => tracing::info!(
            waiting = depth.waiting,
            "what waits to be delivered is delivered at the next start; goodbye"
        ),
        Err(error) => tracing::warn!("cannot tell what is left to be delivered: {error}"),
    }
}

/// Waits for Ctrl-C, or on Unix for SIGTERM; gives its name.
fn signal() -> anyhow::Result<impl Future<Output = &'static str>> {
    #[cfg(unix)]
    let mut terminate = {
        use tokio::signal::unix::{SignalKind, signal};
        signal(SignalKind::terminate()).context("cannot wait for signals")?
    };
    Ok(async move {
        #[cfg(unix)]
        tokio::select! {
            _ = tokio::signal::ctrl_c() => "Ctrl-C",
            _ = terminate.recv() => "SIGTERM",
        }
        #[cfg(not(unix))]
        {
            let _ = tokio::signal::ctrl_c().await;
            "Ctrl-C"
        }
    })
}
