//! What Scribe needs to serve 2,000 guilds of which 200 have an open incident:
//! memory, and the time from its start until it is ready, against a serenity bot
//! with the same guilds, intents and cache that does nothing. Both are processes
//! of their own; Scribe is the program itself, as people run it.

use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use discord_sandbox::{ChannelKind, Options, Sandbox, Snowflake};
use scribe::incident::{ChannelId, Command as Wish, GuildId, Place};
use scribe::store::{Store, Target, Writer};

use crate::measure::{Target as Goal, Times, Verdict};
use crate::{Size, child, work};

/// What a guild has besides #general.
const CHANNELS: usize = 9;
const ROLES: usize = 5;
const MEMBERS: usize = 5;

/// How many messages were said in the channel of an incident.
const SAID: usize = 5;

/// How long a process has after it is ready to come to rest.
const REST: Duration = Duration::from_secs(6);

/// A world of so many guilds, some of them with a channel for an incident.
async fn world(guilds: usize, incidents: usize) -> (Sandbox, Vec<(Snowflake, Snowflake)>) {
    let sandbox = Sandbox::start(Options::default())
        .await
        .expect("the sandbox starts");
    let mut places = Vec::new();
    for number in 1..guilds {
        let guild = sandbox.add_guild(&format!("Guild {number}"), "ana");
        for channel in 0..CHANNELS {
            sandbox.add_channel(
                guild,
                ChannelKind::Text,
                &format!("channel-{channel}"),
                None,
            );
        }
        for role in 0..ROLES {
            sandbox.add_role(guild, &format!("role {role}"), 0);
        }
        for member in 0..MEMBERS {
            sandbox.add_member(guild, &format!("member {member}"));
        }
        if number <= incidents {
            let name = format!("inc-1-guild-{number}");
            let channel = sandbox.add_channel(guild, ChannelKind::Text, &name, None);
            for line in 0..SAID {
                let said = sandbox.say("ana", channel, &format!("line {line}")).await;
                said.expect("the owner may say it");
            }
            places.push((guild, channel));
        }
    }
    (sandbox, places)
}

/// An open incident in each of those channels.
async fn declare(url: &str, places: &[(Snowflake, Snowflake)]) {
    let store = Store::open(url).await.expect("a store");
    let writer = Writer::start(store.clone());
    for (guild, channel) in places {
        let guild = GuildId(guild.0);
        let open = work::request(guild, Target::New, work::open("API is down"), None);
        let opened = writer.submit(open).await.expect("an incident");
        let place = Wish::OpenPlace {
            channel: ChannelId(channel.0),
            place: Place::Channel,
        };
        let target = Target::Incident(opened.incident.key.number);
        let place = work::request(guild, target, place, None);
        writer.submit(place).await.expect("a channel");
    }
    writer.close().await;
    store.close().await;
}

pub(crate) async fn run(size: Size) -> Vec<Verdict> {
    let (guilds, incidents) = (size.of(2_000, 200), size.of(200, 20));
    let start = Instant::now();
    let (sandbox, places) = world(guilds, incidents).await;
    println!(
        "A world of {guilds} guilds was made in {:.1} s.\n",
        start.elapsed().as_secs_f64()
    );
    let files = tempfile::tempdir().expect("a directory");
    let database = format!("sqlite://{}", files.path().join("scribe.db").display());
    declare(&database, &places).await;

    let mut ready: [Times; 3] = Default::default();
    let mut memory: [Vec<f64>; 2] = Default::default();
    for round in 0..=size.of(5, 1) {
        let bare = Started::bare(&sandbox).until(&["ready: "]).await;
        let scribe = Started::scribe(&sandbox, &database, files.path());
        let scribe = scribe.until(&["connected to Discord", ": ready"]).await;
        // Scribe's first start records what was said before it.
        if round == 0 {
            continue;
        }
        ready[0].add(bare.heard[0]);
        ready[1].add(scribe.heard[0]);
        ready[2].add(scribe.heard[1]);
        memory[0].push(bare.memory);
        memory[1].push(scribe.memory);
    }
    for memory in &mut memory {
        memory.sort_by(f64::total_cmp);
    }
    let median = |memory: &[f64]| memory[memory.len() / 2];
    println!(
        "| {guilds} guilds, {incidents} open incidents | ready after ms | memory MiB |\n|---|---|---|"
    );
    println!(
        "| a serenity bot that does nothing | {:.0} | {:.1} |",
        ready[0].median(),
        median(&memory[0])
    );
    println!("| Scribe: it answers | {:.0} | |", ready[1].median());
    println!(
        "| Scribe: it has caught up | {:.0} | {:.1} |",
        ready[2].median(),
        median(&memory[1])
    );
    vec![
        Verdict::new(
            format!(
                "memory with {guilds} guilds and {incidents} open incidents, against a bot that does nothing"
            ),
            median(&memory[1]) / median(&memory[0]),
            Goal::AtMost(1.3),
        ),
        Verdict::new(
            "start until all was caught up, against the same bot with all guilds",
            ready[2].median() / ready[0].median(),
            Goal::AtMost(1.3),
        ),
    ]
}

