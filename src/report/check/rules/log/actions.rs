//! Action items with another due day than the log's.

use super::super::super::document::Document;
use super::super::super::finding::{Certainty, Finding, Kind};
use super::super::super::run::Against;
use super::super::super::words;
use super::finding;

/// Shorter texts may stand anywhere.
const SHORTEST: usize = 8;

pub(super) fn findings(document: &Document, against: Against<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    for action in &against.incident.actions {
        let text = action.text.trim().to_lowercase();
        let Some(due) = action.due.filter(|_| text.chars().count() >= SHORTEST) else {
            continue;
        };
        let logged = due.with_timezone(&against.zone).date_naive();
        for (index, piece) in document.pieces.iter().enumerate() {
            let [stamp] = &piece.stamps[..] else { continue };
            let here = piece.moments.first().and_then(Option::as_ref);
            let Some(here) = here.filter(|_| stamp.day.is_some()) else {
                continue;
            };
            let names_it = piece.segment.text.to_lowercase().contains(&text);
            // The last moment of a day may be kept as the first of the next.
            let same = here.day == logged || here.day.succ_opt() == Some(logged);
            if names_it && !same {
                let said = words::log_due(action.number, here.day, logged);
                found.push(finding(document, index, Kind::Log, Certainty::Look, said));
            }
        }
    }
    found
}
