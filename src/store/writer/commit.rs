//! One batch, one transaction: read what the rules need, decide, write, commit.

use std::collections::BTreeSet;
use std::sync::Arc;

use serde::Serialize;
use sqlx::FromRow;

use crate::incident::{Command, GuildId, Incident, IncidentKey};
use crate::store::Store;
use crate::store::backend::{Sql, on};
use crate::store::error::StoreError;
use crate::store::row::{self, EntryRow, to_json};
use crate::store::rows::rows;

use super::ahead::plan_ahead;
use super::cache::{Cache, Loaded};
use super::handle::Answer;
use super::plan::{Known, Plan, Repeats, plan};
use super::request::{Request, Target};

/// What a committed batch leaves to be done and said.
pub(super) struct Committed {
    pub(super) answers: Vec<Answer>,
    pub(super) redacted: bool,
    pub(super) queued: bool,
}

#[derive(PartialEq, Eq, PartialOrd, Ord, Serialize)]
struct OnceKey {
    guild: i64,
    once: String,
}

#[derive(FromRow)]
struct RepeatRow {
    of: String,
    #[sqlx(flatten)]
    entry: EntryRow,
}

#[derive(Serialize)]
struct Wanted<'a> {
    guild: i64,
    number: i64,
    /// The hash up to which the cache knows it.
    hash: Option<&'a str>,
}

#[derive(FromRow)]
struct StateRow {
    guild: i64,
    number: i64,
    last_hash: String,
    /// None where the cache has it.
    state: Option<String>,
}

#[derive(PartialEq, Eq, PartialOrd, Ord, Serialize)]
struct Key {
    guild: i64,
    number: i64,
}

#[derive(Serialize)]
struct Guild {
    guild: i64,
}

const REPEATS: Sql = rows!(
    "SELECT f.once AS of, e.* FROM ",
    (guild bigint, once text),
    "JOIN entries AS f ON f.guild = r.guild AND f.once = r.once
    JOIN entries AS e ON e.guild = f.guild AND e.number = f.number AND e.seq BETWEEN f.seq AND f.once_last
    ORDER BY e.guild, e.number, e.seq"
);

const STATES: Sql = rows!(
    "SELECT i.guild, i.number, i.last_hash, CASE WHEN r.hash = i.last_hash THEN NULL ELSE i.state END AS state FROM ",
    (guild bigint, number bigint, hash text),
    "JOIN incidents AS i ON i.guild = r.guild AND i.number = r.number"
);

const NUMBERS: Sql = rows!(
    "SELECT r.guild, (SELECT max(e.number) FROM entries AS e WHERE e.guild = r.guild) FROM ",
    (guild bigint),
    ""
);

const LOGS: Sql = rows!(
    "SELECT e.* FROM ",
    (guild bigint, number bigint),
    "JOIN entries AS e ON e.guild = r.guild AND e.number = r.number
    ORDER BY e.guild, e.number, e.seq"
);

/// Records a batch. On an error nothing was written and the cache is as before.
pub(super) async fn commit(
    store: &Store,
    cache: &mut Cache,
    requests: &[Request],
) -> Result<Committed, StoreError> {
    let plan = match written_ahead(store, cache, requests).await? {
        Some(plan) => plan,
        None => written_after_reading(store, cache, requests).await?,
    };
    for (key, loaded) in plan.touched {
        cache.keep(key, loaded);
    }
    Ok(Committed {
        answers: plan.answers,
        redacted: plan.redacted,
        queued: plan.queued,
    })
}

/// Writes what can be planned without reading; none where that is not enough,
/// or where the database has it otherwise.
async fn written_ahead(
    store: &Store,
    cache: &Cache,
    requests: &[Request],
) -> Result<Option<Plan>, StoreError> {
    let Some(plan) = plan_ahead(cache, requests)? else {
        return Ok(None);
    };
    match store.write_whole(&guilds_of(requests), &plan.steps).await {
        Ok(()) => Ok(Some(plan)),
        Err(StoreError::Database(_)) => Ok(None),
        Err(error) => Err(error),
    }
}

