//! Scribe, the scribe of an incident: a Discord bot that keeps the record while
//! people work and drafts the postmortem from it.
//!
//! # Layout
//! - [`import`]: records of the past taken over from elsewhere.
//! - [`incident`]: the pure core: entries, state, rules.
//! - [`report`]: what is written from a log, and what is checked against it.
//! - [`clock`]: the one place that knows what time it is.

pub mod clock;
pub mod import;
pub mod incident;
pub mod report;
