//! What Scribe has to say, said: takes items from the outbox, shows the state
//! as it is then, and notes the outcome. At least once, and seen once: what is
//! posted has a nonce and is remembered.
//!
//! # Layout
//! - `drain`: the loop that claims and runs lanes side by side.
//! - `failure`: what a failed request means: later, or never.
//! - `post`: posting, editing and finding again.
//! - `asleep`: changing what stands in an archived thread.
//! - `ending`, `archive`: putting channels and threads away, and where to.
//! - the others: one kind of thing to say each.

mod access;
mod announcement;
mod archive;
mod asleep;
mod at_work;
pub(crate) mod card;
mod draft;
mod drain;
mod earlier;
mod ending;
pub(crate) mod failure;
mod handover;
mod looks_like;
mod made_before;
mod offer;
pub(crate) mod place;
mod post;
mod publication;
mod reminder;
mod reminder_end;
mod tell;
mod thread;
mod topic;
mod unsay;
mod week;

pub(crate) use drain::Delivery;
