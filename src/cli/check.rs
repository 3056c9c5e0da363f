//! `scribe check`

use clap::{Args, ValueEnum};

use super::args::Place;
use super::desk::Desk;
use super::input;
use super::outcome::Outcome;
use crate::config::Config;
use crate::incident::IncidentNumber;
use crate::report::check::{self, Against, Format, MAX_BYTES};

/// Find what contradicts itself in a postmortem, or contradicts the record.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
    scribe check postmortem.md\n  \
    scribe check postmortem.md --incident INC-42   against the record of that incident too\n  \
    scribe check - --format json < report.html\n\n\
    Reads Markdown, HTML and plain text, up to 1 MiB. Needs no record and no settings without --incident.\n\
    Exit code 0: nothing is certainly wrong. 1: something is; what is likely or worth a look is listed too.")]
pub(crate) struct Check {
    /// The file; - reads standard input.
    file: String,
    /// The incident it tells of, such as INC-42 or 42.
    #[arg(long)]
    incident: Option<IncidentNumber>,
    /// Text, or JSON.
    #[arg(long, value_enum, default_value_t)]
    format: CheckFormat,
}

/// What the findings are written as.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum CheckFormat {
    /// A block each: line, quote, why, and what would be consistent.
    #[default]
    Text,
    /// `{"findings": [...]}`
    Json,
}

impl Check {
    pub(crate) async fn run(self, config: &Config, place: &Place) -> anyhow::Result<Outcome> {
        let text = input::text(&self.file, MAX_BYTES)?;
        let format = Format::of_name(&self.file);
        let name = (self.file != "-").then_some(self.file.as_str());
        let report = match self.incident {
            None => check::check(&text, format, name, None)?,
            Some(number) => {
                let desk = Desk::open(config, place).await?;
                let found = desk.with_log(number).await;
                let zone = desk.zone();
                desk.close().await;
                let (incident, entries) = found?;
                let against = Against {
                    incident: &incident,
                    entries: &entries,
                    zone,
                };
                check::check(&text, format, name, Some(against))?
            }
        };
        let mut outcome = match self.format {
            CheckFormat::Text => Outcome::text(check::text(&report)),
            CheckFormat::Json => Outcome::json(&report)?,
        };
        outcome.finding = report.is_certain();
        Ok(outcome)
    }
}
