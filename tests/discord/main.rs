//! Incidents told through a local Discord and the real client.

mod bad_input;
mod buttons;
mod faults;
mod lifecycle;
mod recording;
mod reports;
mod retold;
#[path = "../world/mod.rs"]
mod world;
