//! `scribe summary`

use std::path::PathBuf;

use anyhow::Context as _;
use clap::{Args, ValueEnum};

use super::desk::Desk;
use super::markup;
use super::outcome::{Outcome, WrongUse};
use crate::report::picture;
use crate::report::week::{self, Week};
use crate::store::IncidentFilter;
use crate::words;

/// Write the summary of a week.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
    scribe summary\n  \
    scribe summary --week 2026-W29 > week-29.md\n  \
    scribe summary --format html > week.html\n  \
    scribe summary --week this --format json\n\n\
    A week runs from Monday to Sunday in the guild's zone, whatever summer time does.")]
pub(crate) struct Summary {
    /// The week: 2026-W29 (ISO 8601), last or this.
    #[arg(long, default_value = "last", value_name = "WEEK")]
    week: String,
    /// What it is written as.
    #[arg(long, value_enum, default_value_t)]
    format: SummaryFormat,
    /// Also draw the week into this file, as PNG: the incidents opened, by day and severity.
    #[arg(long, value_name = "FILE.png")]
    chart: Option<PathBuf>,
}

/// What the summary is written as.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum SummaryFormat {
    /// Markdown, as it is posted.
    #[default]
    Md,
    /// One HTML file to open, send or print: no script, nothing loaded from elsewhere.
    Html,
    /// The numbers behind it.
    Json,
}

impl Summary {
    pub(crate) async fn run(self, desk: &Desk) -> anyhow::Result<Outcome> {
        let zone = desk.zone();
        let week = Week::parse(&self.week, desk.now, zone).map_err(|refusal| {
            let sentence = words::answer::no_such_week(&refusal.to_string());
            WrongUse(markup::sentence(&sentence, zone))
        })?;
        let filter = IncidentFilter {
            // Whoever can read the file can read everything in it.
            include_private: true,
            ..IncidentFilter::default()
        };
        let incidents = desk.store.incidents(desk.guild, &filter).await?;
        let summary = week::summary(week, zone, &incidents, desk.now);
        if let Some(file) = &self.chart {
            let chart = picture::png(&picture::week(&summary))?;
            let written = std::fs::write(file, chart);
            written.with_context(|| format!("cannot write {}", file.display()))?;
        }
        match self.format {
            SummaryFormat::Md => Ok(Outcome::text(week::markdown(&summary)?)),
            SummaryFormat::Html => Ok(Outcome::text(week::html(&summary)?)),
            SummaryFormat::Json => Ok(Outcome::json(&summary)?),
        }
    }
}
