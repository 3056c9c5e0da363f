//! The whole store as one file of lines, out and in again.
//!
//! A line is a JSON object with one name, which says what it holds. The first
//! names the form, the last (`end`) counts the lines before it and holds the
//! SHA-256 of their bytes, so that a file that was cut or changed shows. In
//! between stand, in the order of their keys:
//!
//! - `settings`: every version of what each guild chose;
//! - `entry`: the logs, each entry with its salt, digest and hash;
//! - `post`: where Scribe's own messages are;
//! - `period`: what was done for which week;
//! - `watermark`: up to where each channel's record is complete;
//! - `heard`: when Discord was last heard;
//! - `outbox`: what has still to be said, and what was given up;
//! - `file_in_doubt`: files that are to be removed unless an entry names them.
//!
//! Projections are not in it: they are made anew. Leases are not: who held them
//! does not run on the restored store. The files people attached lie beside the
//! database, under the SHA-256 that their entries tell.
//!
//! Both ways need no more memory for a longer record. A file is read strictly:
//! its order, its hashes and its meaning are checked before anything of it counts.

mod copy;
mod error;
mod export;
mod form;
mod intake;
mod restore;

pub use error::{ExportError, RestoreError};
pub use export::{ExportScope, Exported};
pub use intake::{Restored, check_export};
