//! `scribe list`

use clap::{Args, ValueEnum};

use super::args::one_of;
use super::desk::Desk;
use super::outcome::{Outcome, visible};
use super::table::table;
use crate::incident::{Incident, Severity, Status, human_time};
use crate::store::IncidentFilter;

/// List incidents, the newest first.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
    scribe list --open\n  \
    scribe list --severity SEV1 --limit 5\n  \
    scribe list --search login --format json\n\n\
    In a pipe: number, severity, status, declared (UTC), title, with a tab between them.")]
pub(crate) struct List {
    /// Only incidents that people still work on.
    #[arg(long, conflicts_with = "status")]
    open: bool,
    /// Only incidents in this status.
    #[arg(long, ignore_case = true, value_parser = one_of::<Status>())]
    status: Option<Status>,
    /// Only incidents of this severity.
    #[arg(long, ignore_case = true, value_parser = one_of::<Severity>())]
    severity: Option<Severity>,
    /// Only incidents with this in their title.
    #[arg(long, value_name = "TEXT")]
    search: Option<String>,
    /// At most so many, the newest; all where it is left out.
    #[arg(long, value_name = "N")]
    limit: Option<u32>,
    /// Text for people and pipes, or JSON.
    #[arg(long, value_enum, default_value_t)]
    format: ListFormat,
}

/// What the list is written as.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum ListFormat {
    /// Columns on a terminal, tabs in a pipe.
    #[default]
    Text,
    /// A list of objects.
    Json,
}

impl List {
    pub(crate) async fn run(self, desk: &Desk) -> anyhow::Result<Outcome> {
        let filter = IncidentFilter {
            open: self.open.then_some(true),
            status: self.status,
            severity: self.severity,
            text: self.search,
            // Whoever can read the file can read everything in it.
            include_private: true,
            limit: self.limit,
            ..IncidentFilter::default()
        };
        let incidents = desk.store.incidents(desk.guild, &filter).await?;
        if self.format == ListFormat::Json {
            let list: Vec<_> = incidents.iter().map(|one| summary(one, desk)).collect();
            return Ok(Outcome::json(&list)?);
        }
        if incidents.is_empty() && desk.for_people {
            return Ok(Outcome::text("No incident matches.\n"));
        }
        let rows: Vec<_> = incidents.iter().map(|one| row(one, desk)).collect();
        let heading = ["NUMBER", "SEVERITY", "STATUS", "DECLARED", "TITLE"];
        Ok(Outcome::text(table(heading, &rows, desk.for_people)))
    }
}

fn row(incident: &Incident, desk: &Desk) -> [String; 5] {
    let declared = if desk.for_people {
        human_time::show(incident.opened_at, desk.zone())
    } else {
        stamp(incident.opened_at)
    };
    [
        incident.key.number.to_string(),
        incident.severity_now().to_string(),
        incident.status_now().to_string(),
        declared,
        visible(&incident.title),
    ]
}

/// What a program wants to know of an incident in a list.
fn summary(incident: &Incident, desk: &Desk) -> serde_json::Value {
    serde_json::json!({
        "number": incident.key.number,
        "title": incident.title,
        "severity": incident.severity_now(),
        "status": incident.status_now(),
        "private": incident.private,
        "drill": incident.drill,
        "opened_at": incident.opened_at,
        "resolved_at": incident.resolved_at(),
        "downtime_seconds": incident.downtime(desk.now).num_seconds(),
        "entries": incident.last_seq,
    })
}

/// RFC 3339 in UTC to the second, as programs like it.
pub(crate) fn stamp(at: chrono::DateTime<chrono::Utc>) -> String {
    at.to_rfc3339_opts(chrono::SecondsFormat::Secs, true)
}
