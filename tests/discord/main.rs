//! Incidents told through a local Discord and the real client.

#![expect(
    clippy::unwrap_used,
    reason = "all of this is a test, what it is made of too"
)]

mod bad_input;
mod buttons;
mod faults;
mod lifecycle;
mod recording;
mod reports;
mod retold;
#[path = "../world/mod.rs"]
mod world;
