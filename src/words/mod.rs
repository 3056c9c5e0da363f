//! Every sentence that users read, as pure functions to `String`.
//!
//! Texts from people pass through [`escape`] on their way to Discord and
//! through [`markdown`] on their way into a file. Times and durations are
//! written by [`human_time`](crate::incident::human_time) alone.

pub mod discord_marks;
pub mod entry;
pub mod escape;
pub mod gap;
pub mod markdown;
pub mod measure;
pub mod name;
pub mod section;
pub mod week;
