//! The state of a Discord and what may happen to it.
//!
//! Everything lives in one [`World`] under one lock. REST handlers and acting members call the same operations, so a
//! rule holds for both. An operation checks, changes the state and tells the gateway, or refuses with Discord's code.

pub(crate) mod access;
pub(crate) mod build;
pub(crate) mod channel;
pub(crate) mod channel_changes;
pub(crate) mod command;
pub(crate) mod draft;
pub(crate) mod editing;
pub(crate) mod guild;
pub(crate) mod interaction;
pub(crate) mod kept;
pub(crate) mod mention;
pub(crate) mod message;
pub(crate) mod pins;
pub(crate) mod posting;
pub(crate) mod reactions;
pub(crate) mod state;
pub(crate) mod threads;
pub(crate) mod user;

pub(crate) use draft::{Draft, NewFile};
pub(crate) use message::Message;
pub(crate) use state::World;
