//! Fields and windows that end before they start, and incidents declared after their end.

use chrono::{Datelike, Months, NaiveDate, TimeDelta};

use super::super::document::Document;
use super::super::fields::{Field, Label};
use super::super::finding::{Certainty, Finding, Kind};
use super::super::moment::Moment;
use super::super::words::{self, label};
use super::{finding, finding_at};
use crate::incident::human_time::Hedge;

pub(super) fn findings(document: &Document) -> Vec<Finding> {
    let mut found: Vec<Finding> = document
        .fields
        .iter()
        .flat_map(|group| in_group(document, group))
        .collect();
    for window in &document.windows {
        let backwards = window.length().is_some_and(|d| d < TimeDelta::zero());
        if backwards && !window.start.hedged && !window.end.hedged {
            found.push(finding_at(
                document,
                window.piece,
                window.stamp,
                Kind::EndBeforeStart,
                Certainty::Likely,
                words::window_backwards(&window.start, &window.end),
            ));
        }
    }
    found
}

fn name(label: Label) -> &'static str {
    match label {
        Label::Started => label::STARTED,
        Label::Detected => label::DETECTED,
        Label::Declared => label::DECLARED,
        Label::Repaired => label::REPAIRED,
        _ => label::RESOLVED,
    }
}

/// Which must come first. Declared after repaired is common; repaired after resolved is not.
const ORDER: [(Label, Label); 8] = [
    (Label::Started, Label::Repaired),
    (Label::Started, Label::Resolved),
    (Label::Detected, Label::Repaired),
    (Label::Detected, Label::Resolved),
    (Label::Repaired, Label::Resolved),
    (Label::Detected, Label::Declared),
    (Label::Started, Label::Detected),
    (Label::Declared, Label::Resolved),
];

fn in_group(document: &Document, group: &[Field]) -> Vec<Finding> {
    if let Some(found) = slipped(document, group).or_else(|| month_too_far(document, group)) {
        return vec![found];
    }
    let get = |label: Label| {
        group
            .iter()
            .find(|field| field.label == label)
            .and_then(|field| Some((field, field.moment()?)))
    };
    let mut found: Vec<Finding> = Vec::new();
    for (first, second) in ORDER {
        let (Some((_, early)), Some((field, late))) = (get(first), get(second)) else {
            continue;
        };
        let apart = late.since(early);
        // `Start: Sat 22:04`, `End: 03:10`: without a date of its own an end of the small hours is the next day's.
        let midnight = !late.day_stated && apart.is_some_and(|d| d < TimeDelta::hours(-12));
        let backwards = apart.is_some_and(|d| d < TimeDelta::zero()) && !midnight;
        // One wrong field makes several pairs wrong; the first says it.
        if !backwards
            || found
                .iter()
                .any(|known| known.line == document.line(field.piece))
        {
            continue;
        }
        found.push(match (first, second) {
            (Label::Declared, Label::Resolved) => {
                let declared = get(Label::Declared).map_or(field, |(field, _)| field);
                finding(
                    document,
                    declared.piece,
                    Kind::DeclaredAfterResolved,
                    Certainty::Likely,
                    words::declared_after_resolved(early, late),
                )
            }
            (Label::Detected | Label::Started, Label::Declared | Label::Detected) => finding(
                document,
                field.piece,
                Kind::EndBeforeStart,
                Certainty::Look,
                words::declared_before_detected(late, early),
            ),
            _ => finding(
                document,
                field.piece,
                Kind::EndBeforeStart,
                if early.hedged || late.hedged {
                    Certainty::Likely
                } else {
                    Certainty::Certain
                },
                words::end_before_start(name(second), late, name(first), early),
            ),
        });
    }
    found
}

/// One field of another year or month than the rest, which put right goes with them and with the stated durations.
fn slipped(document: &Document, group: &[Field]) -> Option<Finding> {
    let dated: Vec<(&Field, &Moment)> = group
        .iter()
        .filter_map(|field| Some((field, field.moment()?)))
        .filter(|(_, moment)| moment.day_stated)
        .collect();
    if dated.len() < 3 {
        return None;
    }
    let stated = group
        .iter()
        .filter_map(Field::length)
        .map(|length| length.length)
        .max();
    for (field, moment) in &dated {
        let others: Vec<NaiveDate> = dated
            .iter()
            .filter(|(other, _)| other.piece != field.piece)
            .map(|(_, other)| other.day)
            .collect();
        let (first, last) = (*others.iter().min()?, *others.iter().max()?);
        let far =
            (moment.day - first).num_days().abs() > 20 && (moment.day - last).num_days().abs() > 20;
        let close = (last - first).num_days() <= 10;
        let told = stated.is_some_and(|stated| stated > TimeDelta::days(10));
        let near = |day: Option<NaiveDate>| {
            day.filter(|day| (*day - first).num_days() >= -3 && (*day - last).num_days() <= 3)
        };
        let right = near(moment.day.with_year(first.year()))
            .or_else(|| near(moment.day.with_month(last.month())))
            .or_else(|| near(moment.day.with_month(first.month())));
        if let (true, true, false, Some(right)) = (far, close, told, right) {
            return Some(finding(
                document,
                field.piece,
                Kind::Date,
                if stated.is_some() || moment.day < first {
                    Certainty::Certain
                } else {
                    Certainty::Likely
                },
                words::slipped_date(moment.day, right),
            ));
        }
    }
    None
}

/// An end that lies a month or more behind its start, where in the start's month the two make exactly a length that the text states.
fn month_too_far(document: &Document, group: &[Field]) -> Option<Finding> {
    let get = |label: Label| {
        let mut same = group.iter().filter(|field| field.label == label);
        same.find_map(|field| Some((field, field.moment().filter(|at| at.day_stated)?)))
    };
    let (_, start) = get(Label::Started)?;
    let (field, end) = get(Label::Resolved)?;
    if end.since(start)? < TimeDelta::days(20) {
        return None;
    }
    let moved = end
        .day
        .with_year(start.day.year())?
        .with_month(start.day.month())?;
    let right = [Some(moved), moved.checked_add_months(Months::new(1))];
    let right = right.into_iter().flatten().find(|day| {
        let elapsed = end.on(*day).since(start);
        elapsed.is_some_and(|elapsed| elapsed > TimeDelta::zero() && elapsed <= TimeDelta::days(2))
    })?;
    let elapsed = end.on(right).since(start)?;
    let mut lengths = document.pieces.iter().flat_map(|piece| &piece.lengths);
    let told = lengths.any(|length| length.hedge == Hedge::Exact && length.fits(elapsed));
    told.then(|| {
        let said = words::slipped_date(end.day, right);
        finding(document, field.piece, Kind::Date, Certainty::Likely, said)
    })
}
