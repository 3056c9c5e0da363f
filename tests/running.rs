//! The bot as a process: `scribe run` against a local Discord, and `scribe demo`.

#![expect(
    clippy::unwrap_used,
    reason = "all of this is a test, what it is made of too"
)]
#![cfg(unix)]

#[path = "running/doctor.rs"]
mod doctor;
#[path = "postgres/mod.rs"]
mod postgres;

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::time::{Duration, Instant};

use discord_sandbox::{Options, Sandbox, SeenMessage, Trouble};
use scribe::incident::{GuildId, IncidentKey, IncidentNumber};
use scribe::store::Store;
use sqlx::{Connection, PgConnection};

/// How long anything may take.
const PATIENCE: Duration = Duration::from_secs(40);

fn scribe(folder: &Path, sandbox: &Sandbox, args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_scribe"));
    command
        .args(args)
        .current_dir(folder)
        .env_clear()
        .env("USER", "ines")
        .env("DISCORD_TOKEN", sandbox.token())
        .env("DISCORD_API_URL", sandbox.url())
        .env("SCRIBE_HTTP_ADDR", "127.0.0.1:0")
        .env("SCRIBE_LOG_FORMAT", "json")
        .stdin(Stdio::null());
    command
}

/// A running bot and its log.
struct Running {
    child: Child,
    lines: Receiver<String>,
    log: Vec<String>,
}

impl Running {
    fn start(mut command: Command) -> Self {
        let mut child = command
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let log = BufReader::new(child.stderr.take().unwrap());
        let (sender, lines) = mpsc::channel();
        std::thread::spawn(move || {
            for line in log.lines().map_while(Result::ok) {
                if sender.send(line).is_err() {
                    return;
                }
            }
        });
        Self {
            child,
            lines,
            log: Vec::new(),
        }
    }

    /// Waits for a line with this in it.
    fn says(&mut self, part: &str) -> String {
        let deadline = Instant::now() + PATIENCE;
        loop {
            let left = deadline.saturating_duration_since(Instant::now());
            match self.lines.recv_timeout(left) {
                Ok(line) => {
                    self.log.push(line.clone());
                    if line.contains(part) {
                        return line;
                    }
                }
                Err(_) => panic!("no {part:?} in the log:\n{}", self.log.join("\n")),
            }
        }
    }

