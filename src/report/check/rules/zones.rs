//! Times without a zone in a text with several, and times converted wrongly.

use super::super::document::Document;
use super::super::finding::{Certainty, Finding, Kind};
use super::super::source::Role;
use super::super::words;
use super::finding_at;

pub(super) fn findings(document: &Document) -> Vec<Finding> {
    let mut found = without_zone(document);
    // A clock shown by two names that do not agree.
    found.extend(document.echoes.iter().map(|echo| {
        let shown = echo.here.shown_in(&echo.echo);
        finding_at(
            document,
            echo.piece,
            echo.stamp,
            Kind::TwoTimes,
            Certainty::Likely,
            words::false_echo(&echo.here, &echo.echo, &shown),
        )
    }));
    found
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
            if !zones.iter().any(|known| known.same(zone)) {
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
