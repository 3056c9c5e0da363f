//! What every story begins with: a Discord, a crowd, a bot, incidents.

use std::convert::Infallible;
use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::{Context as _, bail};
use discord_sandbox::{Options, Sandbox, Snowflake};
use scribe::incident::{
    Actor, ChannelId, GuildId, GuildSettings, IncidentKey, IncidentNumber, Person, UserId,
};
use scribe::store::Store;
use tempfile::TempDir;

use super::bot::Bot;

/// How many people there are.
pub(crate) const CROWD: usize = 64;

/// How long anything of the setting up may take.
const PATIENCE: Duration = Duration::from_secs(60);

/// A Discord with a crowd, and a bot with its record.
pub(crate) struct Scene {
    pub(crate) discord: Sandbox,
    pub(crate) bot: Bot,
    pub(crate) store: Store,
    folder: TempDir,
}

/// The name of one of the crowd.
pub(crate) fn person(n: usize) -> String {
    format!("p{:02}", n % CROWD)
}

/// Sets the scene; the bot runs and is connected.
pub(crate) async fn start(binary: &Path) -> anyhow::Result<Scene> {
    let options = Options {
        // So that what serenity notices at the next heartbeat is noticed soon.
        heartbeat: Duration::from_millis(1_500),
        patience: Duration::from_secs(8),
        ..Options::default()
    };
    let discord = Sandbox::start(options).await?;
    let guild = discord.guild();
    for n in 0..CROWD {
        discord.add_member(guild, &person(n));
    }
    let folder = tempfile::tempdir()?;
    let mut bot = Bot::new(binary, folder.path(), &discord);
    let store = Store::open(&bot.database()).await?;
    let announce_channel = ChannelId(discord.channel("incidents")?.id.0);
    let settle = |settings: &mut GuildSettings| -> Result<(), Infallible> {
        settings.announce_channel = Some(announce_channel);
        Ok(())
    };
    let ana = Person {
        id: UserId(discord.user("ana")?.0),
        name: "Ana".to_owned(),
        bot: false,
    };
    let guild = GuildId(guild.0);
    let (by, now) = (Actor::Person(ana), scribe::clock::now());
    let Ok(_) = store.change_settings(guild, &by, now, settle).await?;
    bot.start()?;
    let scene = Scene {
        discord,
        bot,
        store,
        folder,
    };
    scene.connected().await?;
    Ok(scene)
}

impl Scene {
    /// Waits until the bot is connected and answers commands.
    pub(crate) async fn connected(&self) -> anyhow::Result<()> {
        let ready = self.discord.wait_for_command("incident", PATIENCE).await
            && self.discord.bot_connected(PATIENCE).await;
        if !ready {
            bail!("the bot did not connect");
        }
        Ok(())
    }

    /// Opens an incident; its number and its channel.
    pub(crate) async fn open(&self, title: &str) -> anyhow::Result<(u32, Snowflake)> {
        let values = [("title", title), ("severity", "SEV1")];
        let answer = self
            .discord
            .slash("ana", "general", "incident open", &values)
            .await?;
        let deadline = Instant::now() + PATIENCE;
        loop {
            let text = self.discord.refresh(&answer).text();
            if let Some(opened) = read_opened(&text) {
                return Ok(opened);
            }
            if Instant::now() > deadline {
                bail!("no incident was opened: {text}");
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    }

    /// The key of an incident.
    pub(crate) fn key(&self, number: u32) -> IncidentKey {
        IncidentKey {
            guild: GuildId(self.discord.guild().0),
            number: IncidentNumber(number),
        }
    }

    /// Keeps its folder, for whoever looks into a failure; where it is.
    pub(crate) fn keep(self) -> anyhow::Result<String> {
        let Self {
            folder, mut bot, ..
        } = self;
        bot.kill().context("end the bot")?;
        Ok(folder.keep().display().to_string())
    }
}

/// Reads `INC-1 is open: <#123>`.
fn read_opened(answer: &str) -> Option<(u32, Snowflake)> {
    let number = answer.strip_prefix("INC-")?.split(' ').next()?;
    let channel = answer.split("<#").nth(1)?.split('>').next()?;
    Some((number.parse().ok()?, channel.parse().ok()?))
}
