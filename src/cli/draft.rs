//! `scribe draft`

use clap::{Args, ValueEnum};

use super::desk::Desk;
use super::outcome::Outcome;
use crate::incident::{Entry, GuildId, IncidentNumber, MessageRef};
use crate::report::postmortem::{self, DraftInput};

/// Write the postmortem draft of an incident, from its log as it is now.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
    scribe draft INC-42 > postmortem.md\n  \
    scribe draft INC-42 --format html > postmortem.html\n  \
    scribe draft 42 --format json | jq .outage.total\n\n\
    Every line of fact cites the entries it stands on; what the log does not say is listed as missing.")]
pub(crate) struct Draft {
    /// The incident, such as INC-42 or 42.
    incident: IncidentNumber,
    /// What it is written as.
    #[arg(long, value_enum, default_value_t)]
    format: DraftFormat,
}

/// What the draft is written as.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum DraftFormat {
    /// Markdown, as it is posted in the channel.
    #[default]
    Md,
    /// One HTML file to open, send or print: no script, nothing loaded from elsewhere.
    Html,
    /// The facts of the draft, each with the entries it stands on.
    Json,
}

impl Draft {
    pub(crate) async fn run(self, desk: &Desk) -> anyhow::Result<Outcome> {
        written(desk, self.incident, self.format).await
    }
}

/// The draft of an incident in one of its formats.
pub(crate) async fn written(
    desk: &Desk,
    incident: IncidentNumber,
    format: DraftFormat,
) -> anyhow::Result<Outcome> {
    let (incident, entries) = desk.with_log(incident).await?;
    let posts = desk.store.posts(incident.key).await?;
    let links = |entry: &Entry| {
        let post = || posts.get(&format!("entry:{}", entry.seq.0)).copied();
        entry.origin.or_else(post).map(|at| link(desk.guild, at))
    };
    let input = DraftInput {
        incident: &incident,
        entries: &entries,
        settings: &desk.settings,
        links: &links,
        now: desk.now,
    };
    match format {
        DraftFormat::Md => Ok(Outcome::text(postmortem::markdown(&input)?)),
        DraftFormat::Html => Ok(Outcome::text(postmortem::html(&input)?)),
        DraftFormat::Json => Ok(Outcome::json(&postmortem::draft(&input))?),
    }
}

/// Where a message can be read.
fn link(guild: GuildId, at: MessageRef) -> String {
    let MessageRef { channel, message } = at;
    format!("https://discord.com/channels/{guild}/{channel}/{message}")
}
