//! The command line: one file a subcommand.
//!
//! A command that works on the record takes a `desk::Desk` (settings,
//! store, guild, zone) and gives an `outcome::Outcome`: what to print
//! and whether it is a finding. Printing, exit codes and errors are
//! [`start`]'s. Everything but `run` may be used while the bot runs.

mod args;
mod backup;
mod check;
mod copy;
mod demo;
mod desk;
mod doctor;
mod draft;
mod export;
mod health;
mod import;
mod input;
mod list;
mod logging;
mod markup;
mod migrate;
mod note;
mod open;
mod outcome;
mod progress;
mod restore;
mod run;
mod schema;
mod search;
mod show;
mod start;
mod status;
mod summary;
mod table;
mod time;
mod verify;
mod write;

pub use start::start;
