//! `scribe restore`

use std::fs::File;
use std::io::BufReader;
use std::path::PathBuf;

use anyhow::Context;
use clap::Args;

use super::outcome::Outcome;
use super::progress::Progress;
use crate::store::Store;
use crate::words::count::{Noun, count as counted};

/// Read what `scribe export` wrote into an empty database.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  \
    scribe restore record.jsonl --database sqlite://new.db\n\n\
    Numbers, times and hashes stay as they were. A line that does not match its hash, its order or its meaning\n\
    is refused with its number, and then nothing at all is restored. What had still to be said is said\n\
    by the next `scribe run` on the new database; let the old one rest.")]
pub(crate) struct Restore {
    /// The file.
    file: PathBuf,
}

impl Restore {
    pub(crate) async fn run(self, store: &Store) -> anyhow::Result<Outcome> {
        let shown = self.file.display();
        let file = File::open(&self.file).with_context(|| format!("cannot read {shown}"))?;
        // A bot that began on the empty store would not know what is in it now.
        let _lock = store.run_lock().await?;
        let mut progress = Progress::new("read");
        let restored = store
            .restore(&mut BufReader::new(file), &mut |done| {
                progress.at(done, None)
            })
            .await
            .with_context(|| shown.to_string())?;
        let count = |many: u64, what| counted(usize::try_from(many).unwrap_or(usize::MAX), what);
        Ok(Outcome::text(format!(
            "restored {} with {}, {} of settings; {} to be said\n",
            count(restored.incidents, Noun::Incident),
            count(restored.entries, Noun::Entry),
            count(restored.settings, Noun::Version),
            count(restored.outbox, Noun::Thing),
        )))
    }
}
