//! The weekly summary: what opened, what ended, what is still to be done.
//!
//! [`Week`] is an ISO week, [`due`] says which one is to be posted,
//! [`summary`] counts it from the incidents' states, and [`markdown`], [`html`] and
//! [`message`] tell it as a file and as one Discord message.

mod due;
mod iso;
mod message;
mod summary;
#[cfg(test)]
mod tests;

pub use due::{CATCH_UP, due};
pub use iso::{Week, WeekRefusal};
pub use message::{MAX_MESSAGE, html, markdown, message};
pub use summary::{
    Affected, Counted, OpenAction, SeverityCount, Times, WeekSummary, summary, summary_with_private,
};
