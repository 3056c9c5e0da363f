//! Where incidents end: what becomes of their channels and threads once they
//! are over and quiet, and how it is undone when they are taken up again.
//!
//! # Layout
//! - `policy`: what a guild chooses.
//! - `idle`: since when a place can be put away.
//! - `lock`: what is taken from a channel's overwrites, and given back.

mod idle;
mod lock;
mod policy;

use serde::{Deserialize, Serialize};

pub use idle::Idle;
pub use lock::{Overwrite, Whose, lock, unlock};
pub use policy::EndPolicy;

use super::id::{ChannelId, Seq};

/// How a channel was before it was put away. Of a thread there is nothing to keep.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlaceBefore {
    /// The category it was in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub category: Option<ChannelId>,
    /// Its overwrites that were changed, and those that were added, as empty ones.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub overwrites: Vec<Overwrite>,
}

/// A place that was put away.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Archived {
    /// The entry that ended the incident; after another end it is put away again.
    pub end: Seq,
    /// Whether nobody may write there any more.
    #[serde(default)]
    pub locked: bool,
    /// How it was before.
    pub was: PlaceBefore,
}
