//! `scribe restore`

use std::path::PathBuf;

use anyhow::{Context, bail};
use clap::Args;

use super::desk::Desk;
use super::export::{Exported, FORM};
use super::outcome::Outcome;
use crate::words::name;

/// Read what `scribe export` wrote back into a database that has none of it.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  \
    scribe restore record.json --database sqlite://new.db\n\n\
    Numbers, times and hashes stay as they were; an entry that does not match its hash is refused.\n\
    An incident that is there already stops it before anything is written.")]
pub(crate) struct Restore {
    /// The file.
    file: PathBuf,
}

impl Restore {
    pub(crate) async fn run(self, desk: &Desk) -> anyhow::Result<Outcome> {
        let shown = self.file.display();
        let text =
            std::fs::read_to_string(&self.file).with_context(|| format!("cannot read {shown}"))?;
        let exported: Exported = serde_json::from_str(&text)
            .with_context(|| format!("{shown} is not a file of `scribe export`"))?;
        if exported.scribe_export != FORM {
            let form = exported.scribe_export;
            bail!(
                "{shown} was written by another version of Scribe (form {form}, this one reads {FORM})"
            );
        }
        for record in &exported.incidents {
            if desk.store.incident(record.key).await?.is_some() {
                let number = record.key.number;
                bail!("{number} is in this record already; restore into a database of its own");
            }
        }
        for record in &exported.incidents {
            desk.store.import(record).await?;
        }
        for version in &exported.settings {
            let store = &desk.store;
            store
                .save_settings(exported.guild, &version.settings, &version.by, version.at)
                .await?;
        }
        let count = name::count(exported.incidents.len(), "incident");
        Ok(Outcome::text(format!("restored {count}\n")))
    }
}
