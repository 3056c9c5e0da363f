//! Settings from the environment and `.env`.
//!
//! [`SETTINGS`] is the one table of them: what they are called, what holds
//! where nothing is set and what is accepted. `.env.example` is [`example`]
//! written to a file, and a test keeps it so.

mod read;
mod secret;
mod table;
mod value;

pub use read::{BadConfig, BadSetting, Config, environment};
pub use secret::Secret;
pub use table::{SETTINGS, Setting, example};
pub use value::{HttpAddr, LogFilter, LogFormat, Shards};
