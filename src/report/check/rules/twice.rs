//! One event with two times.

use std::sync::LazyLock;

use chrono::{DateTime, TimeDelta, Timelike};
use regex::Regex;

use super::super::document::{Document, Topic};
use super::super::events::Event;
use super::super::fields::Label;
use super::super::finding::{Certainty, Finding, Kind};
use super::super::moment::Moment;
use super::super::source::{Role, regex};
use super::super::words::{self, label};
use super::finding_at;

pub(super) fn findings(document: &Document) -> Vec<Finding> {
    let mut found = fields_and_events(document);
    found.extend(named_twice(document));
    found.extend(other_zone_inside(document));
    found.extend(other_zone_in_prose(document));
    found.extend(heading_and_text(document));
    found.extend(since(document));
    found.extend(title(document));
    found.extend(linked_messages(document));
    found
}

static DECLARED: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?i)^\W*(?:the )?(?:incident (?:was |is )?)?(?:officially )?declared\b(?: an incident)?",
    )
});
static REPAIRED: LazyLock<Regex> =
    LazyLock::new(|| regex(r"(?i)^\W*(?:the )?(?:incident (?:was |is )?)?repaired\b"));
static RESOLVED: LazyLock<Regex> = LazyLock::new(|| {
    regex(r"(?i)^\W*(?:the )?(?:incident (?:was |is )?)?(?:officially )?resolved\b")
});
static DETECTED: LazyLock<Regex> = LazyLock::new(|| {
    regex(r"(?i)^\W*(?:incident |issue |problem )?(?:first (?:detected|report(?:ed)?)|detected)\b")
});

/// `Incident declared 09:31` above, `09:41 - Incident declared` in the timeline.
fn fields_and_events(document: &Document) -> Vec<Finding> {
    let labels: [(Label, &Regex, &str); 4] = [
        (Label::Declared, &DECLARED, label::DECLARED),
        (Label::Repaired, &REPAIRED, label::REPAIRED),
        (Label::Resolved, &RESOLVED, label::RESOLVED),
        (Label::Detected, &DETECTED, label::DETECTED),
    ];
    let clocked = || {
        document
            .timelines
            .iter()
            .flatten()
            .filter(|event| event.at.clock.is_some())
    };
    let same = labels.map(|(_, pattern, _)| -> Vec<&Event> {
        clocked()
            .filter(|event| pattern.is_match(&event.text(&document.pieces)))
            .collect()
    });
    let mut found = Vec::new();
    for field in document.all_fields() {
        let Some(place) = labels.iter().position(|(label, ..)| *label == field.label) else {
            continue;
        };
        let (name, events) = (labels[place].2, &same[place]);
        let Some(at) = field.moment() else { continue };
        let apart = |event: &Event| event.at.since(at).map(|d| d.abs());
        let agrees = events.iter().any(|event| {
            apart(event).is_none_or(|apart| apart <= slack(at, &event.at, TimeDelta::minutes(1)))
        });
        let Some(event) = events.iter().min_by_key(|event| apart(event)) else {
            continue;
        };
        if !agrees {
            found.push(finding_at(
                document,
                field.piece,
                0,
                Kind::TwoTimes,
                Certainty::Likely,
                words::two_times(name, at, &event.at, document.line(event.piece)),
            ));
        }
    }
    found
}

fn slack(here: &Moment, there: &Moment, exact: TimeDelta) -> TimeDelta {
    let hour = |moment: &Moment| moment.clock.is_some_and(|clock| clock.hour_only);
    if hour(here) || hour(there) {
        TimeDelta::minutes(40)
    } else if here.hedged || there.hedged {
        TimeDelta::minutes(10)
    } else {
        exact
    }
}

static NAMED: LazyLock<[(Regex, &'static str); 4]> = LazyLock::new(|| {
    [
        (regex(r"(?i)\ball[- ]clear\b"), label::ALL_CLEAR),
        (
            regex(r"(?i)\bincident (?:was )?(?:officially )?declared\b|\bdeclared an incident\b"),
            label::DECLARED,
        ),
        (
            regex(r"(?i)\bincident (?:was |is )?(?:fully |officially |now )?resolved\b"),
            label::RESOLVED,
        ),
        (
            regex(r"(?i)\bservices? (?:was |were |is |are )(?:fully )?restored\b"),
            label::RESTORED,
        ),
    ]
});

