//! `scribe copy`

use std::io::{self, BufReader, BufWriter, ErrorKind};

use anyhow::{Context, bail};
use clap::Args;
use tokio::runtime::Handle;

use super::outcome::Outcome;
use super::progress::Progress;
use crate::store::{ExportError, ExportScope, Exported, Store};
use crate::words::count::{Noun, count as counted};

/// Copy the whole record from one database into another, empty one.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
    scribe copy --from sqlite://scribe.db --to postgres://scribe@db.internal/scribe\n  \
    scribe copy --from postgres://scribe@db.internal/scribe --to sqlite://scribe.db\n\n\
    Stop the bot first: what is recorded later is not in the copy. The copy is read again and has to have the\n\
    SHA-256 of the original. The files people attached are not in a database: copy SCRIBE_DATA_DIR too.\n\
    What had still to be said is said by the next `scribe run` on the copy; let the original rest.")]
pub(crate) struct Copy {
    /// The database that is read.
    #[arg(long, value_name = "URL")]
    from: String,
    /// The empty database that is written.
    #[arg(long, value_name = "URL")]
    to: String,
}

impl Copy {
    pub(crate) async fn run(self) -> anyhow::Result<Outcome> {
        let from = Store::open_existing(&self.from).await.context("--from")?;
        let to = Store::open(&self.to).await.context("--to")?;
        let outcome = copy(&from, &to).await;
        from.close().await;
        to.close().await;
        outcome
    }
}

async fn copy(from: &Store, to: &Store) -> anyhow::Result<Outcome> {
    let _locks = (from.run_lock().await?, to.run_lock().await?);
    let (reader, writer) = io::pipe()?;
    let source = from.clone();
    // On a thread of its own: each side waits for the other.
    let exporting = tokio::task::spawn_blocking(move || {
        let mut out = BufWriter::new(writer);
        Handle::current().block_on(source.export(ExportScope::Everything, &mut out, &mut |_, _| {}))
    });
    let mut progress = Progress::new("copied");
    let restored = to
        .restore(&mut BufReader::new(reader), &mut |done| {
            progress.at(done, None)
        })
        .await;
    drop(progress);
    let read = match exporting.await? {
        // Who read had a reason to stop.
        Err(ExportError::Write(error)) if error.kind() == ErrorKind::BrokenPipe => None,
        read => Some(read?),
    };
    let restored = restored?;
    let written = to
        .export(ExportScope::Everything, &mut io::sink(), &mut |_, _| {})
        .await?;
    match read {
        Some(Exported { sha256, .. }) if sha256 == written.sha256 => {
            let count =
                |many: u64, what| counted(usize::try_from(many).unwrap_or(usize::MAX), what);
            Ok(Outcome::text(format!(
                "copied {} in {} lines; both databases have the SHA-256 {sha256}\n",
                count(restored.incidents, Noun::Incident),
                written.lines,
            )))
        }
        _ => bail!("the copy differs from the original; do not use it, and report this"),
    }
}
