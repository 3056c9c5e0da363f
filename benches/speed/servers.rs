//! Two processes on one PostgreSQL against one: how many more commands a second
//! they record together. The guilds are divided between them, as shards divide them.

use std::ffi::OsStr;
use std::io::Write as _;
use std::process::{Child, Stdio};
use std::time::Instant;

use scribe::incident::{GuildId, IncidentNumber};
use scribe::store::{Store, Target, Writer};

use crate::Size;
use crate::child;
use crate::measure::{Target as Goal, Times, Verdict};
use crate::work;

#[path = "../../tests/postgres/mod.rs"]
mod postgres;

/// How many record at once, in all processes together, each in a guild of its own.
const PRODUCERS: usize = 64;

/// How many entries each records in a round.
const EACH: usize = 20;

pub(crate) async fn run(size: Size) -> Vec<Verdict> {
    // Its server is one for tests: what is on the disk of it does not matter to
    // them, and to this very much.
    let told = child::told(
        "server",
        &["alone".to_owned(), size.of(20, 4).to_string()],
        &[("TEST_FSYNC", OsStr::new("on"))],
    );
    vec![Verdict::new(
        "commands a second of two processes on one PostgreSQL, against one",
        told["two against one"],
        Goal::AtLeast(1.0),
    )]
}

/// A process: the one that starts the server, or one that records in its guilds
/// at each line it is given.
pub(crate) async fn play(arguments: &[String]) {
    match arguments {
        [role, rounds] if role == "alone" => compare(rounds.parse().expect("a number")).await,
        [url, first, last] => {
            let guilds = first.parse().expect("a guild")..last.parse().expect("a guild");
            record(url, guilds).await;
        }
        _ => panic!("no such role"),
    }
}

async fn compare(rounds: usize) {
    let url = postgres::fresh().await;
    let (whole, half) = (1..1 + PRODUCERS as u64, PRODUCERS as u64 / 2);
    let mut one = [Process::start(&url, whole.clone())];
    let mut two = [
        Process::start(&url, 1_000..1_000 + half),
        Process::start(&url, 1_000 + half..1_000 + 2 * half),
    ];
    let (mut alone, mut together) = (Times::default(), Times::default());
    for round in 0..=rounds {
        let times = [round_of(&mut one), round_of(&mut two)];
        if round > 0 {
            alone.add(times[0]);
            together.add(times[1]);
        }
    }
    let rate = |times: &Times| (PRODUCERS * EACH) as f64 / times.median() * 1e3;
    println!("| on one PostgreSQL | commands a second |\n|---|---|");
    println!(
        "| one process, 64 producers in 64 guilds | {:.0} |",
        rate(&alone)
    );
    println!(
        "| two processes, 32 producers in 32 guilds each | {:.0} |",
        rate(&together)
    );
    child::tell("two against one", rate(&together) / rate(&alone));
    for process in one.into_iter().chain(two) {
        process.end();
    }
}

/// How long the processes together take for a round.
fn round_of(processes: &mut [Process]) -> std::time::Duration {
    let start = Instant::now();
    processes.iter_mut().for_each(Process::go);
    processes.iter_mut().for_each(Process::wait);
    start.elapsed()
}

/// One that records in its guilds whenever it is told to.
struct Process {
    child: Child,
    said: std::io::BufReader<std::process::ChildStdout>,
}

impl Process {
    fn start(url: &str, guilds: std::ops::Range<u64>) -> Self {
        let arguments = [
            url.to_owned(),
            guilds.start.to_string(),
            guilds.end.to_string(),
        ];
        let mut child = child::command("server", &arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("a process");
        let said = std::io::BufReader::new(child.stdout.take().expect("it can be heard"));
        let mut process = Self { child, said };
        process.wait();
        process
    }

    fn go(&mut self) {
        let input = self.child.stdin.as_mut().expect("it can be told");
        input.write_all(b"go\n").expect("it listens");
    }

    fn wait(&mut self) {
        let mut line = String::new();
        std::io::BufRead::read_line(&mut self.said, &mut line).expect("it speaks");
        assert_eq!(line, "done\n");
    }

    fn end(mut self) {
        drop(self.child.stdin.take());
        self.child.wait().expect("it ends");
    }
}

async fn record(url: &str, guilds: std::ops::Range<u64>) {
    let store = Store::open(url).await.expect("a store");
    let writer = Writer::start(store.clone());
    for guild in guilds.clone() {
        let open = work::request(
            GuildId(guild),
            Target::New,
            work::open("A long night"),
            None,
        );
        writer.submit(open).await.expect("an incident");
    }
    println!("done");
    let mut next = 0;
    for line in std::io::stdin().lines() {
        line.expect("a line");
        let mut working = tokio::task::JoinSet::new();
        for guild in guilds.clone().map(GuildId) {
            let writer = writer.clone();
            working.spawn(async move {
                for number in next..next + EACH as u64 {
                    let id = guild.0 * 1_000_000 + number;
                    let target = Target::Incident(IncidentNumber(1));
                    let request = work::request(guild, target, work::message(id), Some(id));
                    writer.submit(request).await.expect("an entry");
                }
            });
        }
        working.join_all().await;
        next += EACH as u64;
        println!("done");
    }
    writer.close().await;
    store.close().await;
}
