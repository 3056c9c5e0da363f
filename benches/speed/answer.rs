//! How long a responder waits for the answer to a slash command, against what
//! nobody can do without: a bot that answers at once and stores nothing, and
//! one bare durable commit on the same disk. In each round all take turns; what
//! Scribe does on the way is measured by itself too, so that its share is seen.

use std::sync::Arc;
use std::time::{Duration, Instant};

use discord_sandbox::{Options, Sandbox, Snowflake};
use scribe::discord::{Bot, BotOptions};
use scribe::incident::{ChannelId, GuildId, IncidentKey, IncidentNumber};
use scribe::store::{Request, Shard, Store, Target, Writer};
use tokio_util::sync::CancellationToken;

use crate::Size;
use crate::measure::{Target as Goal, Times, Verdict};
use crate::{bare, bot, work};

async fn bare_bot() -> Sandbox {
    let sandbox = Sandbox::start(Options::default())
        .await
        .expect("the sandbox starts");
    let mut client = bot::client(&sandbox.url(), &sandbox.token()).await;
    tokio::spawn(async move { client.start().await });
    while sandbox.commands().is_empty() {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    sandbox
}

/// Scribe in a sandbox, with an incident.
struct Scribe {
    discord: Sandbox,
    store: Store,
    key: IncidentKey,
    channel: ChannelId,
    stop: CancellationToken,
}

async fn scribe(url: &str) -> Scribe {
    let discord = Sandbox::start(Options::default())
        .await
        .expect("the sandbox starts");
    let store = Store::open(url).await.expect("a store");
    let stop = CancellationToken::new();
    let bot = Bot::new(BotOptions {
        token: discord.token(),
        api_url: Some(discord.url()),
        store: store.clone(),
        writer: Writer::start(store.clone()),
        clock: Arc::new(scribe::clock::now),
        stop: stop.clone(),
    });
    let mut ready = bot.ready();
    tokio::spawn(bot.run());
    assert!(ready.wait().await, "the bot is ready");
    let opened = discord
        .slash("ana", "general", "incident open", &[("title", "Benchmark")])
        .await;
    opened.expect("an incident");
    let key = IncidentKey {
        guild: GuildId(discord.guild().0),
        number: IncidentNumber(1),
    };
    let channel = loop {
        let incident = store.incident(key).await.expect("the store reads");
        if let Some((channel, _)) = incident.and_then(|incident| incident.place) {
            break channel;
        }
        tokio::time::sleep(Duration::from_millis(5)).await;
    };
    Scribe {
        discord,
        store,
        key,
        channel,
        stop,
    }
}

/// The store by itself, with an incident that nobody tells Discord of.
struct Alone {
    store: Store,
    writer: Writer,
    key: IncidentKey,
}

impl Alone {
    async fn of(url: &str, like: &Scribe) -> Self {
        let store = Store::open(url).await.expect("a store");
        let writer = Writer::start(store.clone());
        let guild = like.key.guild;
        let open = work::request(guild, Target::New, work::open("Benchmark"), None);
        let opened = writer.submit(open).await.expect("an incident");
        let key = opened.incident.key;
        let place = scribe::incident::Command::OpenPlace {
            channel: like.channel,
            place: scribe::incident::Place::Channel,
        };
        let place = work::request(guild, Target::Incident(key.number), place, None);
        writer.submit(place).await.expect("a channel");
        Self { store, writer, key }
    }

    /// What is read before a command is decided on.
    async fn read(&self) -> Duration {
        let start = Instant::now();
        let (settings, incident) = (
            self.store.settings(self.key.guild),
            self.store.incident(self.key),
        );
        tokio::try_join!(settings, incident).expect("settings and an incident");
        start.elapsed()
    }

    /// What is written because of it.
    async fn write(&self, round: usize, text: &str) -> Duration {
        let target = Target::Incident(self.key.number);
        let request = work::request(self.key.guild, target, work::note(text.to_owned()), None);
        let request = Request {
            once: Some(format!("interaction:{round}")),
            quiet: false,
            ..request
        };
        let start = Instant::now();
        self.writer.submit(request).await.expect("an entry");
        let took = start.elapsed();
        self.forget().await;
        took
    }

    /// Takes what is to be told out of the store, as the delivery does.
    async fn forget(&self) {
        let now = scribe::clock::now();
        let lease = chrono::TimeDelta::seconds(60);
        loop {
            let told = self
                .store
                .claim("bench", &[Shard::ALL], now, lease, 16)
                .await;
            let told = told.expect("the store writes");
            if told.is_empty() {
                return;
            }
            for item in told {
                self.store
                    .delivered(item.id)
                    .await
                    .expect("the store writes");
            }
        }
    }
}

pub(crate) async fn run(size: Size) -> Vec<Verdict> {
    let rounds = size.of(1_500, 150);
    let files = tempfile::tempdir().expect("a directory");
    let url = |name: &str| format!("sqlite://{}", files.path().join(name).display());
    let at_once = bare_bot().await;
    let database = bare::open(&files.path().join("bare.db"));
    database
        .execute_batch("CREATE TABLE entries (body TEXT NOT NULL)")
        .expect("a table");
    let scribe = scribe(&url("scribe.db")).await;
    let alone = Alone::of(&url("alone.db"), &scribe).await;
    let channel = Snowflake(scribe.channel.0);

    let mut times: [Times; 5] = Default::default();
    for round in 0..rounds + 50 {
        let body = format!("a note of about the usual length, number {round}");
        let mut took = [Duration::ZERO; 5];
        let start = Instant::now();
        let answer = at_once.slash("ana", "general", "ping", &[]).await;
        took[0] = start.elapsed();
        answer.expect("an answer");

        let start = Instant::now();
        let commit = database
            .prepare_cached("INSERT INTO entries (body) VALUES (?1)")
            .and_then(|mut insert| insert.execute([&body]));
        took[1] = start.elapsed();
        commit.expect("a commit");

        let start = Instant::now();
        let values = [("text", body.as_str())];
        let answer = scribe
            .discord
            .slash("ana", channel, "incident note", &values)
            .await;
        took[2] = start.elapsed();
        let answer = answer.expect("an answer");
        assert!(
            answer.text().starts_with("Recorded as #"),
            "{}",
            answer.text()
        );
        // What the note has to be told in the channel must not run into the next round.
        let waiting = async || scribe.store.outbox_depth().await.expect("the store reads");
        while waiting().await.waiting > 0 {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
        took[3] = alone.read().await;
        took[4] = alone.write(round, &body).await;
        // The first ones fill caches.
        if round >= 50 {
            for (times, took) in times.iter_mut().zip(took) {
                times.add(took);
            }
        }
    }
    let entries = scribe.store.log(scribe.key).await.expect("a log");
    let notes = entries
        .iter()
        .filter(|entry| entry.fact.kind() == "noted")
        .count();
    assert_eq!(notes, rounds + 50, "every answer was committed");
    scribe.stop.cancel();
    verdicts(rounds, &times)
}

fn verdicts(rounds: usize, [answer, commit, scribe, read, write]: &[Times; 5]) -> Vec<Verdict> {
    println!("| {rounds} rounds | median ms | 99th percentile ms |\n|---|---|---|");
    answer.row("floor: a serenity bot that answers at once");
    commit.row("floor: one bare durable commit");
    scribe.row("/incident note, recorded and answered");
    read.row("of that: settings and state are read");
    write.row("of that: the entry is committed with all that follows from it");
    let rest = scribe.median() - answer.median() - read.median() - write.median();
    println!("| of that: everything else beyond an answer at once | {rest:.3} | |");
    let floor = answer.median() + commit.median();
    let floor_99 = answer.percentile_99() + commit.percentile_99();
    vec![
        Verdict::new(
            "a command to its answer, against an answer at once and a bare commit, median",
            scribe.median() / floor,
            Goal::AtMost(1.5),
        ),
        Verdict::new(
            "the same, 99th percentile",
            scribe.percentile_99() / floor_99,
            Goal::AtMost(3.0),
        ),
    ]
}
