//! `scribe verify`

use clap::{Args, ValueEnum};
use serde_json::json;

use super::desk::Desk;
use super::outcome::Outcome;
use crate::store::{Difference, Finding, Verification};
use crate::words::name;

/// Rebuild everything that is derived from the logs and compare.
#[derive(Debug, Args)]
#[command(
    after_help = "Exit code 0: all is as it must be. 1: the findings are listed.\n\
    --repair writes lists and search anew from the logs; the logs themselves are never changed."
)]
pub(crate) struct Verify {
    /// Write anew what differs from the logs.
    #[arg(long)]
    repair: bool,
    /// Text, or JSON.
    #[arg(long, value_enum, default_value_t)]
    format: VerifyFormat,
}

/// What the findings are written as.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum VerifyFormat {
    /// A line each.
    #[default]
    Text,
    /// `{"incidents": N, "entries": N, "findings": [...]}`
    Json,
}

impl Verify {
    pub(crate) async fn run(self, desk: &Desk) -> anyhow::Result<Outcome> {
        let mut checked = desk.store.verify().await?;
        let mut repaired = 0;
        if self.repair && !checked.differences.is_empty() {
            let before = checked.differences.len();
            checked = desk.store.repair().await?;
            repaired = before.saturating_sub(checked.differences.len());
        }
        let mut outcome = match self.format {
            VerifyFormat::Text => Outcome::text(told(&checked, repaired)),
            VerifyFormat::Json => Outcome::json(&json!({
                "incidents": checked.incidents,
                "entries": checked.entries,
                "repaired": repaired,
                "findings": checked.differences.iter().map(line).collect::<Vec<_>>(),
            }))?,
        };
        outcome.finding = !checked.differences.is_empty();
        Ok(outcome)
    }
}

fn told(checked: &Verification, repaired: usize) -> String {
    let mut text = String::new();
    for difference in &checked.differences {
        text.push_str(&line(difference));
        text.push('\n');
    }
    if repaired > 0 {
        text.push_str(&format!("repaired {}\n", name::count(repaired, "finding")));
    }
    let incidents = name::count(checked.incidents, "incident");
    let entries = checked.entries;
    text.push_str(&match checked.differences.len() {
        0 => format!("{incidents}, {entries} entries: all as it must be\n"),
        count => format!(
            "{incidents}, {entries} entries: {}\n",
            name::count(count, "finding")
        ),
    });
    text
}

fn line(difference: &Difference) -> String {
    let place = format!("guild {} {}", difference.key.guild, difference.key.number);
    match &difference.finding {
        Finding::Unreadable { seq, reason } => {
            format!("{place}: entry {seq} cannot be read: {reason}")
        }
        Finding::Broken(broken) => format!("{place}: {broken}"),
        Finding::Hash { seq } => {
            format!("{place}: entry {seq} was changed, or one before it is gone")
        }
        Finding::Body { seq } => format!("{place}: the text of entry {seq} was changed"),
        Finding::NotRedacted { seq } => {
            format!("{place}: entry {seq} lost its text without a redaction")
        }
        Finding::StillReadable { seq } => {
            format!("{place}: entry {seq} was redacted and still has its text")
        }
        Finding::Projection { what, .. } => {
            format!("{place}: {what} differs from the log; --repair writes it anew")
        }
    }
}
