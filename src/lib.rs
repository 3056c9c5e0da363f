//! Scribe, the scribe of an incident: a Discord bot that keeps the record while
//! people work and drafts the postmortem from it.
//!
//! # Layout
//! - [`import`]: records of the past taken over from elsewhere.
//! - [`incident`]: the pure core: entries, state, rules.
//! - [`store`]: the logs and what is derived from them, on disk.
//! - [`clock`]: the one place that knows what time it is.

pub mod clock;
pub mod import;
pub mod incident;
pub mod store;
