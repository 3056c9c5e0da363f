//! What a review of some days is made from, read by indexes: as much as
//! happened in those days, however long the record is.

use std::collections::BTreeMap;
use std::ops::Range;

use chrono::{DateTime, TimeDelta, Utc};
use strum::IntoEnumIterator as _;

use crate::incident::promise::{PromisedNews, promised_news};
use crate::incident::reminder::{NEVER_AFTER, ReminderPolicy};
use crate::incident::{
    Entry, GuildId, GuildSettings, Incident, IncidentKey, IncidentNumber, Severity,
};

use super::backend::on;
use super::error::StoreError;
use super::incidents::StateRow;
use super::open::Store;
use super::owed::PROMISED;
use super::row::EntryRow;

/// An incident that went on for longer than this is looked at in every review.
/// Stored rows depend on it (`incidents.lasting`).
pub(super) const LONG: TimeDelta = TimeDelta::days(35);

/// What a review is made from.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Reviewed {
    /// The incidents, drills and private ones too.
    pub incidents: Vec<Incident>,
    /// The news that those promised that something happened to since the start of the days.
    pub news: BTreeMap<IncidentNumber, Vec<PromisedNews>>,
}

/// Rows that went on for long are few and have an index of their own; the
/// others began at most that long before something of them fell into the span.
const REVIEWED: &str = "
    SELECT guild, number, state FROM incidents
    WHERE guild = $1 AND NOT lasting AND active_from >= $2 AND active_from < $4 AND active_until >= $3
    UNION ALL
    SELECT guild, number, state FROM incidents
    WHERE guild = $1 AND lasting AND active_from < $4";

/// What is long over, and whose postmortem is still missed.
const OVERDUE: &str = "
    SELECT guild, number, state FROM incidents
    WHERE guild = $1 AND postmortem_asked = $2 AND active_until >= $3 AND active_until < $4";

const TOLD: &str = "
    SELECT * FROM entries
    WHERE guild = $1 AND number = $2 AND kind IN ('status_changed', 'updated', 'corrected', 'redacted')
    ORDER BY seq";

impl Store {
    /// The incidents of a guild of which anything happened in a span, with
    /// those of which something goes on or is to be done, those of the year
    /// before it whose postmortem was promised or is asked for by the guild's
    /// policy and not published, and the news they promised; `since` is when
    /// the days begin that late news is told of.
    ///
    /// # Errors
    /// The database fails or holds nonsense.
    pub async fn reviewed(
        &self,
        guild: GuildId,
        reach: Range<DateTime<Utc>>,
        since: DateTime<Utc>,
        settings: &GuildSettings,
    ) -> Result<Reviewed, StoreError> {
        let zone = settings.zone;
        let earliest = reach.start.checked_sub_signed(LONG).unwrap_or(reach.start);
        let mut rows: Vec<StateRow> = on!(self, |pools| {
            sqlx::query_as(REVIEWED)
                .bind(guild.0.cast_signed())
                .bind(earliest)
                .bind(reach.start)
                .bind(reach.end)
                .fetch_all(&pools.read)
                .await?
        });
        rows.extend(self.overdue(guild, &reach, &settings.reminders).await?);
        // An overdue one may be read for its days too.
        rows.sort_unstable();
        rows.dedup();
        let mut reviewed = Reviewed::default();
        for row in rows {
            let incident = self.state(row).await?;
            if incident.status_now().is_open() || incident.status_since() >= since {
                let news = promised_news(&self.told(incident.key).await?, zone);
                reviewed.news.insert(incident.key.number, news);
            }
            reviewed.incidents.push(incident);
        }
        Ok(reviewed)
    }

    /// The incidents that ended within the year before the end of a span and
    /// owe a postmortem that was promised or that the policy asks for.
    async fn overdue(
        &self,
        guild: GuildId,
        reach: &Range<DateTime<Utc>>,
        policy: &ReminderPolicy,
    ) -> Result<Vec<StateRow>, StoreError> {
        let oldest = reach
            .end
            .checked_sub_signed(NEVER_AFTER)
            .unwrap_or(reach.end);
        let asked = Severity::iter().filter(|severity| policy.of(*severity).postmortem.is_some());
        let asked = asked.map(|severity| severity.to_string());
        let mut all = Vec::new();
        for asked in asked.chain([PROMISED.to_owned()]) {
            let rows: Vec<StateRow> = on!(self, |pools| {
                sqlx::query_as(OVERDUE)
                    .bind(guild.0.cast_signed())
                    .bind(asked)
                    .bind(oldest)
                    .bind(reach.end)
                    .fetch_all(&pools.read)
                    .await?
            });
            all.extend(rows);
        }
        Ok(all)
    }

    /// The entries that tell the public something, with what corrects them.
    async fn told(&self, key: IncidentKey) -> Result<Vec<Entry>, StoreError> {
        let rows: Vec<EntryRow> = on!(self, |pools| {
            sqlx::query_as(TOLD)
                .bind(key.guild.0.cast_signed())
                .bind(i64::from(key.number.0))
                .fetch_all(&pools.read)
                .await?
        });
        rows.iter().map(EntryRow::entry).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::plans::plan;

    #[tokio::test]
    async fn a_review_finds_its_rows_by_indexes() {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite://{}", folder.path().join("scribe.db").display());
        let store = Store::open(&url).await.unwrap();
        let incidents = plan(&store, REVIEWED).await;
        for index in ["incidents_active", "incidents_lasting"] {
            let search = format!("SEARCH incidents USING INDEX {index} (guild=? AND active_from");
            assert!(incidents.contains(&search), "{incidents}");
        }
        let overdue = plan(&store, OVERDUE).await;
        let search = "SEARCH incidents USING INDEX incidents_asked (guild=? AND postmortem_asked=? AND active_until";
        assert!(overdue.contains(search), "{overdue}");
        let told = plan(&store, TOLD).await;
        assert!(
            told.contains("USING INDEX entries_told (guild=? AND number=?)"),
            "{told}"
        );
        assert!(!incidents.contains("SCAN incidents") && !told.contains("SCAN"));
        assert!(!told.contains("TEMP B-TREE"), "{told}");
    }
}
