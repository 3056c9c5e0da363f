//! What recording an entry costs once there are five million of them.

use std::time::{Duration, Instant};

use scribe::incident::{GuildId, IncidentNumber};
use scribe::store::{Store, Target, Writer};

use crate::Size;
use crate::measure::{Target as Goal, Times, Verdict};
use crate::{sql, work};

const GUILD: GuildId = GuildId(1);

/// How many record at once in the second measure.
const PRODUCERS: usize = 64;

/// A store to which is appended.
struct Record {
    store: Store,
    writer: Writer,
    incident: IncidentNumber,
    next: u64,
}

impl Record {
    async fn of(url: &str) -> Self {
        let store = Store::open(url).await.expect("a store");
        let writer = Writer::start(store.clone());
        let open = work::request(GUILD, Target::New, work::open("A long night"), None);
        let opened = writer.submit(open).await.expect("an incident");
        Self {
            store,
            writer,
            incident: opened.incident.key.number,
            next: 1_000_000_000,
        }
    }

    /// How long so many at once take to be recorded.
    async fn append(&mut self, at_once: usize) -> Duration {
        let target = Target::Incident(self.incident);
        let requests = (0..at_once as u64).map(|number| {
            let id = self.next + number;
            work::request(GUILD, target, work::message(id), Some(id))
        });
        let requests: Vec<_> = requests.collect();
        self.next += at_once as u64;
        let start = Instant::now();
        let recorded = requests
            .into_iter()
            .map(|request| self.writer.submit(request));
        for recorded in futures::future::join_all(recorded).await {
            recorded.expect("an entry");
        }
        start.elapsed()
    }

    async fn close(self) {
        self.writer.close().await;
        self.store.close().await;
    }
}

pub(crate) async fn run(size: Size) -> Vec<Verdict> {
    let (entries, rounds) = (size.of(5_000_000, 100_000), size.of(1_000, 100));
    let files = tempfile::tempdir().expect("a directory");
    let path = |name: &str| files.path().join(name);
    let url = |name: &str| format!("sqlite://{}", path(name).display());
    Store::open(&url("full.db"))
        .await
        .expect("a store")
        .close()
        .await;
    let start = Instant::now();
    sql::fill(&path("full.db"), GUILD, entries);
    let length = std::fs::metadata(path("full.db")).expect("a file").len();
    println!(
        "{entries} entries are {:.1} GB, written in {:.0} s.\n",
        length as f64 / 1e9,
        start.elapsed().as_secs_f64()
    );
    let mut empty = Record::of(&url("empty.db")).await;
    let mut full = Record::of(&url("full.db")).await;
    let mut times: [Times; 4] = Default::default();
    for round in 0..rounds + 20 {
        let took = [
            empty.append(1).await,
            full.append(1).await,
            empty.append(PRODUCERS).await,
            full.append(PRODUCERS).await,
        ];
        // The first ones fill the caches of both.
        if round >= 20 {
            for (times, took) in times.iter_mut().zip(took) {
                times.add(took);
            }
        }
    }
    empty.close().await;
    full.close().await;
    println!("| {rounds} rounds | median ms | 99th percentile ms |\n|---|---|---|");
    times[0].row("one entry, a new record");
    times[1].row(&format!("one entry, after {entries}"));
    times[2].row(&format!("{PRODUCERS} entries at once, a new record"));
    times[3].row(&format!("{PRODUCERS} entries at once, after {entries}"));
    let ratio = |full: usize, empty: usize| times[full].median() / times[empty].median();
    vec![
        Verdict::new(
            format!("an entry after {entries}, against a new record"),
            ratio(1, 0),
            Goal::AtMost(1.2),
        ),
        Verdict::new(
            format!("{PRODUCERS} entries at once after {entries}, against a new record"),
            ratio(3, 2),
            Goal::AtMost(1.2),
        ),
    ]
}
