//! Scribe, the scribe of an incident: a Discord bot that keeps the record while
//! people work and drafts the postmortem from it.
//!
//! # Layout
//! - [`incident`]: the pure core: entries, state, rules.
//! - [`words`]: every sentence people see.
//! - [`report`]: what is written from a log.
//! - [`store`]: the logs and what is derived from them, on disk.
//! - [`import`]: records of the past from elsewhere.
//! - [`discord`]: the bot.
//! - [`jobs`]: what happens by the clock.
//! - [`clock`]: the one place that knows what time it is.

pub mod clock;
pub mod discord;
pub mod import;
pub mod incident;
pub mod jobs;
pub mod report;
pub mod store;
pub mod words;
