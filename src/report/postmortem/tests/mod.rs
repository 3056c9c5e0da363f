//! Whole drafts, as people read them, and what holds for every draft.

mod hostile;
mod own_templates;
mod page;
mod properties;
mod sparse;
mod weekend;
