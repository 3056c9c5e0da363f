//! `scribe export`

use chrono::{DateTime, Utc};
use clap::{Args, ValueEnum};
use serde::{Deserialize, Serialize};

use super::desk::Desk;
use super::draft::{self, DraftFormat};
use super::outcome::{Outcome, WrongUse};
use crate::incident::{Actor, GuildId, GuildSettings, IncidentNumber};
use crate::store::{IncidentFilter, IncidentRecord};

/// Write one incident or the whole record to keep it, or one incident to read it.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
    scribe export INC-42 > inc-42.json\n  \
    scribe export --all > record.json\n  \
    scribe export INC-42 --format html > inc-42.html\n\n\
    JSON is what `scribe restore` reads: every entry with its hashes, where Scribe's own messages are and what the guild chose.\n\
    The files people attached are not in it: they lie in SCRIBE_DATA_DIR under their SHA-256.")]
pub(crate) struct Export {
    /// The incident, such as INC-42 or 42.
    #[arg(required_unless_present = "all", conflicts_with = "all")]
    incident: Option<IncidentNumber>,
    /// Every incident of the guild, and its settings.
    #[arg(long)]
    all: bool,
    /// What it is written as; only JSON can be restored.
    #[arg(long, value_enum, default_value_t)]
    format: ExportFormat,
}

/// What an incident is exported as.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum ExportFormat {
    /// To read: the postmortem draft with the full log below, as Markdown.
    Md,
    /// The same as one HTML file.
    Html,
    /// The record itself, for `scribe restore`.
    #[default]
    Json,
}

/// What a file of `scribe export` holds.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Exported {
    /// The version of this form.
    pub(crate) scribe_export: u32,
    /// The guild all of it is of.
    pub(crate) guild: GuildId,
    /// What the guild chose, every version, oldest first; empty for a single incident.
    pub(crate) settings: Vec<ExportedSettings>,
    /// The incidents by number.
    pub(crate) incidents: Vec<IncidentRecord>,
}

/// One version of a guild's settings.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct ExportedSettings {
    pub(crate) settings: GuildSettings,
    pub(crate) by: Actor,
    pub(crate) at: DateTime<Utc>,
}

/// The form this version writes, and the only one it reads.
pub(crate) const FORM: u32 = 1;

impl Export {
    pub(crate) async fn run(self, desk: &Desk) -> anyhow::Result<Outcome> {
        let to_read = match self.format {
            ExportFormat::Md => Some(DraftFormat::Md),
            ExportFormat::Html => Some(DraftFormat::Html),
            ExportFormat::Json => None,
        };
        match (to_read, self.incident) {
            (Some(format), Some(number)) => return draft::written(desk, number, format).await,
            (Some(_), None) => {
                let one = "md and html are of one incident; --all is for --format json";
                return Err(WrongUse(one.to_owned()).into());
            }
            (None, _) => {}
        }
        let (numbers, settings) = match self.incident {
            Some(number) => (vec![number], Vec::new()),
            None if self.all => (all(desk).await?, settings(desk).await?),
            None => return Err(WrongUse("name an incident, or --all".to_owned()).into()),
        };
        let mut incidents = Vec::with_capacity(numbers.len());
        for number in numbers {
            match desk.store.export(desk.key(number)).await? {
                Some(record) => incidents.push(record),
                None => {
                    desk.incident(number).await?;
                }
            }
        }
        Ok(Outcome::json(&Exported {
            scribe_export: FORM,
            guild: desk.guild,
            settings,
            incidents,
        })?)
    }
}

async fn all(desk: &Desk) -> anyhow::Result<Vec<IncidentNumber>> {
    let filter = IncidentFilter {
        include_private: true,
        ..IncidentFilter::default()
    };
    let incidents = desk.store.incidents(desk.guild, &filter).await?;
    let mut numbers: Vec<_> = incidents.iter().map(|one| one.key.number).collect();
    numbers.sort_unstable();
    Ok(numbers)
}

async fn settings(desk: &Desk) -> anyhow::Result<Vec<ExportedSettings>> {
    let versions = desk.store.settings_history(desk.guild).await?;
    let version = |one: crate::store::SettingsVersion| ExportedSettings {
        settings: one.settings,
        by: one.by,
        at: one.at,
    };
    Ok(versions.into_iter().map(version).collect())
}
