//! `scribe draft`

use anyhow::{Context as _, bail};
use clap::{Args, ValueEnum};

use super::desk::Desk;
use super::outcome::Outcome;
use crate::incident::{DocumentFormat, Entry, IncidentNumber};
use crate::report::link;
use crate::report::postmortem::{self, DraftInput, Form};

/// Write the postmortem draft of an incident, from its log as it is now.
#[derive(Debug, Args)]
// `--version` is the postmortem's here.
#[command(disable_version_flag = true)]
#[command(after_help = "Examples:\n  \
    scribe draft INC-42 > postmortem.md\n  \
    scribe draft INC-42 --format html > postmortem.html\n  \
    scribe draft 42 --format json | jq .outage.total\n  \
    scribe draft 42 --explain > postmortem.md\n  \
    scribe draft 42 --version 1 > published.md\n\n\
    Every line of fact cites the entries it stands on; what the log does not say is listed as missing.")]
pub(crate) struct Draft {
    /// The incident, such as INC-42 or 42.
    incident: IncidentNumber,
    /// What it is written as.
    #[arg(long, value_enum, default_value_t)]
    format: DraftFormat,
    /// A published version, from 1, as it was frozen. Without it: the draft as it would be written now.
    #[arg(long, value_name = "N", conflicts_with = "explain")]
    version: Option<u32>,
    /// Tell on standard error why each line stands in the timeline.
    #[arg(long)]
    explain: bool,
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
        if let Some(version) = self.version {
            return frozen(desk, self.incident, version, self.format).await;
        }
        let (incident, entries) = desk.with_log(self.incident).await?;
        let posts = desk.store.posts(incident.key).await?;
        let own = desk.store.own_templates(desk.guild).await?;
        let links = |entry: &Entry| link::of_entry(desk.guild, entry, &posts);
        let input = DraftInput {
            incident: &incident,
            entries: &entries,
            settings: &desk.settings,
            links: &links,
            now: desk.now,
            form: Form {
                markdown: own.markdown.as_deref(),
                html: own.html.as_deref(),
                version: None,
            },
        };
        if self.explain {
            explain(&postmortem::draft(&input));
        }
        match self.format {
            DraftFormat::Md => Ok(Outcome::text(postmortem::markdown(&input)?)),
            DraftFormat::Html => Ok(Outcome::text(postmortem::html(&input)?)),
            DraftFormat::Json => Ok(Outcome::json(&postmortem::draft(&input))?),
        }
    }
}

/// A published version.
async fn frozen(
    desk: &Desk,
    number: IncidentNumber,
    version: u32,
    format: DraftFormat,
) -> anyhow::Result<Outcome> {
    let incident = desk.incident(number).await?;
    let mut versions = incident.publications.iter();
    let told = versions.find(|one| one.version == version);
    let count = incident.publications.len();
    let plural = if count == 1 { "" } else { "s" };
    let told = told
        .with_context(|| format!("{number} has {count} published version{plural}, no {version}"))?;
    if let Some(by) = told.redacted_by {
        bail!("version {version} is no longer there: entry {by} removed a text in it for good");
    }
    let format = match format {
        DraftFormat::Md => DocumentFormat::Md,
        DraftFormat::Html => DocumentFormat::Html,
        DraftFormat::Json => DocumentFormat::Json,
    };
    let document = desk.store.published(incident.key, version, format).await?;
    let document = document.context("its document is missing; `scribe verify` says more")?;
    Ok(Outcome::text(document))
}

/// Why each line stands in the timeline: its entry, its time, the reasons.
fn explain(draft: &postmortem::Draft) {
    if let Some(chosen) = &draft.chosen {
        eprintln!("{chosen}");
    }
    for day in &draft.timeline {
        eprintln!("{}", day.day);
        for line in &day.lines {
            let also = line.also.iter().map(|seq| format!(" and {seq}"));
            let also: String = also.collect();
            eprintln!("  {} {}{also}: {}", line.clock, line.cite, line.why);
        }
    }
}
