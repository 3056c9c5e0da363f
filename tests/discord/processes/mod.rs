//! Several processes on one database: they share the shards, and what one does
//! another goes on with when the first is dead or cut off.

mod ranges;

use std::time::{Duration, Instant};

use discord_sandbox::{Options, Snowflake, Trouble};
use scribe::discord::{Bot, BotOptions, Sharding, Vitals};
use scribe::incident::{Entry, Fact, GuildId, IncidentKey, IncidentNumber};
use scribe::store::{Store, Writer};
use tokio::runtime::Runtime;
use tokio_util::sync::CancellationToken;

use crate::wire::Wire;
use crate::world::{Opened, World};

/// How long what a process serves is its own: a fifth of what it is outside of tests.
const HOLD: Duration = Duration::from_secs(3);

/// A bot with a store and a runtime of its own, so that it can be killed.
struct Process {
    runtime: Option<Runtime>,
    stop: CancellationToken,
    vitals: Vitals,
}

impl Process {
    async fn start(world: &World, database: &str) -> Self {
        Self::serving(Sharding::Auto, world, database).await
    }

    async fn serving(sharding: Sharding, world: &World, database: &str) -> Self {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(2)
            .enable_all()
            .build()
            .unwrap();
        let stop = CancellationToken::new();
        let (token, api_url) = (world.discord.token(), Some(world.discord.url()));
        let (database, clock, stopping) = (database.to_owned(), world.clock(), stop.clone());
        let (started, vitals) = tokio::sync::oneshot::channel();
        runtime.spawn(async move {
            let store = Store::open(&database).await.unwrap();
            let writer = Writer::start(store.clone());
            let bot = Bot::new(BotOptions {
                token,
                api_url,
                store,
                writer: writer.clone(),
                clock,
                stop: stopping,
            });
            let bot = bot.held_for(HOLD).serving(sharding);
            let _ = started.send(bot.vitals());
            bot.run().await.unwrap();
            writer.close().await;
        });
        Self {
            runtime: Some(runtime),
            stop,
            vitals: vitals.await.unwrap(),
        }
    }

    /// As a machine ends that loses its power.
    fn kill(mut self) {
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }

