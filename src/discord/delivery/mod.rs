//! What Scribe has to say, said: takes items from the outbox, shows the state
//! as it is then, and notes the outcome. At least once, and seen once: what is
//! posted has a nonce and is remembered.
//!
//! # Layout
//! - `drain`: the loop that claims and runs lanes side by side.
//! - `failure`: what a failed request means: later, or never.
//! - `post`: posting, editing and finding again.
//! - the others: one kind of thing to say each.

mod announcement;
pub(crate) mod card;
mod draft;
mod drain;
mod earlier;
pub(crate) mod failure;
mod made_before;
mod place;
mod post;
mod publication;
mod tell;
mod topic;
mod week;

pub(crate) use drain::Delivery;
