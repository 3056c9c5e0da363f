//! What the story is played on: a Discord of our own, the real bot on it, and
//! a clock that is put forward, so that a night takes seconds.

use std::convert::Infallible;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use anyhow::{Context, bail};
use chrono::{DateTime, NaiveDateTime, TimeDelta, TimeZone, Utc};
use discord_sandbox::{ChannelKind, Clock, Options, RateLimits, Sandbox, Snowflake};
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

use super::story;
use crate::discord::{Bot, BotError, BotOptions, PERMISSIONS};
use crate::incident::{
    Actor, ChannelId, Component, GuildId, GuildSettings, Incident, IncidentKey, IncidentNumber,
    MessageId,
};
use crate::jobs::WeeklySummary;
use crate::store::{Store, Writer};

/// How long anything may take before the demo counts as failed.
const PATIENCE: Duration = Duration::from_secs(15);

/// How often it is looked whether something has happened.
const LOOK: Duration = Duration::from_millis(5);

/// A clock that is put forward and goes on from there.
#[derive(Clone)]
pub(super) struct StoryClock(Arc<Mutex<(DateTime<Utc>, Instant)>>);

impl StoryClock {
    fn new(at: DateTime<Utc>) -> Self {
        Self(Arc::new(Mutex::new((at, Instant::now()))))
    }

    pub(super) fn now(&self) -> DateTime<Utc> {
        let (at, since) = *self.0.lock().unwrap_or_else(PoisonError::into_inner);
        at + TimeDelta::from_std(since.elapsed()).unwrap_or_default()
    }

    /// Puts it forward; it never goes back.
    pub(super) fn forward(&self, to: DateTime<Utc>) {
        let to = to.max(self.now());
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = (to, Instant::now());
    }
}

/// Everything that is on.
pub(super) struct Stage {
    pub(super) sandbox: Sandbox,
    pub(super) store: Store,
    pub(super) clock: StoryClock,
    pub(super) guild: Snowflake,
    /// The channel where everybody talks.
    pub(super) lounge: Snowflake,
    /// The channel of the announcements.
    pub(super) news: Snowflake,
    writer: Writer,
    stop: CancellationToken,
    bot: JoinHandle<Result<(), BotError>>,
}

impl Stage {
    /// Builds the guild, and starts the bot on it.
    pub(super) async fn set(database: &Path, night: DateTime<Utc>) -> anyhow::Result<Self> {
        let clock = StoryClock::new(night);
        let sandbox_clock = clock.clone();
        let options = Options {
            clock: Clock::new(move || sandbox_clock.now()),
            rate_limits: RateLimits::Off,
            ..Options::default()
        };
        let sandbox = Sandbox::start(options).await?;
        let guild = sandbox.add_guild(story::GUILD, story::PEOPLE[0]);
        for name in &story::PEOPLE[1..] {
            sandbox.add_member(guild, name);
        }
        // Exactly what the invitation in the README asks for.
        sandbox.set_bot_permissions(guild, PERMISSIONS)?;
        let lounge = sandbox.add_channel(guild, ChannelKind::Text, "ops", None);
        let news = sandbox.add_channel(guild, ChannelKind::Text, "incidents", None);
        let store = Store::open(&format!("sqlite://{}", database.display())).await?;
        let components = story::COMPONENTS.iter().map(|name| (*name).to_owned());
        let components: Vec<Component> = components.map(Component).collect();
        let settle = |settings: &mut GuildSettings| -> Result<(), Infallible> {
            settings.zone = story::ZONE;
            settings.announce_channel = Some(ChannelId(news.get()));
            settings.components.clone_from(&components);
            Ok(())
        };
        let by = Actor::Named {
            name: story::PEOPLE[0].to_owned(),
        };
        let guild_id = GuildId(guild.get());
        let Ok(_) = store.change_settings(guild_id, &by, night, settle).await?;

        let writer = Writer::start(store.clone());
        let stop = CancellationToken::new();
        let bot_clock = clock.clone();
        let bot = Bot::new(BotOptions {
            token: sandbox.token(),
            api_url: Some(sandbox.url()),
            store: store.clone(),
            writer: writer.clone(),
            clock: Arc::new(move || bot_clock.now()),
            stop: stop.clone(),
        });
        let mut ready = bot.ready();
        let bot = tokio::spawn(bot.run());
        let stage = Self {
            sandbox,
            store,
            clock,
            guild,
            lounge,
            news,
            writer,
            stop,
            bot,
        };
        match tokio::time::timeout(PATIENCE, ready.wait()).await {
            Ok(true) => Ok(stage),
            Ok(false) => match stage.bot.await? {
                Err(error) => Err(error).context("the bot did not start"),
                Ok(()) => bail!("the bot ended before it began"),
            },
            Err(_) => bail!("the bot was not ready in time"),
        }
    }

    /// Waits until something is so.
    pub(super) async fn until<T>(
        &self,
        what: &str,
        mut look: impl AsyncFnMut() -> anyhow::Result<Option<T>>,
    ) -> anyhow::Result<T> {
        let deadline = Instant::now() + PATIENCE;
        loop {
            if let Some(found) = look().await? {
                return Ok(found);
            }
            if Instant::now() > deadline {
                bail!("{what} did not happen in time");
            }
            tokio::time::sleep(LOOK).await;
        }
    }

    /// Waits until everything that was to be said is said, but for topics: a
    /// night told in seconds changes them more often than Discord allows.
    pub(super) async fn quiet(&self) -> anyhow::Result<()> {
        self.until("the delivery of what Scribe had to say", async || {
            let depth = self.store.outbox_depth().await?;
            if depth.given_up > 0 {
                bail!("something could not be delivered");
            }
            Ok((depth.waiting == depth.topics).then_some(()))
        })
        .await
    }

    /// Waits until a message is recorded as it is now.
    pub(super) async fn recorded(
        &self,
        message: Snowflake,
        mut so: impl FnMut(&crate::store::RecordedMessage) -> bool,
    ) -> anyhow::Result<()> {
        let id = MessageId(message.get());
        self.until("the record of a message", async || {
            let found = self.store.message(id).await?;
            Ok(found.is_some_and(|found| so(&found)).then_some(()))
        })
        .await
    }

    /// Does what is to be done by the clock at this moment; the bot looks each
    /// half minute, and the story has no time for that.
    pub(super) async fn look_at_the_calendar(&self) -> anyhow::Result<()> {
        let clock = self.clock.clone();
        let weekly = WeeklySummary::new(self.store.clone(), Arc::new(move || clock.now()));
        weekly.look(self.clock.now()).await?;
        self.quiet().await
    }

    /// The incident, once there is one.
    pub(super) async fn incident(&self) -> anyhow::Result<Incident> {
        let key = IncidentKey {
            guild: GuildId(self.guild.get()),
            number: IncidentNumber(1),
        };
        let found = self.store.incident(key).await?;
        found.context("the incident is not in the store")
    }

    /// Ends the bot and closes the store.
    pub(super) async fn strike(self) -> anyhow::Result<()> {
        self.stop.cancel();
        self.bot.await??;
        self.writer.close().await;
        self.store.close().await;
        Ok(())
    }
}

/// A day and a time of day in the story's zone.
pub(super) fn moment(day: &str, time: &str) -> anyhow::Result<DateTime<Utc>> {
    let text = format!("{day} {time}");
    let local = NaiveDateTime::parse_from_str(&text, "%Y-%m-%d %H:%M")?;
    let at = story::ZONE.from_local_datetime(&local).single();
    Ok(at
        .context("the story names a time that does not exist")?
        .to_utc())
}
