//! All texts that people see, as pure functions.

pub mod answer;
pub mod card;
pub mod entry;
pub mod escape;
pub mod failure;
pub mod form;
mod name;
mod refusal;
mod speech;
pub mod spoken;
mod tell;
mod time_refusal;
pub mod timeline;

pub use card::{Card, announcement, card};
pub use refusal::refusal;
pub use speech::{Speech, discord_day_and_time, discord_time};
pub use tell::tell;
pub use time_refusal::time_refusal;
