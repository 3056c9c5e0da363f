//! In: all of a file or nothing, into a store that has nothing.

use std::io::BufRead;

use super::error::RestoreError;
use super::form::{
    FileLine, HeardLine, Line, OutboxLine, PeriodLine, PostLine, PublicationLine, SettingsLine,
    TemplateLine, WatermarkLine,
};
use super::intake::{Intake, Restored, Row};
use crate::incident::{Entry, Fact, IncidentKey};
use crate::store::backend::{Sql, on_at_leisure};
use crate::store::projection::{self, IncidentRow};
use crate::store::publications::add_publications;
use crate::store::row::EntryRow;
use crate::store::rows::{insert, rows};
use crate::store::step::Step;
use crate::store::writer::{RedactionRow, add_entries, add_redactions};
use crate::store::{Store, StoreError};

/// How many rows are written at once.
const BATCH: usize = 500;

const ADD_SETTINGS: Sql = insert!(
    "settings",
    (guild bigint, version bigint, settings text, actor text, saved_at timestamptz),
    ""
);
const ADD_TEMPLATES: Sql = insert!(
    "templates",
    (guild bigint, format text, version bigint, template text, actor text, saved_at timestamptz),
    ""
);
const ADD_POSTS: Sql = insert!(
    "posts",
    (guild bigint, number bigint, name text, channel bigint, message bigint, posted_at timestamptz),
    ""
);
const ADD_PERIODS: Sql = insert!(
    "periods",
    (job text, guild bigint, period text, done_at timestamptz),
    ""
);
const ADD_WATERMARKS: Sql = insert!("watermarks", (channel bigint, through bigint), "");
const ADD_HEARD: Sql =
    rows!("INSERT INTO heard (one, at) SELECT 1, r.at FROM ", (at timestamptz), "");
const ADD_OUTBOX: Sql = insert!(
    "outbox",
    (guild bigint, number bigint, lane text, what text, nonce text, created_at timestamptz, due_at timestamptz,
        attempts bigint, error text, failed_at timestamptz),
    ""
);
const ADD_FILES: Sql = insert!("files_in_doubt", (sha256 text), "");

/// Rows that go into the database together.
#[derive(Default)]
struct Batch {
    rows: usize,
    entries: Vec<EntryRow>,
    log: Vec<(IncidentKey, Entry)>,
    incidents: Vec<IncidentRow>,
    settings: Vec<SettingsLine>,
    templates: Vec<TemplateLine>,
    posts: Vec<PostLine>,
    publications: Vec<PublicationLine>,
    periods: Vec<PeriodLine>,
    watermarks: Vec<WatermarkLine>,
    heard: Vec<HeardLine>,
    outbox: Vec<OutboxLine>,
    files: Vec<FileLine>,
}

impl Batch {
    fn add(&mut self, row: Row) {
        self.rows += 1;
        match row {
            Row::Entry(entry) => {
                let (key, row, entry) = *entry;
                self.entries.push(row);
                self.log.push((key, entry));
            }
            Row::Other(Line::Settings(line)) => self.settings.push(line),
            Row::Other(Line::Template(line)) => self.templates.push(line),
            Row::Other(Line::Post(line)) => self.posts.push(line),
            Row::Other(Line::Publication(line)) => self.publications.push(line),
            Row::Other(Line::Period(line)) => self.periods.push(line),
            Row::Other(Line::Watermark(line)) => self.watermarks.push(line),
            Row::Other(Line::Heard(line)) => self.heard.push(line),
            Row::Other(Line::Outbox(line)) => self.outbox.push(line),
            Row::Other(Line::FileInDoubt(line)) => self.files.push(line),
            Row::Other(Line::ScribeExport(_) | Line::Entry(_) | Line::End(_)) => {}
        }
    }

    fn steps(&mut self) -> Result<Vec<Step>, StoreError> {
        let batch = std::mem::take(self);
        let mut redactions = Vec::new();
        for (key, entry) in &batch.log {
            if let Fact::Redacted { entries, .. } = &entry.fact {
                redactions.extend(entries.iter().map(|seq| RedactionRow {
                    guild: key.guild.0.cast_signed(),
                    number: key.number.0.into(),
                    seq: seq.0.into(),
                    redactor: entry.seq.0.into(),
                    body: String::new(),
                }));
            }
        }
        let mut steps = Vec::new();
        steps.extend(add_entries(&batch.entries)?);
        steps.extend(add_redactions(&redactions)?);
        steps.extend(projection::follow(
            batch.log.iter().map(|(key, entry)| (*key, entry)),
        )?);
        steps.extend(projection::put_incidents(&batch.incidents)?);
        steps.extend(Step::of(ADD_SETTINGS, &batch.settings)?);
        steps.extend(Step::of(ADD_TEMPLATES, &batch.templates)?);
        steps.extend(Step::of(ADD_POSTS, &batch.posts)?);
        steps.extend(add_publications(&batch.publications)?);
        steps.extend(Step::of(ADD_PERIODS, &batch.periods)?);
        steps.extend(Step::of(ADD_WATERMARKS, &batch.watermarks)?);
        steps.extend(Step::of(ADD_HEARD, &batch.heard)?);
        steps.extend(Step::of(ADD_OUTBOX, &batch.outbox)?);
        steps.extend(Step::of(ADD_FILES, &batch.files)?);
        Ok(steps)
    }
}

impl Store {
    /// Reads what [`export`](Self::export) wrote into this store, all of it or
    /// nothing. Tells `progress` how many entries are in.
    ///
    /// # Errors
    /// The store is not empty; a line of the file is wrong, with its number and
    /// what is wrong; the database fails.
    pub async fn restore(
        &self,
        file: &mut (dyn BufRead + Send),
        progress: &mut (dyn FnMut(u64) + Send),
    ) -> Result<Restored, RestoreError> {
        let mut intake = Intake::default();
        let mut batch = Batch::default();
        on_at_leisure!(self, |pools| {
            // Dropped on any error, which takes all of it back.
            let mut transaction = pools.begin_alone().await?;
            let (full,): (bool,) = sqlx::query_as(
                "SELECT EXISTS (SELECT 1 FROM entries) OR EXISTS (SELECT 1 FROM settings) OR EXISTS (SELECT 1 FROM posts)
                    OR EXISTS (SELECT 1 FROM periods) OR EXISTS (SELECT 1 FROM watermarks) OR EXISTS (SELECT 1 FROM outbox)
                    OR EXISTS (SELECT 1 FROM heard) OR EXISTS (SELECT 1 FROM publications) OR EXISTS (SELECT 1 FROM templates)",
            )
            .fetch_one(&mut *transaction)
            .await?;
            if full {
                return Err(RestoreError::NotEmpty);
            }
            while let Some(taken) = intake.next(file)? {
                batch.incidents.extend(taken.finished);
                if let Some(row) = taken.row {
                    batch.add(row);
                }
                if batch.rows >= BATCH {
                    pools.run(&mut transaction, &batch.steps()?).await?;
                    progress(intake.restored().entries);
                }
            }
            pools.run(&mut transaction, &batch.steps()?).await?;
            transaction.commit().await?;
        });
        self.tell_outbox_changed();
        Ok(intake.restored())
    }
}
