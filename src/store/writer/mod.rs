//! The one that appends: takes commands, commits what waits as one
//! transaction, answers each after the commit.
//!
//! `task` collects a batch; `commit` reads what its rules need, lets `plan`
//! decide and write the steps, runs them and commits. What `ahead` can plan by
//! what is known already is committed without reading. `plan` is pure.

mod ahead;
mod cache;
mod commit;
mod handle;
mod plan;
mod request;
mod rhythm;
mod task;

pub use handle::Writer;
pub(super) use plan::{RedactionRow, add_entries, add_redactions};
pub use request::{Recorded, Request, SubmitError, Target};
