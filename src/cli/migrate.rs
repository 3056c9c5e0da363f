//! `scribe migrate`

use clap::Args;

use super::outcome::Outcome;
use crate::store::Store;

/// Bring the schema of the database up to date, and say how far it is.
#[derive(Debug, Args)]
#[command(
    after_help = "Every command does the same when it opens the database. This one is for whoever wants it done before\n\
    the new version starts: a Scribe that runs goes on meanwhile, for steps only add."
)]
pub(crate) struct Migrate {}

impl Migrate {
    pub(crate) async fn run(self, store: &Store) -> anyhow::Result<Outcome> {
        let step = store.schema_step().await?;
        Ok(Outcome::text(format!(
            "the schema is up to date, at step {step}\n"
        )))
    }
}
