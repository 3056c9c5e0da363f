//! What was said while Scribe was away, fetched as soon as it is back: at each
//! start, each resumed session and in a slow sweep besides, channel by channel,
//! from where the record is known to be complete. Uniqueness is the record's,
//! so it may run at any time and twice. What could not be fetched is tried
//! again until it could.

mod absence;
mod closed;
mod look;
mod page;
mod rounds;
mod threads;
mod wanted;

pub(crate) use page::Page;
pub(crate) use rounds::{channel, history, run};
pub(crate) use wanted::{Cause, Wanted};
