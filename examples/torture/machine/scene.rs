//! What every story begins with: a Discord, a crowd, bots, incidents.

use std::convert::Infallible;
use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::{Context as _, bail};
use discord_sandbox::{ChannelKind, Options, Sandbox, Snowflake};
use scribe::incident::{
    Actor, ChannelId, GuildId, GuildSettings, IncidentKey, IncidentNumber, Person, UserId,
};
use scribe::store::Store;
use tempfile::TempDir;

use super::bot::Bot;
use super::ledger::Room;
use super::wire::Wire;

/// How many people there are.
pub(crate) const CROWD: usize = 64;

/// How long anything of the setting up may take.
const PATIENCE: Duration = Duration::from_secs(60);

/// Who is on the stage.
#[derive(Clone, Debug)]
pub(crate) struct Cast {
    /// An empty database of a PostgreSQL server; a file where there is none.
    database: Option<String>,
    /// How many processes share the record.
    processes: usize,
    /// How many guilds there are, each on a shard of its own.
    guilds: usize,
}

impl Cast {
    /// One process with a file, and one guild.
    pub(crate) fn alone() -> Self {
        Self {
            database: None,
            processes: 1,
            guilds: 1,
        }
    }

    /// Several processes on a database of a server, with as many guilds on as many shards.
    pub(crate) fn sharing(database: String, processes: usize, guilds: usize) -> Self {
        Self {
            database: Some(database),
            processes,
            guilds,
        }
    }

    /// How many processes there are.
    pub(crate) fn processes(&self) -> usize {
        self.processes
    }
}

/// A guild and the channels of it that matter.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Guild {
    pub(crate) id: Snowflake,
    pub(crate) general: Snowflake,
    pub(crate) announcements: Snowflake,
}

impl Guild {
    /// The key of an incident in it.
    pub(crate) fn key(self, number: u32) -> IncidentKey {
        IncidentKey {
            guild: GuildId(self.id.0),
            number: IncidentNumber(number),
        }
    }
}

/// A Discord with a crowd, and bots with their record.
pub(crate) struct Scene {
    pub(crate) discord: Sandbox,
    pub(crate) guilds: Vec<Guild>,
    pub(crate) bots: Vec<Bot>,
    pub(crate) store: Store,
    folder: TempDir,
}

/// The name of one of the crowd.
pub(crate) fn person(n: usize) -> String {
    format!("p{:02}", n % CROWD)
}

/// Sets the scene; the bots run and one is connected.
pub(crate) async fn start(binary: &Path, cast: &Cast) -> anyhow::Result<Scene> {
    let options = Options {
        // So that what serenity notices at the next heartbeat is noticed soon.
        heartbeat: Duration::from_millis(1_500),
        patience: Duration::from_secs(15),
        shards: cast.guilds as u64,
        ..Options::default()
    };
    let discord = Sandbox::start(options).await?;
    let guilds = guilds(&discord, cast.guilds)?;
    let folder = tempfile::tempdir()?;
    let mut bots = Vec::new();
    for n in 0..cast.processes {
        let name = format!("scribe-{n}");
        let wire = match &cast.database {
            Some(url) => Some(Wire::to(url).await?),
            None => None,
        };
        bots.push(Bot::new(binary, folder.path(), name, &discord, wire));
    }
    let own = cast.database.as_deref().or(bots.first().map(Bot::database));
    let store = Store::open(own.context("there is no process")?).await?;
    for guild in &guilds {
        settle(&discord, &store, guild).await?;
    }
    let mut scene = Scene {
        discord,
        guilds,
        bots,
        store,
        folder,
    };
    scene.start()?;
    scene.connected().await?;
    Ok(scene)
}

