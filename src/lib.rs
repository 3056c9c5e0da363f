//! Scribe, the scribe of an incident: a Discord bot that keeps the record while
//! people work and drafts the postmortem from it.
//!
//! # Layout
//! - [`incident`]: the pure core: entries, state, rules.
//! - [`store`]: the logs and what is derived from them, on disk.
//! - [`report`]: what is written from a log.
//! - [`words`]: every sentence people see.
//! - [`discord`]: the bot.
//! - [`jobs`]: what happens by the clock.
//! - [`clock`]: the one place that knows what time it is.

pub mod clock;
pub mod discord;
pub mod incident;
pub mod jobs;
pub mod report;
pub mod store;
pub mod words;
