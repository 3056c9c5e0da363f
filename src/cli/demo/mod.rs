//! `scribe demo`: one incident told live, on this machine alone.
//!
//! - `story`: what happens, as data.
//! - `tell`: the command; goes through the story from start to end.
//! - `stage`: a sandbox, the bot, and a clock that is put forward.
//! - `screen`: what the channel shows, in a terminal.
//! - `check`: whether what came of it is what it should be.

mod check;
mod screen;
mod stage;
mod story;
mod tell;

pub(crate) use tell::Demo;
