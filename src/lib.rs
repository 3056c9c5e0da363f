//! Scribe, the scribe of an incident: a Discord bot that keeps the record while
//! people work and drafts the postmortem from it.
//!
//! # Layout
//! - [`import`]: records of the past taken over from elsewhere.
//! - [`incident`]: the pure core: entries, state, rules.
//! - [`store`]: the logs and what is derived from them, on disk.
//! - [`words`]: every sentence users read.
//! - [`report`]: postmortem drafts and weekly summaries, made from the log.
//! - [`clock`]: the one place that knows what time it is.

pub mod clock;
pub mod config;
pub mod import;
pub mod incident;
pub mod store;
pub mod web;
pub mod report;
pub mod words;
