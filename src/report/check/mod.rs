//! What contradicts itself in a postmortem as people write it.
//!
//! A text becomes pieces that know their line, pieces become statements about time (`document`), and each rule in `rules` looks at
//! those statements for one kind of contradiction. Nothing here knows what happened; a finding says which two places of the text
//! (or of the text and the incident's log) cannot both be right. What a convention could explain is not called wrong.

mod bare_clocks;
mod day_order;
mod document;
mod echo;
mod events;
mod fields;
mod finding;
mod html;
mod moment;
mod other_languages;
mod posts;
mod print;
mod rules;
mod run;
mod source;
mod spans;
mod stamp;
mod words;
mod zone;

pub use finding::{Certainty, Finding, Kind, NotChecked, Report};
pub use print::text;
pub use run::{Against, MAX_BYTES, check};
pub use source::Format;

#[cfg(test)]
mod tests;
