//! Publishing a postmortem.

use std::collections::BTreeMap;

use super::set_status;
use crate::incident::entry::Fact;
use crate::incident::id::Seq;
use crate::incident::pen::Pen;
use crate::incident::publication::{Document, DocumentFormat, MAX_DOCUMENT_BYTES};
use crate::incident::refusal::Refusal;
use crate::incident::state::Incident;
use crate::incident::status::Status;

/// Sets the status where it is not `postmortem` yet, and freezes the documents.
/// They tell of that change too, so they have to be written from the log with
/// the entries of [`Command::SetStatus`](crate::incident::Command::SetStatus) added.
pub(super) fn publish(
    log: &mut Pen<'_>,
    incident: &Incident,
    base: Seq,
    documents: &BTreeMap<DocumentFormat, Document>,
) -> Result<(), Refusal> {
    let last = incident.last_seq;
    if base != last {
        return Err(Refusal::GrownMeanwhile { base, last });
    }
    let longest = documents.values().map(|document| document.text.len()).max();
    if let Some(bytes) = longest.filter(|bytes| *bytes > MAX_DOCUMENT_BYTES) {
        let most = MAX_DOCUMENT_BYTES;
        return Err(Refusal::DocumentTooLong { bytes, most });
    }
    let mut through = last;
    if incident.status_now() != Status::Postmortem {
        set_status(log, incident, Status::Postmortem, None, None)?;
        through = through.next();
    }
    let version = u32::try_from(incident.publications.len()).unwrap_or(u32::MAX - 1) + 1;
    let hashes = documents.iter();
    let sha256 = hashes.map(|(format, document)| (*format, document.sha256.clone()));
    log.write_now(Fact::PostmortemPublished {
        version,
        through,
        sha256: sha256.collect(),
    });
    Ok(())
}
