//! Who may do what: what a guild keeps to some of its people, beyond what
//! Discord's own permissions of commands let through.

mod policy;
#[cfg(test)]
mod properties;
mod right;

pub use policy::{AccessPolicy, Allowed, Asker};
pub use right::Right;
