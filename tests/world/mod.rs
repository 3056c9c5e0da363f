//! A small world to tell stories in: a local Discord, the real bot connected
//! to it through the real client, and a fresh store: a file, or a database of a
//! server (with TEST_WORLD=postgres every story is told there).

#[path = "../postgres/mod.rs"]
mod postgres;

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use chrono::TimeDelta;
use discord_sandbox::{Answer, ChannelRef, Options, Sandbox, SeenMessage, Snowflake};
use scribe::clock::Clock;
use scribe::discord::{Bot, BotError, BotOptions};
use scribe::incident::{
    Actor, Command, Context, Entry, GuildId, Incident, IncidentKey, IncidentNumber,
};
use scribe::jobs::AttachmentFetcher;
use scribe::store::{Request, Store, Target, Writer};
use tempfile::TempDir;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

/// How long anything may take. Only a test that fails waits so long.
pub(crate) const PATIENCE: Duration = Duration::from_secs(20);

/// One test per database for each story.
macro_rules! every_database {
    ($($story:ident)*) => {
        mod sqlite {
            $(#[tokio::test(flavor = "multi_thread")]
            async fn $story() {
                super::$story(crate::world::World::start().await).await;
            })*
        }
        mod postgres {
            $(#[tokio::test(flavor = "multi_thread")]
            async fn $story() {
                super::$story(crate::world::World::on_postgres().await).await;
            })*
        }
    };
}

pub(crate) use every_database;

/// A Discord, a bot, a store. Its end fails the test where the bot broke Discord's rules.
pub(crate) struct World {
    pub(crate) discord: Sandbox,
    pub(crate) store: Store,
    pub(crate) files: TempDir,
    /// Where the database is.
    pub(crate) url: String,
    dead_after: Duration,
    /// Seconds that the bot's clock is ahead.
    ahead: Arc<AtomicI64>,
    bot: Option<Running>,
}

struct Running {
    stop: CancellationToken,
    writer: Writer,
    bot: JoinHandle<Result<(), BotError>>,
    fetcher: JoinHandle<()>,
}

/// An incident that was opened.
#[derive(Clone, Copy)]
pub(crate) struct Opened {
    pub(crate) number: u32,
    pub(crate) channel: Snowflake,
}

impl World {
    pub(crate) async fn start() -> Self {
        Self::with(Options::default()).await
    }

    pub(crate) async fn with(options: Options) -> Self {
        match std::env::var("TEST_WORLD").is_ok_and(|on| on == "postgres") {
            true => Self::at(postgres::fresh().await, options).await,
            false => Self::on_sqlite(options).await,
        }
    }

    pub(crate) async fn on_postgres() -> Self {
        Self::on_postgres_with(Options::default()).await
    }

    pub(crate) async fn on_postgres_with(options: Options) -> Self {
        Self::at(postgres::fresh().await, options).await
    }

    pub(crate) async fn on_sqlite(options: Options) -> Self {
        let files = tempfile::tempdir().unwrap();
        let url = format!("sqlite://{}", files.path().join("scribe.db").display());
        Self::keeping(files, url, options).await
    }

    async fn at(url: String, options: Options) -> Self {
        Self::keeping(tempfile::tempdir().unwrap(), url, options).await
    }

    async fn keeping(files: TempDir, url: String, options: Options) -> Self {
        let log = tracing_subscriber::fmt().with_env_filter("warn,serenity=error,scribe=info");
        let _ = log.with_test_writer().try_init();
        let dead_after = options.heartbeat.mul_f32(2.5);
        let discord = Sandbox::start(options).await.unwrap();
        let store = Store::open(&url).await.unwrap();
        let mut world = Self {
            discord,
            store,
            files,
            url,
            dead_after,
            ahead: Arc::default(),
            bot: None,
        };
        world.start_bot().await;
        world
    }

