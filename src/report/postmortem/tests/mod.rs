//! Whole drafts, as people read them, and what holds for every draft.

mod hostile;
mod page;
mod properties;
mod sparse;
mod weekend;
