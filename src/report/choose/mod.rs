//! Which lines of a noisy channel stand in the short timeline.
//!
//! What people decided and told ([`Line::is_key`](crate::incident::Line::is_key))
//! always does. Messages are weighed by fixed rules, each of which can be told
//! in a few words ([`Reason`](crate::words::reason::Reason)); several that tell
//! one event become one; the weightiest stay, never more than [`most`].
//!
//! - `vocabulary`: what single words say.
//! - `read`: what a text says, sentence by sentence.
//! - `weigh`: what speaks for each message, and how much.
//! - `event`: messages that tell one event.
//! - `pick`: the choice.

mod event;
mod pick;
mod read;
mod reasons;
#[cfg(test)]
mod tests;
mod vocabulary;
mod weigh;

pub use pick::{Choice, Chosen, MOST, choose, most};
pub use read::links_to_change;
