//! Scribe
