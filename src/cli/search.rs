//! `scribe search`

use clap::Args;
use serde_json::json;

use super::args::one_of;
use super::desk::Desk;
use super::list::{ListFormat, stamp};
use super::outcome::{Outcome, visible};
use super::table::table;
use crate::incident::{IncidentNumber, Severity, Status, human_time};
use crate::store::{Hit, Search as Asked};
use crate::words::search::snippet;

/// Search what people wrote, the newest first.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
    scribe search connection pool\n  \
    scribe search '\"out of memory\"' --severity SEV1\n  \
    scribe search timeout --format json | jq -r .[].text\n\n\
    In a pipe: incident, entry, when it happened (UTC), who, the line around the word, with a tab between them.")]
pub(crate) struct Search {
    /// The words; all of them stand in one entry, the last may be unfinished.
    #[arg(required = true)]
    text: Vec<String>,
    /// Only of incidents in this status.
    #[arg(long, ignore_case = true, value_parser = one_of::<Status>())]
    status: Option<Status>,
    /// Only of incidents of this severity.
    #[arg(long, ignore_case = true, value_parser = one_of::<Severity>())]
    severity: Option<Severity>,
    /// At most so many.
    #[arg(long, value_name = "N", default_value_t = 20)]
    limit: u32,
    /// Text for people and pipes, or JSON.
    #[arg(long, value_enum, default_value_t)]
    format: ListFormat,
}

impl Search {
    pub(crate) async fn run(self, desk: &Desk) -> anyhow::Result<Outcome> {
        let text = self.text.join(" ");
        let asked = Asked {
            text: text.clone(),
            status: self.status,
            severity: self.severity,
            limit: self.limit,
            ..Asked::default()
        };
        // Whoever can read the file can read everything in it.
        let found = desk.store.search(desk.guild, &asked).await?;
        if self.format == ListFormat::Json {
            let list: Vec<_> = found.iter().map(as_json).collect();
            return Ok(Outcome::json(&list)?);
        }
        if found.is_empty() && desk.for_people {
            return Ok(Outcome::text("Nothing has all of these words.\n"));
        }
        let rows: Vec<_> = found.iter().map(|hit| row(hit, &text, desk)).collect();
        let heading = ["NUMBER", "ENTRY", "HAPPENED", "WHO", "TEXT"];
        Ok(Outcome::text(table(heading, &rows, desk.for_people)))
    }
}

fn row(hit: &Hit, search: &str, desk: &Desk) -> [String; 5] {
    let happened = if desk.for_people {
        human_time::show(hit.entry.happened_at, desk.zone())
    } else {
        stamp(hit.entry.happened_at)
    };
    let text = hit.entry.fact.searched().unwrap_or_default();
    let cut = snippet(&text, search);
    [
        hit.key.number.to_string(),
        hit.entry.seq.to_string(),
        happened,
        visible(hit.entry.actor.name()),
        visible(&format!("{}{}{}", cut.before, cut.word, cut.after)),
    ]
}

/// What a program wants to know of a hit.
fn as_json(hit: &Hit) -> serde_json::Value {
    let number: IncidentNumber = hit.key.number;
    json!({
        "incident": number,
        "entry": hit.entry.seq,
        "happened_at": hit.entry.happened_at,
        "actor": hit.entry.actor.name(),
        "kind": hit.entry.fact.kind(),
        "text": hit.entry.fact.searched(),
    })
}
