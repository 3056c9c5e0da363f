//! The guilds' own templates, every version with who and when.

use chrono::{DateTime, Utc};

use crate::incident::{Actor, DocumentFormat, GuildId};

use super::backend::on;
use super::error::StoreError;
use super::open::Store;
use super::row::{from_json, to_json};

/// One version of a guild's template.
#[derive(Clone, Debug, PartialEq)]
pub struct TemplateVersion {
    /// What it writes.
    pub format: DocumentFormat,
    /// The template; `None` is the one that comes with Scribe.
    pub template: Option<String>,
    /// By whom.
    pub by: Actor,
    /// When (UTC).
    pub at: DateTime<Utc>,
}

/// The templates that a guild chose last; `None` is the one that comes with Scribe.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OwnTemplates {
    /// For Markdown.
    pub markdown: Option<String>,
    /// For HTML.
    pub html: Option<String>,
}

impl Store {
    /// The templates that a guild chose last.
    ///
    /// # Errors
    /// The database fails.
    pub async fn own_templates(&self, guild: GuildId) -> Result<OwnTemplates, StoreError> {
        let rows: Vec<(String, Option<String>)> = on!(self, |pools| {
            sqlx::query_as(
                "SELECT t.format, t.template FROM templates AS t
                WHERE t.guild = $1 AND t.version = (
                    SELECT max(l.version) FROM templates AS l WHERE l.guild = t.guild AND l.format = t.format)",
            )
            .bind(guild.0.cast_signed())
            .fetch_all(&pools.read)
            .await?
        });
        let mut own = OwnTemplates::default();
        for (format, template) in rows {
            match format.parse() {
                Ok(DocumentFormat::Md) => own.markdown = template,
                Ok(DocumentFormat::Html) => own.html = template,
                Ok(DocumentFormat::Json) | Err(_) => {}
            }
        }
        Ok(own)
    }

    /// All versions of a guild's templates of a format, oldest first.
    ///
    /// # Errors
    /// The database fails or holds nonsense.
    pub async fn template_history(
        &self,
        guild: GuildId,
        format: DocumentFormat,
    ) -> Result<Vec<TemplateVersion>, StoreError> {
        let rows: Vec<(Option<String>, String, DateTime<Utc>)> = on!(self, |pools| {
            sqlx::query_as(
                "SELECT template, actor, saved_at FROM templates WHERE guild = $1 AND format = $2
                ORDER BY version",
            )
            .bind(guild.0.cast_signed())
            .bind(format.to_string())
            .fetch_all(&pools.read)
            .await?
        });
        let place = || format!("the templates of guild {guild}");
        let version = |(template, actor, at): (Option<String>, String, DateTime<Utc>)| {
            Ok(TemplateVersion {
                format,
                template,
                by: from_json(&actor, place)?,
                at,
            })
        };
        rows.into_iter().map(version).collect()
    }

    /// Adds a version of a guild's template; `None` goes back to the one that
    /// comes with Scribe.
    ///
    /// # Errors
    /// The database fails.
    pub async fn save_template(
        &self,
        guild: GuildId,
        version: &TemplateVersion,
    ) -> Result<(), StoreError> {
        let by = to_json(&version.by)?;
        on!(self, |pools| {
            // Of two at one moment the second waits, and is the later version.
            let guild = guild.0.cast_signed();
            let mut transaction = pools.begin_write_to(&[guild]).await?;
            sqlx::query(
                "INSERT INTO templates (guild, format, version, template, actor, saved_at)
                SELECT $1, $2, 1 + coalesce(max(version), 0), $3, $4, $5 FROM templates
                WHERE guild = $1 AND format = $2",
            )
            .bind(guild)
            .bind(version.format.to_string())
            .bind(version.template.as_deref())
            .bind(by)
            .bind(version.at)
            .execute(&mut *transaction)
            .await?;
            transaction.commit().await?;
        });
        Ok(())
    }
}
