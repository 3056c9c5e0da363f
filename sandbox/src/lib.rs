#![doc = include_str!("../README.md")]

mod acting;
mod building;
mod checks;
mod clock;
mod faults;
mod front;
mod gateway;
mod options;
pub mod permission;
mod records;
mod rest;
mod sandbox;
mod shared;
mod snowflake;
mod tls;
mod viewing;
mod world;

pub use acting::{ActError, Answer, AnswerKind, ChannelRef, Choice, Modal, ModalField, Say};
pub use checks::openapi::DescriptionError;
pub use clock::Clock;
pub use faults::{Faults, Scope, Trouble};
pub use options::{Options, RateLimits};
pub use permission::Overwrite;
pub use records::Request;
pub use rest::error::ApiError;
pub use sandbox::{Sandbox, StartError};
pub use snowflake::Snowflake;
pub use tls::{Tls, TlsError};
pub use viewing::{SeenChannel, SeenCommand, SeenFile, SeenMessage, SeenReaction};
pub use world::channel::ChannelKind;
