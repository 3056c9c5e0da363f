//! Full text search in what people wrote.
//!
//! The index follows the log by itself, in the transaction that appends or
//! redacts: see the migration `search`. What differs between databases is in
//! this file alone: how words are asked for.

mod words;

use chrono::{DateTime, Utc};
use sqlx::FromRow;

use crate::incident::{Entry, GuildId, IncidentKey, Severity, Status};

use super::backend::{Backend, Sql, on};
use super::error::StoreError;
use super::open::Store;
use super::projection::Key;
use super::row::{self, EntryRow};
use super::rows::rows;
use super::step::Step;
use words::{fts5, tsquery, words};

/// What is searched for in a guild. The reader's rights are the caller's to check.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Search {
    /// The words: all of them have to stand in one entry, whatever their case
    /// and accents; `"two words"` only next to each other; the last may be unfinished.
    pub text: String,
    /// Any of the words is enough.
    pub any: bool,
    /// Of incidents in that status.
    pub status: Option<Status>,
    /// Of incidents of that severity.
    pub severity: Option<Severity>,
    /// What happened from then on (UTC).
    pub from: Option<DateTime<Utc>>,
    /// What happened before then (UTC).
    pub to: Option<DateTime<Utc>>,
    /// Only what was written down before that hit: the next page.
    pub before: Option<Found>,
    /// At most that many.
    pub limit: u32,
}

/// The place of a hit among all that was written down.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Found(pub i64);

/// An entry that has the words.
#[derive(Clone, Debug, PartialEq)]
pub struct Hit {
    /// Its place, to go on from.
    pub found: Found,
    /// Its incident.
    pub key: IncidentKey,
    /// The entry.
    pub entry: Entry,
}

#[derive(FromRow)]
struct HitRow {
    id: i64,
    #[sqlx(flatten)]
    entry: EntryRow,
}

/// On both in the order of the index: to sort by rank is ten times slower and more.
const HITS: Sql = Sql {
    sqlite: "SELECT t.id, e.* FROM texts_index AS x
        JOIN texts AS t ON t.id = x.rowid
        JOIN entries AS e ON e.guild = t.guild AND e.number = t.number AND e.seq = t.seq
        JOIN incidents AS i ON i.guild = t.guild AND i.number = t.number
        WHERE x.texts_index MATCH $1
            AND t.guild = $2
            AND (x.rowid < $3 OR $3 IS NULL)
            AND (i.status = $4 OR $4 IS NULL)
            AND (i.severity = $5 OR $5 IS NULL)
            AND (e.happened_at >= $6 OR $6 IS NULL)
            AND (e.happened_at < $7 OR $7 IS NULL)
        ORDER BY x.rowid DESC LIMIT $8",
    postgres: "SELECT t.id, e.* FROM texts AS t
        JOIN entries AS e ON e.guild = t.guild AND e.number = t.number AND e.seq = t.seq
        JOIN incidents AS i ON i.guild = t.guild AND i.number = t.number
        WHERE t.words @@ to_tsquery('simple', unaccented($1))
            AND t.guild = $2
            AND (t.id < $3 OR $3 IS NULL)
            AND (i.status = $4 OR $4 IS NULL)
            AND (i.severity = $5 OR $5 IS NULL)
            AND (e.happened_at >= $6 OR $6 IS NULL)
            AND (e.happened_at < $7 OR $7 IS NULL)
        ORDER BY t.id DESC LIMIT $8",
};

impl Store {
    /// The entries of a guild that have the words, what was written down last
    /// first. Private incidents are among them: whoever asks leaves out what
    /// the reader may not see. Without a word nothing is found.
    ///
    /// # Errors
    /// The database fails or holds nonsense.
    pub async fn search(&self, guild: GuildId, search: &Search) -> Result<Vec<Hit>, StoreError> {
        let words = words(&search.text);
        if words.is_empty() {
            return Ok(Vec::new());
        }
        let asked = match self.backend() {
            Backend::Sqlite(_) => fts5(&words, search.any),
            Backend::Postgres(_) => tsquery(&words, search.any),
        };
        let rows: Vec<HitRow> = on!(self, |pools| {
            sqlx::query_as(pools.words(HITS))
                .bind(asked)
                .bind(guild.0.cast_signed())
                .bind(search.before.map(|found| found.0))
                .bind(search.status.map(|status| status.to_string()))
                .bind(search.severity.map(|severity| severity.to_string()))
                .bind(search.from)
                .bind(search.to)
                .bind(i64::from(search.limit))
                .fetch_all(&pools.read)
                .await?
        });
        rows.iter().map(hit).collect()
    }
}

/// The texts of an incident that are in the index and should not be, or should
/// be and are not, by their entries: what the log has and what the table has.
pub(super) const TEXTS_THAT_DIFFER: &str = "
    SELECT coalesce(l.seq, t.seq), l.text, t.text
    FROM (SELECT seq, text FROM searchable WHERE guild = $1 AND number = $2) AS l
    FULL JOIN (SELECT seq, text FROM texts WHERE guild = $1 AND number = $2) AS t ON t.seq = l.seq
    WHERE l.text IS DISTINCT FROM t.text ORDER BY 1";

/// A text that differs: the entry, what the log has, what the table has.
pub(super) type TextThatDiffers = (i64, Option<String>, Option<String>);

const FORGET_TEXTS: Sql = rows!(
    "DELETE FROM texts WHERE (guild, number) IN (SELECT r.guild, r.number FROM ",
    (guild bigint, number bigint),
    ")"
);
const ADD_TEXTS: Sql = rows!(
    "INSERT INTO texts (guild, number, seq, text) SELECT s.guild, s.number, s.seq, s.text FROM ",
    (guild bigint, number bigint),
    "JOIN searchable AS s ON s.guild = r.guild AND s.number = r.number ORDER BY s.seq"
);

/// The steps that write the texts of an incident anew from its log.
pub(super) fn anew(key: IncidentKey) -> Result<Vec<Step>, StoreError> {
    let key = [Key::from(key)];
    [FORGET_TEXTS, ADD_TEXTS]
        .into_iter()
        .map(|sql| Step::new(sql, &key))
        .collect()
}

impl Store {
    /// Whether the words of the index are those of the texts. PostgreSQL's follow by themselves.
    pub(super) async fn index_is_sound(&self) -> Result<bool, StoreError> {
        let Backend::Sqlite(pools) = self.backend() else {
            return Ok(true);
        };
        // The check writes nothing, but it is asked for by way of an insertion.
        let check = "INSERT INTO texts_index (texts_index, rank) VALUES ('integrity-check', 1)";
        let checked = sqlx::query(check).execute(&pools.write).await;
        match checked.map_err(StoreError::from) {
            Ok(_) => Ok(true),
            // SQLITE_CORRUPT_VTAB: of this index, not of the file.
            Err(StoreError::Damaged { .. }) => Ok(false),
            Err(error) => Err(error),
        }
    }

    /// Makes the index anew from the texts.
    pub(super) async fn index_anew(&self) -> Result<(), StoreError> {
        if let Backend::Sqlite(pools) = self.backend() {
            let rebuild = "INSERT INTO texts_index (texts_index) VALUES ('rebuild')";
            sqlx::query(rebuild).execute(&pools.write).await?;
        }
        Ok(())
    }
}

fn hit(row: &HitRow) -> Result<Hit, StoreError> {
    Ok(Hit {
        found: Found(row.id),
        key: row::key(row.entry.guild, row.entry.number),
        entry: row.entry.entry()?,
    })
}
