//! How long a draft takes, against only reading the rows it is made from.
//!
//! `cargo bench --bench draft` prints medians over 20 rounds of a log of 10,000 entries.

use std::time::{Duration, Instant};

use scribe::incident::{
    Actor, ChannelId, Command, Context, Entry, GuildId, GuildSettings, IncidentKey, IncidentNumber,
    Message, MessageId, MessageRef, Open, Person, Severity, Status, UserId,
};
use scribe::report::postmortem::{self, DraftInput, Form};
use scribe::store::{Request, Store, Target, Writer};

const ENTRIES: usize = 10_000;
const ROUNDS: usize = 20;

fn request(target: Target, command: Command, message: Option<u64>) -> Request {
    let person = Person {
        id: UserId(1),
        name: "ana".to_owned(),
        bot: false,
    };
    let origin = message.map(|message| MessageRef {
        channel: ChannelId(2),
        message: MessageId(message),
    });
    Request {
        guild: GuildId(1),
        target,
        command,
        context: Context {
            actor: Actor::Person(person),
            now: scribe::clock::now(),
            origin,
        },
        once: None,
        quiet: true,
    }
}

/// An incident with a channel that talked a lot: every tenth entry is a note, the rest are messages.
async fn talk(writer: &Writer) {
    let open = Command::Open(Open::new("A long night", Severity::Sev1));
    writer
        .submit(request(Target::New, open, None))
        .await
        .expect("an incident");
    let target = Target::Incident(IncidentNumber(1));
    let mut waiting = tokio::task::JoinSet::new();
    for number in 0..ENTRIES - 2 {
        let text = format!(
            "error rate of node {number} is {}% and falls, trying the next one",
            number % 100
        );
        let command = if number % 10 == 0 {
            Command::Note {
                text,
                at: None,
                key: false,
            }
        } else {
            let message = Message {
                text,
                edited_at: None,
                reply_to: None,
                attachments: Vec::new(),
            };
            Command::RecordMessage {
                message,
                at: scribe::clock::now(),
            }
        };
        let writer = writer.clone();
        let request = request(target, command, Some(1_000 + number as u64));
        waiting.spawn(async move { writer.submit(request).await.expect("an entry") });
    }
    waiting.join_all().await;
    let resolve = Command::SetStatus {
        to: Status::Resolved,
        message: None,
        at: None,
    };
    writer
        .submit(request(target, resolve, None))
        .await
        .expect("an end");
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times[times.len() / 2]
}

#[tokio::main]
async fn main() {
    let files = tempfile::tempdir().expect("a directory");
    let url = format!("sqlite://{}", files.path().join("scribe.db").display());
    let store = Store::open(&url).await.expect("a store");
    let writer = Writer::start(store.clone());
    talk(&writer).await;
    let key = IncidentKey {
        guild: GuildId(1),
        number: IncidentNumber(1),
    };
    let settings = GuildSettings::default();
    let now = scribe::clock::now();
    let no_link = |_: &Entry| None;
    let (mut reading, mut drafting) = (Vec::new(), Vec::new());
    let mut length = 0;
    for _ in 0..ROUNDS {
        let start = Instant::now();
        let entries = store.log(key).await.expect("a log");
        reading.push(start.elapsed());
        assert_eq!(entries.len(), ENTRIES);
        drop(entries);

        let start = Instant::now();
        let incident = store
            .incident(key)
            .await
            .expect("the store reads")
            .expect("the incident");
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
        drafting.push(start.elapsed());
    }
    let (reading, drafting) = (median(reading), median(drafting));
    println!("| {ENTRIES} entries, {ROUNDS} rounds | median ms |\n|---|---|");
    println!("| reading the rows | {:.1} |", reading.as_secs_f64() * 1e3);
    println!(
        "| reading and drafting ({} KiB) | {:.1} |",
        length / 1024,
        drafting.as_secs_f64() * 1e3
    );
    println!(
        "| ratio | {:.2} |",
        drafting.as_secs_f64() / reading.as_secs_f64()
    );
    writer.close().await;
}
