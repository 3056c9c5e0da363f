//! Where Scribe's own messages are.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};

use crate::incident::{IncidentKey, MessageRef};

use super::backend::on;
use super::error::StoreError;
use super::open::Store;
use super::row::{self, message_ref};

/// What the names of reminders begin with while they stand.
pub const STANDING_REMINDER: &str = "reminder:";

/// Word for word what the index `posts_reminders` has.
const STANDING: &str = "SELECT guild, number, name FROM posts
    WHERE substr(name, 1, 9) = 'reminder:' ORDER BY guild, number, name";

impl Store {
    /// The reminders that stand in channels: of which incident, and by which key.
    ///
    /// # Errors
    /// The database fails.
    pub async fn standing_reminders(
        &self,
    ) -> Result<BTreeMap<IncidentKey, Vec<String>>, StoreError> {
        let rows: Vec<(i64, i64, String)> = on!(self, |pools| {
            sqlx::query_as(STANDING).fetch_all(&pools.read).await?
        });
        let mut standing: BTreeMap<IncidentKey, Vec<String>> = BTreeMap::new();
        for (guild, number, name) in rows {
            if let Some(key) = name.strip_prefix(STANDING_REMINDER) {
                let of = standing.entry(row::key(guild, number)).or_default();
                of.push(key.to_owned());
            }
        }
        Ok(standing)
    }

    /// Where the message of that name is: `card`, `announcement`, `entry:12`, ...
    ///
    /// # Errors
    /// The database fails.
    pub async fn post(
        &self,
        key: IncidentKey,
        name: &str,
    ) -> Result<Option<MessageRef>, StoreError> {
        let row: Option<(i64, i64)> = on!(self, |pools| {
            sqlx::query_as(
                "SELECT channel, message FROM posts WHERE guild = $1 AND number = $2 AND name = $3",
            )
            .bind(key.guild.0.cast_signed())
            .bind(i64::from(key.number.0))
            .bind(name)
            .fetch_optional(&pools.read)
            .await?
        });
        Ok(row.map(|(channel, message)| message_ref(channel, message)))
    }

    /// All messages of Scribe about an incident, by name.
    ///
    /// # Errors
    /// The database fails.
    pub async fn posts(
        &self,
        key: IncidentKey,
    ) -> Result<BTreeMap<String, MessageRef>, StoreError> {
        let rows: Vec<(String, i64, i64)> = on!(self, |pools| {
            sqlx::query_as(
                "SELECT name, channel, message FROM posts WHERE guild = $1 AND number = $2",
            )
            .bind(key.guild.0.cast_signed())
            .bind(i64::from(key.number.0))
            .fetch_all(&pools.read)
            .await?
        });
        let post = |(name, channel, message)| (name, message_ref(channel, message));
        Ok(rows.into_iter().map(post).collect())
    }

    /// Remembers where a message is, in place of a former one of that name.
    ///
    /// # Errors
    /// The database fails.
    pub async fn remember_post(
        &self,
        key: IncidentKey,
        name: &str,
        post: MessageRef,
        at: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        on!(self, |pools| {
            sqlx::query(
                "INSERT INTO posts (guild, number, name, channel, message, posted_at) VALUES ($1, $2, $3, $4, $5, $6)
                ON CONFLICT (guild, number, name) DO UPDATE SET
                    channel = excluded.channel, message = excluded.message, posted_at = excluded.posted_at",
            )
            .bind(key.guild.0.cast_signed())
            .bind(i64::from(key.number.0))
            .bind(name)
            .bind(post.channel.0.cast_signed())
            .bind(post.message.0.cast_signed())
            .bind(at)
            .execute(&pools.write)
            .await?;
        });
        Ok(())
    }

    /// Forgets where a message was, because it is no longer there.
    ///
    /// # Errors
    /// The database fails.
    pub async fn forget_post(&self, key: IncidentKey, name: &str) -> Result<(), StoreError> {
        on!(self, |pools| {
            sqlx::query("DELETE FROM posts WHERE guild = $1 AND number = $2 AND name = $3")
                .bind(key.guild.0.cast_signed())
                .bind(i64::from(key.number.0))
                .bind(name)
                .execute(&pools.write)
                .await?;
        });
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::plans::plan;

    #[tokio::test]
    async fn reminders_are_found_however_much_else_was_posted() {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite://{}", folder.path().join("scribe.db").display());
        let store = Store::open(&url).await.unwrap();
        let plan = plan(&store, STANDING).await;
        assert!(
            plan.contains("USING COVERING INDEX posts_reminders"),
            "{plan}"
        );
    }
}
