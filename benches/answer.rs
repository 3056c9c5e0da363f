//! How long a responder waits for the answer to a slash command, against what
//! nobody can do without: a bot that answers at once and stores nothing, and
//! one bare durable commit on the same disk.
//!
//! `cargo bench --bench answer` prints medians over 1,000 rounds; in each round
//! the three take turns. `SCRIBE_BENCH_ROUNDS` sets another number.

use std::sync::Arc;
use std::time::{Duration, Instant};

use discord_sandbox::{Options, Sandbox};
use scribe::discord::{Bot, BotOptions};
use scribe::incident::{GuildId, IncidentKey, IncidentNumber};
use scribe::store::{Store, Writer};
use serenity::all::{
    Client, Context, CreateAllowedMentions, CreateCommand, CreateInteractionResponse,
    CreateInteractionResponseMessage, EventHandler, GatewayIntents, HttpBuilder, Interaction,
    Ready,
};
use serenity::async_trait;
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection, SqliteJournalMode, SqliteSynchronous};
use sqlx::{ConnectOptions, Executor};
use tokio_util::sync::CancellationToken;

/// A bot that answers at once: the least a serenity bot can do.
struct AnswersAtOnce;

#[async_trait]
impl EventHandler for AnswersAtOnce {
    async fn ready(&self, context: Context, _: Ready) {
        let command = CreateCommand::new("ping").description("Answers at once");
        let registered =
            serenity::all::Command::create_global_command(&context.http, command).await;
        registered.expect("the sandbox takes the command");
    }

    async fn interaction_create(&self, context: Context, interaction: Interaction) {
        let Some(command) = interaction.command() else {
            return;
        };
        let message = CreateInteractionResponseMessage::new()
            .content("Recorded as #1")
            .ephemeral(true);
        let answer = CreateInteractionResponse::Message(message);
        command
            .create_response(&context.http, answer)
            .await
            .expect("the sandbox takes the answer");
    }
}

async fn bare_bot() -> Sandbox {
    let sandbox = Sandbox::start(Options::default())
        .await
        .expect("the sandbox starts");
    let http = HttpBuilder::new(sandbox.token())
        .proxy(sandbox.url())
        .ratelimiter_disabled(true)
        .default_allowed_mentions(CreateAllowedMentions::new())
        .build();
    let intents = GatewayIntents::GUILDS | GatewayIntents::GUILD_MESSAGES;
    let builder = serenity::all::ClientBuilder::new_with_http(http, intents);
    let mut client: Client = builder
        .event_handler(AnswersAtOnce)
        .await
        .expect("a client");
    tokio::spawn(async move { client.start().await });
    while sandbox.commands().is_empty() {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    sandbox
}

/// A database set up as Scribe's is, with a table of one column.
async fn bare_database(path: &std::path::Path) -> SqliteConnection {
    let options = SqliteConnectOptions::new()
        .filename(path)
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full);
    let mut connection = options.connect().await.expect("a database");
    let table = connection
        .execute("CREATE TABLE entries (body TEXT NOT NULL)")
        .await;
    table.expect("a table");
    connection
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times[times.len() / 2]
}

fn percentile_99(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times[times.len() * 99 / 100]
}

#[tokio::main]
async fn main() {
    let rounds: usize = std::env::var("SCRIBE_BENCH_ROUNDS").map_or(1_000, |rounds| {
        rounds.parse().expect("SCRIBE_BENCH_ROUNDS is a number")
    });
    let files = tempfile::tempdir().expect("a directory");
    let bare = bare_bot().await;
    let mut database = bare_database(&files.path().join("bare.db")).await;

    let discord = Sandbox::start(Options::default())
        .await
        .expect("the sandbox starts");
    let url = format!("sqlite://{}", files.path().join("scribe.db").display());
    let store = Store::open(&url).await.expect("a store");
    let writer = Writer::start(store.clone());
    let stop = CancellationToken::new();
    let bot = Bot::new(BotOptions {
        token: discord.token(),
        api_url: Some(discord.url()),
        store: store.clone(),
        writer: writer.clone(),
        clock: Arc::new(scribe::clock::now),
        stop: stop.clone(),
    });
    let mut ready = bot.ready();
    let bot = tokio::spawn(bot.run());
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
            break channel.0;
        }
        tokio::time::sleep(Duration::from_millis(5)).await;
    };
    let channel = discord_sandbox::Snowflake(channel);

    let (mut answered, mut committed, mut recorded) = (Vec::new(), Vec::new(), Vec::new());
    for round in 0..rounds {
        let start = Instant::now();
        bare.slash("ana", "general", "ping", &[])
            .await
            .expect("an answer");
        answered.push(start.elapsed());

        let body = format!("a note of about the usual length, number {round}");
        let start = Instant::now();
        let insert = sqlx::query("INSERT INTO entries (body) VALUES ($1)").bind(&body);
        insert.execute(&mut database).await.expect("a commit");
        committed.push(start.elapsed());

        let start = Instant::now();
        let values = [("text", body.as_str())];
        let answer = discord
            .slash("ana", channel, "incident note", &values)
            .await;
        recorded.push(start.elapsed());
        let answer = answer.expect("an answer");
        assert!(
            answer.text().starts_with("Recorded as #"),
            "{}",
            answer.text()
        );
        // What the note has to be told in the channel must not run into the next round.
        while store.outbox_depth().await.expect("the store reads").waiting > 0 {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
    }
    let entries = store.log(key).await.expect("the store reads");
    let notes = entries
        .iter()
        .filter(|entry| entry.fact.kind() == "noted")
        .count();
    assert_eq!(notes, rounds, "every answer was committed");

    let show = |name: &str, times: &[Duration]| {
        let (median, p99) = (median(times.to_vec()), percentile_99(times.to_vec()));
        println!(
            "| {name} | {:.3} | {:.3} |",
            median.as_secs_f64() * 1e3,
            p99.as_secs_f64() * 1e3
        );
        (median, p99)
    };
    println!("| {rounds} rounds | median ms | 99th percentile ms |\n|---|---|---|");
    let (answer, answer99) = show("a serenity bot that answers at once", &answered);
    let (commit, commit99) = show("one bare durable commit", &committed);
    let (scribe, scribe99) = show("/incident note, recorded", &recorded);
    println!(
        "| ratio to the sum of both | {:.2} | {:.2} |",
        scribe.as_secs_f64() / (answer + commit).as_secs_f64(),
        scribe99.as_secs_f64() / (answer99 + commit99).as_secs_f64(),
    );
    stop.cancel();
    bot.await
        .expect("the bot does not panic")
        .expect("the bot ends well");
    writer.close().await;
}
