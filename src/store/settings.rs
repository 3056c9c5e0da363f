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
        let row: Option<(String,)> = on!(self, |pools| {
            sqlx::query_as(
                "SELECT settings FROM settings WHERE guild = $1 ORDER BY version DESC LIMIT 1",
            )
            .bind(guild.0.cast_signed())
            .fetch_optional(&pools.read)
            .await?
        });
        match row {
            Some((json,)) => from_json(&json, || place(guild)),
            None => Ok(GuildSettings::default()),
        }
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

    /// Adds a version of a guild's settings.
    ///
    /// # Errors
    /// The database fails.
    pub async fn save_settings(
        &self,
        guild: GuildId,
        settings: &GuildSettings,
        by: &Actor,
        at: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let (settings, by) = (to_json(settings)?, to_json(by)?);
        on!(self, |pools| {
            let mut transaction = pools.begin_write_to(&[guild.0.cast_signed()]).await?;
            sqlx::query(
                "INSERT INTO settings (guild, version, settings, actor, saved_at)
                SELECT $1, 1 + coalesce(max(version), 0), $2, $3, $4 FROM settings WHERE guild = $1",
            )
            .bind(guild.0.cast_signed())
            .bind(settings)
            .bind(by)
            .bind(at)
            .execute(&mut *transaction)
            .await?;
            transaction.commit().await?;
        });
        Ok(())
    }
}

fn place(guild: GuildId) -> String {
    format!("the settings of guild {guild}")
}
