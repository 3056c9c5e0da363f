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
    /// With an action item that is still to be done.
    pub to_do: bool,
    /// With that in the title, whatever the case.
    pub text: Option<String>,
    /// Private ones too. Ask for them only where the reader may know of them.
    pub include_private: bool,
    /// Only those with a smaller number: the next page.
    pub before: Option<IncidentNumber>,
    /// At most that many; `None` is all.
    pub limit: Option<u32>,
}

pub(super) type StateRow = (i64, i64, String);

/// The incidents that a filter lets through; the first condition is one that a
/// partial index has, word for word, where few incidents fit it.
macro_rules! filtered {
    ($first:literal) => {
        concat!(
            "SELECT guild, number, state FROM incidents
            WHERE guild = $1 AND ",
            $first,
            "
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
                AND (open_actions > 0 OR NOT $13)
            ORDER BY number DESC LIMIT $12"
        )
    };
}

const ANY: &str = filtered!("number > 0");
const OPEN: &str = filtered!("open");
const TO_DO: &str = filtered!("open_actions > 0");

impl IncidentFilter {
    /// The statement that need not look at incidents which cannot fit.
    fn statement(&self) -> &'static str {
        if self.to_do {
            TO_DO
        } else if self.open == Some(true) || self.status.is_some_and(Status::is_open) {
            OPEN
        } else {
            ANY
        }
    }
}

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
            sqlx::query_as(filter.statement())
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
                .bind(filter.to_do)
                .fetch_all(&pools.read)
                .await?
        });
        let mut incidents = Vec::with_capacity(rows.len());
        for row in rows {
            incidents.push(self.state(row).await?);
        }
        Ok(incidents)
    }

    /// The incidents of all guilds of Discord of which anything may be owed: open
    /// ones, and those with something that ended or was due after a moment.
    ///
    /// # Errors
    /// The database fails or holds nonsense.
    pub async fn owing(&self, after: DateTime<Utc>) -> Result<Vec<Incident>, StoreError> {
        let rows: Vec<StateRow> = on!(self, |pools| {
            sqlx::query_as(
                "SELECT guild, number, state FROM incidents WHERE open AND guild <> 0
                UNION
                SELECT guild, number, state FROM incidents WHERE owed_at > $1 AND guild <> 0
                ORDER BY guild, number",
            )
            .bind(after)
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
    pub(super) async fn state(
        &self,
        (guild, number, state): StateRow,
    ) -> Result<Incident, StoreError> {
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::plans::plan;

    #[tokio::test]
    async fn what_is_open_or_to_do_is_found_however_much_is_past() {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite://{}", folder.path().join("scribe.db").display());
        let store = Store::open(&url).await.unwrap();
        let all = IncidentFilter::default;
        let open = Some(true);
        let investigating = Some(Status::Investigating);
        for (filter, index) in [
            (IncidentFilter { open, ..all() }, "incidents_open"),
            (
                IncidentFilter {
                    status: investigating,
                    ..all()
                },
                "incidents_open",
            ),
            (
                IncidentFilter {
                    to_do: true,
                    ..all()
                },
                "incidents_actions",
            ),
        ] {
            let plan = plan(&store, filter.statement()).await;
            let search = format!("SEARCH incidents USING INDEX {index} (guild=?)");
            assert_eq!(plan, search, "{filter:?}");
        }
        // The newest come first without sorting, so that a page of all stops at its end.
        let plan = plan(&store, all().statement()).await;
        assert!(plan.starts_with("SEARCH incidents USING INDEX"), "{plan}");
        assert!(!plan.contains("TEMP B-TREE"), "{plan}");
    }
}
