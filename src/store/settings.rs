//! What guilds chose, every version with who and when.

use chrono::{DateTime, Utc};

use crate::incident::{Actor, GuildId, GuildSettings};

use super::backend::on;
use super::error::StoreError;
use super::open::Store;
use super::row::{from_json, to_json};

/// One version of a guild's settings.
#[derive(Clone, Debug, PartialEq)]
pub struct SettingsVersion {
    /// What was chosen.
    pub settings: GuildSettings,
    /// By whom.
    pub by: Actor,
    /// When (UTC).
    pub at: DateTime<Utc>,
}

impl Store {
    /// What a guild chose last; the default where it never chose.
    ///
    /// # Errors
    /// The database fails or holds nonsense.
    pub async fn settings(&self, guild: GuildId) -> Result<GuildSettings, StoreError> {
        Ok(self.last_settings(guild).await?.1)
    }

    /// All versions of a guild's settings, oldest first.
    ///
    /// # Errors
    /// The database fails or holds nonsense.
    pub async fn settings_history(
        &self,
        guild: GuildId,
    ) -> Result<Vec<SettingsVersion>, StoreError> {
        let rows: Vec<(String, String, DateTime<Utc>)> = on!(self, |pools| {
            sqlx::query_as(
                "SELECT settings, actor, saved_at FROM settings WHERE guild = $1 ORDER BY version",
            )
            .bind(guild.0.cast_signed())
            .fetch_all(&pools.read)
            .await?
        });
        let version = |(settings, actor, at): (String, String, DateTime<Utc>)| {
            Ok(SettingsVersion {
                settings: from_json(&settings, || place(guild))?,
                by: from_json(&actor, || place(guild))?,
                at,
            })
        };
        rows.into_iter().map(version).collect()
    }

    /// Changes a guild's settings, from what they are when the change is
    /// written: of two changes at one moment neither is lost. A change that
    /// changes nothing leaves no version. Gives the settings as they are after
    /// it, or what `change` refuses with; it may be called several times.
    ///
    /// # Errors
    /// The database fails or holds nonsense; nothing was changed.
    pub async fn change_settings<R>(
        &self,
        guild: GuildId,
        by: &Actor,
        at: DateTime<Utc>,
        change: impl Fn(&mut GuildSettings) -> Result<(), R>,
    ) -> Result<Result<GuildSettings, R>, StoreError> {
        loop {
            let (version, before) = self.last_settings(guild).await?;
            let mut after = before.clone();
            if let Err(refusal) = change(&mut after) {
                return Ok(Err(refusal));
            }
            if after == before {
                return Ok(Ok(after));
            }
            if self
                .add_settings(guild, version + 1, &after, by, at)
                .await?
            {
                return Ok(Ok(after));
            }
        }
    }

    /// The last version and its number; 0 and the default where there is none.
    async fn last_settings(&self, guild: GuildId) -> Result<(i64, GuildSettings), StoreError> {
        let row: Option<(i64, String)> = on!(self, |pools| {
            sqlx::query_as(
                "SELECT version, settings FROM settings WHERE guild = $1 ORDER BY version DESC LIMIT 1",
            )
            .bind(guild.0.cast_signed())
            .fetch_optional(&pools.read)
            .await?
        });
        match row {
            Some((version, json)) => Ok((version, from_json(&json, || place(guild))?)),
            None => Ok((0, GuildSettings::default())),
        }
    }

    /// Adds a version; `false` where somebody else was first.
    async fn add_settings(
        &self,
        guild: GuildId,
        version: i64,
        settings: &GuildSettings,
        by: &Actor,
        at: DateTime<Utc>,
    ) -> Result<bool, StoreError> {
        let (settings, by) = (to_json(settings)?, to_json(by)?);
        let added = on!(self, |pools| {
            sqlx::query(
                "INSERT INTO settings (guild, version, settings, actor, saved_at)
                VALUES ($1, $2, $3, $4, $5) ON CONFLICT (guild, version) DO NOTHING",
            )
            .bind(guild.0.cast_signed())
            .bind(version)
            .bind(settings)
            .bind(by)
            .bind(at)
            .execute(&pools.write)
            .await?
            .rows_affected()
        });
        Ok(added > 0)
    }
}

fn place(guild: GuildId) -> String {
    format!("the settings of guild {guild}")
}
