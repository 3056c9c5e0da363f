//! The review of a week, a month or some days: what opened, what ended, what
//! it cost and what is still to be done.
//!
//! [`Period`] is the days, [`due`] says which [`Week`] is to be posted,
//! [`review`] counts it from the incidents' states, and [`markdown`], [`html`] and
//! [`message`] tell it as a file and as one Discord message.

mod count;
mod downtime;
mod due;
mod iso;
mod measure;
mod message;
mod page;
mod period;
mod review;
mod spread;
#[cfg(test)]
mod tests;

pub use count::{ReviewInput, review};
pub use due::{CATCH_UP, due};
pub use iso::{Week, WeekRefusal};
pub use message::{MAX_MESSAGE, message};
pub use page::{html, markdown};
pub use period::{MOST_DAYS, Period, PeriodRefusal, WEEKS_BEFORE};
pub use review::{
    Affected, Apart, ComponentDowntime, Counted, Downtime, LateNews, Measured, OpenAction, Owed,
    Review, SeverityCount,
};
pub use spread::{FEWEST_FOR_P90, Spread};