static AT: LazyLock<Regex> = LazyLock::new(|| regex(r"(?i)^(?: \w+)? (?:at|by)\s*$"));

/// What happens once, told in the summary and in the timeline.
fn named_twice(document: &Document) -> Vec<Finding> {
    let mut events: Vec<Vec<&Event>> = vec![Vec::new(); NAMED.len()];
    for event in document.timelines.iter().flatten() {
        let head: String = event.text(&document.pieces).chars().take(160).collect();
        for ((pattern, _), same) in NAMED.iter().zip(&mut events) {
            if event.at.clock.is_some() && pattern.is_match(&head) {
                same.push(event);
            }
        }
    }
    let mut found = Vec::new();
    for (index, piece) in document.pieces.iter().enumerate() {
        let prose = piece.segment.role == Role::Text || piece.segment.role == Role::Item;
        if !prose || !document.part(index).is_free() || piece.topic == Topic::Beyond {
            continue;
        }
        for (place, stamp) in piece.stamps.iter().enumerate() {
            let Some(Some(here)) = piece.moments.get(place) else {
                continue;
            };
            if here.clock.is_none() {
                continue;
            }
            let text = &piece.segment.text;
            let said = piece.sentence(stamp.start, stamp.end);
            let alone = piece
                .stamps
                .iter()
                .filter(|s| s.start >= said.start && s.end <= said.end && s.clock.is_some())
                .count()
                == 1;
            let sentence = &text[said.clone()];
            // Of several times the one right behind the words is meant: `We declared an incident at 07:52 and ...`
            let right_behind = |pattern: &Regex| {
                let before = &text[said.start..stamp.start];
                let last = pattern.find_iter(before).last();
                last.is_some_and(|last| AT.is_match(&before[last.end()..]))
            };
            let named = NAMED.iter().position(|(pattern, _)| match alone {
                true => pattern.is_match(sentence),
                false => right_behind(pattern),
            });
            let Some(named) = named else {
                continue;
            };
            let (name, same) = (NAMED[named].1, &events[named]);
            let fields = document.all_fields().filter(|field| match field.label {
                Label::Declared => name == label::DECLARED,
                Label::Resolved => name == label::RESOLVED,
                _ => false,
            });
            let told: Vec<(&Moment, usize)> = same
                .iter()
                .map(|event| (&event.at, event.piece))
                .chain(fields.filter_map(|field| Some((field.moment()?, field.piece))))
                .collect();
            let apart = |at: &Moment| at.since(here).map(|d| d.abs());
            let agrees = told.iter().any(|(at, _)| {
                apart(at).is_none_or(|apart| apart <= slack(here, at, TimeDelta::minutes(1)))
            });
            // What lies days apart is another incident.
            let nearest = told
                .iter()
                .filter(|(at, _)| apart(at).is_some_and(|apart| apart <= TimeDelta::hours(12)))
                .min_by_key(|(at, _)| apart(at));
            if let (false, Some((there, line))) = (agrees, nearest) {
                let certainty = if here.hedged {
                    Certainty::Look
                } else {
                    Certainty::Likely
                };
                found.push(finding_at(
                    document,
                    index,
                    place,
                    Kind::TwoTimes,
                    certainty,
                    words::two_times(name, here, there, document.line(*line)),
                ));
            }
        }
    }
    found
}

/// Whole hours apart, to the minute, and not the same.
fn whole_hours(apart: TimeDelta) -> bool {
    let minutes = apart.num_minutes().abs();
    (60..=14 * 60).contains(&minutes) && minutes % 60 == 0
}

/// A quarter or half hour is shared by chance.
fn odd_minute(moment: &Moment) -> bool {
    moment
        .clock
        .is_some_and(|clock| !clock.hour_only && clock.time.minute() % 15 != 0)
}

