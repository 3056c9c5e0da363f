//! Pictures of what happened: an incident on its time axis, a week by its days.
//!
//! Both are SVG as text, made for 1,100 units of width; [`png`] turns them into
//! the file that a chat shows. Texts are cut to the room they have, measured
//! for the font that [`png`] uses, which is a wide one.

mod axis;
mod incident;
mod paint;
mod png;
#[cfg(test)]
mod tests;
mod week;

pub use incident::incident;
pub use png::{PictureError, png};
pub use week::{opened, week};