    fn terminate(&self) {
        let pid = self.child.id().to_string();
        let sent = Command::new("kill").args(["-TERM", &pid]).status();
        assert!(sent.unwrap().success());
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn text(output: &Output) -> (String, String) {
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    (text(&output.stdout), text(&output.stderr))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_bot_runs_alone_serves_its_health_and_ends_when_told() {
    let sandbox = Sandbox::start(Options::default()).await.unwrap();
    let folder = tempfile::tempdir().unwrap();
    let here = |args: &[&str]| scribe(folder.path(), &sandbox, args);
    let mut bot = Running::start(here(&["run"]));

    let line = bot.says("health and metrics are at");
    let addr = line.split("http://").nth(1).unwrap();
    let addr: String = addr
        .chars()
        .take_while(|c| c.is_ascii_digit() || ".:".contains(*c))
        .collect();
    bot.says("\"ready\"");
    let page = async |page: &str| {
        let answer = reqwest::get(format!("http://{addr}/{page}")).await.unwrap();
        (answer.status().as_u16(), answer.text().await.unwrap())
    };
    assert_eq!(page("healthz").await.0, 200);
    assert_eq!(page("readyz").await.0, 200);
    let health = here(&["health"]).env("SCRIBE_HTTP_ADDR", &addr).output();
    assert!(health.unwrap().status.success());
    let metrics = page("metrics").await.1;
    assert!(
        metrics.contains("\nscribe_gateway_connected 1\n"),
        "{metrics}"
    );

    let second = here(&["run"]).output().unwrap();
    let (_, error) = text(&second);
    assert_eq!(second.status.code(), Some(1), "{error}");
    assert!(error.contains("another Scribe already runs on"), "{error}");

    let open = [("title", "API is down"), ("severity", "SEV1")];
    sandbox
        .slash("ana", "general", "incident open", &open)
        .await
        .unwrap();
    let list = here(&["list", "--open"]).output().unwrap();
    let (list, error) = text(&list);
    assert!(
        list.contains("INC-1\tSEV1\tinvestigating\t"),
        "{list}{error}"
    );
    let noted = here(&["note", "INC-1", "seen from a shell"]).output();
    assert!(noted.unwrap().status.success());
    let channel = sandbox
        .channels()
        .into_iter()
        .find(|channel| channel.name.starts_with("inc-1"))
        .unwrap();
    let posted = sandbox
        .wait_for(
            channel.id,
            |message| message.text().contains("seen from a shell"),
            PATIENCE,
        )
        .await;
    assert!(posted.is_some(), "the note of the shell was not told");

    let told = Instant::now();
    bot.terminate();
    bot.says("SIGTERM: shutting down");
    bot.says("goodbye");
    let status = bot.child.wait().unwrap();
    assert!(status.success(), "{status}\n{}", bot.log.join("\n"));
    assert!(told.elapsed() < Duration::from_secs(12));
    let verified = here(&["verify"]).output().unwrap();
    assert!(verified.status.success(), "{:?}", text(&verified));
    sandbox.assert_no_violations();
}

/// Discord does what it is asked and never says so.
#[tokio::test(flavor = "multi_thread")]
async fn a_bot_that_is_told_to_end_ends_and_says_what_it_leaves() {
    let sandbox = Sandbox::start(Options::default()).await.unwrap();
    let folder = tempfile::tempdir().unwrap();
    let here = |args: &[&str]| scribe(folder.path(), &sandbox, args);
    let mut bot = Running::start(here(&["run"]));
    bot.says("\"ready\"");
    let open = [("title", "API is down"), ("severity", "SEV1")];
    sandbox
        .slash("ana", "general", "incident open", &open)
        .await
        .unwrap();
    let channel = sandbox
        .wait_for_channel(|channel| channel.name.starts_with("inc-1"), PATIENCE)
        .await;
    let channel = channel.unwrap().id;
    let noted = here(&["note", "INC-1", "answered before"]).output();
    assert!(noted.unwrap().status.success());
    let is_first = |message: &SeenMessage| message.text().contains("answered before");
    assert!(
        sandbox
            .wait_for(channel, is_first, PATIENCE)
            .await
            .is_some()
    );
    let silence = Trouble::LateAnswer(Duration::from_secs(60));
    let faults = sandbox.faults();
    faults.rest("*", "/channels/**", usize::MAX, silence);
    let noted = here(&["note", "INC-1", "never answered"]).output();
    assert!(noted.unwrap().status.success());
    let is_it = |message: &SeenMessage| message.text().contains("never answered");
    assert!(sandbox.wait_for(channel, is_it, PATIENCE).await.is_some());
    let told = Instant::now();
    bot.terminate();
    let left = bot.says("is delivered at the next start");
    assert!(left.contains("\"waiting\":"), "{left}");
    let status = bot.child.wait().unwrap();
    assert!(status.success(), "{status}\n{}", bot.log.join("\n"));
    let took = told.elapsed();
    assert!(took < Duration::from_secs(10), "{took:?}");

    faults.clear();
    let mut bot = Running::start(here(&["run"]));
    bot.says("\"ready\"");
    let noted = here(&["note", "INC-1", "answered"]).output();
    assert!(noted.unwrap().status.success());
    let is_next = |message: &SeenMessage| message.text().contains("\n> answered");
    assert!(sandbox.wait_for(channel, is_next, PATIENCE).await.is_some());
    let messages = sandbox.messages(channel);
    assert_eq!(messages.into_iter().filter(is_it).count(), 1);
}

/// Bots on one server: one works, the others stand by. The first is killed, the
/// second loses all its connections and goes on, and ends when it is told.
#[tokio::test(flavor = "multi_thread")]
async fn a_bot_that_waits_on_a_server_takes_over_and_nothing_is_lost_or_doubled() {
    let sandbox = Sandbox::start(Options::default()).await.unwrap();
    let folder = tempfile::tempdir().unwrap();
    let url = postgres::fresh().await;
    let bot = || {
        let mut command = scribe(folder.path(), &sandbox, &["run"]);
        command.env("DATABASE_URL", &url);
        Running::start(command)
    };
    let mut first = bot();
    first.says("\"ready\"");
    let mut second = bot();
    let stands_by = second.says("stands by");
    assert!(stands_by.contains("\"total\":1"), "{stands_by}");
    let open = [("title", "API is down"), ("severity", "SEV1")];
    let opened = sandbox
        .slash("ana", "general", "incident open", &open)
        .await;
    opened.unwrap();
    let deadline = Instant::now() + PATIENCE;
    let channel = loop {
        let mut channels = sandbox.channels().into_iter();
        if let Some(channel) = channels.find(|channel| channel.name.starts_with("inc-1")) {
            break channel.id;
        }
        assert!(Instant::now() < deadline, "the incident has no channel");
        tokio::time::sleep(Duration::from_millis(20)).await;
    };
    let carded = |message: &SeenMessage| message.text().contains("INC-1 · SEV1 · API is down");
    assert!(sandbox.wait_for(channel, carded, PATIENCE).await.is_some());
    sandbox
        .say("ana", channel, "while the first works")
        .await
        .unwrap();

    first.child.kill().unwrap();
    let died = Instant::now();
    sandbox
        .say("ana", channel, "while nobody works")
        .await
        .unwrap();
    second.says("\"ready\"");
    let took = died.elapsed();
    println!("taken over after {took:?}");
    assert!(took < Duration::from_secs(30), "{took:?}");
    sandbox
        .say("ana", channel, "while the second works")
        .await
        .unwrap();

    let mut third = bot();
    third.says("stands by");
    let mut server = PgConnection::connect(&url).await.unwrap();
    let cut = "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity
        WHERE datname = current_database() AND pid <> pg_backend_pid()";
    let cut: i64 = sqlx::query_scalar(cut)
        .fetch_one(&mut server)
        .await
        .unwrap();
    assert!(cut > 1, "both bots are connected");
    let noted = scribe(folder.path(), &sandbox, &["note", "INC-1", "after the cut"])
        .env("DATABASE_URL", &url)
        .output();
    assert!(noted.unwrap().status.success());
    let told = |message: &SeenMessage| message.text().contains("after the cut");
    assert!(sandbox.wait_for(channel, told, PATIENCE).await.is_some());
    sandbox
        .say("ana", channel, "while the second works on")
        .await
        .unwrap();
    second.terminate();
    second.says("goodbye");
    assert!(second.child.wait().unwrap().success());
    let ended = Instant::now();
    third.says("\"ready\"");
    let took = ended.elapsed();
    assert!(took < Duration::from_secs(12), "it says farewell: {took:?}");
    sandbox
        .say("ana", channel, "while the third works")
        .await
        .unwrap();

    let store = Store::open(&url).await.unwrap();
    let key = IncidentKey {
        guild: GuildId(sandbox.guild().0),
        number: IncidentNumber(1),
    };
    let deadline = Instant::now() + PATIENCE;
    let log = loop {
        let log = store.log(key).await.unwrap();
        let done = |text: &str| log.iter().any(|entry| entry.fact.text() == Some(text));
        if done("while the third works") {
            break log;
        }
        assert!(Instant::now() < deadline, "{log:#?}");
        tokio::time::sleep(Duration::from_millis(20)).await;
    };
    for worker in [
        "the first works",
        "nobody works",
        "the second works",
        "the second works on",
        "the third works",
    ] {
        let text = format!("while {worker}");
        let said = log.iter().filter(|entry| entry.fact.text() == Some(&text));
        assert_eq!(said.count(), 1, "{text}");
    }
    let cards = sandbox.messages(channel).into_iter();
    let cards = cards.filter(carded);
    assert_eq!(cards.count(), 1, "one card");
    assert_eq!(store.verify().await.unwrap().differences, []);
    sandbox.assert_no_violations();
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_shell_declared_while_discord_was_down_is_told_once_when_it_is_back() {
    let sandbox = Sandbox::start(Options::default()).await.unwrap();
    let folder = tempfile::tempdir().unwrap();
    let here = |args: &[&str]| scribe(folder.path(), &sandbox, args);
    let run = |args: &[&str]| {
        let output = here(args).output().unwrap();
        let (shown, error) = text(&output);
        (output.status.code(), format!("{shown}{error}"))
    };
    let guild = sandbox.guild().to_string();
    let (code, said) = run(&["open", "Nobody can log in"]);
    assert_eq!(code, Some(2), "{said}");
    assert!(said.contains("--guild ID"), "{said}");
    let open = [
        "open",
        "Nobody can log in",
        "--severity",
        "sev1",
        "--guild",
        &guild,
    ];
    assert_eq!(run(&open), (Some(0), "INC-1 is open (SEV1)\n".to_owned()));
    for args in [
        &["note", "INC-1", "restarted the gateway"][..],
        &["status", "1", "identified", "-m", "A full disk"],
    ] {
        let (code, said) = run(args);
        assert_eq!(code, Some(0), "{said}");
    }
    let (_, found) = run(&["search", "gateway"]);
    assert!(found.starts_with("INC-1\t#2\t"), "{found}");
    for start in ["the first", "the second"] {
        let mut bot = Running::start(here(&["run"]));
        bot.says("\"ready\"");
        let channel = sandbox
            .wait_for_channel(
                |channel| channel.name == "inc-1-nobody-can-log-in",
                PATIENCE,
            )
            .await
            .unwrap_or_else(|| panic!("no channel after {start} start"));
        let told = |part: &'static str| {
            sandbox.wait_for(
                channel.id,
                move |message| message.text().contains(part),
                PATIENCE,
            )
        };
        for part in [
            "restarted the gateway",
            "A full disk",
            "SEV1 · Nobody can log in",
        ] {
            assert!(told(part).await.is_some(), "{part:?} was not told");
        }
        bot.terminate();
        bot.says("goodbye");
        bot.child.wait().unwrap();
        let messages = sandbox.messages(channel.id);
        let notes = messages
            .iter()
            .filter(|one| one.text().contains("restarted the gateway"));
        assert_eq!(notes.count(), 1, "after {start} start");
    }
    let channels = sandbox.channels().into_iter();
    assert_eq!(
        channels.filter(|one| one.name.starts_with("inc-")).count(),
        1
    );
    let (code, draft) = run(&["draft", "INC-1"]);
    assert!(
        code == Some(0) && draft.contains("restarted the gateway"),
        "{draft}"
    );
    sandbox.assert_no_violations();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_token_ends_the_bot_with_what_to_do() {
    let sandbox = Sandbox::start(Options::default()).await.unwrap();
    let folder = tempfile::tempdir().unwrap();
    let output = scribe(folder.path(), &sandbox, &["run"])
        .env("DISCORD_TOKEN", "not.the.hunter2")
        .output()
        .unwrap();
    let (_, error) = text(&output);
    assert_eq!(output.status.code(), Some(1), "{error}");
    assert!(error.contains("Reset Token"), "{error}");
    assert!(!error.contains("hunter2"), "{error}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_port_that_is_taken_ends_the_bot_with_the_setting() {
    let sandbox = Sandbox::start(Options::default()).await.unwrap();
    let folder = tempfile::tempdir().unwrap();
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let output = scribe(folder.path(), &sandbox, &["run"])
        .env("SCRIBE_HTTP_ADDR", taken.local_addr().unwrap().to_string())
        .output()
        .unwrap();
    let (_, error) = text(&output);
    assert_eq!(output.status.code(), Some(1), "{error}");
    assert!(error.contains("SCRIBE_HTTP_ADDR"), "{error}");
}

#[test]
fn the_demo_tells_its_night_and_leaves_the_papers() {
    let folder = tempfile::tempdir().unwrap();
    let demo = || {
        Command::new(env!("CARGO_BIN_EXE_scribe"))
            .args(["demo", "--out", "here"])
            .current_dir(folder.path())
            .env_clear()
            .output()
            .unwrap()
    };
    for _ in ["the first time", "again, over what is there"] {
        let output = demo();
        let (shown, error) = text(&output);
        assert!(output.status.success(), "{shown}{error}");
        assert!(!shown.contains('\u{1b}'), "colours in a pipe");
        for part in [
            "#inc-1-",
            "tomek edited:",
            "dov deleted:",
            "📎 postmortem.md",
            "Week 2026-W20",
        ] {
            assert!(shown.contains(part), "{part:?} in\n{shown}");
        }
    }
    for file in ["postmortem.md", "summary.html"] {
        let text = std::fs::read_to_string(folder.path().join("here").join(file)).unwrap();
        assert!(text.contains("38m"), "{file}:\n{text}");
    }
}
