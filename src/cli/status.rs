//! `scribe status`

use clap::Args;

use super::args::one_of;
use super::desk::Desk;
use super::note::said;
use super::outcome::Outcome;
use super::time;
use crate::incident::{Command, IncidentNumber, Status};
use crate::store::Target;

/// Change an incident's status, or post an update in the status it has.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
    scribe status INC-42 identified -m \"A full connection table on the gateway\"\n  \
    scribe status 42 resolved --at 04:12\n\n\
    A running bot tells the channel, and writes the draft when it is resolved.")]
pub(crate) struct SetStatus {
    /// The incident, such as INC-42 or 42.
    incident: IncidentNumber,
    /// The status.
    #[arg(ignore_case = true, value_parser = one_of::<Status>())]
    state: Status,
    /// What the public may be told.
    #[arg(long, short, value_name = "TEXT")]
    message: Option<String>,
    /// When it happened: 15:27, 10m ago, 2025-07-08 15:27 CT. Without it: now.
    #[arg(long, value_name = "TIME")]
    at: Option<String>,
}

impl SetStatus {
    pub(crate) async fn run(self, desk: &Desk) -> anyhow::Result<Outcome> {
        let at = self.at.map(|at| time::read(desk, &at)).transpose()?;
        let command = Command::SetStatus {
            to: self.state,
            message: self.message,
            at,
        };
        let recorded = desk
            .submit(Target::Incident(self.incident), command)
            .await?;
        Ok(said(self.incident, &recorded))
    }
}
