//! `Date: 2026-03-12` above a timeline that begins on the 13th: a report is not older than what it tells.

use std::sync::LazyLock;

use chrono::NaiveDate;
use regex::Regex;

use super::super::document::Document;
use super::super::finding::{Certainty, Finding, Kind};
use super::super::source::{Role, regex};
use super::super::words;
use super::{finding_at, list_order};

static LABEL: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?i)^\W*((?:incident |outage )?date(?: of (?:the )?(?:incident|outage|event))?)\s*[:|–-]\s*$",
    )
});
static WRITTEN: LazyLock<Regex> = LazyLock::new(|| regex(r"^(?:19|20)\d\d-\d{2}-\d{2}$"));

/// A date further away belongs to something else.
const FAR: i64 = 40;

pub(super) fn findings(document: &Document) -> Option<Finding> {
    let events: Vec<_> = document.timelines.iter().flatten().collect();
    let first = events.iter().min_by_key(|event| event.at.day)?;
    let last = events.iter().map(|event| event.at.day).max()?;
    let broken = document
        .timelines
        .iter()
        .any(|list| list_order::is_broken(list));
    if broken || events.len() < 3 || !first.dated {
        return None;
    }
    document
        .pieces
        .iter()
        .enumerate()
        .find_map(|(index, piece)| {
            let stamp = piece.stamps.first()?;
            let text = &piece.segment.text;
            let label = LABEL.captures(&text[..stamp.start])?;
            let of_incident = label[1].contains(' ');
            let day = piece.moments.first()?.as_ref()?.day;
            let alone = text[stamp.end..].trim().is_empty() && stamp.clock.is_none();
            let above = index < first.piece && piece.segment.role != Role::Quote;
            let days = (first.at.day - day).num_days();
            let before = (1..=FAR).contains(&days);
            let after = of_incident && (1..=FAR).contains(&(day - last).num_days());
            // One day apart may be one moment by two clocks, unless both are written alike.
            let alike = || {
                let event = &document.pieces[first.piece];
                let written = &event.segment.text[event.stamps[0].start..];
                WRITTEN.is_match(text[stamp.start..stamp.end].trim())
                    && written.starts_with(&first.at.day.format("%Y-%m-%d").to_string())
            };
            let one_clock = days > 1 || first.at.zone.is_none() || alike();
            let wrong = (before && one_clock) || after;
            (above && alone && wrong && !named_elsewhere(document, index, day)).then(|| {
                let certainty = if of_incident {
                    Certainty::Likely
                } else {
                    Certainty::Look
                };
                let said = words::far_date(first.at.day, day);
                finding_at(document, index, 0, Kind::Date, certainty, said)
            })
        })
}

/// Whether the day is named anywhere else: then something happened on it.
fn named_elsewhere(document: &Document, here: usize, day: NaiveDate) -> bool {
    document.pieces.iter().enumerate().any(|(index, piece)| {
        let mut moments = piece.moments.iter().flatten();
        index != here && moments.any(|moment| moment.day_stated && moment.day == day)
    })
}
