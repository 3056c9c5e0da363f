//! Timelines that go back in time.

use chrono::{NaiveDate, TimeDelta};

use super::super::document::{Document, Topic};
use super::super::events::Event;
use super::super::finding::{Certainty, Finding, Kind};
use super::super::words;
use super::{finding_at, zones};

pub(super) fn findings(document: &Document) -> Vec<Finding> {
    document
        .timelines
        .iter()
        .filter(|events| is_told_in_time(document, events) && !is_list_of_windows(document, events))
        .flat_map(|events| in_list(document, events))
        .collect()
}

/// Due dates and the like begin with a date too, and need no order.
fn is_told_in_time(document: &Document, events: &[Event]) -> bool {
    let topic = events
        .first()
        .map(|event| document.pieces[event.piece].topic);
    let clocked = events.iter().any(|event| event.at.clock.is_some());
    topic != Some(Topic::Beyond) && (clocked || topic == Some(Topic::Timeline))
}

/// `Tue 18 Aug, 13:10 - 13:15: VPN`: incidents, each with its date, start and end, need no order.
fn is_list_of_windows(document: &Document, events: &[Event]) -> bool {
    events.iter().all(|event| {
        let mut windows = document.windows.iter();
        event.dated && windows.any(|window| window.piece == event.piece && window.stamp == 0)
    })
}

/// Whether any list of the text goes back: then no duration can be measured in it.
pub(super) fn is_broken(events: &[Event]) -> bool {
    !drops(events).is_empty()
}

/// How far one event may lie before the other without going back.
fn slack(before: &Event, event: &Event) -> TimeDelta {
    if before.at.hedged || event.at.hedged {
        return TimeDelta::minutes(10);
    }
    let seconds = |event: &Event| {
        event
            .at
            .clock
            .is_some_and(|clock| chrono::Timelike::second(&clock.time) != 0)
    };
    if seconds(before) == seconds(event) {
        TimeDelta::zero()
    } else {
        TimeDelta::seconds(59)
    }
}

/// The step from one event to the next; whole days where one has no clock time.
fn step(before: &Event, event: &Event) -> TimeDelta {
    if before.at.clock.is_none() || event.at.clock.is_none() {
        return event.at.day - before.at.day;
    }
    event.at.since(&before.at).unwrap_or_default()
}

fn goes_back(before: &Event, event: &Event) -> bool {
    step(before, event) < -slack(before, event)
}

fn drops(events: &[Event]) -> Vec<usize> {
    (1..events.len())
        .filter(|at| goes_back(&events[at - 1], &events[*at]))
        .collect()
}

fn in_list(document: &Document, events: &[Event]) -> Vec<Finding> {
    let mut events = events.to_vec();
    // Where some times name one zone and some another, one that names none may be of either.
    if zones::mixes_zones(document, &events) {
        events.retain(|event| zones::names_zone(document, event));
    }
    let mut back = drops(&events);
    let forward = events.len().saturating_sub(1 + back.len());
    if back.len() > forward {
        // Newest first.
        events.reverse();
        back = drops(&events);
    }
    // What goes back again and again is no list in time.
    if events.len() < 3 || back.len() > 1 && back.len() * 5 > events.len() {
        return Vec::new();
    }
    let single = back.len() == 1;
    back.into_iter()
        .map(|at| one(document, &events, at, single))
        .collect()
}

