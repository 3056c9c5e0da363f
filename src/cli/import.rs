//! `scribe import`

use std::collections::HashSet;
use std::io::{self, IsTerminal, Read};
use std::path::{Path, PathBuf};

use anyhow::Context;
use clap::{Args, Subcommand, ValueEnum};
use serde_json::json;

use super::args::one_of;
use super::desk::Desk;
use super::outcome::{Outcome, visible};
use crate::import::{MAX_BYTES, Record, TakenOver, chat, statuspage, take_over};
use crate::incident::{IncidentNumber, Severity, Source};
use crate::store::{IncidentFilter, PastLog};
use crate::words::count::{Noun, count};

/// Take over records of the past.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
    scribe import statuspage incidents.json\n  \
    curl -s https://www.githubstatus.com/api/v2/incidents.json | scribe import statuspage -\n  \
    scribe import chat night.jsonl --title \"Login loops\" --severity SEV2\n\n\
    A file is taken over as a whole or not at all: what is wrong in it is told with its place.\n\
    Taken over again it adds nothing. Nothing is posted on Discord.")]
pub(crate) struct Import {
    #[command(subcommand)]
    what: What,
    /// Text, or JSON.
    #[arg(long, value_enum, default_value_t, global = true)]
    format: ImportFormat,
}

#[derive(Debug, Subcommand)]
enum What {
    /// A Statuspage's `incidents.json`, each incident with all its updates.
    Statuspage {
        /// The file; `-` reads standard input.
        file: PathBuf,
    },
    /// A transcript as one incident: a JSON object a line with `at`, `author` and `text`.
    Chat {
        /// The file; `-` reads standard input.
        file: PathBuf,
        /// What was wrong, in a line.
        #[arg(long, value_name = "TEXT")]
        title: String,
        /// How bad it was.
        #[arg(long, ignore_case = true, default_value_t = Severity::Sev3, value_parser = one_of::<Severity>())]
        severity: Severity,
    },
}

/// What the result is written as.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum ImportFormat {
    /// A few lines.
    #[default]
    Text,
    /// `{"imported": [...], "known": [...], "left_out": [...]}`
    Json,
}

impl Import {
    pub(crate) async fn run(self, desk: &Desk) -> anyhow::Result<Outcome> {
        let (Self { what, format }, file) = match &self.what {
            What::Statuspage { file } | What::Chat { file, .. } => {
                let file = file.clone();
                (self, file)
            }
        };
        let shown = match file.to_str() {
            Some("-") => "standard input".to_owned(),
            _ => file.display().to_string(),
        };
        progress(&format!("reading {shown}"));
        let text = read(&file).with_context(|| format!("cannot read {shown}"))?;
        let nothing = || format!("{shown}: nothing was imported");
        let record: Record = match &what {
            What::Statuspage { .. } => statuspage::parse(&text),
            What::Chat {
                title, severity, ..
            } => chat::parse(&text, title, *severity),
        }
        .with_context(nothing)?;
        let known = sources(desk).await?;
        let is_known = |source: &Source| known.contains(&once(source));
        let mut taken = take_over(&record, is_known, desk.now).with_context(nothing)?;
        // A Statuspage lists the newest first; numbers are to grow with time.
        taken
            .new
            .sort_by_key(|one| one.log.first().map(|entry| entry.happened_at));
        let logs: Vec<PastLog> = taken
            .new
            .iter()
            .map(|one| PastLog {
                once: once(&one.source),
                entries: one.log.clone(),
            })
            .collect();
        let entries: usize = logs.iter().map(|log| log.entries.len()).sum();
        progress(&format!("writing {}", count(entries, Noun::Line)));
        let numbers = desk.store.append_logs(desk.guild, &logs).await?;
        match format {
            ImportFormat::Text => Ok(Outcome::text(told(&taken, &numbers, entries))),
            ImportFormat::Json => Ok(Outcome::json(&listed(&taken, &numbers))?),
        }
    }
}

/// The incidents that were taken over before, by what names them.
async fn sources(desk: &Desk) -> anyhow::Result<HashSet<String>> {
    let filter = IncidentFilter {
        include_private: true,
        ..IncidentFilter::default()
    };
    let incidents = desk.store.incidents(desk.guild, &filter).await?;
    let sources = incidents.into_iter().filter_map(|one| one.source);
    Ok(sources.map(|source| once(&source)).collect())
}

/// What names a record for ever.
fn once(source: &Source) -> String {
    format!("import:{}:{}", source.system, source.id)
}

/// The text of a file or of standard input, as long as it is not absurdly long.
fn read(file: &Path) -> anyhow::Result<String> {
    let mut text = String::new();
    let most = MAX_BYTES as u64 + 1;
    let read = if file == Path::new("-") {
        io::stdin().lock().take(most).read_to_string(&mut text)
    } else {
        std::fs::File::open(file)?
            .take(most)
            .read_to_string(&mut text)
    };
    read.map_err(|error| match error.kind() {
        io::ErrorKind::InvalidData => anyhow::anyhow!("it is not text in UTF-8"),
        _ => error.into(),
    })?;
    Ok(text)
}

/// What is being done, for whoever waits at a terminal.
fn progress(what: &str) {
    if io::stderr().is_terminal() {
        eprintln!("{what} ...");
    }
}

fn told(taken: &TakenOver, numbers: &[Option<IncidentNumber>], entries: usize) -> String {
    let new: Vec<IncidentNumber> = numbers.iter().flatten().copied().collect();
    let known = taken.known.len() + numbers.len() - new.len();
    let mut text = match (new.first(), new.last()) {
        (Some(first), Some(last)) if first != last => format!(
            "imported {} as {first} to {last}, {} in all\n",
            count(new.len(), Noun::Incident),
            count(entries, Noun::Line)
        ),
        (Some(only), _) => format!(
            "imported one incident as {only}, {} in all\n",
            count(entries, Noun::Line)
        ),
        (None, _) => "nothing is new\n".to_owned(),
    };
    if known > 0 {
        let known = count(known, Noun::Incident);
        text.push_str(&format!("here before: {known}\n"));
    }
    for title in &taken.left_out {
        text.push_str(&format!(
            "left out, planned maintenance: {}\n",
            visible(title)
        ));
    }
    text
}

fn listed(taken: &TakenOver, numbers: &[Option<IncidentNumber>]) -> serde_json::Value {
    let mut known = taken.known.clone();
    let mut imported = Vec::new();
    for (one, number) in taken.new.iter().zip(numbers) {
        match number {
            Some(number) => imported.push(json!({ "number": number, "title": one.title })),
            None => known.push(one.title.clone()),
        }
    }
    json!({ "imported": imported, "known": known, "left_out": taken.left_out })
}
