//! Out: one consistent picture of the store, line by line.

use std::io::Write;

use futures::TryStreamExt as _;
use sha2::{Digest, Sha256};

use super::error::ExportError;
use super::form::{
    End, EntryLine, FORM, FileLine, Head, HeardLine, Line, OutboxLine, PeriodLine, PostLine,
    PublicationLine, SettingsLine, TemplateLine, WatermarkLine,
};
use crate::incident::IncidentKey;
use crate::store::Store;
use crate::store::backend::on_at_leisure;
use crate::store::chain;
use crate::store::row::{EntryRow, to_json};

/// What is exported.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExportScope {
    /// The whole store: every incident of every guild, private ones too.
    Everything,
    /// One incident: its entries and where Scribe's messages about it are.
    Incident(IncidentKey),
}

/// What was exported.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exported {
    /// How many lines, the last one among them.
    pub lines: u64,
    /// SHA-256 of all but the last, in hex. Stores of the same content have the same.
    pub sha256: String,
}

/// Lines on their way out, and what has to be said of them at the end.
struct Lines<'a> {
    out: &'a mut (dyn Write + Send),
    written: u64,
    sha: Sha256,
}

impl Lines<'_> {
    fn put(&mut self, line: &Line) -> Result<(), ExportError> {
        let mut text = to_json(line)?;
        text.push('\n');
        self.sha.update(text.as_bytes());
        self.written += 1;
        Ok(self.out.write_all(text.as_bytes())?)
    }

    fn end(mut self) -> Result<Exported, ExportError> {
        let sha256 = chain::hex(&std::mem::take(&mut self.sha).finalize());
        let lines = self.written;
        self.put(&Line::End(End {
            lines,
            sha256: sha256.clone(),
        }))?;
        self.out.flush()?;
        let lines = self.written;
        Ok(Exported { lines, sha256 })
    }
}

/// Puts each row of a query on a connection that is inside a transaction.
macro_rules! put_rows {
    ($lines:expr, $connection:expr, $type:ty, $line:expr, $sql:expr $(, $bind:expr)*) => {{
        let mut rows = sqlx::query_as::<_, $type>($sql)$(.bind($bind))*.fetch(&mut *$connection);
        while let Some(row) = rows.try_next().await? {
            $lines.put(&$line(row))?;
        }
    }};
}

impl Store {
    /// Writes the store, or an incident of it, as one moment saw it; a bot may
    /// go on writing meanwhile. Tells `progress` after each entry how many of
    /// how many are out.
    ///
    /// # Errors
    /// There is no such incident, `out` takes no more, or the database fails.
    pub async fn export(
        &self,
        scope: ExportScope,
        out: &mut (dyn Write + Send),
        progress: &mut (dyn FnMut(u64, u64) + Send),
    ) -> Result<Exported, ExportError> {
        let mut lines = Lines {
            out,
            written: 0,
            sha: Sha256::new(),
        };
        let (guild, number) = match scope {
            ExportScope::Everything => (None, None),
            ExportScope::Incident(key) => (
                Some(key.guild.0.cast_signed()),
                Some(i64::from(key.number.0)),
            ),
        };
        let all = guild.is_none();
        on_at_leisure!(self, |pools| {
            // What the first SELECT sees, all of them see.
            let mut transaction = pools.begin_read().await?;
            let (total,): (i64,) = sqlx::query_as(
                "SELECT count(*) FROM entries WHERE (guild = $1 AND number = $2) OR $1 IS NULL",
            )
            .bind(guild)
            .bind(number)
            .fetch_one(&mut *transaction)
            .await?;
            if let (ExportScope::Incident(key), 0) = (scope, total) {
                return Err(ExportError::NoSuchIncident(key));
            }
            lines.put(&Line::ScribeExport(Head { form: FORM }))?;
            if all {
                let sql = "SELECT guild, version, settings, actor, saved_at FROM settings ORDER BY guild, version";
                put_rows!(lines, transaction, SettingsLine, Line::Settings, sql);
                let sql = "SELECT guild, format, version, template, actor, saved_at FROM templates ORDER BY guild, format, version";
                put_rows!(lines, transaction, TemplateLine, Line::Template, sql);
            }
            let sql = "SELECT * FROM entries WHERE (guild = $1 AND number = $2) OR $1 IS NULL ORDER BY guild, number, seq";
            let mut rows = sqlx::query_as::<_, EntryRow>(sql)
                .bind(guild)
                .bind(number)
                .fetch(&mut *transaction);
            let mut out = 0;
            while let Some(row) = rows.try_next().await? {
                lines.put(&Line::Entry(Box::new(EntryLine::new(row)?)))?;
                out += 1;
                progress(out, total.cast_unsigned());
            }
            drop(rows);
            let sql = "SELECT guild, number, name, channel, message, posted_at FROM posts
                WHERE (guild = $1 AND number = $2) OR $1 IS NULL ORDER BY guild, number, name";
            put_rows!(lines, transaction, PostLine, Line::Post, sql, guild, number);
            let sql = "SELECT guild, number, version, format, through, document, sha256, redacted_by FROM publications
                WHERE (guild = $1 AND number = $2) OR $1 IS NULL ORDER BY guild, number, version, format";
            put_rows!(
                lines,
                transaction,
                PublicationLine,
                Line::Publication,
                sql,
                guild,
                number
            );
            if all {
                let sql =
                    "SELECT job, guild, period, done_at FROM periods ORDER BY job, guild, period";
                put_rows!(lines, transaction, PeriodLine, Line::Period, sql);
                let sql = "SELECT channel, through FROM watermarks ORDER BY channel";
                put_rows!(lines, transaction, WatermarkLine, Line::Watermark, sql);
                // Who takes it up again has shards of his own, and knows none of these.
                let sql = "SELECT at FROM (SELECT max(at) AS at FROM (
                    SELECT min(heard_at) AS at FROM shards GROUP BY total HAVING count(heard_at) = total
                    UNION ALL SELECT at FROM heard) AS known) AS last WHERE at IS NOT NULL";
                put_rows!(lines, transaction, HeardLine, Line::Heard, sql);
                let sql = "SELECT guild, number, lane, what, nonce, created_at, due_at, attempts, error, failed_at
                    FROM outbox ORDER BY id";
                put_rows!(lines, transaction, OutboxLine, Line::Outbox, sql);
                let sql = "SELECT sha256 FROM files_in_doubt ORDER BY sha256";
                put_rows!(lines, transaction, FileLine, Line::FileInDoubt, sql);
            }
            transaction.rollback().await?;
        });
        lines.end()
    }
}
