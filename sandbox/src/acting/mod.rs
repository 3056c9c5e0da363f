//! Doing what members do: typing commands, pressing buttons, filling in forms, talking.
//!
//! Members are named by their user name, channels by id or by `"#name"`. A member may do what Discord lets them do;
//! all else is an [`ActError`].

mod answer;
mod channels;
mod commands;
mod components;
mod error;
mod forms;
mod members;
mod names;
mod options;
mod payload;
mod say;
mod talking;

pub use answer::{Answer, AnswerKind, Choice, Modal, ModalField};
pub use error::ActError;
pub use names::ChannelRef;
pub use say::Say;
