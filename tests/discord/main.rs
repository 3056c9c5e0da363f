//! Incidents told through a local Discord and the real client.

mod buttons;
mod lifecycle;
mod recording;
#[path = "../world/mod.rs"]
mod world;
