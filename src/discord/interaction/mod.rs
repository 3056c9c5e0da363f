//! What all interactions have in common, whether a slash command, a button or
//! a form: who asks where, which incident is meant, how it is answered.

mod asked;
mod failure;
mod finding;
mod paging;
mod reply;
mod rights;
mod visibility;

pub(crate) use asked::Asked;
pub(crate) use failure::Failure;
pub(crate) use finding::hits;
pub(crate) use paging::{Turn, below};
pub(crate) use reply::{Page, Reply};
pub(crate) use rights::soon;
pub(crate) use visibility::{Reader, allows_seeing, everybody_sees, visible};
