//! The REST API, v10.
//!
//! [`entry`] takes a request off the wire, records it, and lets faults and limits have their say; [`routes`] finds who
//! answers it. A handler is a plain function over the world.

pub(crate) mod call;
pub(crate) mod cdn;
mod channels;
mod commands;
pub(crate) mod entry;
pub(crate) mod error;
mod guilds;
mod interactions;
mod messages;
pub(crate) mod rate;
pub(crate) mod reading;
mod replying;
mod routes;
mod threads;
mod users;
mod webhooks;
