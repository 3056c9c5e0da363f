//! `scribe schema`

use clap::{Args, ValueEnum};

use super::outcome::Outcome;
use crate::report::postmortem;

/// Print the JSON Schema of a JSON form.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
    scribe schema postmortem > postmortem.schema.json\n\n\
    The schema is JSON Schema 2020-12. Needs no record and no settings.")]
pub(crate) struct Schema {
    /// Of what.
    of: Form,
}

/// What has a JSON form with a schema.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Form {
    /// What `scribe draft --format json` writes.
    Postmortem,
}

impl Schema {
    pub(crate) fn run(&self) -> serde_json::Result<Outcome> {
        match self.of {
            Form::Postmortem => Outcome::json(&postmortem::schema()),
        }
    }
}