    /// Starts the bot and waits until it has caught up.
    pub(crate) async fn start_bot(&mut self) {
        let clock = self.clock();
        let stop = CancellationToken::new();
        let writer = Writer::start(self.store.clone());
        let bot = Bot::new(BotOptions {
            token: self.discord.token(),
            api_url: Some(self.discord.url()),
            store: self.store.clone(),
            writer: writer.clone(),
            clock: Arc::clone(&clock),
            stop: stop.clone(),
        });
        let bot = bot.dead_after(self.dead_after);
        let (mut ready, first) = (bot.ready(), bot.is_first());
        let bot = tokio::spawn(bot.run());
        let store = self.store.clone();
        let fetcher =
            AttachmentFetcher::new(store, writer.clone(), clock, self.files.path()).unwrap();
        let fetcher = tokio::spawn(fetcher.while_it_is(first).run(stop.clone()));
        let is_ready = tokio::time::timeout(PATIENCE, ready.wait()).await;
        assert!(
            is_ready.is_ok_and(|ready| ready),
            "the bot is not ready: {:?}",
            bot.is_finished()
        );
        self.bot = Some(Running {
            stop,
            writer,
            bot,
            fetcher,
        });
    }

    /// The bot's clock.
    pub(crate) fn clock(&self) -> Clock {
        let ahead = Arc::clone(&self.ahead);
        Arc::new(move || scribe::clock::now() + TimeDelta::seconds(ahead.load(Ordering::Relaxed)))
    }

    /// Puts the bot's clock forward.
    pub(crate) fn travel(&self, by: TimeDelta) {
        self.ahead.fetch_add(by.num_seconds(), Ordering::Relaxed);
    }

    /// Ends the bot; Discord goes on without it.
    pub(crate) async fn kill_bot(&mut self) {
        let running = self.bot.take().expect("the bot runs");
        running.stop.cancel();
        running.fetcher.await.unwrap();
        running.bot.await.unwrap().unwrap();
        running.writer.close().await;
        assert!(self.discord.bot_disconnected(PATIENCE).await);
    }

    /// A slash command typed in #general.
    pub(crate) async fn slash(&self, who: &str, command: &str, values: &[(&str, &str)]) -> Answer {
        self.slash_in(who, "general", command, values).await
    }

    /// A slash command typed in a channel.
    pub(crate) async fn slash_in(
        &self,
        who: &str,
        channel: impl Into<ChannelRef>,
        command: &str,
        values: &[(&str, &str)],
    ) -> Answer {
        let answer = self.discord.slash(who, channel, command, values).await;
        answer.unwrap_or_else(|error| panic!("/{command} {values:?}: {error}"))
    }

    /// Opens an incident and waits for its channel.
    pub(crate) async fn open(&self, who: &str, title: &str) -> Opened {
        self.open_with(who, &[("title", title), ("severity", "SEV1")])
            .await
    }

    /// Opens an incident with options and waits for its channel.
    pub(crate) async fn open_with(&self, who: &str, values: &[(&str, &str)]) -> Opened {
        let answer = self.slash(who, "incident open", values).await;
        let answer = self.until(async || {
            let now = self.discord.refresh(&answer);
            now.text().contains("<#").then_some(now)
        });
        opened(&answer.await.text())
    }

    /// Somebody says something.
    pub(crate) async fn say(
        &self,
        who: &str,
        channel: impl Into<ChannelRef>,
        text: &str,
    ) -> Snowflake {
        self.discord.say(who, channel, text).await.unwrap()
    }

    /// Waits for a message with that text.
    pub(crate) async fn see(&self, channel: impl Into<ChannelRef>, text: &str) -> SeenMessage {
        let channel = channel.into();
        let seen =
            self.discord
                .wait_for(&channel, |message| message.text().contains(text), PATIENCE);
        match seen.await {
            Some(message) => message,
            None => {
                let all: Vec<_> = self
                    .discord
                    .messages(&channel)
                    .iter()
                    .map(SeenMessage::text)
                    .collect();
                panic!("nothing says {text:?} there: {all:#?}")
            }
        }
    }

