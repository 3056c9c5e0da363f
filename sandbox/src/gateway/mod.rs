//! The gateway: sessions that outlive their sockets, and the events they are told.

mod event;
mod greeting;
mod session;
mod socket;

pub(crate) use event::{Event, intent};
pub(crate) use session::{Gateway, Mischief, Out};
pub(crate) use socket::upgrade;
