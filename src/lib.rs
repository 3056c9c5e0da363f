//! Scribe, the scribe of an incident: a Discord bot that keeps the record while
//! people work and drafts the postmortem from it.
//!
//! # Layout
//! - [`incident`]: the pure core: entries, state, rules.
//! - [`words`]: every sentence users read.
//! - [`report`]: postmortem drafts and weekly summaries, made from the log.
//! - [`clock`]: the one place that knows what time it is.

pub mod clock;
pub mod incident;
pub mod report;
pub mod words;