    /// Waits for a message with that file.
    pub(crate) async fn see_file(&self, channel: impl Into<ChannelRef>, name: &str) -> String {
        let seen = self
            .discord
            .wait_for(channel, |message| message.file(name).is_some(), PATIENCE);
        let message = seen
            .await
            .unwrap_or_else(|| panic!("there is no file {name}"));
        message.file(name).unwrap().text()
    }

    /// The pinned card of a channel.
    pub(crate) async fn card(&self, channel: Snowflake) -> SeenMessage {
        self.until(async || self.discord.pins(channel).first().cloned())
            .await
    }

    /// Waits until something is so.
    pub(crate) async fn until<T>(&self, mut look: impl AsyncFnMut() -> Option<T>) -> T {
        let deadline = tokio::time::Instant::now() + PATIENCE;
        loop {
            if let Some(found) = look().await {
                return found;
            }
            assert!(
                tokio::time::Instant::now() < deadline,
                "it did not come to be so in time"
            );
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    }

    /// Waits for an entry in the log of an incident.
    pub(crate) async fn entry(&self, number: u32, wanted: impl Fn(&Entry) -> bool) -> Entry {
        let key = self.key(number);
        self.until(async || self.store.log(key).await.unwrap().into_iter().find(&wanted))
            .await
    }

    /// Writes as many notes into an incident, straight into the record: `note 0`, `note 1`, ...
    pub(crate) async fn tell_notes(&self, number: u32, how_many: usize) {
        let writer = &self.bot.as_ref().expect("the bot runs").writer;
        let note = |n| {
            writer.submit(Request {
                guild: self.key(number).guild,
                target: Target::Incident(IncidentNumber(number)),
                command: Command::Note {
                    text: format!("note {n}"),
                    at: None,
                    key: false,
                },
                context: Context {
                    actor: Actor::Scribe,
                    now: scribe::clock::now(),
                    origin: None,
                },
                once: None,
                quiet: true,
            })
        };
        // So few together are submitted in their order.
        for first in (0..how_many).step_by(25) {
            let some = first..how_many.min(first + 25);
            for noted in futures::future::join_all(some.map(note)).await {
                noted.unwrap();
            }
        }
    }

    /// The log of an incident as it is.
    pub(crate) async fn log(&self, number: u32) -> Vec<Entry> {
        self.store.log(self.key(number)).await.unwrap()
    }

    /// The state of an incident as it is.
    pub(crate) async fn incident(&self, number: u32) -> Incident {
        self.store
            .incident(self.key(number))
            .await
            .unwrap()
            .unwrap()
    }

    /// Waits until Scribe has said all it has to.
    pub(crate) async fn all_said(&self) {
        self.until(async || (self.store.outbox_depth().await.unwrap().waiting == 0).then_some(()))
            .await;
    }

    pub(crate) fn key(&self, number: u32) -> IncidentKey {
        IncidentKey {
            guild: GuildId(self.discord.guild().0),
            number: IncidentNumber(number),
        }
    }
}

impl Drop for World {
    fn drop(&mut self) {
        if let Some(running) = &self.bot {
            running.stop.cancel();
        }
        if !std::thread::panicking() {
            self.discord.assert_no_violations();
        }
    }
}

/// Reads `INC-1 is open: <#123>`.
pub(crate) fn opened(answer: &str) -> Opened {
    let number = answer
        .strip_prefix("INC-")
        .and_then(|rest| rest.split(' ').next());
    let channel = answer
        .split("<#")
        .nth(1)
        .and_then(|rest| rest.split('>').next());
    match (number.map(str::parse), channel.map(str::parse)) {
        (Some(Ok(number)), Some(Ok(channel))) => Opened { number, channel },
        _ => panic!("no incident was opened: {answer}"),
    }
}
