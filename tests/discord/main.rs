//! Incidents told through a local Discord and the real client.

mod lifecycle;
mod retold;
#[path = "../world/mod.rs"]
mod world;
