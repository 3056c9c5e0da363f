//! The files of messages that are kept on disk: which the log names, and which
//! perhaps nothing does.

use serde::Serialize;

use crate::incident::{IncidentKey, REDACTED, Seq};

use super::backend::{Sql, on};
use super::error::StoreError;
use super::open::Store;
use super::row;
use super::rows::insert;
use super::step::Step;

/// A file that an entry says is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptFile {
    /// The incident.
    pub key: IncidentKey,
    /// The entry.
    pub seq: Seq,
    /// SHA-256 of its bytes, in hex, as the entry has it.
    pub sha256: String,
}

#[derive(Clone, Debug, Serialize)]
pub(super) struct FileRow {
    pub(super) sha256: String,
}

const DOUBT_FILES: Sql = insert!("files_in_doubt", (sha256 text), "ON CONFLICT DO NOTHING");

/// The step that puts files in doubt.
pub(super) fn doubt_files(rows: &[FileRow]) -> Result<Option<Step>, StoreError> {
    Step::of(DOUBT_FILES, rows)
}

impl Store {
    /// Says that a file is about to be on disk, before an entry names it. What
    /// comes of it is found by [`files_in_doubt`](Self::files_in_doubt) even after a crash.
    ///
    /// # Errors
    /// The database fails.
    pub async fn doubt_file(&self, sha256: &str) -> Result<(), StoreError> {
        let row = FileRow {
            sha256: sha256.to_owned(),
        };
        on!(self, |pools| {
            let mut transaction = pools.begin_write().await?;
            pools
                .run(&mut transaction, doubt_files(&[row])?.as_slice())
                .await?;
            transaction.commit().await?;
        });
        Ok(())
    }

    /// The files in doubt, and whether an entry names them after all.
    ///
    /// # Errors
    /// The database fails.
    pub async fn files_in_doubt(&self, most: u32) -> Result<Vec<(String, bool)>, StoreError> {
        Ok(on!(self, |pools| {
            sqlx::query_as(
                "SELECT f.sha256, f.sha256 IN (SELECT sha256 FROM named_files)
                FROM files_in_doubt AS f ORDER BY f.sha256 LIMIT $1",
            )
            .bind(i64::from(most))
            .fetch_all(&pools.read)
            .await?
        }))
    }

    /// Says that a file is dealt with: it is named, or it is gone. Where that
    /// has changed meanwhile it stays in doubt.
    ///
    /// # Errors
    /// The database fails.
    pub async fn file_settled(&self, sha256: &str, named: bool) -> Result<(), StoreError> {
        on!(self, |pools| {
            sqlx::query(
                "DELETE FROM files_in_doubt
                WHERE sha256 = $1 AND (sha256 IN (SELECT sha256 FROM named_files)) = $2",
            )
            .bind(sha256)
            .bind(named)
            .execute(&pools.write)
            .await?;
        });
        if !named {
            // Its digest, from which a short file can be guessed, goes from the disk too.
            self.scrub().await;
        }
        Ok(())
    }

    /// The files that entries name, of all guilds, without those that were redacted.
    ///
    /// # Errors
    /// The database fails.
    pub async fn kept_files(&self) -> Result<Vec<KeptFile>, StoreError> {
        let rows: Vec<(i64, i64, i64, String)> = on!(self, |pools| {
            sqlx::query_as(
                "SELECT guild, number, seq, sha256 FROM named_files WHERE sha256 <> $1
                ORDER BY guild, number, seq",
            )
            .bind(REDACTED)
            .fetch_all(&pools.read)
            .await?
        });
        let file = |(guild, number, seq, sha256)| KeptFile {
            key: row::key(guild, number),
            seq: row::seq(seq),
            sha256,
        };
        Ok(rows.into_iter().map(file).collect())
    }
}
