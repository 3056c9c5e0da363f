//! Three processes look at one moment whether the weekly review is due, and one of
//! them is killed while they do: it is posted once.
//!
//! A process is a runtime of its own with a store, a bot and the job; its end takes
//! all that it was at. Each round has a guild and a channel of its own.

use std::sync::Arc;
use std::time::Duration;

use chrono::TimeDelta;
use discord_sandbox::{ChannelKind, Options, Sandbox, Snowflake};
use rand::rngs::StdRng;
use rand::{Rng as _, SeedableRng as _};
use scribe::clock;
use scribe::discord::{Bot, BotOptions};
use scribe::incident::{
    Actor, ChannelId, Command, Context, GuildId, GuildSettings, Open, Severity,
};
use scribe::jobs::WeeklySummary;
use scribe::store::{Request, Store, Target, Writer};
use tokio::runtime::Runtime;
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;

use crate::world::fresh_server;

const ROUNDS: u64 = 100;
const PROCESSES: usize = 3;

/// A process waits until its work comes, and is killed so many milliseconds later at most.
const LATEST: u64 = 120;

/// How long after the last round all must be posted: longer than what a process that
/// died had claimed is kept for it.
const PATIENCE: Duration = Duration::from_secs(90);

struct Process(Option<Runtime>);

impl Process {
    /// Starts one that looks whenever the round changes.
    fn start(discord: &Sandbox, url: &str, mut round: watch::Receiver<u64>) -> Self {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(1)
            .enable_all()
            .build()
            .unwrap();
        let (token, api_url, url) = (discord.token(), Some(discord.url()), url.to_owned());
        runtime.spawn(async move {
            let store = Store::open(&url).await.unwrap();
            let now: clock::Clock = Arc::new(clock::now);
            let bot = Bot::new(BotOptions {
                token,
                api_url,
                writer: Writer::start(store.clone()),
                store: store.clone(),
                clock: Arc::clone(&now),
                stop: CancellationToken::new(),
            });
            let weekly = WeeklySummary::new(store, now);
            let looking = async {
                loop {
                    // As the job itself does a little later, whatever went wrong.
                    while weekly.look(clock::now()).await.is_err() {}
                    if round.changed().await.is_err() {
                        return;
                    }
                }
            };
            let _ = tokio::join!(bot.run(), looking);
        });
        Self(Some(runtime))
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        if let Some(runtime) = self.0.take() {
            runtime.shutdown_background();
        }
    }
}

/// A guild with an incident, whose last review was told a week ago; where it is posted.
async fn guild(discord: &Sandbox, store: &Store, writer: &Writer, round: u64) -> Snowflake {
    let (guild, name) = (GuildId(1_000 + round), format!("round-{round}"));
    let channel = discord.add_channel(discord.guild(), ChannelKind::Text, &name, None);
    let choose = |settings: &mut GuildSettings| {
        settings.announce_channel = Some(ChannelId(channel.0));
        Ok::<(), ()>(())
    };
    let settled = store.change_settings(guild, &Actor::Scribe, clock::now(), choose);
    settled.await.unwrap().unwrap();
    // The first look only remembers where to begin.
    let before = WeeklySummary::new(store.clone(), Arc::new(clock::now));
    let opened = writer.submit(Request {
        guild,
        target: Target::New,
        command: Command::Open(Open::new("API is down", Severity::Sev1)),
        context: Context {
            actor: Actor::Scribe,
            now: clock::now(),
            origin: None,
        },
        once: None,
        quiet: true,
    });
    opened.await.unwrap();
    let week_ago = clock::now() - TimeDelta::days(7);
    before.look(week_ago).await.unwrap();
    channel
}

async fn race(url: String) {
    let seed = std::env::var("RACE_SEED").map_or(1, |seed| seed.parse().unwrap());
    println!("RACE_SEED={seed}");
    let mut random = StdRng::seed_from_u64(seed);
    let discord = Sandbox::start(Options::default()).await.unwrap();
    let store = Store::open(&url).await.unwrap();
    let writer = Writer::start(store.clone());
    let (start, round) = watch::channel(0);
    let mut processes: Vec<Process> = (0..PROCESSES)
        .map(|_| Process::start(&discord, &url, round.clone()))
        .collect();
    assert!(discord.bot_connected(PATIENCE).await);
    let mut channels = Vec::new();
    for n in 1..=ROUNDS {
        channels.push(guild(&discord, &store, &writer, n).await);
        let victim = random.random_range(0..PROCESSES);
        start.send_replace(n);
        tokio::time::sleep(Duration::from_millis(random.random_range(0..LATEST))).await;
        processes[victim] = Process::start(&discord, &url, round.clone());
    }
    let deadline = tokio::time::Instant::now() + PATIENCE;
    loop {
        let posts = channels
            .iter()
            .map(|channel| discord.messages(*channel).len());
        let posts: Vec<usize> = posts.collect();
        let waiting = store.outbox_depth().await.unwrap().waiting;
        assert!(
            posts.iter().all(|posts| *posts <= 1),
            "posted twice: {posts:?} (RACE_SEED={seed})"
        );
        if waiting == 0 && posts.iter().all(|posts| *posts == 1) {
            break;
        }
        assert!(
            tokio::time::Instant::now() < deadline,
            "{waiting} wait, posted: {posts:?} (RACE_SEED={seed})"
        );
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
    drop(processes);
    discord.assert_no_violations();
}

#[tokio::test(flavor = "multi_thread")]
async fn the_weekly_review_is_posted_once_whoever_races_for_it_and_dies_on_a_file() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("scribe.db");
    race(format!("sqlite://{}", file.display())).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_weekly_review_is_posted_once_whoever_races_for_it_and_dies_on_a_server() {
    race(fresh_server().await).await;
}
