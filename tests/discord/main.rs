//! Incidents told through a local Discord and the real client.

mod buttons;
mod lifecycle;
mod recording;
mod retold;
#[path = "../world/mod.rs"]
mod world;