    /// Waits until it serves exactly these and is well.
    async fn serves(&self, world: &World, shards: &[u32]) {
        let what = async || {
            let (serving, _) = self.vitals.serving();
            (serving == shards && self.vitals.is_connected()).then_some(())
        };
        world.until(what).await;
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        self.stop.cancel();
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}

async fn world(shards: u64) -> World {
    let options = Options {
        shards,
        ..Options::default()
    };
    let mut world = World::on_postgres_with(options).await;
    world.kill_bot().await;
    world
}

fn is_absence(entry: &&Entry) -> bool {
    matches!(entry.fact, Fact::Absence { .. })
}

/// Each of these texts stands once in the log of an incident, as soon as all are there.
async fn stand_once(world: &World, key: IncidentKey, texts: &[&str]) -> Vec<Entry> {
    let count = |log: &[Entry], text: &str| {
        let said = log.iter().filter(|entry| entry.fact.text() == Some(text));
        said.count()
    };
    let all = async || {
        let log = world.store.log(key).await.unwrap();
        let there = texts.iter().all(|text| count(&log, text) > 0);
        there.then_some(log)
    };
    world.until(all).await;
    // What comes twice comes a moment later.
    tokio::time::sleep(Duration::from_secs(1)).await;
    let log = world.store.log(key).await.unwrap();
    for text in texts {
        assert_eq!(count(&log, text), 1, "{text}");
    }
    log
}

#[tokio::test(flavor = "multi_thread")]
async fn a_process_that_dies_is_replaced_and_nothing_is_lost_or_doubled() {
    let world = world(1).await;
    let first = Process::start(&world, &world.url).await;
    first.serves(&world, &[0]).await;
    let second = Process::start(&world, &world.url).await;
    second.serves(&world, &[]).await;
    let inc = world.open("ana", "API is down").await;
    world.say("ben", inc.channel, "while the first works").await;
    world.all_said().await;
    let key = world.key(inc.number);
    stand_once(&world, key, &["while the first works"]).await;

    // It dies in the midst of saying something, which Discord has taken.
    let silence = Trouble::LateAnswer(Duration::from_secs(60));
    let faults = world.discord.faults();
    faults.rest("POST", "/channels/*/messages", 1, silence);
    let note = [("text", "in the midst of it")];
    world
        .slash_in("ana", inc.channel, "incident note", &note)
        .await;
    world.see(inc.channel, "in the midst of it").await;
    first.kill();
    let died = Instant::now();
    world.say("ben", inc.channel, "while nobody works").await;
    second.serves(&world, &[0]).await;
    let took = died.elapsed();
    println!("taken over after {took:?}");
    assert!(took < HOLD * 2, "{took:?}");
    world
        .say("ben", inc.channel, "while the second works")
        .await;

    let texts = [
        "while the first works",
        "while nobody works",
        "while the second works",
        "in the midst of it",
    ];
    let log = stand_once(&world, key, &texts).await;
    assert_eq!(log.iter().filter(is_absence).count(), 1);
    world.all_said().await;
    let messages = world.discord.messages(inc.channel);
    let said = messages
        .iter()
        .filter(|message| message.text().contains("in the midst of it"));
    let texts: Vec<_> = messages.iter().map(|message| message.text()).collect();
    assert_eq!(said.count(), 1, "it is not said again: {texts:#?}");
    assert_eq!(world.store.verify().await.unwrap().differences, []);
}

/// A guild on another shard of two than the first guild.
async fn other_guild(world: &World) -> Snowflake {
    let shard = |guild: Snowflake| (guild.0 >> 22) % 2;
    loop {
        let guild = world.discord.add_guild("Elsewhere", "eve");
        if shard(guild) != shard(world.discord.guild()) {
            return guild;
        }
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
}

async fn open_in(world: &World, guild: Snowflake, who: &str) -> Opened {
    let general = world.discord.channels().into_iter();
    let general = general.filter(|channel| channel.guild == Some(guild));
    let general = general.into_iter().find(|one| one.name == "general");
    let values = [("title", "API is down"), ("severity", "SEV1")];
    let answer = world
        .slash_in(who, general.unwrap().id, "incident open", &values)
        .await;
    let answer = world.until(async || {
        let now = world.discord.refresh(&answer);
        now.text().contains("<#").then_some(now)
    });
    crate::world::opened(&answer.await.text())
}

/// An incident in each guild, and who says something there.
async fn one_in_each(
    world: &World,
    guilds: [Snowflake; 2],
) -> Vec<(Opened, IncidentKey, &'static str)> {
    let mut incidents = Vec::new();
    for (guild, who) in guilds.into_iter().zip(["ana", "eve"]) {
        let inc = open_in(world, guild, who).await;
        let key = IncidentKey {
            guild: GuildId(guild.0),
            number: IncidentNumber(inc.number),
        };
        incidents.push((inc, key, who));
    }
    incidents
}

#[tokio::test(flavor = "multi_thread")]
async fn two_processes_share_two_shards_and_each_does_the_work_of_the_other() {
    let world = world(2).await;
    let guilds = [world.discord.guild(), other_guild(&world).await];
    let [one, other] = [
        Process::start(&world, &world.url).await,
        Process::start(&world, &world.url).await,
    ];
    let shared = async || {
        let (one, other) = (one.vitals.serving().0, other.vitals.serving().0);
        (one.len() == 1 && other.len() == 1 && one != other).then_some(())
    };
    world.until(shared).await;
    for process in [&one, &other] {
        let own = process.vitals.serving().0;
        process.serves(&world, &own).await;
    }
    let incidents = one_in_each(&world, guilds).await;
    let says = async |text: &str| {
        for (inc, _, who) in &incidents {
            world.say(who, inc.channel, text).await;
        }
    };
    says("with two").await;
    one.kill();
    says("with one that does not know it yet").await;
    other.serves(&world, &[0, 1]).await;
    says("with one").await;
    let third = Process::start(&world, &world.url).await;
    let shared = async || (third.vitals.serving().0.len() == 1).then_some(());
    world.until(shared).await;
    says("with two again").await;
    for (_, key, _) in &incidents {
        let texts = [
            "with two",
            "with one that does not know it yet",
            "with one",
            "with two again",
        ];
        stand_once(&world, *key, &texts).await;
    }
    assert_eq!(world.store.verify().await.unwrap().differences, []);
}

/// What it sends is swallowed.
#[tokio::test(flavor = "multi_thread")]
async fn a_process_that_is_cut_off_from_the_database_stops_and_comes_back_by_itself() {
    cut_off_and_back(Wire::fall_silent).await;
}

/// Its connections are reset.
#[tokio::test(flavor = "multi_thread")]
async fn a_process_that_may_not_connect_to_the_database_stops_and_comes_back_by_itself() {
    cut_off_and_back(Wire::cut).await;
}

async fn cut_off_and_back(cut: fn(&Wire)) {
    let world = world(1).await;
    let wire = Wire::to(&world.url).await.unwrap();
    let cut_off = Process::start(&world, wire.url()).await;
    cut_off.serves(&world, &[0]).await;
    let other = Process::start(&world, &world.url).await;
    other.serves(&world, &[]).await;
    let inc = world.open("ana", "API is down").await;
    world.say("ben", inc.channel, "before it").await;
    let key = world.key(inc.number);
    stand_once(&world, key, &["before it"]).await;
    world.all_said().await;

    cut(&wire);
    world.say("ben", inc.channel, "while it is cut").await;
    other.serves(&world, &[0]).await;
    assert_eq!(cut_off.vitals.serving().0, [0; 0], "it has stopped");
    assert!(!cut_off.vitals.is_connected(), "and is not ready");
    stand_once(&world, key, &["while it is cut"]).await;
    let note = [("text", "by the other")];
    world
        .slash_in("ana", inc.channel, "incident note", &note)
        .await;

    wire.mend();
    cut_off.serves(&world, &[]).await;
    world.say("ben", inc.channel, "after it").await;
    stand_once(&world, key, &["after it"]).await;
    other.kill();
    cut_off.serves(&world, &[0]).await;
    world.say("ben", inc.channel, "by the first again").await;
    let texts = [
        "before it",
        "while it is cut",
        "by the other",
        "after it",
        "by the first again",
    ];
    stand_once(&world, key, &texts).await;
    assert_eq!(world.store.verify().await.unwrap().differences, []);
}
