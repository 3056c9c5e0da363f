//! `scribe draft`

use clap::{Args, ValueEnum};

use super::desk::Desk;
use super::outcome::Outcome;
use crate::incident::{Entry, IncidentNumber};
use crate::report::link;
use crate::report::postmortem::{self, DraftInput};

/// Write the postmortem draft of an incident, from its log as it is now.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
    scribe draft INC-42 > postmortem.md\n  \
    scribe draft 42 --format json | jq .outage.total\n\n\
    Every line of fact cites the entries it stands on; what the log does not say is listed as missing.")]
pub(crate) struct Draft {
    /// The incident, such as INC-42 or 42.
    incident: IncidentNumber,
    /// Markdown, or JSON.
    #[arg(long, value_enum, default_value_t)]
    format: DraftFormat,
}

/// What the draft is written as.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum DraftFormat {
    /// Markdown, as it is posted in the channel.
    #[default]
    Md,
    /// The facts of the draft, each with the entries it stands on.
    Json,
}

impl Draft {
    pub(crate) async fn run(self, desk: &Desk) -> anyhow::Result<Outcome> {
        let (incident, entries) = desk.with_log(self.incident).await?;
        let posts = desk.store.posts(incident.key).await?;
        let links = |entry: &Entry| link::of_entry(desk.guild, entry, &posts);
        let input = DraftInput {
            incident: &incident,
            entries: &entries,
            settings: &desk.settings,
            links: &links,
            now: desk.now,
        };
        match self.format {
            DraftFormat::Md => Ok(Outcome::text(postmortem::markdown(&input)?)),
            DraftFormat::Json => Ok(Outcome::json(&postmortem::draft(&input))?),
        }
    }
}
