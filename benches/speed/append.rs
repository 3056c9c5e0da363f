//! How many entries a second are recorded for good, by one who waits for each
//! and by 64 at once, against the same rows written by the same database
//! without anything around it, in commits of as many rows. Then the same on a
//! disk of which each `fdatasync` takes ten milliseconds more: a library of some
//! lines, made with `cc`, is loaded before the system's into a process of its own.

use std::path::Path;
use std::time::{Duration, Instant};

use rusqlite::Connection;
use scribe::incident::{GuildId, IncidentNumber};
use scribe::store::{Store, Target, Writer};

use crate::Size;
use crate::bare::{self, Row};
use crate::child;
use crate::measure::{Target as Goal, Times, Verdict};
use crate::work;

const GUILD: GuildId = GuildId(1);

/// What makes a disk slow.
const SLOW: &str = r#"
#define _GNU_SOURCE
#include <dlfcn.h>
#include <unistd.h>
static int slow(const char *name, int file) {
    int (*real)(int) = (int (*)(int))dlsym(RTLD_NEXT, name);
    usleep(10000);
    return real(file);
}
int fdatasync(int file) { return slow("fdatasync", file); }
int fsync(int file) { return slow("fsync", file); }
"#;

pub(crate) async fn run(size: Size) -> Vec<Verdict> {
    println!(
        "| disk, producers | Scribe, entries a second | bare | ratio | an entry takes, median ms | 99th percentile |\n|---|---|---|---|---|---|"
    );
    let rounds = size.of(30, 4);
    let usual = child::told("append", &["as it is".to_owned(), rounds.to_string()], &[]);
    let files = tempfile::tempdir().expect("a directory");
    let library = slow_disk(files.path());
    let slow = vec!["10 ms more".to_owned(), size.of(6, 2).to_string()];
    let slow = child::told("append", &slow, &[("LD_PRELOAD", library.as_os_str())]);
    let mut verdicts = Vec::new();
    for (told, disk) in [(&usual, ""), (&slow, ", 10 ms more a sync")] {
        for (producers, who) in [(1, "one producer"), (64, "64 producers")] {
            let what = format!("entries a second, {who}{disk}, against the bare database");
            let ratio = told[&format!("ratio {producers}")];
            verdicts.push(Verdict::new(what, ratio, Goal::AtLeast(0.7)));
        }
    }
    let median = slow["median 64"];
    let what = "median of one of 64 producers, 10 ms more a sync, in units of 50 ms";
    verdicts.push(Verdict::new(what, median / 50.0, Goal::AtMost(1.0)));
    verdicts
}

fn slow_disk(folder: &Path) -> std::path::PathBuf {
    let (source, library) = (folder.join("slow.c"), folder.join("slow.so"));
    std::fs::write(&source, SLOW).expect("a file");
    let made = std::process::Command::new("cc")
        .args(["-O2", "-shared", "-fPIC", "-o"])
        .arg(&library)
        .arg(&source)
        .arg("-ldl")
        .status();
    assert!(made.is_ok_and(|made| made.success()), "cc makes a library");
    library
}

/// The part of the process of its own: a row of the table, and its numbers for
/// whoever started it.
pub(crate) async fn play(arguments: &[String]) {
    let disk = &arguments[0];
    let rounds: usize = arguments[1].parse().expect("a number of rounds");
    for (producers, each) in [(1, 50), (64, 10)] {
        let measured = measure(producers, each, rounds).await;
        println!(
            "| {disk}, {producers} | {:.0} | {:.0} | {:.2} | {:.2} | {:.2} |",
            measured.scribe,
            measured.bare,
            measured.scribe / measured.bare,
            measured.entry.median(),
            measured.entry.percentile_99(),
        );
        child::tell(
            &format!("ratio {producers}"),
            measured.scribe / measured.bare,
        );
        child::tell(&format!("median {producers}"), measured.entry.median());
    }
}

struct Measured {
    /// Entries a second.
    scribe: f64,
    bare: f64,
    /// How long the caller waited for each.
    entry: Times,
}

