//! The gateway's shards that this process serves.
//!
//! - `served`: a shard that is this process's own, until when, and what is kept of it.
//! - `keeper`: says in the database that this process lives, and begins and ends
//!   sessions with what it learns there.
//! - `session`: a shard's connection to Discord with what belongs to it.

mod keeper;
mod served;
mod session;

pub(crate) use keeper::Keeper;
pub(crate) use served::{Served, Serving, of};
pub(crate) use session::Door;