/// An event of 12:42 in one zone whose text says 16:42 in another, when that is another moment.
fn other_zone_inside(document: &Document) -> Vec<Finding> {
    let mut found = Vec::new();
    for event in document.timelines.iter().flatten() {
        for index in event.told.clone() {
            let piece = &document.pieces[index];
            for (place, stamp) in piece.stamps.iter().enumerate() {
                let Some(Some(told)) = piece.moments.get(place) else {
                    continue;
                };
                if (index == event.piece && place == 0)
                    || stamp.zone.is_none()
                    || told.one_clock(&event.at)
                {
                    continue;
                }
                let (Some(ours), Some(theirs)) = (told.utc(), event.at.utc()) else {
                    continue;
                };
                let same_minute = told.local().minute() == event.at.local().minute();
                if odd_minute(told) && same_minute && whole_hours(ours - theirs) {
                    found.push(finding_at(
                        document,
                        index,
                        place,
                        Kind::TwoTimes,
                        Certainty::Likely,
                        words::zone_slip(told, &event.at, &told.shown_in(&event.at)),
                    ));
                }
            }
        }
    }
    found
}

/// A time of the summary in another zone than the timeline's that misses its event by whole hours.
fn other_zone_in_prose(document: &Document) -> Vec<Finding> {
    let events: Vec<&Event> = document
        .timelines
        .iter()
        .flatten()
        .filter(|event| event.at.clock.is_some() && event.at.utc().is_some())
        .collect();
    let mut found = Vec::new();
    for (index, piece) in document.pieces.iter().enumerate() {
        let prose = matches!(piece.segment.role, Role::Text | Role::Item);
        if !document.part(index).is_free() || !prose || piece.topic == Topic::Beyond {
            continue;
        }
        for (place, stamp) in piece.stamps.iter().enumerate() {
            let Some(Some(here)) = piece.moments.get(place) else {
                continue;
            };
            let Some(utc) = here
                .utc()
                .filter(|_| stamp.zone.is_some() && odd_minute(here))
            else {
                continue;
            };
            // Without a date of its own it may be of the day before or after.
            let apart = |event: &Event| {
                let apart = event.at.utc().map_or(TimeDelta::zero(), |at| at - utc);
                if here.day_stated {
                    apart
                } else {
                    TimeDelta::minutes((apart.num_minutes() + 720).rem_euclid(1440) - 720)
                }
            };
            let same = events
                .iter()
                .any(|event| apart(event).num_minutes().abs() <= 1);
            let foreign = events.iter().all(|event| !event.at.one_clock(here));
            let slipped = events.iter().find(|event| {
                let minutes = apart(event).num_minutes().abs();
                minutes > 0 && minutes <= 180 && minutes % 60 == 0
            });
            if let (false, true, Some(event)) = (same, foreign, slipped) {
                found.push(finding_at(
                    document,
                    index,
                    place,
                    Kind::TwoTimes,
                    Certainty::Likely,
                    words::zone_slip(here, &event.at, &here.shown_in(&event.at)),
                ));
            }
        }
    }
    found
}

static ENDS_WITH_TIME: LazyLock<Regex> = LazyLock::new(|| regex(r"(?i)\b(?:around|about|at)\s*$"));

/// `### 06:10`, and below: "raised an issue around 5.45 AM."
fn heading_and_text(document: &Document) -> Vec<Finding> {
    let mut found = Vec::new();
    for event in document.timelines.iter().flatten() {
        let index = event.piece + 1;
        if !event.told.contains(&index) || event.at.clock.is_none() {
            continue;
        }
        let piece = &document.pieces[index];
        let [stamp] = &piece.stamps[..] else { continue };
        let Some(told) = &piece.moments[0] else {
            continue;
        };
        let text = &piece.segment.text;
        let rest = text[stamp.end..].trim().trim_end_matches('.');
        let one_sentence = !text.trim_end_matches('.').contains(". ");
        let said = stamp.hedged && ENDS_WITH_TIME.is_match(&text[..stamp.start]);
        let Some(apart) = event.at.since(told).map(|d| d.abs()) else {
            continue;
        };
        let near = apart > TimeDelta::minutes(15) && apart <= TimeDelta::minutes(60);
        if rest.is_empty() && one_sentence && said && near && told.clock.is_some() {
            found.push(finding_at(
                document,
                index,
                0,
                Kind::TwoTimes,
                Certainty::Look,
                words::two_times(
                    label::THIS_EVENT,
                    told,
                    &event.at,
                    document.line(event.piece),
                ),
            ));
        }
    }
    found
}

static SINCE: LazyLock<Regex> = LazyLock::new(|| regex(r"(?i)\bsince\s*~?\s*$"));

