//! What those see who watch over a running bot: its metrics and its log.

#![expect(
    clippy::unwrap_used,
    reason = "all of this is a test, what it is made of too"
)]
#![cfg(unix)]

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use discord_sandbox::{Options, Sandbox, Say, Snowflake, Trouble};

/// How long anything may take.
const PATIENCE: Duration = Duration::from_secs(30);

/// Stands in everything that people write in the story.
const SECRET: &str = "zanzibar";

/// `scribe run`, with its log in a file.
struct Running {
    child: Child,
    log: PathBuf,
}

impl Running {
    fn start(folder: &Path, sandbox: &Sandbox) -> Self {
        let log = folder.join("scribe.log");
        let child = Command::new(env!("CARGO_BIN_EXE_scribe"))
            .arg("run")
            .current_dir(folder)
            .env_clear()
            .env("USER", "ines")
            .env("DISCORD_TOKEN", sandbox.token())
            .env("DISCORD_API_URL", sandbox.url())
            .env("SCRIBE_HTTP_ADDR", "127.0.0.1:0")
            .env("SCRIBE_LOG_FORMAT", "json")
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(File::create(&log).unwrap())
            .spawn()
            .unwrap();
        Self { child, log }
    }

    fn log(&self) -> String {
        fs::read_to_string(&self.log).unwrap()
    }