fn one(document: &Document, events: &[Event], at: usize, single: bool) -> Finding {
    let (before, event) = (&events[at - 1], &events[at]);
    let sorted_without = |gone: usize| {
        let left = gone.checked_sub(1).and_then(|left| events.get(left));
        match (left, events.get(gone + 1)) {
            (Some(left), Some(right)) => !goes_back(left, right),
            _ => true,
        }
    };
    // Either could be wrong at the end of a list; a leap of hours speaks against the one that leapt.
    let leapt = at >= 2 && step(&events[at - 2], before) >= TimeDelta::hours(3);
    if sorted_without(at - 1) && (!sorted_without(at) || leapt) {
        return ahead(document, events, at - 1, single);
    }
    let also: Vec<u32> = events[at + 1..]
        .iter()
        .take_while(|later| goes_back(before, later))
        .map(|later| document.line(later.piece))
        .collect();
    let certainty = if single {
        Certainty::Likely
    } else {
        Certainty::Look
    };
    let days = (event.at.day - before.at.day).num_days();
    let mut found = if days < 0 && event.dated {
        let right = right_day(before, event);
        finding_at(
            document,
            event.piece,
            0,
            Kind::Date,
            if single && right.is_some() && events.len() >= 4 {
                Certainty::Certain
            } else {
                certainty
            },
            words::date_in_list(&event.at, &before.at, right.unwrap_or(before.at.day)),
        )
    } else {
        let next = events.get(at + 1).filter(|_| also.is_empty());
        let fix = fixed(Some(before), event, next);
        match &fix {
            Some((fix, Kind::HalfDay)) => finding_at(
                document,
                event.piece,
                0,
                Kind::HalfDay,
                certainty,
                words::half_in_list(&event.at, &before.at, fix),
            ),
            _ => finding_at(
                document,
                event.piece,
                0,
                Kind::BackInTime,
                certainty,
                words::back_in_time(&event.at, &before.at, fix.as_ref().map(|(fix, _)| fix)),
            ),
        }
    };
    found.also = also;
    found
}

/// The event before the drop is the one that is out of place.
fn ahead(document: &Document, events: &[Event], at: usize, single: bool) -> Finding {
    let (event, after) = (&events[at], &events[at + 1]);
    let before = at.checked_sub(1).and_then(|left| events.get(left));
    let certainty = if single {
        Certainty::Likely
    } else {
        Certainty::Look
    };
    let days = (event.at.day - after.at.day).num_days();
    if days > 0 && event.dated && after.dated {
        return finding_at(
            document,
            event.piece,
            0,
            Kind::Date,
            certainty,
            words::slipped_date(event.at.day, after.at.day),
        );
    }
    match fixed(before, event, Some(after)) {
        Some((fix, Kind::HalfDay)) => finding_at(
            document,
            event.piece,
            0,
            Kind::HalfDay,
            certainty,
            words::half_in_list(&event.at, &after.at, &fix),
        ),
        fix => finding_at(
            document,
            event.piece,
            0,
            Kind::BackInTime,
            certainty,
            words::ahead_of_list(&event.at, &after.at, fix.as_ref().map(|(fix, _)| fix)),
        ),
    }
}

/// The date that puts an event behind its predecessor again: that one's, or the day after.
fn right_day(before: &Event, event: &Event) -> Option<NaiveDate> {
    [Some(before.at.day), before.at.day.succ_opt()]
        .into_iter()
        .flatten()
        .find(|day| {
            let moved = event.at.on(*day);
            moved
                .since(&before.at)
                .is_some_and(|step| step >= TimeDelta::zero() && step <= TimeDelta::hours(24))
        })
}

/// The likeliest slip that puts an event between its neighbours: am for pm, or some whole hours.
fn fixed(
    before: Option<&Event>,
    event: &Event,
    after: Option<&Event>,
) -> Option<(super::super::moment::Moment, Kind)> {
    let clock = event.at.clock?;
    let half = if clock.half || clock.bare {
        vec![12, -12]
    } else {
        Vec::new()
    };
    let halves = half.len();
    half.into_iter()
        .chain([1, -1, 2, -2, 10, -10])
        .enumerate()
        .find_map(|(at, hours)| {
            let moved = event.at.later(TimeDelta::hours(hours))?;
            let behind = before.is_none_or(|before| {
                moved
                    .since(&before.at)
                    .is_some_and(|d| d >= TimeDelta::zero())
            });
            let ahead = after.is_none_or(|after| {
                after
                    .at
                    .since(&moved)
                    .is_some_and(|d| d >= TimeDelta::zero())
            });
            let kind = if at < halves {
                Kind::HalfDay
            } else {
                Kind::BackInTime
            };
            (behind && ahead && moved.day == event.at.day).then_some((moved, kind))
        })
}