/// Writes what is planned on what the database has.
async fn written_after_reading(
    store: &Store,
    cache: &Cache,
    requests: &[Request],
) -> Result<Plan, StoreError> {
    let once = once_keys(requests)?;
    let logs = logs(requests)?;
    let guilds = guilds(requests)?;
    Ok(on!(store, |pools| {
        let mut transaction = pools.begin_write_to(&guilds_of(requests)).await?;
        let mut known = Known::default();
        if let Some(once) = once {
            let rows: Vec<RepeatRow> = sqlx::query_as(pools.words(REPEATS))
                .bind(once)
                .fetch_all(&mut *transaction)
                .await?;
            known.repeats = repeats(&rows)?;
        }
        let wanted = wanted(requests, &known);
        let rows: Vec<StateRow> = sqlx::query_as(pools.words(STATES))
            .bind(wanted_json(&wanted, cache)?)
            .fetch_all(&mut *transaction)
            .await?;
        for row in rows {
            let key = row::key(row.guild, row.number);
            let loaded = match load(&row, cache) {
                Some(loaded) => loaded,
                // Stored in the shape of another version: the log knows better.
                None => {
                    let rows: Vec<EntryRow> = sqlx::query_as(
                        "SELECT * FROM entries WHERE guild = $1 AND number = $2 ORDER BY seq",
                    )
                    .bind(row.guild)
                    .bind(row.number)
                    .fetch_all(&mut *transaction)
                    .await?;
                    let incident = Incident::fold(key, &row::entries(&rows)?)?;
                    Loaded {
                        incident: Arc::new(incident),
                        hash: row.last_hash,
                    }
                }
            };
            known.incidents.insert(key, loaded);
        }
        if let Some(guilds) = guilds {
            let rows: Vec<(i64, Option<i64>)> = sqlx::query_as(pools.words(NUMBERS))
                .bind(guilds)
                .fetch_all(&mut *transaction)
                .await?;
            let number = |(guild, last): (i64, Option<i64>)| {
                (
                    GuildId(guild.cast_unsigned()),
                    last.map_or(0, row::saturated),
                )
            };
            known.numbers = rows.into_iter().map(number).collect();
        }
        if let Some(logs) = logs {
            let rows: Vec<EntryRow> = sqlx::query_as(pools.words(LOGS))
                .bind(logs)
                .fetch_all(&mut *transaction)
                .await?;
            for row in rows {
                let log = known.logs.entry(row::key(row.guild, row.number));
                log.or_default().push(row);
            }
        }
        let plan = plan(requests, known)?;
        pools.run(&mut transaction, &plan.steps).await?;
        let kept = transaction.commit().await;
        kept.map_err(StoreError::of_commit)?;
        plan
    }))
}

fn some_json<T: Serialize>(rows: &[T]) -> Result<Option<String>, StoreError> {
    match rows {
        [] => Ok(None),
        rows => to_json(&rows).map(Some),
    }
}

fn guilds_of(requests: &[Request]) -> Vec<i64> {
    let guild = |request: &Request| request.guild.0.cast_signed();
    requests.iter().map(guild).collect()
}

fn once_keys(requests: &[Request]) -> Result<Option<String>, StoreError> {
    let key = |request: &'_ Request| {
        let guild = request.guild.0.cast_signed();
        request.once.clone().map(|once| OnceKey { guild, once })
    };
    let keys: BTreeSet<OnceKey> = requests.iter().filter_map(key).collect();
    some_json(&Vec::from_iter(keys))
}

fn guilds(requests: &[Request]) -> Result<Option<String>, StoreError> {
    let new = requests.iter().filter(|r| r.target == Target::New);
    let guilds: BTreeSet<i64> = new.map(|r| r.guild.0.cast_signed()).collect();
    let guilds = guilds.into_iter().map(|guild| Guild { guild });
    some_json(&Vec::from_iter(guilds))
}

/// The incidents whose whole logs are needed: what a redaction has to take with
/// it can stand anywhere. It is rare enough to cost what a log is long.
fn logs(requests: &[Request]) -> Result<Option<String>, StoreError> {
    let key = |request: &'_ Request| match (&request.command, request.target) {
        (Command::Redact(_), Target::Incident(number)) => Some(Key {
            guild: request.guild.0.cast_signed(),
            number: number.0.into(),
        }),
        _ => None,
    };
    let keys: BTreeSet<Key> = requests.iter().filter_map(key).collect();
    some_json(&Vec::from_iter(keys))
}

fn repeats(rows: &[RepeatRow]) -> Result<Repeats, StoreError> {
    let mut repeats = Repeats::new();
    for row in rows {
        let key = row::key(row.entry.guild, row.entry.number);
        let once = (key.guild, row.of.clone());
        let first = repeats.entry(once).or_insert_with(|| (key, Vec::new()));
        first.1.push(row.entry.entry()?);
    }
    Ok(repeats)
}

/// The incidents that the requests name, those they tie them to, and those of
/// the keys they repeat.
fn wanted(requests: &[Request], known: &Known) -> BTreeSet<IncidentKey> {
    let named = requests.iter().filter_map(|request| match request.target {
        Target::Incident(number) => Some(IncidentKey {
            guild: request.guild,
            number,
        }),
        Target::New => None,
    });
    let repeated = known.repeats.values().map(|(key, _)| *key);
    let tied = requests.iter().filter_map(tied_to);
    named.chain(repeated).chain(tied).collect()
}

/// The other incident where a request ties two to each other.
pub(super) fn tied_to(request: &Request) -> Option<IncidentKey> {
    let number = match request.command {
        Command::Link { to, .. } | Command::Unlink { to, .. } => to,
        _ => return None,
    };
    Some(IncidentKey {
        guild: request.guild,
        number,
    })
}

fn wanted_json(keys: &BTreeSet<IncidentKey>, cache: &Cache) -> Result<String, StoreError> {
    let row = |key: &IncidentKey| Wanted {
        guild: key.guild.0.cast_signed(),
        number: key.number.0.into(),
        hash: cache.get(*key).map(|loaded| loaded.hash.as_str()),
    };
    to_json(&keys.iter().map(row).collect::<Vec<_>>())
}

fn load(row: &StateRow, cache: &Cache) -> Option<Loaded> {
    let key = row::key(row.guild, row.number);
    match &row.state {
        None => cache.get(key).cloned(),
        Some(state) => serde_json::from_str(state).ok().map(|incident| Loaded {
            incident: Arc::new(incident),
            hash: row.last_hash.clone(),
        }),
    }
}
