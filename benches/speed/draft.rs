//! How long a draft takes, against only reading the rows it is made from, and
//! what memory it needs.

use std::time::Instant;

use scribe::incident::{
    Command, Entry, GuildId, GuildSettings, IncidentKey, IncidentNumber, Status,
};
use scribe::report::postmortem::{self, DraftInput, Form};
use scribe::store::{Store, Target, Writer};

use crate::Size;
use crate::measure::{Target as Goal, Times, Verdict};
use crate::work;

const GUILD: GuildId = GuildId(1);

/// An incident with a channel that talked a lot: every tenth entry is a note, the rest are messages.
async fn talk(writer: &Writer, entries: usize) {
    let submit = async |target, command, message| {
        let request = work::request(GUILD, target, command, message);
        writer.submit(request).await.expect("an entry");
    };
    submit(Target::New, work::open("A long night"), None).await;
    let target = Target::Incident(IncidentNumber(1));
    let mut waiting = tokio::task::JoinSet::new();
    for number in 0..entries as u64 - 2 {
        let command = match number % 10 {
            0 => work::note(format!(
                "node {number} taken out, the next one is on its way"
            )),
            _ => work::message(number),
        };
        let request = work::request(GUILD, target, command, Some(1_000 + number));
        let writer = writer.clone();
        waiting.spawn(async move { writer.submit(request).await.expect("an entry") });
        if waiting.len() >= 256 {
            waiting.join_next().await;
        }
    }
    waiting.join_all().await;
    let resolve = Command::SetStatus {
        to: Status::Resolved,
        message: None,
        at: None,
    };
    submit(target, resolve, None).await;
}

pub(crate) async fn run(size: Size) -> Vec<Verdict> {
    let rounds = size.of(20, 5);
    println!(
        "| entries | reading ms | reading and drafting ms | ratio | draft |\n|---|---|---|---|---|"
    );
    let mut verdicts = Vec::new();
    for entries in [10_000, size.of(100_000, 20_000)] {
        let ratio = measure(entries, rounds).await;
        let what = format!("draft of {entries} entries, against reading its rows");
        verdicts.push(Verdict::new(what, ratio, Goal::AtMost(2.0)));
    }
    verdicts
}

async fn measure(size: usize, rounds: usize) -> f64 {
    let files = tempfile::tempdir().expect("a directory");
    let url = format!("sqlite://{}", files.path().join("scribe.db").display());
    let store = Store::open(&url).await.expect("a store");
    let writer = Writer::start(store.clone());
    talk(&writer, size).await;
    writer.close().await;
    let number = IncidentNumber(1);
    let key = IncidentKey {
        guild: GUILD,
        number,
    };
    let settings = GuildSettings::default();
    let now = scribe::clock::now();
    let no_link = |_: &Entry| None;
    let (mut reading, mut drafting) = (Times::default(), Times::default());
    let mut length = 0;
    for _ in 0..rounds {
        let start = Instant::now();
        let entries = store.log(key).await.expect("a log");
        reading.add(start.elapsed());
        assert_eq!(entries.len(), size);
        drop(entries);

        let start = Instant::now();
        let incident = store.incident(key).await.expect("the store reads");
        let incident = incident.expect("the incident");
        let entries = store.log(key).await.expect("a log");
        let input = DraftInput {
            incident: &incident,
            entries: &entries,
            settings: &settings,
            links: &no_link,
            now,
            form: Form::default(),
        };
        length = postmortem::markdown(&input).expect("a draft").len();
        drafting.add(start.elapsed());
    }
    let ratio = drafting.median() / reading.median();
    println!(
        "| {size} | {:.1} | {:.1} | {ratio:.2} | {} KiB |",
        reading.median(),
        drafting.median(),
        length / 1024,
    );
    store.close().await;
    ratio
}
