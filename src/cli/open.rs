//! `scribe open`

use clap::Args;

use super::args::one_of;
use super::desk::{Desk, NO_DISCORD};
use super::outcome::{Outcome, WrongUse};
use super::time;
use crate::incident::{Command, Open as Wish, Severity};
use crate::store::Target;

/// Declare an incident, for when Discord is the thing that is down.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
    scribe open \"Nobody can log in\" --severity SEV1\n  \
    scribe open \"Checkout fails\" --component Checkout --component API --started \"25m ago\"\n\n\
    Go on with `scribe note` and `scribe status`. As soon as a bot runs on this record and Discord answers, it makes the\n\
    channel, announces the incident and tells there what was recorded meanwhile, each once.")]
pub(crate) struct Open {
    /// What is wrong, in a line.
    title: String,
    /// How bad it is; without it what the server usually takes.
    #[arg(long, ignore_case = true, value_parser = one_of::<Severity>())]
    severity: Option<Severity>,
    /// What is known, in a sentence or two.
    #[arg(long, value_name = "TEXT")]
    summary: Option<String>,
    /// What is affected; may be given several times.
    #[arg(long = "component", value_name = "NAME")]
    components: Vec<String>,
    /// When users first felt it: 15:27, 10m ago, 2025-07-08 15:27 CT.
    #[arg(long, value_name = "TIME")]
    started: Option<String>,
    /// Only its members may see it: those who get a role in it.
    #[arg(long)]
    private: bool,
    /// An exercise.
    #[arg(long)]
    drill: bool,
}

impl Open {
    pub(crate) async fn run(self, desk: &Desk) -> anyhow::Result<Outcome> {
        if desk.guild == NO_DISCORD {
            let why = "this record knows no Discord server yet; name yours with --guild ID (in Discord: right click on the server, Copy Server ID), so that its channel can be made there";
            return Err(WrongUse(why.to_owned()).into());
        }
        let components = self.components.iter();
        let wish = Wish {
            summary: self.summary,
            components: components
                .map(|name| desk.settings.component(name))
                .collect(),
            started: self.started.map(|at| time::read(desk, &at)).transpose()?,
            private: self.private,
            drill: self.drill,
            ..Wish::new(
                self.title,
                self.severity.unwrap_or(desk.settings.default_severity),
            )
        };
        let recorded = desk.submit(Target::New, Command::Open(wish)).await?;
        let (number, severity) = (
            recorded.incident.key.number,
            recorded.incident.severity_now(),
        );
        Ok(Outcome::text(format!("{number} is open ({severity})\n")))
    }
}
