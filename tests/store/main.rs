//! The contract of the store, told once and kept by every database.
//!
//! Each promise is a function over a [`desk::Desk`]; `every_database!` makes of it one test
//! per database. What only a file can show (bytes on the disk, tampering with
//! SQL) stands in `file`, what only a server can in `server`.

#![expect(
    clippy::unwrap_used,
    reason = "the lint knows tests by their attribute and takes the promises for ordinary functions"
)]

mod appending;
mod backup;
mod condition;
mod desk;
mod erasing;
mod file;
mod idle;
mod leases;
mod looking_up;
mod outbox;
mod owing;
#[path = "../postgres/mod.rs"]
mod postgres;
mod racing;
mod redaction;
mod schema;
mod searching;
mod server;
mod settings;
mod verifying;
mod weekly;
#[path = "../../examples/torture/machine/wire.rs"]
mod wire;
