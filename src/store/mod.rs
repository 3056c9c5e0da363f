//! The store: the logs, what is derived from them for lists and search, and
//! what has still to be said.
//!
//! Every append goes through the one [`Writer`], which commits what waits as
//! one transaction: entries, projections and outbox together. Everything else
//! reads, or changes single rows that no log knows of (delivery, leases,
//! settings). The log is the truth: [`Store::verify`] folds it and compares,
//! [`Store::repair`] writes the projections anew.
//!
//! # Layout
//! - `backend`: which database, what each says differently, and the macro that compiles one body for each.
//! - `open`: opening, migrating, locking, closing.
//! - `rows`, `step`: many rows in one statement.
//! - `row`, `chain`: entries as they are stored, and the hashes that tie them together.
//! - `leases`: which process serves which of the gateway's shards.
//! - `projection`, `owed`: what is derived from a log.
//! - `writer`: the one that appends.
//! - `verify`, `scrub`, `backup`: checking and repairing, removing redacted text from the disk, out and in again.
//! - `condition`: how the disk or the server fares.
//! - `search`: full text, the one place that knows how each database does it.
//! - the others: one table each, with its reads and writes.

mod attachments;
mod backend;
mod backup;
mod chain;
mod condition;
mod counts;
mod error;
mod files;
mod heard;
mod idle;
mod incidents;
mod leases;
mod log;
mod messages;
mod open;
mod outbox;
mod owed;
mod past;
mod periods;
#[cfg(test)]
mod plans;
mod posts;
mod projection;
mod publications;
mod reviewed;
mod row;
mod rows;
mod scrub;
mod search;
mod settings;
mod step;
mod templates;
mod verify;
mod writer;

pub use attachments::WantedAttachment;
pub use backup::{ExportError, ExportScope, Exported, RestoreError, Restored, check_export};
pub use condition::{Condition, Trouble};
pub use counts::Counts;
pub use error::StoreError;
pub use files::KeptFile;
pub use incidents::IncidentFilter;
pub use leases::{Beat, Member, Shard, Wish};
pub use messages::{RecordedChannel, RecordedMessage};
pub use open::{RunLock, Store};
pub use outbox::{OutboxDepth, OutboxItem};
pub use past::PastLog;
pub use posts::STANDING_REMINDER;
pub use publications::document_hash;
pub use reviewed::Reviewed;
pub use search::{Found, Hit, Search};
pub use settings::SettingsVersion;
pub use templates::{OwnTemplates, TemplateVersion};
pub use verify::{Difference, Finding, Verification};
pub use writer::{Recorded, Request, SubmitError, Target, Writer};
