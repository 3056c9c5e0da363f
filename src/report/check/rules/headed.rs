//! `June 5 16:41 UTC (lasting 52 minutes)` above the sentence that names the window from 16:41 to 18:03.

use std::sync::LazyLock;

use chrono::TimeDelta;
use regex::Regex;

use super::super::document::Document;
use super::super::finding::{Certainty, Finding, Kind};
use super::super::source::{Role, regex};
use super::super::words;
use super::finding;
use crate::incident::human_time::Hedge;

/// Between the time and the length that is said of it.
static LASTING: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?i)^[\s,;:(\[|–—-]*(?:lasting|lasted|for|duration|length|total)[\s:]*(?:about|around|approximately|roughly)?\s*$|^[\s]*[(\[]\s*$",
    )
});

/// How many pieces below a head are looked at.
const BELOW: usize = 4;

/// A head with a start and a length, and below it one window that begins then.
pub(super) fn findings(document: &Document) -> Vec<Finding> {
    let mut found = Vec::new();
    for (index, piece) in document.pieces.iter().enumerate() {
        let (Some(stamp), Some(Some(start))) = (piece.stamps.first(), piece.moments.first()) else {
            continue;
        };
        // The second time would be the end.
        let one = piece.stamps.len() == 1 && start.clock.is_some() && !start.hedged;
        if !one || piece.segment.role == Role::Quote {
            continue;
        }
        let text = &piece.segment.text;
        let Some(length) = piece
            .lengths
            .first()
            .filter(|length| length.start >= stamp.end && !length.range)
            .filter(|length| LASTING.is_match(&text[stamp.end..length.start]))
        else {
            continue;
        };
        let mut below = document.windows.iter().filter(|window| {
            let begins = window.start.since(start);
            (index + 1..=index + BELOW).contains(&window.piece)
                && begins.is_some_and(|apart| apart.abs() <= TimeDelta::minutes(1))
        });
        let (Some(window), None) = (below.next(), below.next()) else {
            continue;
        };
        let elapsed = window
            .length()
            .filter(|elapsed| *elapsed > TimeDelta::zero());
        let firm = length.hedge == Hedge::Exact && !window.end.hedged;
        if let Some(elapsed) = elapsed.filter(|elapsed| firm && !length.fits(*elapsed)) {
            let said = words::window_length(length, &window.start, &window.end, elapsed);
            let mut one = finding(document, index, Kind::Duration, Certainty::Likely, said);
            one.also.push(document.line(window.piece));
            found.push(one);
        }
    }
    found
}
