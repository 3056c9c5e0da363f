//! The weekly summary.
