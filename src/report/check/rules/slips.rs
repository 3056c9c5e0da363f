//! One clock time with two dates: the window says June 8, the timeline June 7.

use chrono::Datelike;

use super::super::document::{Document, Topic};
use super::super::events::Event;
use super::super::finding::{Certainty, Finding, Kind};
use super::super::moment::Moment;
use super::super::words;
use super::finding_at;

pub(super) fn findings(document: &Document) -> Vec<Finding> {
    // Windows with a date of their own, told outside of timelines.
    let edges: Vec<(u32, &Moment)> = document
        .windows
        .iter()
        .filter(|window| {
            window.start.day_stated
                || window.end.day_stated
                || stands_by_date(document, window.piece)
        })
        .flat_map(|window| {
            let line = document.line(window.piece);
            [(line, &window.start), (line, &window.end)]
        })
        .collect();
    let mut found = single(document);
    for events in &document.timelines {
        for pair in edges.chunks(2) {
            if let [from, to] = pair {
                found.extend(shifted(document, events, *from, *to));
            }
        }
    }
    found
}

/// Whether the window's sentence names the day, though not inside the window.
fn stands_by_date(document: &Document, piece: usize) -> bool {
    document.pieces[piece]
        .stamps
        .iter()
        .any(|stamp| stamp.day.is_some())
}

/// A clock time of the timeline told elsewhere on the same day of another month or year, which nothing else in the timeline is of.
fn single(document: &Document) -> Vec<Finding> {
    let events: Vec<&Event> = document
        .timelines
        .iter()
        .flatten()
        .filter(|event| event.at.clock.is_some())
        .collect();
    let mut found = Vec::new();
    for (index, piece) in document.pieces.iter().enumerate() {
        let part = document.part(index);
        if !part.is_free() || part.window || piece.topic == Topic::Beyond {
            continue;
        }
        for (place, stamp) in piece.stamps.iter().enumerate() {
            let Some(here) = piece.moments.get(place).and_then(Option::as_ref) else {
                continue;
            };
            if stamp.day.is_none() || here.clock.is_none_or(|clock| clock.hour_only) {
                continue;
            }
            let same_clock = |event: &&&Event| {
                event.at.clock.map(|clock| clock.time) == here.clock.map(|clock| clock.time)
                    && event.at.one_clock(here)
            };
            let mut same = events.iter().filter(same_clock);
            let (Some(event), None) = (same.next(), same.next()) else {
                continue;
            };
            let day = event.at.day;
            let other_month = day.day() == here.day.day() && day != here.day;
            let known = events.iter().any(|event| event.at.day == here.day);
            if other_month && !known {
                let said = words::other_date(&event.at, here.day, document.line(index));
                let mut one =
                    finding_at(document, index, place, Kind::Date, Certainty::Likely, said);
                one.also.push(document.line(event.piece));
                found.push(one);
            }
        }
    }
    found
}

fn shifted(
    document: &Document,
    events: &[Event],
    from: (u32, &Moment),
    to: (u32, &Moment),
) -> Option<Finding> {
    let at_edge = |event: &Event, edge: &Moment| {
        event.at.clock.map(|c| c.time) == edge.clock.map(|c| c.time)
            && event.at.one_clock(edge)
            && event.at.clock.is_some()
    };
    let first = events.iter().position(|event| at_edge(event, from.1))?;
    let last = events.iter().rposition(|event| at_edge(event, to.1))?;
    let (start, end) = (&events[first], events.get(last)?);
    let inside = events.get(first..=last)?;
    let days = (start.at.day - from.1.day).num_days();
    let same_shift = days != 0 && days.abs() <= 31 && (end.at.day - to.1.day).num_days() == days;
    let own_line = document.line(start.piece) != from.0;
    // The day of the window must not have the same clock times in the list as well.
    let doubled = events
        .iter()
        .any(|event| event.at.day == from.1.day && at_edge(event, from.1));
    if !same_shift || !own_line || doubled || first == last {
        return None;
    }
    let mut found = finding_at(
        document,
        start.piece,
        0,
        Kind::Date,
        Certainty::Likely,
        words::other_date(&start.at, from.1.day, from.0),
    );
    found.also = inside[1..]
        .iter()
        .map(|event| document.line(event.piece))
        .collect();
    Some(found)
}