/// A bot that was started.
struct Started {
    process: Child,
    at: Instant,
}

/// What was seen of a bot.
struct Seen {
    /// When it said what was waited for.
    heard: Vec<Duration>,
    /// What it keeps in memory at rest, in MiB.
    memory: f64,
}

impl Started {
    fn bare(sandbox: &Sandbox) -> Self {
        let mut command = child::command("bot", &[sandbox.url(), sandbox.token()]);
        command.stdout(Stdio::piped()).stderr(Stdio::inherit());
        Self::of(command)
    }

    fn scribe(sandbox: &Sandbox, database: &str, folder: &Path) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_scribe"));
        command
            .arg("run")
            .current_dir(folder)
            .env("DISCORD_TOKEN", sandbox.token())
            .env("DISCORD_API_URL", sandbox.url())
            .env("DATABASE_URL", database)
            .env("SCRIBE_HTTP_ADDR", "127.0.0.1:0")
            .env("RUST_LOG", "info")
            .stdout(Stdio::null())
            .stderr(Stdio::piped());
        Self::of(command)
    }

    fn of(mut command: Command) -> Self {
        let at = Instant::now();
        let process = command.spawn().expect("a process");
        Self { process, at }
    }

    /// Waits until it has said these, one after the other, and come to rest;
    /// then ends it.
    async fn until(mut self, wanted: &'static [&'static str]) -> Seen {
        let output: Box<dyn Read + Send> =
            match (self.process.stdout.take(), self.process.stderr.take()) {
                (Some(output), _) => Box::new(output),
                (None, Some(output)) => Box::new(output),
                (None, None) => panic!("it cannot be heard"),
            };
        let at = self.at;
        let (told, heard) = tokio::sync::oneshot::channel();
        // A thread that reads to the end, so that the process is never kept waiting.
        std::thread::spawn(move || {
            let mut heard = Vec::new();
            let mut told = Some(told);
            for line in BufReader::new(output).lines().map_while(Result::ok) {
                if wanted
                    .get(heard.len())
                    .is_some_and(|wanted| line.contains(wanted))
                {
                    heard.push(at.elapsed());
                }
                if heard.len() == wanted.len()
                    && let Some(told) = told.take()
                {
                    let _ = told.send(heard.clone());
                }
            }
        });
        let heard = tokio::time::timeout(Duration::from_secs(120), heard).await;
        let heard = heard.expect("it is ready in time").expect("it goes on");
        tokio::time::sleep(REST).await;
        let memory = resident(self.process.id());
        let ended = Command::new("kill")
            .arg(self.process.id().to_string())
            .status();
        assert!(
            ended.is_ok_and(|ended| ended.success()),
            "it is told to end"
        );
        self.process.wait().expect("it ends");
        Seen { heard, memory }
    }
}

/// What a process keeps in memory, in MiB.
fn resident(process: u32) -> f64 {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).expect("a process");
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let kib = line.and_then(|line| line.split_whitespace().next()?.parse::<f64>().ok());
    kib.expect("its memory") / 1024.0
}
