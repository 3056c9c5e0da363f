//! What can be typed after `scribe`.

use std::str::FromStr;

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, Parser, Subcommand};

use super::{
    backup, check, copy, demo, doctor, draft, export, health, import, list, migrate, note, open,
    restore, run, schema, search, show, status, summary, verify, write,
};

/// The scribe of an incident: a Discord bot that keeps the record while people
/// work and drafts the postmortem from it.
#[derive(Debug, Parser)]
#[command(
    name = "scribe",
    version,
    propagate_version = true,
    after_help = "Without a command Scribe runs as the bot. Settings come from the environment and .env; \
                  .env.example lists them.\n\n\
                  Start here:\n  \
                  scribe demo                  one incident told live on this machine, no token needed\n  \
                  scribe run                   the bot\n  \
                  scribe list --open           what is being worked on, from a shell when Discord is down\n\n\
                  Exit codes: 0 all is well, 1 a failure or a finding, 2 wrong use."
)]
pub(crate) struct Cli {
    #[command(flatten)]
    pub(crate) place: Place,
    #[command(subcommand)]
    pub(crate) command: Option<Command>,
}

/// Which record a command works on.
#[derive(Clone, Debug, Args)]
pub(crate) struct Place {
    /// The database, instead of DATABASE_URL.
    #[arg(long, global = true, value_name = "URL")]
    pub(crate) database: Option<String>,
    /// The Discord server whose incidents are meant; needed where the database holds several.
    #[arg(long, global = true, value_name = "ID")]
    pub(crate) guild: Option<u64>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    Run(run::Run),
    Demo(demo::Demo),
    #[command(flatten)]
    Record(RecordCommand),
    #[command(flatten)]
    Store(StoreCommand),
    Copy(copy::Copy),
    Check(check::Check),
    Schema(schema::Schema),
    Doctor(doctor::Doctor),
    Health(health::Health),
}

/// The commands that work on the record, whether the bot runs or not.
#[derive(Debug, Subcommand)]
pub(crate) enum RecordCommand {
    List(list::List),
    Search(search::Search),
    Show(show::Show),
    Open(open::Open),
    Note(note::Note),
    Status(status::SetStatus),
    Write(write::Write),
    Draft(draft::Draft),
    Summary(summary::Summary),
    Import(import::Import),
}

/// The commands that work on a whole store, whatever guilds are in it.
#[derive(Debug, Subcommand)]
pub(crate) enum StoreCommand {
    Export(export::Export),
    Restore(restore::Restore),
    Backup(backup::Backup),
    Verify(verify::Verify),
    Migrate(migrate::Migrate),
}

/// Reads one of a few words, whatever their case, and lists them where another is typed.
pub(crate) fn one_of<T>() -> impl clap::builder::TypedValueParser<Value = T>
where
    T: strum::IntoEnumIterator + Into<&'static str> + FromStr<Err = strum::ParseError>,
    T: Clone + Send + Sync + 'static,
{
    let words = T::iter().map(Into::into).collect::<Vec<&'static str>>();
    PossibleValuesParser::new(words).try_map(|word| word.parse::<T>())
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_command_line_is_sound() {
        Cli::command().debug_assert();
    }

    #[test]
    fn every_command_and_option_says_what_it_is_for() {
        let mut cli = Cli::command();
        cli.build();
        let mut waiting = vec![&cli];
        while let Some(command) = waiting.pop() {
            let name = command.get_name();
            if name == "help" {
                continue;
            }
            assert!(command.get_about().is_some(), "{name} has no description");
            for arg in command.get_arguments() {
                assert!(
                    arg.get_help().is_some(),
                    "{name}: {} has no help",
                    arg.get_id()
                );
            }
            waiting.extend(command.get_subcommands());
        }
    }
}
