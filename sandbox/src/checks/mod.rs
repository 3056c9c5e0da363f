//! Whether a body has the form Discord wants: limits and rules, refused with code 50035 and a tree of faults,
//! and the comparison with Discord's own description of its API.

mod channel;
mod command;
mod component;
mod embed;
mod message;
pub(crate) mod openapi;

pub(crate) use channel::{channel, overwrites, thread};
pub(crate) use command::{command, command_list};
pub(crate) use message::{callback, message, multipart_names};
