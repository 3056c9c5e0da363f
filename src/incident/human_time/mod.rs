//! Times and durations as tired people type them, and as reports show them.
//!
//! [`parse`] reads what stands in an `at:` option. The text becomes a `Spoken` time first, which is only grammar; then
//! the zone and the present moment are put in. What cannot be one certain moment is refused with a [`TimeRefusal`] that holds all a
//! question needs: which two times a doubled hour could mean, what the clock did where a time is missing, what a zone's name could
//! stand for. Nothing is guessed, and nothing here reads a clock.
//!
//! Accepted, in upper or lower case, parts in any order, words `at`, `on`, `the`, `of` and commas ignored:
//!
//! | part | forms |
//! |---|---|
//! | clock | `15:27`, `15:27:30`, `3:27pm`, `3:27 PM`, `3 p.m.`, `12am` (00:00), `12pm` and `noon` (12:00) |
//! | day | nothing or `today`, `yesterday`, `3 days ago 22:10`, `sat` (the last one on which that time is past), `last sat` (before today), `2025-07-08`, `2025/07/08`, `08.07.2025`, `8 Jul 2025`, `July 8th`, `Tue, 8 Jul` |
//! | zone | nothing (the given zone), `CT` `ET` `MT` `PT`, `CDT`, `CEST`, ..., `UTC`, `Z`, `+02:00`, `UTC+2`, `Europe/Berlin`, `Berlin` |
//! | whole | `now`, `10m ago`, `1h30m ago`, `90 minutes ago`, `an hour ago`, `2025-07-08T15:27:00Z`, `<t:1751990000:f>`, unix seconds or milliseconds |
//!
//! Where German has words of its own they are read too: `gestern 22:10`, `vor 10 Minuten`, `vor 3 Tagen 22:10`, `letzten Freitag 9:00`,
//! `am 8. Juli um 15:27 Uhr`, `jetzt`.
//!
//! A date without a year is the one nearest to now. A name such as `CDT` states an offset: on a day when the zone does not keep it
//! (`CST` in July) the two readings are asked about, never chosen.

mod calendar;
mod duration;
mod grammar;
mod length;
mod refusal;
mod resolve;
mod show;
mod wall;
mod zone;

#[cfg(test)]
mod tests;

pub(crate) use calendar::{month as read_month, weekday as read_weekday};
pub use duration::parse_duration;
pub(crate) use grammar::clock as read_clock;
pub(crate) use length::{Hedge, Length, clocked, lengths, pattern};
pub use refusal::TimeRefusal;
pub use resolve::{MAX_TEXT, OLDEST, TOLERANCE, parse, parse_ahead, parse_day};
pub use show::{show, show_clock, show_day, show_duration, spell_duration, to_minute};
pub use wall::{first_moment, last_moment_of};
pub use zone::{MAX_SUGGESTIONS, accepted_names, parse_zone, zones_like};
