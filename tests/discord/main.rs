//! Incidents told through a local Discord and the real client.

mod lifecycle;
#[path = "../world/mod.rs"]
mod world;
