//! `kill -9` in the midst of 64 producers: what was acknowledged is there, once.

use std::collections::HashMap;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use rand::rngs::StdRng;
use rand::{Rng as _, SeedableRng as _};
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;

use super::scene::{self, CROWD, Cast, person};
use discord_sandbox::{Sandbox, Snowflake};
use scribe::incident::{Entry, Fact};

/// How long the last messages may take to be fetched.
const PATIENCE: Duration = Duration::from_secs(60);

/// What the killing took.
#[derive(Debug, Default)]
pub(crate) struct Toll {
    /// Commands that were sent.
    pub(crate) sent: usize,
    /// Those of them that were acknowledged.
    pub(crate) acknowledged: usize,
    /// Messages that were written.
    pub(crate) messages: usize,
    /// Acknowledged commands and messages that are not in the log.
    pub(crate) missing: Vec<String>,
    /// What is in it more than once, or as another entry than was told.
    pub(crate) doubled: Vec<String>,
}

/// What producers noted: texts and, of commands, what was answered.
#[derive(Default)]
struct Book {
    sent: usize,
    acknowledged: Vec<(String, String)>,
    messages: Vec<String>,
}

/// Kills the bot so many times while everybody writes.
pub(crate) async fn kill_rounds(binary: &Path, rounds: usize, seed: u64) -> anyhow::Result<Toll> {
    let mut random = StdRng::seed_from_u64(seed);
    let mut scene = scene::start(binary, &Cast::alone()).await?;
    let room = scene.open(scene.guilds[0], "killed").await?;
    let book = Arc::new(Mutex::new(Book::default()));
    let stop = CancellationToken::new();
    let mut producers = JoinSet::new();
    for n in 0..CROWD {
        let producer = produce(
            scene.discord.clone(),
            room.channel,
            n,
            Arc::clone(&book),
            stop.clone(),
        );
        producers.spawn(producer);
    }
    for round in 0..rounds {
        if round > 0 {
            scene.start()?;
        }
        scene.connected().await?;
        // Half of the lives end before much is said, half in the midst of it,
        // however long a slow machine takes for its first answer.
        if round % 2 == 1 {
            let before = lock(&book).acknowledged.len();
            let began = Instant::now();
            while lock(&book).acknowledged.len() == before && began.elapsed() < PATIENCE {
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
        }
        tokio::time::sleep(Duration::from_millis(random.random_range(20..400))).await;
        scene.kill()?;
        scene.discord.bot_disconnected(PATIENCE).await;
    }
    stop.cancel();
    while producers.join_next().await.is_some() {}
    scene.start()?;
    let book = std::mem::take(&mut *book.lock().unwrap_or_else(PoisonError::into_inner));
    let began = Instant::now();
    loop {
        let log = scene.store.log(room.incident).await?;
        let toll = toll(&book, &log);
        if toll.missing.is_empty() || began.elapsed() > PATIENCE {
            return Ok(toll);
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}

async fn produce(
    discord: Sandbox,
    channel: Snowflake,
    n: usize,
    book: Arc<Mutex<Book>>,
    stop: CancellationToken,
) {
    let who = person(n);
    for count in 0.. {
        if stop.is_cancelled() {
            return;
        }
        let text = format!("{who} {count}.");
        if count % 4 == 0 {
            if discord.say(&who, channel, &text).await.is_ok() {
                lock(&book).messages.push(text);
            }
        } else {
            let values = [("text", text.as_str())];
            let answer = discord.slash(&who, channel, "incident note", &values).await;
            let mut book = lock(&book);
            book.sent += 1;
            if let Ok(answer) = answer
                && let Some(told) = answer.text().strip_prefix("Recorded as #")
            {
                let digits = told.chars().take_while(char::is_ascii_digit);
                book.acknowledged.push((text, digits.collect()));
            }
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
}

fn toll(book: &Book, log: &[Entry]) -> Toll {
    let mut recorded: HashMap<&str, Vec<String>> = HashMap::new();
    for entry in log {
        if let (Some(text), Fact::Noted { .. } | Fact::MessagePosted(_)) =
            (entry.fact.text(), &entry.fact)
        {
            recorded
                .entry(text)
                .or_default()
                .push(entry.seq.0.to_string());
        }
    }
    let mut toll = Toll {
        sent: book.sent,
        acknowledged: book.acknowledged.len(),
        messages: book.messages.len(),
        ..Toll::default()
    };
    for (text, told) in &book.acknowledged {
        match recorded.get(text.as_str()) {
            None => toll.missing.push(text.clone()),
            Some(entries) if entries.first() != Some(told) => {
                toll.doubled
                    .push(format!("{text} told as {told}, is {entries:?}"));
            }
            Some(_) => {}
        }
    }
    for text in &book.messages {
        if !recorded.contains_key(text.as_str()) {
            toll.missing.push(text.clone());
        }
    }
    for (text, entries) in recorded {
        if entries.len() > 1 {
            toll.doubled.push(format!("{text}: {entries:?}"));
        }
    }
    toll
}

fn lock(book: &Mutex<Book>) -> std::sync::MutexGuard<'_, Book> {
    book.lock().unwrap_or_else(PoisonError::into_inner)
}
