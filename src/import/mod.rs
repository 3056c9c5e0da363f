//! Records of the past taken over from elsewhere.
//!
//! A reader ([`statuspage`], [`chat`]) makes a [`Record`] out of a text, strictly: a text that is not understood to its last field
//! is refused with the place and the reason. [`take_over`] runs the whole record through the core's rules and gives finished logs,
//! or refuses all of it, so that nothing is ever half imported. What was taken over before is known by its [`Source`] and left out.
//! [`channel`] does the same for what was said on Discord, which needs no reader.
//! Pure: who calls reads the file and appends the logs.
//!
//! [`Source`]: crate::incident::Source

pub mod channel;
pub mod chat;
mod error;
mod record;
pub mod statuspage;
mod take_over;
mod unnumbered;

pub use error::ImportError;
pub use record::{Event, PastIncident, Record, What};
pub use take_over::{TakenOver, TakenOverIncident, take_over};

/// The longest text that is read, in bytes. A Statuspage's whole history of ten years is a tenth of it.
pub const MAX_BYTES: usize = 64 * 1024 * 1024;
