//! Morning where afternoon is meant.

use chrono::{TimeDelta, Timelike};

use super::super::document::{Document, Topic};
use super::super::finding::{Certainty, Finding, Kind};
use super::super::moment::Moment;
use super::super::source::Role;
use super::super::words;
use super::finding_at;
use crate::incident::Status;

pub(super) fn findings(document: &Document) -> Vec<Finding> {
    let mut found = in_prose(document);
    found.extend(in_posts(document));
    found.extend(in_story(document));
    found
}

/// `informed you at 10:45 am and installed it at 12:50 am. From 1 pm on ...`: one time of a paragraph that goes back, and in the other
/// half of the day lies between its neighbours.
fn in_story(document: &Document) -> Vec<Finding> {
    let mut found = Vec::new();
    for (index, piece) in document.pieces.iter().enumerate() {
        let prose = matches!(piece.segment.role, Role::Text | Role::Item);
        if !prose || !document.part(index).is_free() || !piece.is_prose_sized() {
            continue;
        }
        let told: Option<Vec<(usize, &Moment)>> = piece
            .moments
            .iter()
            .enumerate()
            .filter(|(_, at)| at.as_ref().is_some_and(|at| at.clock.is_some()))
            .map(|(place, at)| Some((place, at.as_ref()?)))
            .map(|at| at.filter(|(_, at)| at.clock.is_some_and(|clock| clock.half)))
            .collect();
        let Some(told) = told.filter(|told| told.len() >= 4) else {
            continue;
        };
        let step = |from: &Moment, to: &Moment| to.since(from).unwrap_or_default();
        // What another sentence begins with may go back on purpose.
        let one_sentence = |at: usize| {
            let stamp = &piece.stamps[told[at].0];
            let before = &piece.stamps[told[at - 1].0];
            before.start >= piece.sentence(stamp.start, stamp.end).start
        };
        let back: Vec<usize> = (1..told.len())
            .filter(|at| one_sentence(*at) && step(told[at - 1].1, told[*at].1) < TimeDelta::zero())
            .collect();
        let &[at] = &back[..] else { continue };
        let (before, (place, here)) = (told[at - 1].1, told[at]);
        let Some((_, next)) = told.get(at + 1) else {
            continue;
        };
        let fixed = here.later(TimeDelta::hours(12)).filter(|fixed| {
            let between =
                step(before, fixed) >= TimeDelta::zero() && step(fixed, next) >= TimeDelta::zero();
            between && piece.stamps[place].day.is_none()
        });
        if let Some(fixed) = fixed {
            let said = words::half_in_list(here, before, &fixed);
            let kind = Kind::HalfDay;
            found.push(finding_at(
                document,
                index,
                place,
                kind,
                Certainty::Likely,
                said,
            ));
        }
    }
    found
}

/// A time with am or pm outside the timeline, half a day from an event with the same digits.
fn in_prose(document: &Document) -> Vec<Finding> {
    let events: Vec<(usize, &Moment)> = document
        .timelines
        .iter()
        .flatten()
        .filter(|event| event.at.clock.is_some())
        .map(|event| (event.piece, &event.at))
        .collect();
    let mut found = Vec::new();
    for (index, piece) in document.pieces.iter().enumerate() {
        let prose = matches!(
            piece.segment.role,
            Role::Text | Role::Item | Role::Heading(1)
        );
        if !prose || !document.part(index).is_free() || piece.topic == Topic::Beyond {
            continue;
        }
        for (place, moment) in piece.moments.iter().enumerate() {
            let Some(here) = moment
                .as_ref()
                .filter(|m| m.clock.is_some_and(|c| c.half && !c.hour_only))
            else {
                continue;
            };
            if here.local().minute() % 30 == 0 {
                continue;
            }
            let same_digits = |at: &Moment, hours: i64| {
                at.one_clock(here)
                    && (at.local().time() - here.local().time()).abs() == TimeDelta::hours(hours)
            };
            let other = events.iter().find(|(_, at)| same_digits(at, 12));
            let equal = events.iter().any(|(_, at)| same_digits(at, 0));
            if let (Some((event, at)), false) = (other, equal) {
                found.push(finding_at(
                    document,
                    index,
                    place,
                    Kind::HalfDay,
                    Certainty::Likely,
                    words::half_day(here, at, document.line(*event)),
                ));
            }
        }
    }
    found
}

/// A window without am or pm in an update, which the timeline puts into the afternoon: the update would tell the future.
fn in_posts(document: &Document) -> Vec<Finding> {
    let mut found = Vec::new();
    for window in &document.windows {
        let post = document.posts.iter().find(|post| {
            post.body.contains(&window.piece) && post.status != Some(Status::Postmortem)
        });
        let (Some(post), Some(clock)) = (post, window.start.clock) else {
            continue;
        };
        let Some(afternoon) = window
            .start
            .later(TimeDelta::hours(12))
            .filter(|_| clock.bare)
        else {
            continue;
        };
        let event = document.timelines.iter().flatten().find(|event| {
            event.at.clock.is_some_and(|c| c.half)
                && event.at.local().time() == afternoon.local().time()
                && event.at.one_clock(&afternoon)
        });
        let future = afternoon
            .since(&post.at)
            .is_some_and(|d| d > TimeDelta::zero());
        if let (Some(event), true) = (event, future) {
            let line = document.line(event.piece);
            let mut one = finding_at(
                document,
                window.piece,
                window.stamp,
                Kind::HalfDay,
                Certainty::Likely,
                words::half_of_window(&window.start, &afternoon, &post.at, line),
            );
            one.also.push(line);
            found.push(one);
        }
    }
    found
}
