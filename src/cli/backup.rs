//! `scribe backup`

use std::path::PathBuf;

use clap::Args;

use super::outcome::Outcome;
use crate::store::Store;

/// Copy the database into a new file, while the bot runs.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
    scribe backup scribe-2026-07-09.db\n  \
    scribe verify --database sqlite://scribe-2026-07-09.db\n\n\
    The copy is of one moment and is a database like any other. The files people attached are not in it:\n\
    copy SCRIBE_DATA_DIR too. To move to another machine or version, use `scribe export --all`.")]
pub(crate) struct Backup {
    /// The new file.
    file: PathBuf,
}

impl Backup {
    pub(crate) async fn run(self, store: &Store) -> anyhow::Result<Outcome> {
        store.copy_to(&self.file).await?;
        let shown = self.file.display();
        Ok(Outcome::text(format!(
            "the database is copied to {shown}\n"
        )))
    }
}
