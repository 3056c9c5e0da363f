//! `scribe verify`

use clap::{Args, ValueEnum};
use serde_json::json;

use super::outcome::{Outcome, visible};
use crate::config::Config;
use crate::incident::IncidentKey;
use crate::jobs::{FileFault, KeptFiles};
use crate::store::{Difference, Finding, KeptFile, Store, Verification};
use crate::words::count::{Noun, count};

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
    pub(crate) async fn run(self, store: &Store, config: &Config) -> anyhow::Result<Outcome> {
        let mut checked = store.verify().await?;
        let mut repaired = 0;
        if self.repair && !checked.differences.is_empty() {
            let before = checked.differences.len();
            checked = store.repair().await?;
            repaired = before.saturating_sub(checked.differences.len());
        }
        let mut findings: Vec<String> = checked.differences.iter().map(line).collect();
        let files = store.kept_files().await?;
        findings.extend(faults(&files, &KeptFiles::new(&config.data_dir)).await);
        let mut outcome = match self.format {
            VerifyFormat::Text => Outcome::text(told(&checked, files.len(), &findings, repaired)),
            VerifyFormat::Json => Outcome::json(&json!({
                "incidents": checked.incidents,
                "entries": checked.entries,
                "files": files.len(),
                "repaired": repaired,
                "findings": findings,
            }))?,
        };
        outcome.finding = !findings.is_empty();
        Ok(outcome)
    }
}

/// What is wrong with the files that entries say are kept.
async fn faults(files: &[KeptFile], folder: &KeptFiles) -> Vec<String> {
    let mut faults = Vec::new();
    for file in files {
        let what = match folder.fault(&file.sha256).await {
            Ok(None) => continue,
            Ok(Some(FileFault::Missing)) => "is not in SCRIBE_DATA_DIR".to_owned(),
            Ok(Some(FileFault::Changed)) => {
                "was changed: its bytes are not those that were kept".to_owned()
            }
            Ok(Some(FileFault::NoName)) => "has no SHA-256 for its name".to_owned(),
            Err(error) => format!("cannot be read: {error}"),
        };
        let (place, seq) = (place(file.key), file.seq);
        let name = visible(&file.sha256);
        faults.push(format!(
            "{place}: the file kept by entry {seq} ({name}) {what}"
        ));
    }
    faults
}

fn place(key: IncidentKey) -> String {
    format!("guild {} {}", key.guild, key.number)
}

fn told(checked: &Verification, files: usize, findings: &[String], repaired: usize) -> String {
    let mut text = String::new();
    for finding in findings {
        text.push_str(finding);
        text.push('\n');
    }
    if repaired > 0 {
        text.push_str(&format!("repaired {}\n", count(repaired, Noun::Finding)));
    }
    let incidents = count(checked.incidents, Noun::Incident);
    let (entries, files) = (checked.entries, count(files, Noun::KeptFile));
    let found = match findings.len() {
        0 => "all as it must be".to_owned(),
        many => count(many, Noun::Finding),
    };
    text.push_str(&format!(
        "{incidents}, {entries} entries, {files}: {found}\n"
    ));
    text
}

fn line(difference: &Difference) -> String {
    let place = place(difference.key);
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
        Finding::Publication {
            version,
            format,
            reason,
        } => {
            let (format, reason) = (visible(format), visible(reason));
            format!("{place}: postmortem version {version} ({format}): {reason}")
        }
        Finding::Projection {
            what,
            expected,
            found,
        } => {
            let said = match (expected, found) {
                (Some(expected), Some(found)) => {
                    let (expected, found) = apart(expected, found);
                    format!("is … {found} where the log says … {expected}")
                }
                (Some(_), None) => "is missing".to_owned(),
                (None, _) => "is there, and the log knows nothing of it".to_owned(),
            };
            format!("{place}: {} {said}; --repair writes it anew", visible(what))
        }
    }
}

/// How much of a difference is shown.
const SHOWN: usize = 60;

/// Two rows from where they differ.
fn apart(one: &str, other: &str) -> (String, String) {
    let same = one.chars().zip(other.chars());
    let same = same.take_while(|(one, other)| one == other).count();
    // A little of what is the same says which column it is.
    let from = same.saturating_sub(SHOWN / 3);
    let part = |text: &str| visible(&text.chars().skip(from).take(SHOWN).collect::<String>());
    (part(one), part(other))
}
