//! Weekdays that are not their dates'.

use chrono::Datelike;

use super::super::document::Document;
use super::super::finding::{Certainty, Finding, Kind};
use super::super::words;
use super::finding_at;

pub(super) fn findings(document: &Document) -> Vec<Finding> {
    if !document.has_year {
        return Vec::new();
    }
    let mut found = Vec::new();
    for (index, piece) in document.pieces.iter().enumerate() {
        for (place, stamp) in piece.stamps.iter().enumerate() {
            let (Some(written), Some(day), Some(Some(moment))) =
                (stamp.weekday, stamp.day, piece.moments.get(place))
            else {
                continue;
            };
            if moment.day.weekday() != written {
                let certainty = if day.year.is_some() {
                    Certainty::Certain
                } else {
                    Certainty::Likely
                };
                found.push(finding_at(
                    document,
                    index,
                    place,
                    Kind::Weekday,
                    certainty,
                    words::weekday(written, moment.day),
                ));
            }
        }
    }
    found
}
