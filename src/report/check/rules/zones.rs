//! Times without a zone in a text with several, and times converted wrongly.

use super::super::document::Document;
use super::super::events::Event;
use super::super::finding::{Certainty, Finding, Kind};
use super::super::source::Role;
use super::super::words;
use super::finding_at;

pub(super) fn findings(document: &Document) -> Vec<Finding> {
    let mut found = without_zone(document);
    if found.is_empty() {
        found.extend(in_lists(document));
    }
    // A clock shown by two names that do not agree.
    found.extend(document.echoes.iter().map(|echo| {
        let said = match echo.here.utc() {
            Some(_) => {
                let shown = echo.here.shown_in(&echo.echo);
                words::false_echo(&echo.here, &echo.echo, &shown)
            }
            None => words::unclear_echo(&echo.here, &echo.echo),
        };
        finding_at(
            document,
            echo.piece,
            echo.stamp,
            Kind::TwoTimes,
            Certainty::Likely,
            said,
        )
    }));
    found
}

/// Whether the times of a list name several zones and some of them none.
pub(super) fn mixes_zones(document: &Document, events: &[Event]) -> bool {
    let own = |event: &Event| document.pieces[event.piece].stamps.first()?.zone.clone();
    let mut named = events.iter().filter_map(own);
    let Some(first) = named.next() else {
        return false;
    };
    document.zone.is_none() && named.any(|zone| !zone.same(&first))
}

/// Whether an event's time names its zone.
pub(super) fn names_zone(document: &Document, event: &Event) -> bool {
    let first = document.pieces[event.piece].stamps.first();
    first.is_some_and(|stamp| stamp.zone.is_some())
}

/// The first time without a zone in a list that uses several.
fn in_lists(document: &Document) -> Option<Finding> {
    let mixed = document
        .timelines
        .iter()
        .find(|events| mixes_zones(document, events))?;
    let event = mixed
        .iter()
        .find(|event| event.at.clock.is_some() && !names_zone(document, event))?;
    let mut names: Vec<String> = Vec::new();
    for event in mixed {
        let zone = document.pieces[event.piece]
            .stamps
            .first()
            .and_then(|stamp| stamp.zone.as_ref());
        names.extend(
            zone.map(|zone| zone.name.clone())
                .filter(|name| !names.contains(name)),
        );
    }
    let mut bare = event.at.clone();
    bare.zone = None;
    let said = words::no_zone(&bare, &names);
    Some(finding_at(
        document,
        event.piece,
        0,
        Kind::Zone,
        Certainty::Likely,
        said,
    ))
}

/// One finding for the whole text: who mixes zones once does it everywhere.
fn without_zone(document: &Document) -> Vec<Finding> {
    if document.zone.is_some() {
        return Vec::new();
    }
    let mut zones: Vec<&super::super::zone::Zone> = Vec::new();
    for piece in document
        .pieces
        .iter()
        .filter(|piece| piece.segment.role != Role::Quote)
    {
        for zone in piece.stamps.iter().filter_map(|stamp| stamp.zone.as_ref()) {
            // A machine's `2026-06-04T18:00:00+02:00` says nothing of how people write.
            if !zone.is_numeric() && !zones.iter().any(|known| known.same(zone)) {
                zones.push(zone);
            }
        }
    }
    if zones.len() < 2 {
        return Vec::new();
    }
    let names: Vec<String> = zones.iter().map(|zone| zone.name.clone()).collect();
    let unzoned = document
        .pieces
        .iter()
        .enumerate()
        .find_map(|(index, piece)| {
            if piece.segment.role == Role::Quote {
                return None;
            }
            let zoned = piece.stamps.iter().any(|stamp| stamp.zone.is_some());
            let place = piece.moments.iter().position(|moment| {
                moment.as_ref().is_some_and(|moment| {
                    moment.clock.is_some_and(|clock| !clock.hour_only) && moment.zone.is_none()
                })
            })?;
            (!zoned).then_some((index, place))
        });
    let Some((index, place)) = unzoned else {
        return Vec::new();
    };
    let Some(moment) = &document.pieces[index].moments[place] else {
        return Vec::new();
    };
    vec![finding_at(
        document,
        index,
        place,
        Kind::Zone,
        Certainty::Look,
        words::no_zone(moment, &names),
    )]
}