async fn measure(producers: usize, each: usize, rounds: usize) -> Measured {
    let files = tempfile::tempdir().expect("a directory");
    let path = |name: &str| files.path().join(name);
    let url = |name: &str| format!("sqlite://{}", path(name).display());
    let store = Store::open(&url("scribe.db")).await.expect("a store");
    let writer = Writer::start(store.clone());
    let open = work::request(GUILD, Target::New, work::open("A long night"), None);
    writer.submit(open).await.expect("an incident");
    // The same schema, triggers and indexes and all.
    let same = Store::open(&url("bare.db")).await.expect("a store");
    same.close().await;
    let (mut bare, reader) = (bare::open(&path("bare.db")), bare::open(&path("scribe.db")));
    let mut copied = Copied::default();
    copied.next(&reader).write(&mut bare, 1);

    let (mut scribe_took, mut bare_took) = (Times::default(), Times::default());
    let mut entry = Vec::new();
    for round in 0..=rounds {
        let first = round * producers * each;
        let start = Instant::now();
        let waited = produce(&writer, producers, each, first).await;
        let scribe = start.elapsed();
        let rows = copied.next(&reader);
        assert_eq!(rows.entries.len(), producers * each);
        let start = Instant::now();
        rows.write(&mut bare, producers);
        let bare = start.elapsed();
        // The first warms both up.
        if round > 0 {
            scribe_took.add(scribe);
            bare_took.add(bare);
            entry.extend(waited);
        }
    }
    let rate = |took: Times| (producers * each) as f64 / took.median() * 1e3;
    let count = |database: &Connection| bare::rows(database, "SELECT count(*) FROM texts");
    assert_eq!(count(&reader), count(&bare));
    writer.close().await;
    store.close().await;
    Measured {
        scribe: rate(scribe_took),
        bare: rate(bare_took),
        entry: Times::of(entry),
    }
}

/// Everybody says something, waits until it is recorded, and goes on.
async fn produce(writer: &Writer, producers: usize, each: usize, first: usize) -> Vec<Duration> {
    let target = Target::Incident(IncidentNumber(1));
    let mut working = tokio::task::JoinSet::new();
    for producer in 0..producers {
        let writer = writer.clone();
        working.spawn(async move {
            let mut waited = Vec::with_capacity(each);
            for number in 0..each {
                let id = (first + producer * each + number) as u64 + 1_000;
                let request = work::request(GUILD, target, work::message(id), Some(id));
                let start = Instant::now();
                writer.submit(request).await.expect("an entry");
                waited.push(start.elapsed());
            }
            waited
        });
    }
    working.join_all().await.into_iter().flatten().collect()
}

/// Up to where rows were taken over.
#[derive(Default)]
struct Copied {
    seq: usize,
}

/// The rows of some entries.
struct Rows {
    entries: Vec<Row>,
    messages: Vec<Row>,
    incidents: Vec<Row>,
}

impl Copied {
    /// What was written since.
    fn next(&mut self, from: &Connection) -> Rows {
        let since = |table: &str, unless: &str| {
            let seq = self.seq;
            let sql = format!("SELECT * FROM {table} WHERE seq > {seq} {unless} ORDER BY seq");
            bare::rows(from, &sql)
        };
        let rows = Rows {
            entries: since("entries", ""),
            messages: since("messages", ""),
            incidents: bare::rows(from, "SELECT * FROM incidents"),
        };
        self.seq += rows.entries.len();
        rows
    }
}

impl Rows {
    /// Writes them, so many entries with each commit, and with each commit the
    /// row of the incident.
    fn write(&self, to: &mut Connection, batch: usize) {
        let mut messages = self.messages.chunks(batch);
        for entries in self.entries.chunks(batch) {
            let transaction = to
                .transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)
                .expect("a transaction");
            bare::insert(&transaction, "entries", entries);
            bare::insert(
                &transaction,
                "messages",
                messages.next().unwrap_or_default(),
            );
            put_incident(&transaction, &self.incidents[0]);
            transaction.commit().expect("a commit");
        }
    }
}

fn put_incident(to: &Connection, row: &Row) {
    let known = to
        .prepare_cached("UPDATE incidents SET last_seq = last_seq + 1, last_hash = ?1, state = ?2")
        .expect("a statement")
        .execute([&row[11], &row[12]])
        .expect("an update");
    if known == 0 {
        bare::insert(to, "incidents", std::slice::from_ref(row));
    }
}
