//! Scribe, the scribe of an incident: a Discord bot that keeps the record while
//! people work and drafts the postmortem from it.
//!
//! # Layout
//! - [`incident`] - the pure core: entries, state, rules.
//! - [`words`] - every sentence users read.
//! - [`report`] - postmortem drafts and weekly summaries, made from the log, and the checker.
//! - [`import`] - records of the past taken over from elsewhere.
//! - [`store`] - the logs and what is derived from them, on disk.
//! - [`discord`] - the bot.
//! - [`jobs`] - what happens by the clock.
//! - [`measure`] - counting and timing what happens.
//! - [`web`] - health and metrics over HTTP.
//! - [`config`] - settings.
//! - [`cli`] - the command line.
//! - [`clock`] - the one place that knows what time it is.

pub mod cli;
pub mod clock;
pub mod config;
pub mod discord;
pub mod import;
pub mod incident;
pub mod jobs;
pub mod measure;
pub mod report;
pub mod store;
pub mod web;
pub mod words;
