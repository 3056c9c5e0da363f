//! `scribe summary`

use std::path::PathBuf;

use anyhow::Context as _;
use clap::{Args, ValueEnum};

use super::desk::Desk;
use super::markup;
use super::outcome::{Outcome, WrongUse};
use crate::report::picture;
use crate::report::week::{self, Period, ReviewInput, Week};
use crate::words;

/// Write the review of a week, a month or some days.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
    scribe summary\n  \
    scribe summary --week 2026-W29 > week-29.md\n  \
    scribe summary --month 2026-07 --format html > july.html\n  \
    scribe summary --from 2026-07-01 --to 2026-07-15 --format json\n\n\
    A week runs from Monday to Sunday. Days begin and end in the guild's zone, whatever summer time does.\n\
    How long things took is compared with the four weeks before. Private incidents are never named.")]
pub(crate) struct Summary {
    /// The week: 2026-W29 (ISO 8601), last or this. Without any days the last week.
    #[arg(long, value_name = "WEEK", conflicts_with_all = ["month", "from", "to"])]
    week: Option<String>,
    /// The month: 2026-07, July 2026, last or this.
    #[arg(long, value_name = "MONTH", conflicts_with_all = ["from", "to"])]
    month: Option<String>,
    /// The first day: 2026-07-01, yesterday or today.
    #[arg(long, value_name = "DAY")]
    from: Option<String>,
    /// The last day; left out: today.
    #[arg(long, value_name = "DAY", requires = "from")]
    to: Option<String>,
    /// What it is written as.
    #[arg(long, value_enum, default_value_t)]
    format: SummaryFormat,
    /// Also draw it into this file, as PNG: the figures, and the incidents opened, by day and severity.
    #[arg(long, value_name = "FILE.png")]
    chart: Option<PathBuf>,
}

/// What the summary is written as.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum SummaryFormat {
    /// Markdown.
    #[default]
    Md,
    /// One HTML file to open, send or print, as it is posted: no script, nothing loaded from elsewhere.
    Html,
    /// The numbers behind it.
    Json,
}

impl Summary {
    pub(crate) async fn run(self, desk: &Desk) -> anyhow::Result<Outcome> {
        let zone = desk.zone();
        let period = self.period(desk)?;
        let reach = period.reach(zone);
        let reviewed = desk
            .store
            .reviewed(desk.guild, reach, period.start(zone), &desk.settings);
        let reviewed = reviewed.await?;
        let review = week::review(&ReviewInput {
            period,
            settings: &desk.settings,
            incidents: &reviewed.incidents,
            news: &reviewed.news,
            now: desk.now,
        });
        if let Some(file) = &self.chart {
            let chart = picture::png(&picture::week(&review))?;
            let written = std::fs::write(file, chart);
            written.with_context(|| format!("cannot write {}", file.display()))?;
        }
        match self.format {
            SummaryFormat::Md => Ok(Outcome::text(week::markdown(&review)?)),
            SummaryFormat::Html => Ok(Outcome::text(week::html(&review)?)),
            SummaryFormat::Json => Ok(Outcome::json(&review)?),
        }
    }

    /// The days that are meant.
    fn period(&self, desk: &Desk) -> Result<Period, WrongUse> {
        let (now, zone) = (desk.now, desk.zone());
        let said = |sentence: String| WrongUse(markup::sentence(&sentence, zone));
        if let Some(month) = &self.month {
            let month = Period::parse_month(month, now, zone);
            return month
                .map_err(|refusal| said(words::report::no_such_days(&refusal.to_string())));
        }
        if let Some(from) = &self.from {
            let to = self.to.as_deref().unwrap_or("today");
            let days = Period::parse_days(from, to, now, zone);
            return days.map_err(|refusal| said(words::report::no_such_days(&refusal.to_string())));
        }
        let week = Week::parse(self.week.as_deref().unwrap_or("last"), now, zone);
        let week = week.map_err(|refusal| said(words::report::no_such_week(&refusal.to_string())));
        Ok(Period::from(week?))
    }
}
