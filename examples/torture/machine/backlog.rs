//! Thousands of messages that were written while the bot was down.

use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::bail;
use scribe::incident::{Fact, timeline};

use super::ledger::Room;
use super::scene::{self, Cast, person};

/// In how many channels they are written, each with a thread.
const CHANNELS: usize = 4;

/// How long the bot may take at most.
const PATIENCE: Duration = Duration::from_secs(120);

/// Between two commands.
const MOMENT: Duration = Duration::from_millis(20);

/// How the bot came back.
#[derive(Debug)]
pub(crate) struct Return {
    /// From the start of the process until the last message was in the log.
    pub(crate) took: Duration,
    /// Channels and threads.
    pub(crate) channels: usize,
    /// Requests for pages of messages.
    pub(crate) pages: usize,
    /// Requests of any kind, those of commands and posts left out.
    pub(crate) requests: usize,
    /// The longest that a command waited for its whole answer meanwhile.
    pub(crate) slowest: Duration,
    /// Commands that were answered meanwhile.
    pub(crate) commands: usize,
    /// Whether all of them stand in the order they were written.
    pub(crate) in_order: bool,
}

/// Writes so many messages while the bot is down, and starts it.
pub(crate) async fn backlog(binary: &Path, messages: usize) -> anyhow::Result<Return> {
    let mut scene = scene::start(binary, &Cast::alone()).await?;
    let mut rooms = Vec::new();
    for n in 0..CHANNELS {
        let title = format!("backlog {n}");
        rooms.push(scene.open(scene.guilds[0], &title).await?);
    }
    scene.kill()?;
    scene.discord.bot_disconnected(PATIENCE).await;
    for n in 0..CHANNELS {
        let room = rooms[n];
        let thread = scene.discord.thread("ana", room.channel, None, "aside");
        let channel = thread.await?;
        rooms.push(Room { channel, ..room });
    }
    let mut written: Vec<Vec<String>> = vec![Vec::new(); CHANNELS];
    for n in 0..messages {
        let at = n % rooms.len();
        let text = format!("line {n}");
        scene
            .discord
            .say(&person(n), rooms[at].channel, &text)
            .await?;
        written[at % CHANNELS].push(text);
    }
    let before = scene.discord.requests().len();
    let began = Instant::now();
    scene.start()?;
    let (mut slowest, mut commands) = (Duration::ZERO, 0);
    let took = loop {
        if scene.discord.bot_connected(MOMENT).await {
            let asked = Instant::now();
            let note = [("text", "still there?")];
            let channel = rooms[commands % rooms.len()].channel;
            scene
                .discord
                .slash("ana", channel, "incident note", &note)
                .await?;
            slowest = slowest.max(asked.elapsed());
            commands += 1;
        }
        if recorded(&scene, &rooms[..CHANNELS]).await? >= messages {
            break began.elapsed();
        }
        if began.elapsed() > PATIENCE {
            bail!("the messages are not all recorded after {PATIENCE:?}");
        }
        tokio::time::sleep(MOMENT).await;
    };
    let requests = scene.discord.requests().split_off(before);
    let read = requests.iter().filter(|request| request.method == "GET");
    let pages = read
        .clone()
        .filter(|request| request.path.contains("/messages?"));
    let mut in_order = true;
    for (n, room) in rooms[..CHANNELS].iter().enumerate() {
        let log = scene.store.log(room.incident).await?;
        let lines = timeline(&log);
        let said = lines
            .iter()
            .filter(|line| matches!(line.entry.fact, Fact::MessagePosted(_)))
            .filter_map(|line| line.text);
        in_order &= said.eq(written[n].iter().map(String::as_str));
    }
    Ok(Return {
        took,
        channels: rooms.len(),
        pages: pages.count(),
        requests: read.count(),
        slowest,
        commands,
        in_order,
    })
}

async fn recorded(scene: &scene::Scene, rooms: &[Room]) -> anyhow::Result<usize> {
    let mut count = 0;
    for room in rooms {
        let log = scene.store.log(room.incident).await?;
        let posted =
            |entry: &&scribe::incident::Entry| matches!(entry.fact, Fact::MessagePosted(_));
        count += log.iter().filter(posted).count();
    }
    Ok(count)
}