    async fn says(&self, part: &str) -> String {
        let deadline = Instant::now() + PATIENCE;
        loop {
            let log = self.log();
            if let Some(line) = log.lines().find(|line| line.contains(part)) {
                return line.to_owned();
            }
            assert!(Instant::now() < deadline, "no {part:?} in the log:\n{log}");
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    async fn metrics(&self) -> String {
        let line = self.says("health and metrics are at").await;
        let addr = line.split("http://").nth(1).unwrap();
        let addr = addr.split('"').next().unwrap();
        let answer = reqwest::get(format!("http://{addr}/metrics")).await;
        answer.unwrap().text().await.unwrap()
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Everything that people can write, and a Discord that fails now and then.
async fn story(sandbox: &Sandbox) -> Snowflake {
    let slash = async |channel: Option<Snowflake>, command: &str, values: &[(&str, &str)]| {
        let told = match channel {
            Some(channel) => sandbox.slash("ana", channel, command, values).await,
            None => sandbox.slash("ana", "general", command, values).await,
        };
        told.unwrap_or_else(|error| panic!("/{command}: {error}"))
            .text()
    };
    let title = format!("{SECRET} is down");
    slash(
        None,
        "incident open",
        &[("title", &title), ("severity", "SEV1")],
    )
    .await;
    let channel = sandbox
        .wait_for_channel(|channel| channel.name.starts_with("inc-1"), PATIENCE)
        .await
        .unwrap()
        .id;
    let carded = sandbox.wait_for(channel, |message| message.text().contains("SEV1"), PATIENCE);
    assert!(carded.await.is_some(), "the channel has no card");
    let faults = sandbox.faults();
    faults.rest("POST", "/channels/*/messages", 2, Trouble::Status(500));
    let limit = Trouble::RateLimited {
        retry_after: Duration::from_millis(200),
        scope: discord_sandbox::Scope::User,
    };
    faults.rest("PATCH", "/channels/*/messages/*", 1, limit);
    let here = Some(channel);
    let text = format!("the disk of {SECRET} is full");
    for (command, option) in [
        ("incident note", "text"),
        ("incident update", "message"),
        ("incident action add", "text"),
        ("incident rename", "title"),
    ] {
        let told = slash(here, command, &[(option, &text)]).await;
        assert!(told.contains("Recorded"), "/{command}: {told}");
    }
    // What is refused, and what is not found.
    slash(None, "incident show", &[("incident", SECRET)]).await;
    slash(None, "incident search", &[("text", SECRET)]).await;
    slash(here, "incident note", &[("text", &text), ("at", SECRET)]).await;
    let say = Say::text(&text).file(&format!("{SECRET}.txt"), SECRET);
    let said = sandbox.say_with("ben", channel, say).await.unwrap();
    let edited = format!("{text}, and so is its replica");
    let edited = sandbox.edit("ben", channel, said, &edited).await;
    edited.unwrap();
    let thread = sandbox.thread("ben", channel, Some(said), SECRET).await;
    sandbox.say("ben", thread.unwrap(), &text).await.unwrap();
    sandbox.react("ben", channel, said, "📌").await.unwrap();
    sandbox.delete("ben", channel, said).await.unwrap();
    let resolved = [("state", "resolved"), ("message", text.as_str())];
    slash(here, "incident status", &resolved).await;
    let told = slash(here, "postmortem publish", &[("anyway", "true")]).await;
    assert!(told.contains("ublished"), "{told}");
    channel
}

#[tokio::test(flavor = "multi_thread")]
async fn a_story_shows_in_the_metrics_and_none_of_its_text_in_the_log() {
    let options = Options {
        heartbeat: Duration::from_secs(1),
        ..Options::default()
    };
    let sandbox = Sandbox::start(options).await.unwrap();
    let folder = tempfile::tempdir().unwrap();
    let bot = Running::start(folder.path(), &sandbox);
    bot.says("\"ready\"").await;
    let channel = story(&sandbox).await;
    let published = sandbox.wait_for(
        channel,
        |message| message.text().contains("ublished"),
        PATIENCE,
    );
    assert!(published.await.is_some(), "the postmortem was not posted");

    let deadline = Instant::now() + PATIENCE;
    let (page, samples) = loop {
        let page = bot.metrics().await;
        let samples = read(&page);
        // The topic was changed twice, and Discord puts the third off.
        if samples["scribe_outbox_waiting"] <= 1.0 {
            break (page, samples);
        }
        assert!(Instant::now() < deadline, "{page}");
        tokio::time::sleep(Duration::from_millis(100)).await;
    };
    let at_least = |name: &str, least: f64| {
        let found = samples[name];
        assert!(found >= least, "{name} is {found}\n{page}");
    };
    at_least("scribe_gateway_connected", 1.0);
    at_least("scribe_answer_duration_seconds_count", 10.0);
    at_least("scribe_append_duration_seconds_count", 10.0);
    at_least("scribe_delivery_delay_seconds_count", 8.0);
    at_least("scribe_delivery_failures_total", 2.0);
    at_least("scribe_catch_up_rounds_total", 1.0);
    at_least("scribe_rate_limit_wait_seconds_sum", 0.2);
    at_least("scribe_resolve_to_publish_seconds_count", 1.0);
    assert_eq!(samples["scribe_answers_failed_total"], 0.0, "{page}");

    let log = bot.log();
    assert!(!log.to_lowercase().contains(SECRET), "{log}");
    let note = log
        .lines()
        .filter_map(|line| serde_json::from_str::<serde_json::Value>(line).ok())
        .find(|line| line["message"] == "recorded" && line["kind"] == "noted");
    let note = note.unwrap_or_else(|| panic!("no note in the log:\n{log}"));
    assert_eq!(note["incident"], "INC-1");
    assert_eq!(note["guild"], sandbox.guild().0);
    let by = note["by"].as_str().unwrap();
    assert!(by.starts_with("interaction:"), "{note}");
    sandbox.assert_no_violations();
}

/// The samples of a page, after each was held against Prometheus' text format:
/// <https://prometheus.io/docs/instrumenting/exposition_formats/>
fn read(page: &str) -> BTreeMap<String, f64> {
    assert!(page.ends_with('\n'), "{page}");
    let (mut helped, mut kinds) = (Vec::new(), BTreeMap::new());
    let mut samples = BTreeMap::new();
    let mut buckets: BTreeMap<&str, Vec<(f64, f64)>> = BTreeMap::new();
    for line in page.lines() {
        if let Some(help) = line.strip_prefix("# HELP ") {
            helped.push(help.split_once(' ').unwrap().0);
            continue;
        }
        if let Some(kind) = line.strip_prefix("# TYPE ") {
            let (name, kind) = kind.split_once(' ').unwrap();
            assert!(["counter", "gauge", "histogram"].contains(&kind), "{line}");
            assert_eq!(kinds.insert(name, kind), None, "{name} has two types");
            continue;
        }
        let (series, value) = line.rsplit_once(' ').unwrap();
        let value: f64 = value.parse().unwrap();
        let name = series.split('{').next().unwrap();
        let family = kinds.keys().find(|family| {
            let part = name.strip_prefix(**family);
            match kinds[**family] {
                "histogram" => matches!(part, Some("_bucket" | "_sum" | "_count")),
                _ => part == Some(""),
            }
        });
        let family = *family.unwrap_or_else(|| panic!("{line} has no type before it"));
        assert!(helped.contains(&family), "{family} has no help");
        let counts = kinds[family] == "counter";
        assert!(!counts || family.ends_with("_total"), "{line}");
        if let Some(bound) = series.strip_prefix(&format!("{family}_bucket{{le=\"")) {
            let bound = bound.strip_suffix("\"}").unwrap();
            let bound = bound.replace("+Inf", "inf").parse().unwrap();
            buckets.entry(family).or_default().push((bound, value));
        }
        let before = samples.insert(series.to_owned(), value);
        assert_eq!(before, None, "{series} is there twice");
    }
    for (family, buckets) in buckets {
        let grows = |one: &(f64, f64), next: &(f64, f64)| one.0 < next.0 && one.1 <= next.1;
        assert!(buckets.is_sorted_by(grows), "{family}: {buckets:?}");
        let all = (f64::INFINITY, samples[&format!("{family}_count")]);
        assert_eq!(buckets.last(), Some(&all), "{family}");
    }
    let documented = fs::read_to_string("docs/deployment.md").unwrap();
    for family in kinds.keys() {
        assert!(documented.contains(&format!("`{family}`")), "{family}");
    }
    samples
}
