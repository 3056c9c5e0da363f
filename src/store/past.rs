//! Records of the past: whole logs that were decided elsewhere.

use std::borrow::Cow;
use std::collections::HashSet;

use serde::Serialize;

use crate::incident::{Entry, GuildId, Incident, IncidentKey, IncidentNumber};

use super::backend::{Sql, on_at_leisure};
use super::chain;
use super::error::StoreError;
use super::open::Store;
use super::projection::{self, IncidentRow};
use super::row::{EntryRow, saturated, text, to_json};
use super::rows::rows;
use super::step::Step;
use super::writer::add_entries;

// SQLite keeps to the order of a CROSS JOIN. By itself it begins with all the
// entries of the guild and looks through the rows for each.
const KNOWN: Sql = rows!(
    "SELECT e.once FROM ",
    (once text),
    "CROSS JOIN entries AS e WHERE e.guild = $2 AND e.once = r.once"
);

/// A log without a number yet.
#[derive(Clone, Debug, PartialEq)]
pub struct PastLog {
    /// What names it for ever within its guild: `import:statuspage:abc`.
    pub once: String,
    /// Its entries from 1.
    pub entries: Vec<Entry>,
}

impl Store {
    /// Appends whole logs, each under the guild's next number, all of them or
    /// none. `None` stands for one whose name is there already. Nothing is
    /// queued to be said.
    ///
    /// # Errors
    /// The entries of one are no log, or the database fails.
    pub async fn append_logs(
        &self,
        guild: GuildId,
        logs: &[PastLog],
    ) -> Result<Vec<Option<IncidentNumber>>, StoreError> {
        let names = logs.iter().map(|log| Name {
            once: text(&log.once),
        });
        let names = to_json(&names.collect::<Vec<_>>())?;
        let numbers = on_at_leisure!(self, |pools| {
            let mut transaction = pools.begin_write_to(&[guild.0.cast_signed()]).await?;
            let known: Vec<(String,)> = sqlx::query_as(pools.words(KNOWN))
                .bind(names)
                .bind(guild.0.cast_signed())
                .fetch_all(&mut *transaction)
                .await?;
            let (last,): (Option<i64>,) =
                sqlx::query_as("SELECT max(number) FROM entries WHERE guild = $1")
                    .bind(guild.0.cast_signed())
                    .fetch_one(&mut *transaction)
                    .await?;
            let known = known.into_iter().map(|(once,)| once).collect();
            let (steps, numbers) = steps(guild, last.map_or(0, saturated), logs, known)?;
            pools.run(&mut transaction, &steps).await?;
            transaction.commit().await?;
            numbers
        });
        Ok(numbers)
    }
}

impl Store {
    /// Whether a log of that name is there.
    ///
    /// # Errors
    /// The database fails.
    pub async fn has_log(&self, guild: GuildId, once: &str) -> Result<bool, StoreError> {
        let found: Option<(i64,)> = on_at_leisure!(self, |pools| {
            sqlx::query_as("SELECT number FROM entries WHERE guild = $1 AND once = $2")
                .bind(guild.0.cast_signed())
                .bind(once)
                .fetch_optional(&pools.read)
                .await?
        });
        Ok(found.is_some())
    }
}

#[derive(Serialize)]
struct Name<'a> {
    once: Cow<'a, str>,
}

type Numbers = Vec<Option<IncidentNumber>>;

fn steps(
    guild: GuildId,
    mut last: u32,
    logs: &[PastLog],
    mut known: HashSet<String>,
) -> Result<(Vec<Step>, Numbers), StoreError> {
    let (mut numbers, mut rows, mut incidents) = (Vec::new(), Vec::new(), Vec::new());
    let mut written = Vec::new();
    for log in logs {
        if !known.insert(text(&log.once).into_owned()) {
            numbers.push(None);
            continue;
        }
        last = last.saturating_add(1);
        let number = IncidentNumber(last);
        let key = IncidentKey { guild, number };
        numbers.push(Some(number));
        let incident = Incident::fold(key, &log.entries)?;
        let (first, mut hash) = (rows.len(), String::new());
        for entry in &log.entries {
            let row = EntryRow::new(key, entry, chain::salt(), &hash)?;
            hash.clone_from(&row.hash);
            rows.push(row);
            written.push((key, entry));
        }
        rows[first].once = Some(text(&log.once).into_owned());
        rows[first].once_last = Some(incident.last_seq.0.into());
        incidents.push(IncidentRow::new(&incident, &hash)?);
    }
    let mut steps = Vec::new();
    steps.extend(add_entries(&rows)?);
    steps.extend(projection::put_incidents(&incidents)?);
    steps.extend(projection::follow(written)?);
    Ok((steps, numbers))
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, Utc};

    use super::*;
    use crate::incident::{Actor, Command, Context, Open, Severity, decide};

    async fn fresh() -> (Store, tempfile::TempDir) {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite://{}/scribe.db", folder.path().display());
        (Store::open(&url).await.unwrap(), folder)
    }

    fn log(once: &str, title: &str) -> PastLog {
        let now: DateTime<Utc> = "2026-05-16T01:00:00Z".parse().unwrap();
        let context = Context {
            actor: Actor::Scribe,
            now,
            origin: None,
        };
        let open = Command::Open(Open::new(title, Severity::Sev2));
        PastLog {
            once: once.to_owned(),
            entries: decide(None, open, &context).unwrap(),
        }
    }

    #[tokio::test]
    async fn what_is_there_is_left_out_and_numbers_go_on() {
        let (store, _folder) = fresh().await;
        let guild = GuildId(7);
        let (a, b) = (log("import:a", "A"), log("import:b", "B"));
        let one = store
            .append_logs(guild, std::slice::from_ref(&a))
            .await
            .unwrap();
        assert_eq!(one, [Some(IncidentNumber(1))]);
        let two = store.append_logs(guild, &[a, b.clone(), b]).await.unwrap();
        assert_eq!(two, [None, Some(IncidentNumber(2)), None]);
        let checked = store.verify().await.unwrap();
        assert_eq!((checked.incidents, checked.differences.len()), (2, 0));
        assert_eq!(store.outbox_depth().await.unwrap().waiting, 0);
    }

    /// However long the record is into which more is imported.
    #[tokio::test]
    async fn names_are_looked_up_one_by_one() {
        let (store, _folder) = fresh().await;
        let plan = crate::store::plans::plan(&store, KNOWN.sqlite).await;
        let steps: Vec<&str> = plan.lines().collect();
        assert!(steps[0].starts_with("SCAN jsonb_each"), "{plan}");
        assert!(
            steps[1].starts_with("SEARCH e") && steps[1].contains("guild=? AND once=?"),
            "{plan}"
        );
    }

    #[tokio::test]
    async fn one_that_is_no_log_keeps_all_of_them_out() {
        let (store, _folder) = fresh().await;
        let empty = PastLog {
            once: "import:b".to_owned(),
            entries: Vec::new(),
        };
        let logs = [log("import:a", "A"), empty];
        assert!(store.append_logs(GuildId(7), &logs).await.is_err());
        assert!(store.guilds().await.unwrap().is_empty());
    }
}