/// "had been running for 10m (since 15:10)", under 17:20.
fn since(document: &Document) -> Vec<Finding> {
    let mut found = Vec::new();
    for event in document.timelines.iter().flatten() {
        if event.at.clock.is_none() {
            continue;
        }
        for index in event.told.clone() {
            let piece = &document.pieces[index];
            let text = &piece.segment.text;
            for (place, stamp) in piece.stamps.iter().enumerate() {
                let Some(Some(told)) = piece.moments.get(place) else {
                    continue;
                };
                if told.clock.is_none() || !SINCE.is_match(&text[..stamp.start]) {
                    continue;
                }
                let sentence = piece.sentence(stamp.start, stamp.end).start;
                let Some(length) = piece.lengths.iter().rfind(|length| {
                    length.start >= sentence
                        && length.end <= stamp.start
                        && text[..length.start]
                            .trim_end()
                            .to_lowercase()
                            .ends_with("for")
                }) else {
                    continue;
                };
                let (Some(elapsed), Some(from)) =
                    (event.at.since(told), event.at.later(-length.length))
                else {
                    continue;
                };
                if !length.fits(elapsed) && (elapsed - length.length).abs() > TimeDelta::minutes(10)
                {
                    found.push(finding_at(
                        document,
                        index,
                        place,
                        Kind::Duration,
                        Certainty::Likely,
                        words::since(length, told, &event.at, &from),
                    ));
                }
            }
        }
    }
    found
}

/// A title with a clock time that no event has.
fn title(document: &Document) -> Option<Finding> {
    let (index, piece) = document
        .pieces
        .iter()
        .enumerate()
        .find(|(_, piece)| matches!(piece.segment.role, Role::Heading(1)))?;
    let place = piece.moments.iter().position(|moment| {
        moment
            .as_ref()
            .is_some_and(|m| m.clock.is_some() && m.day_stated && !m.hedged)
    })?;
    let here = piece.moments[place].as_ref()?;
    let events: Vec<&Event> = document
        .timelines
        .iter()
        .flatten()
        .filter(|event| event.at.clock.is_some())
        .collect();
    let apart = |event: &Event| event.at.since(here).map_or(TimeDelta::MAX, |d| d.abs());
    let nearest = events.iter().min_by_key(|event| apart(event))?;
    let away = apart(nearest);
    let near = away >= TimeDelta::minutes(1) && away <= TimeDelta::minutes(15);
    (near && events.len() >= 3).then(|| {
        finding_at(
            document,
            index,
            place,
            Kind::TwoTimes,
            Certainty::Look,
            words::two_times(
                label::INCIDENT,
                here,
                &nearest.at,
                document.line(nearest.piece),
            ),
        )
    })
}

static PERMALINK: LazyLock<Regex> = LazyLock::new(|| regex(r"/archives/\w+/p(\d{10})\d{6}\b"));

/// An event that links a chat message of another hour; a chat's links carry the moment of the message.
fn linked_messages(document: &Document) -> Vec<Finding> {
    let mut found = Vec::new();
    for event in document.timelines.iter().flatten() {
        let Some(utc) = event.at.utc().filter(|_| event.at.clock.is_some()) else {
            continue;
        };
        for index in event.told.clone() {
            for link in &document.pieces[index].segment.links {
                let sent = PERMALINK
                    .captures(link)
                    .and_then(|parts| parts[1].parse().ok())
                    .and_then(|seconds| DateTime::from_timestamp(seconds, 0));
                let Some(sent) = sent else { continue };
                let apart = sent.naive_utc() - utc;
                let shown = event
                    .at
                    .zone
                    .as_ref()
                    .and_then(|zone| zone.shows(sent.naive_utc()));
                // Sent within the minute that is stated, but of another hour.
                let minute = apart.num_seconds().rem_euclid(3600) < 60;
                let hours = (1..=14).contains(&apart.num_seconds().div_euclid(3600).abs());
                if let (true, true, Some(shown)) = (minute, hours, shown) {
                    found.push(finding_at(
                        document,
                        index,
                        0,
                        Kind::TwoTimes,
                        Certainty::Look,
                        words::linked_message(&event.at, shown),
                    ));
                }
            }
        }
    }
    found
}
