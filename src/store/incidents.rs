//! Finding incidents.

use std::ops::Range;

use chrono::{DateTime, Utc};

use crate::incident::{
    ChannelId, GuildId, Incident, IncidentKey, IncidentNumber, Severity, Status,
};

use super::backend::on;
use super::error::StoreError;
use super::open::Store;
use super::row::{self, key};

/// Which incidents of a guild are wanted. The default is all that are not private.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct IncidentFilter {
    /// Whether people still work on them.
    pub open: Option<bool>,
    /// In that status.
    pub status: Option<Status>,
    /// Of that severity.
    pub severity: Option<Severity>,
    /// Declared in that span (UTC); its end is not part of it.
    pub opened: Option<Range<DateTime<Utc>>>,
    /// Of which anything happened in that span (UTC): from the first outage,
    /// status or the declaration to the last; what lasts has no end.
    pub active: Option<Range<DateTime<Utc>>>,
    /// With that in the title, whatever the case.
    pub text: Option<String>,
    /// Private ones too. Ask for them only where the reader may know of them.
    pub include_private: bool,
    /// Only those with a smaller number: the next page.
    pub before: Option<IncidentNumber>,
    /// At most that many; `None` is all.
    pub limit: Option<u32>,
}

type StateRow = (i64, i64, String);

impl Store {
    /// The state of an incident.
    ///
    /// # Errors
    /// The database fails or holds nonsense.
    pub async fn incident(&self, key: IncidentKey) -> Result<Option<Incident>, StoreError> {
        let row: Option<StateRow> = on!(self, |pools| {
            sqlx::query_as(
                "SELECT guild, number, state FROM incidents WHERE guild = $1 AND number = $2",
            )
            .bind(key.guild.0.cast_signed())
            .bind(i64::from(key.number.0))
            .fetch_optional(&pools.read)
            .await?
        });
        match row {
            Some(row) => self.state(row).await.map(Some),
            None => Ok(None),
        }
    }

    /// The incident that records a channel or thread: of several the open one, then the last.
    ///
    /// # Errors
    /// The database fails.
    pub async fn incident_in(&self, channel: ChannelId) -> Result<Option<IncidentKey>, StoreError> {
        let row: Option<(i64, i64)> = on!(self, |pools| {
            sqlx::query_as(
                "SELECT i.guild, i.number FROM channels AS c
                JOIN incidents AS i ON i.guild = c.guild AND i.number = c.number
                WHERE c.channel = $1 ORDER BY i.open DESC, i.number DESC LIMIT 1",
            )
            .bind(channel.0.cast_signed())
            .fetch_optional(&pools.read)
            .await?
        });
        Ok(row.map(|(guild, number)| key(guild, number)))
    }

    /// The incidents of a guild that a filter lets through, newest first.
    ///
    /// # Errors
    /// The database fails or holds nonsense.
    pub async fn incidents(
        &self,
        guild: GuildId,
        filter: &IncidentFilter,
    ) -> Result<Vec<Incident>, StoreError> {
        let (opened, active) = (filter.opened.as_ref(), filter.active.as_ref());
        let rows: Vec<StateRow> = on!(self, |pools| {
            sqlx::query_as(
                "SELECT guild, number, state FROM incidents
                WHERE guild = $1
                    AND ($2 OR NOT private)
                    AND (open = $3 OR $3 IS NULL)
                    AND (status = $4 OR $4 IS NULL)
                    AND (severity = $5 OR $5 IS NULL)
                    AND (opened_at >= $6 OR $6 IS NULL)
                    AND (opened_at < $7 OR $7 IS NULL)
                    AND (active_until IS NULL OR active_until >= $8 OR $8 IS NULL)
                    AND (active_from < $9 OR $9 IS NULL)
                    AND (title LIKE $10 ESCAPE '!' OR $10 IS NULL)
                    AND (number < $11 OR $11 IS NULL)
                ORDER BY number DESC LIMIT $12",
            )
            .bind(guild.0.cast_signed())
            .bind(filter.include_private)
            .bind(filter.open)
            .bind(filter.status.map(|status| status.to_string()))
            .bind(filter.severity.map(|severity| severity.to_string()))
            .bind(opened.map(|span| span.start))
            .bind(opened.map(|span| span.end))
            .bind(active.map(|span| span.start))
            .bind(active.map(|span| span.end))
            .bind(filter.text.as_deref().map(containing))
            .bind(filter.before.map(|number| i64::from(number.0)))
            .bind(filter.limit.map_or(i64::MAX, i64::from))
            .fetch_all(&pools.read)
            .await?
        });
        let mut incidents = Vec::with_capacity(rows.len());
        for row in rows {
            incidents.push(self.state(row).await?);
        }
        Ok(incidents)
    }

    /// The guilds that have incidents.
    ///
    /// # Errors
    /// The database fails.
    pub async fn guilds(&self) -> Result<Vec<GuildId>, StoreError> {
        let rows: Vec<(i64,)> = on!(self, |pools| {
            sqlx::query_as("SELECT DISTINCT guild FROM incidents ORDER BY guild")
                .fetch_all(&pools.read)
                .await?
        });
        let guilds = rows.into_iter();
        Ok(guilds
            .map(|(guild,)| GuildId(guild.cast_unsigned()))
            .collect())
    }

    /// The state as stored; from the log where another version of Scribe
    /// stored it in another shape.
    async fn state(&self, (guild, number, state): StateRow) -> Result<Incident, StoreError> {
        match serde_json::from_str(&state) {
            Ok(incident) => Ok(incident),
            Err(_) => {
                let key = key(guild, number);
                Ok(Incident::fold(key, &self.log(key).await?)?)
            }
        }
    }
}

/// The pattern for LIKE that finds a text anywhere, in small letters.
fn containing(text: &str) -> String {
    let mut pattern = String::from("%");
    for c in row::text(&text.to_lowercase()).chars() {
        if matches!(c, '%' | '_' | '!') {
            pattern.push('!');
        }
        pattern.push(c);
    }
    pattern.push('%');
    pattern
}
