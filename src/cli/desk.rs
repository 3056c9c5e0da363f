//! Where a command that works on the record sits down: the settings, the
//! store, the guild that is meant and its zone.

use anyhow::Context;
use chrono::{DateTime, Utc};
use chrono_tz::Tz;

use super::args::Place;
use super::markup;
use super::outcome::{WrongUse, for_people};
use crate::clock;
use crate::config::Config;
use crate::incident::{
    Actor, Command, Context as Asked, Entry, GuildId, GuildSettings, Incident, IncidentKey,
    IncidentNumber,
};
use crate::store::{Recorded, Request, Store, SubmitError, Target, Writer};
use crate::words;

/// The guild of incidents that have no Discord: imports into an empty record.
pub(crate) const NO_DISCORD: GuildId = GuildId(0);

/// Everything a command on the record needs.
pub(crate) struct Desk {
    pub(crate) store: Store,
    pub(crate) guild: GuildId,
    pub(crate) settings: GuildSettings,
    pub(crate) now: DateTime<Utc>,
    /// Whether people read what is printed.
    pub(crate) for_people: bool,
}

impl Desk {
    /// Opens the record and finds the guild that is meant.
    ///
    /// # Errors
    /// There is none; the store does not open; several guilds are in it and none was named.
    pub(crate) async fn open(config: &Config, place: &Place) -> anyhow::Result<Self> {
        Self::at(Store::open_existing(config.database.expose()).await?, place).await
    }

    /// The same for what begins a record where there is none.
    ///
    /// # Errors
    /// The store does not open; several guilds are in it and none was named.
    pub(crate) async fn open_or_begin(config: &Config, place: &Place) -> anyhow::Result<Self> {
        Self::at(Store::open(config.database.expose()).await?, place).await
    }

    async fn at(store: Store, place: &Place) -> anyhow::Result<Self> {
        let guild = guild(&store, place.guild).await?;
        let settings = store.settings(guild).await?;
        Ok(Self {
            store,
            guild,
            settings,
            now: clock::now(),
            for_people: for_people(),
        })
    }

    /// The zone that times are read and shown in.
    pub(crate) fn zone(&self) -> Tz {
        self.settings.zone
    }

    pub(crate) fn key(&self, number: IncidentNumber) -> IncidentKey {
        let guild = self.guild;
        IncidentKey { guild, number }
    }

    /// An incident, or a sentence that says there is none.
    pub(crate) async fn incident(&self, number: IncidentNumber) -> anyhow::Result<Incident> {
        let found = self.store.incident(self.key(number)).await?;
        found.with_context(|| {
            format!("there is no {number} in this record; `scribe list` shows what there is")
        })
    }

    /// An incident with its log.
    pub(crate) async fn with_log(
        &self,
        number: IncidentNumber,
    ) -> anyhow::Result<(Incident, Vec<Entry>)> {
        let incident = self.incident(number).await?;
        let log = self.store.log(self.key(number)).await?;
        Ok((incident, log))
    }

    /// Declares an incident or does something to one in the name of whoever sits at this shell.
    /// A running bot tells Discord about it.
    ///
    /// # Errors
    /// The rules refuse it, in the words that Discord would show; the store fails.
    pub(crate) async fn submit(
        &self,
        target: Target,
        command: Command,
    ) -> anyhow::Result<Recorded> {
        let writer = Writer::start(self.store.clone());
        let actor = Actor::Named { name: shell_user() };
        let submitted = writer
            .submit(Request {
                guild: self.guild,
                target,
                command,
                context: Asked {
                    actor,
                    now: self.now,
                    origin: None,
                },
                once: None,
                quiet: false,
            })
            .await;
        writer.close().await;
        submitted.map_err(|error| match error {
            SubmitError::Refused(refusal) => {
                let speech = words::Speech {
                    zone: self.zone(),
                    now: self.now,
                };
                anyhow::anyhow!(markup::sentence(
                    &words::refusal(&refusal, &speech),
                    self.zone()
                ))
            }
            other => other.into(),
        })
    }

    pub(crate) async fn close(self) {
        self.store.close().await;
    }
}

/// The guild that is meant: the one that was named, or the only one there is.
pub(crate) async fn guild(store: &Store, named: Option<u64>) -> anyhow::Result<GuildId> {
    let there = store.guilds().await?;
    match (named, there.as_slice()) {
        (Some(named), _) if there.contains(&GuildId(named)) => Ok(GuildId(named)),
        (Some(named), []) => Ok(GuildId(named)),
        (Some(named), _) => {
            let list = guild_list(&there);
            Err(WrongUse(format!("this record has no guild {named}; it has {list}")).into())
        }
        (None, []) => Ok(NO_DISCORD),
        (None, [only]) => Ok(*only),
        (None, _) => {
            let list = guild_list(&there);
            Err(WrongUse(format!(
                "this record has several guilds: {list}; say which one is meant with --guild ID"
            ))
            .into())
        }
    }
}

fn guild_list(guilds: &[GuildId]) -> String {
    let names = guilds.iter().map(|guild| match *guild {
        NO_DISCORD => "0 (without Discord)".to_owned(),
        guild => guild.to_string(),
    });
    names.collect::<Vec<_>>().join(", ")
}

/// The name that entries from this shell carry.
fn shell_user() -> String {
    let set = ["USER", "LOGNAME", "USERNAME"]
        .iter()
        .filter_map(|name| std::env::var(name).ok())
        .map(|name| crate::incident::text::one_line(&name))
        .find(|name| !name.is_empty());
    set.unwrap_or_else(|| "shell".to_owned())
}
