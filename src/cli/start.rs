//! From the words after `scribe` to an exit code.

use std::path::Path;
use std::process::ExitCode;

use clap::Parser;

use super::args::{Cli, Command, Place, RecordCommand, StoreCommand};
use super::desk::Desk;
use super::logging;
use super::outcome::{Outcome, WrongUse};
use super::run::Run;
use crate::config::{BadConfig, Config, environment};
use crate::store::Store;

/// Runs the command line. Exit code 0: all is well; 1: a failure or a finding;
/// 2: wrong use, a wrong setting among it.
#[must_use]
pub fn start() -> ExitCode {
    let cli = Cli::parse();
    match carry_out(cli).and_then(|outcome| {
        outcome.print()?;
        Ok(outcome.finding)
    }) {
        Ok(false) => ExitCode::SUCCESS,
        Ok(true) => ExitCode::FAILURE,
        Err(error) => {
            anstream::eprintln!("scribe: {error:#}");
            let wrong_use = error.is::<WrongUse>() || error.is::<BadConfig>();
            ExitCode::from(if wrong_use { 2 } else { 1 })
        }
    }
}

fn carry_out(cli: Cli) -> anyhow::Result<Outcome> {
    let mut variables = environment(Path::new("."))?;
    if let Some(database) = &cli.place.database {
        variables.insert("DATABASE_URL".to_owned(), database.clone());
    }
    let config = Config::read(&variables)?;
    let command = cli.command.unwrap_or(Command::Run(Run {}));
    logging::set_up(&config, usual_log(&command));
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()?;
    runtime.block_on(dispatch(command, &config, &cli.place))
}

/// What a command logs where `RUST_LOG` says nothing. One that answers and
/// ends has its answer to say, and the demo its story.
fn usual_log(command: &Command) -> &'static str {
    match command {
        Command::Run(_) => "info",
        Command::Demo(_) => "error",
        _ => "warn",
    }
}

async fn dispatch(command: Command, config: &Config, place: &Place) -> anyhow::Result<Outcome> {
    match command {
        Command::Run(run) => run.run(config).await,
        Command::Demo(demo) => demo.run().await,
        Command::Health(health) => health.run(config).await,
        Command::Doctor(doctor) => doctor.run(config).await,
        Command::Copy(copy) => copy.run().await,
        Command::Check(check) => check.run(config, place).await,
        Command::Schema(schema) => Ok(schema.run()?),
        Command::Record(command) => {
            let desk = match command {
                RecordCommand::Open(_) | RecordCommand::Import(_) => {
                    Desk::open_or_begin(config, place).await?
                }
                _ => Desk::open(config, place).await?,
            };
            let outcome = on_the_record(command, &desk).await;
            desk.close().await;
            outcome
        }
        Command::Store(command) => {
            let database = config.database.expose();
            let store = match command {
                StoreCommand::Restore(_) | StoreCommand::Migrate(_) => {
                    Store::open(database).await?
                }
                _ => Store::open_existing(database).await?,
            };
            let outcome = on_the_store(command, &store, config, place).await;
            store.close().await;
            outcome
        }
    }
}

async fn on_the_record(command: RecordCommand, desk: &Desk) -> anyhow::Result<Outcome> {
    match command {
        RecordCommand::Import(import) => import.run(desk).await,
        RecordCommand::Draft(draft) => draft.run(desk).await,
        RecordCommand::Summary(summary) => summary.run(desk).await,
        RecordCommand::List(list) => list.run(desk).await,
        RecordCommand::Search(search) => search.run(desk).await,
        RecordCommand::Show(show) => show.run(desk).await,
        RecordCommand::Open(open) => open.run(desk).await,
        RecordCommand::Note(note) => note.run(desk).await,
        RecordCommand::Status(status) => status.run(desk).await,
        RecordCommand::Write(write) => write.run(desk).await,
    }
}

async fn on_the_store(
    command: StoreCommand,
    store: &Store,
    config: &Config,
    place: &Place,
) -> anyhow::Result<Outcome> {
    match command {
        StoreCommand::Export(export) => export.run(store, place).await,
        StoreCommand::Restore(restore) => restore.run(store).await,
        StoreCommand::Backup(backup) => backup.run(store).await,
        StoreCommand::Verify(verify) => verify.run(store, config).await,
        StoreCommand::Migrate(migrate) => migrate.run(store).await,
    }
}
