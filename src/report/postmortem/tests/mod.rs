//! Whole drafts, as people read them, and what holds for every draft.

mod hostile;
mod long_night;
mod offered;
mod own_templates;
mod page;
mod properties;
mod schema;
mod sparse;
mod weekend;