/// Guilds with the crowd in them, each on a shard of its own.
fn guilds(discord: &Sandbox, how_many: usize) -> anyhow::Result<Vec<Guild>> {
    let mut guilds = vec![Guild {
        id: discord.guild(),
        general: discord.channel("general")?.id,
        announcements: discord.channel("incidents")?.id,
    }];
    // Discord's own rule: https://discord.com/developers/docs/topics/gateway#sharding
    let shard = |guild: Snowflake| (guild.0 >> 22) % how_many as u64;
    while guilds.len() < how_many {
        let id = discord.add_guild("Another", "ana");
        let text = |name| discord.add_channel(id, ChannelKind::Text, name, None);
        let another = Guild {
            id,
            general: text("talk"),
            announcements: text("announcements"),
        };
        // Its shard comes from the moment it was made.
        if guilds.iter().all(|one| shard(one.id) != shard(id)) {
            guilds.push(another);
        }
        std::thread::sleep(Duration::from_millis(1));
    }
    for guild in &guilds {
        for n in 0..CROWD {
            discord.add_member(guild.id, &person(n));
        }
    }
    Ok(guilds)
}

async fn settle(discord: &Sandbox, store: &Store, guild: &Guild) -> anyhow::Result<()> {
    let announce_channel = ChannelId(guild.announcements.0);
    let settle = |settings: &mut GuildSettings| -> Result<(), Infallible> {
        settings.announce_channel = Some(announce_channel);
        Ok(())
    };
    let ana = Person {
        id: UserId(discord.user("ana")?.0),
        name: "Ana".to_owned(),
        bot: false,
    };
    let (by, now) = (Actor::Person(ana), scribe::clock::now());
    let settled = store.change_settings(GuildId(guild.id.0), &by, now, settle);
    let Ok(_) = settled.await?;
    Ok(())
}

impl Scene {
    /// Starts the bots that do not run; how many.
    pub(crate) fn start(&mut self) -> anyhow::Result<usize> {
        let mut started = 0;
        for bot in &mut self.bots {
            if !bot.is_running()? {
                bot.start()?;
                started += 1;
            }
        }
        Ok(started)
    }

    /// `kill -9` of all of them.
    pub(crate) fn kill(&mut self) -> anyhow::Result<()> {
        self.bots.iter_mut().try_for_each(Bot::kill)
    }

    /// Waits until a bot is connected and answers commands.
    pub(crate) async fn connected(&self) -> anyhow::Result<()> {
        let ready = self.discord.wait_for_command("incident", PATIENCE).await
            && self.discord.bot_connected(PATIENCE).await;
        if !ready {
            bail!("the bot did not connect");
        }
        Ok(())
    }

    /// Opens an incident in a guild; its channel.
    pub(crate) async fn open(&self, guild: Guild, title: &str) -> anyhow::Result<Room> {
        let values = [("title", title), ("severity", "SEV1")];
        let began = Instant::now();
        // Of several shards the last may be connected a moment later.
        let answer = loop {
            let asked = self
                .discord
                .slash("ana", guild.general, "incident open", &values);
            match asked.await {
                Ok(answer) => break answer,
                Err(error) if began.elapsed() > PATIENCE => return Err(error.into()),
                Err(_) => tokio::time::sleep(Duration::from_millis(10)).await,
            }
        };
        loop {
            let text = self.discord.refresh(&answer).text();
            if let Some((number, channel)) = read_opened(&text) {
                let incident = guild.key(number);
                return Ok(Room { channel, incident });
            }
            if began.elapsed() > PATIENCE {
                bail!("no incident was opened: {text}");
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    }

    /// Keeps its folder, for whoever looks into a failure; where it is.
    pub(crate) fn keep(mut self) -> anyhow::Result<String> {
        self.kill().context("end the bots")?;
        Ok(self.folder.keep().display().to_string())
    }
}

/// Reads `INC-1 is open: <#123>`.
fn read_opened(answer: &str) -> Option<(u32, Snowflake)> {
    let number = answer.strip_prefix("INC-")?.split(' ').next()?;
    let channel = answer.split("<#").nth(1)?.split('>').next()?;
    Some((number.parse().ok()?, channel.parse().ok()?))
}
