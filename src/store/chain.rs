//! The hashes that tie an incident's entries together.
//!
//! `body_digest` is SHA-256 over the salt and the body as stored. `hash` is
//! SHA-256 over the JSON array of: the hash of the entry before (an empty
//! string for the first), guild, number, seq, the two times in microseconds
//! since 1970, actor, kind, channel, message, `body_digest`. A redaction
//! replaces the body and drops the salt; the digest and the hash stay, so the
//! chain can be checked without the text, and the text not guessed from it.

use std::fmt::Write as _;

use sha2::{Digest, Sha256};

use super::row::EntryRow;

/// A new salt, in hex.
pub(super) fn salt() -> String {
    hex(&rand::random::<[u8; 16]>())
}

/// What stands for a body in the chain.
pub(super) fn body_digest(salt: &str, body: &str) -> String {
    let mut sha = Sha256::new();
    sha.update(salt);
    sha.update(body);
    hex(&sha.finalize())
}

/// The hash of an entry that follows the one of hash `previous`.
pub(super) fn hash(previous: &str, row: &EntryRow) -> String {
    let covered = serde_json::json!([
        previous,
        row.guild,
        row.number,
        row.seq,
        row.happened_at.timestamp_micros(),
        row.recorded_at.timestamp_micros(),
        row.actor,
        row.kind,
        row.channel,
        row.message,
        row.body_digest,
    ]);
    hex(&Sha256::digest(covered.to_string()))
}

pub(super) fn hex(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len() * 2);
    for byte in bytes {
        // Writing to a string cannot fail.
        let _ = write!(text, "{byte:02x}");
    }
    text
}
