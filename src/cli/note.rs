//! `scribe note`

use clap::Args;

use super::desk::Desk;
use super::outcome::Outcome;
use super::time;
use crate::incident::{Command, IncidentNumber};
use crate::store::Target;

/// Write a line into an incident's timeline.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
    scribe note INC-42 \"rolled back release 812\"\n  \
    scribe note 42 \"first ticket from a customer\" --at \"25m ago\" --key\n\n\
    A running bot posts the line in the incident's channel.")]
pub(crate) struct Note {
    /// The incident, such as INC-42 or 42.
    incident: IncidentNumber,
    /// The line.
    text: String,
    /// When it happened: 15:27, 10m ago, 2025-07-08 15:27 CT. Without it: now.
    #[arg(long, value_name = "TIME")]
    at: Option<String>,
    /// Mark it as a key event.
    #[arg(long)]
    key: bool,
}

impl Note {
    pub(crate) async fn run(self, desk: &Desk) -> anyhow::Result<Outcome> {
        let at = self.at.map(|at| time::read(desk, &at)).transpose()?;
        let command = Command::Note {
            text: self.text,
            at,
            key: self.key,
        };
        let recorded = desk
            .submit(Target::Incident(self.incident), command)
            .await?;
        Ok(said(self.incident, &recorded))
    }
}

/// What was written, for whoever wrote it.
pub(crate) fn said(incident: IncidentNumber, recorded: &crate::store::Recorded) -> Outcome {
    let seq = recorded.incident.last_seq;
    let status = recorded.incident.status_now();
    Outcome::text(format!(
        "recorded as entry {seq} of {incident} ({status})\n"
    ))
}
