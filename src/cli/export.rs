//! `scribe export`

use std::io::{self, BufWriter, ErrorKind, Write};

use clap::{Args, ValueEnum};

use super::args::Place;
use super::desk;
use super::outcome::{Outcome, WrongUse};
use super::progress::Progress;
use crate::incident::{IncidentKey, IncidentNumber};
use crate::store::{ExportError, ExportScope, Store};

/// Write one incident or the whole record as lines that `scribe restore` reads.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
    scribe export --all > record.jsonl\n  \
    scribe export INC-42 > inc-42.jsonl\n\n\
    --all writes everything of every guild, private incidents too: logs with their hashes, settings with their\n\
    history, where Scribe's messages are, what has still to be said. The bot may run meanwhile: the file shows one moment.\n\
    The files people attached are not in it: copy SCRIBE_DATA_DIR, where they lie under the SHA-256 that the log tells.")]
pub(crate) struct Export {
    /// The incident, such as INC-42 or 42.
    #[arg(required_unless_present = "all", conflicts_with = "all")]
    incident: Option<IncidentNumber>,
    /// Every incident of every guild, and all that belongs to them.
    #[arg(long)]
    all: bool,
    /// A JSON object a line.
    #[arg(long, value_enum, default_value_t)]
    format: ExportFormat,
}

/// What the export is written as.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum ExportFormat {
    /// A JSON object a line.
    #[default]
    Json,
}

impl Export {
    pub(crate) async fn run(self, store: &Store, place: &Place) -> anyhow::Result<Outcome> {
        let ExportFormat::Json = self.format;
        let scope = match self.incident {
            Some(number) => {
                let guild = desk::guild(store, place.guild).await?;
                ExportScope::Incident(IncidentKey { guild, number })
            }
            None if self.all => ExportScope::Everything,
            None => return Err(WrongUse("name an incident, or --all".to_owned()).into()),
        };
        let mut out = BufWriter::new(io::stdout());
        let mut progress = Progress::new("exported");
        let mut tell = |done, of| progress.at(done, Some(of));
        let exported = store.export(scope, &mut out, &mut tell).await;
        match exported.and_then(|_| Ok(out.flush()?)) {
            // A reader that has seen enough is no failure.
            Err(ExportError::Write(error)) if error.kind() == ErrorKind::BrokenPipe => {
                drop(out.into_parts());
                Ok(Outcome::default())
            }
            other => Ok(other.map(|()| Outcome::default())?),
        }
    }
}
