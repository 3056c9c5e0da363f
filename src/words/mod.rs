//! Every sentence that users read, as pure functions to `String`.
//!
//! Each is there in every language of [`Language`](crate::incident::Language), side by
//! side ([`language`]).
//!
//! Texts from people pass through [`escape`] on their way to Discord and
//! through [`markdown`] or [`html`] on their way into a file. Times and durations are
//! written by [`human_time`](crate::incident::human_time) alone.

pub mod absence;
pub mod access;
pub mod action;
pub mod adopt;
pub mod answer;
pub mod card;
pub mod command;
pub mod count;
pub mod course;
pub mod discord_marks;
pub mod doctor;
pub mod ending;
pub mod entry;
pub mod escape;
pub mod failure;
pub mod form;
pub mod gap;
pub mod handover;
pub mod html;
pub mod language;
pub mod like;
pub mod link;
pub mod log;
pub mod markdown;
pub mod measure;
pub mod name;
pub mod offered_time;
pub mod paging;
pub mod permission;
pub mod policy;
pub mod policy_form;
pub mod postmortem;
pub mod prose;
pub mod publishing;
pub mod reason;
mod refusal;
pub mod reminder;
pub mod reminder_end;
pub mod report;
pub mod reworded;
pub mod search;
pub mod secret;
pub mod section;
pub mod settings;
mod speech;
pub mod spoken;
pub mod storage;
mod tell;
pub mod template;
mod time_refusal;
pub mod timeline;
pub mod week;

pub use card::{Card, announcement, card};
pub use refusal::refusal;
pub use speech::{Speech, discord_day_and_time, discord_time};
pub use tell::tell;
pub use time_refusal::time_refusal;

#[cfg(test)]
mod tests;
