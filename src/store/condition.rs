//! How what the record lies on fares: the disk of a file, the server.

use std::path::Path;

use chrono::{DateTime, TimeDelta, Utc};

use super::backend::{Backend, Pools};
use super::error::StoreError;
use super::open::Store;
use sqlx::Postgres;

/// What is measured of it; `None` is what cannot be, or is of the other database.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Condition {
    /// The bytes that are free where the file lies.
    pub free: Option<u64>,
    /// The bytes of the file's write-ahead log.
    pub wal: Option<u64>,
    /// The server's version, such as 160004 for 16.4.
    pub server: Option<i64>,
    /// How much our clock is ahead of the server's.
    pub ahead: Option<TimeDelta>,
    /// The server's connections that are taken, and how many it allows.
    pub connections: Option<(i64, i64)>,
}

/// What is to be mended about it.
#[derive(Clone, Debug, PartialEq)]
pub enum Trouble {
    /// Little room is left, in bytes.
    LittleRoom(u64),
    /// The write-ahead log is long, in bytes.
    LongLog(u64),
    /// The server is older than what Scribe is tested on.
    OldServer(i64),
    /// Our clock is ahead of the server's (or behind it, where negative).
    ClockApart(TimeDelta),
    /// So many of so many connections are taken.
    FewConnections(i64, i64),
}

/// Below so many free bytes a record may stop in the midst of an incident.
const LITTLE: u64 = 512 * 1024 * 1024;

/// SQLite empties its log at some megabytes; where it does not, somebody reads without end.
const LONG: u64 = 256 * 1024 * 1024;

/// The oldest PostgreSQL that is still maintained, 14.
const OLDEST: i64 = 140_000;

/// Clocks may be apart by what a question takes, and a little.
const APART: TimeDelta = TimeDelta::seconds(5);

impl Condition {
    /// What is to be mended.
    #[must_use]
    pub fn troubles(&self) -> Vec<Trouble> {
        let free = self.free.filter(|free| *free < LITTLE);
        let wal = self.wal.filter(|wal| *wal > LONG);
        let server = self.server.filter(|version| *version < OLDEST);
        let ahead = self.ahead.filter(|ahead| ahead.abs() > APART);
        // A tenth is kept for those who look after the server.
        let few = self
            .connections
            .filter(|(taken, all)| *taken * 10 >= *all * 9);
        [
            free.map(Trouble::LittleRoom),
            wal.map(Trouble::LongLog),
            server.map(Trouble::OldServer),
            ahead.map(Trouble::ClockApart),
            few.map(|(taken, all)| Trouble::FewConnections(taken, all)),
        ]
        .into_iter()
        .flatten()
        .collect()
    }
}

impl Store {
    /// How what the record lies on fares. `now` is what our clock says.
    ///
    /// # Errors
    /// The server cannot be asked.
    pub async fn condition(&self, now: DateTime<Utc>) -> Result<Condition, StoreError> {
        match self.backend() {
            Backend::Sqlite(pools) => Ok(of_file(Path::new(&pools.place))),
            Backend::Postgres(pools) => {
                let asked = async { Ok(of_server(pools, now).await?) };
                super::backend::in_time(asked).await
            }
        }
    }

    /// What SQLite finds broken in the structure of its file, nothing where it
    /// is sound. It takes as long as reading the file. A server looks after its own.
    ///
    /// # Errors
    /// The file cannot be read at all.
    pub async fn damage(&self) -> Result<Option<String>, StoreError> {
        let Backend::Sqlite(pools) = self.backend() else {
            return Ok(None);
        };
        let said: Vec<String> = sqlx::query_scalar("PRAGMA quick_check(5)")
            .fetch_all(&pools.read)
            .await?;
        let sound = said.iter().all(|line| line == "ok");
        Ok((!sound).then(|| said.join("; ")))
    }
}

fn of_file(file: &Path) -> Condition {
    let mut wal = file.as_os_str().to_owned();
    wal.push("-wal");
    Condition {
        free: free(file),
        wal: std::fs::metadata(wal).ok().map(|found| found.len()),
        ..Condition::default()
    }
}

#[cfg(unix)]
fn free(file: &Path) -> Option<u64> {
    let disk = rustix::fs::statvfs(file).ok()?;
    Some(disk.f_bavail.saturating_mul(disk.f_frsize))
}

#[cfg(not(unix))]
fn free(_: &Path) -> Option<u64> {
    None
}

async fn of_server(pools: &Pools<Postgres>, now: DateTime<Utc>) -> Result<Condition, sqlx::Error> {
    let (clock, server, taken, all): (DateTime<Utc>, i64, i64, i64) = sqlx::query_as(
        "SELECT pg_catalog.clock_timestamp(), CAST(current_setting('server_version_num') AS bigint),
            (SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend'),
            CAST(current_setting('max_connections') AS bigint)",
    )
    .fetch_one(&pools.read)
    .await?;
    Ok(Condition {
        server: Some(server),
        ahead: Some(now - clock),
        connections: Some((taken, all)),
        ..Condition::default()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_well_is_no_trouble() {
        let well = Condition {
            free: Some(LITTLE),
            wal: Some(LONG),
            server: Some(OLDEST),
            ahead: Some(-APART),
            connections: Some((89, 100)),
        };
        assert_eq!(well.troubles(), []);
        assert_eq!(Condition::default().troubles(), []);
        let ill = Condition {
            free: Some(LITTLE - 1),
            wal: Some(LONG + 1),
            server: Some(OLDEST - 1),
            ahead: Some(-APART - TimeDelta::seconds(1)),
            connections: Some((90, 100)),
        };
        assert_eq!(ill.troubles().len(), 5);
    }

    #[tokio::test]
    async fn a_file_is_measured() {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite://{}", folder.path().join("scribe.db").display());
        let store = Store::open(&url).await.unwrap();
        let found = store.condition(DateTime::UNIX_EPOCH).await.unwrap();
        assert_eq!(found.free.is_some(), cfg!(unix), "{found:?}");
        assert!(found.wal.is_some(), "{found:?}");
        assert_eq!(store.damage().await.unwrap(), None);
    }
}
