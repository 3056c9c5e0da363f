//! `Impact from 14:05 to 16:40` above a timeline that begins at 14:05 and whose one event of the end is of 16:04.

use std::sync::LazyLock;

use chrono::TimeDelta;
use regex::Regex;

use super::super::document::{Document, Topic};
use super::super::events::Event;
use super::super::finding::{Certainty, Finding, Kind};
use super::super::source::regex;
use super::super::words::{self, label};
use super::finding_at;

static OVER: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?i)\b(?:impact (?:is |was )?(?:over|ends|ended)|end of (?:the )?(?:impact|outage)|outage (?:is |was )?(?:over|ends|ended)|services? (?:is |are |was |were )?(?:fully )?restored)\b",
    )
});
static PARTLY: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?i)\b(?:most|some|part(?:ly|ial(?:ly)?)?|many|first|began|begins|start(?:s|ed)?|nearly|almost|not|for \w+ customers)\b",
    )
});

/// A window whose start an event of the timeline has, and whose end none.
pub(super) fn findings(document: &Document) -> Vec<Finding> {
    let mut found: Vec<Finding> = Vec::new();
    for window in &document.windows {
        let part = document.part(window.piece);
        let beyond = document.pieces[window.piece].topic == Topic::Beyond;
        if part.told || part.event || beyond || window.start.hedged || window.end.hedged {
            continue;
        }
        for events in &document.timelines {
            let is = |event: &Event, moment| {
                event.at.clock.is_some()
                    && event
                        .at
                        .since(moment)
                        .is_some_and(|apart| apart.abs() <= TimeDelta::minutes(1))
            };
            let begins = events.iter().any(|event| is(event, &window.start));
            let ends = events.iter().any(|event| is(event, &window.end));
            let mut over = events.iter().filter(|event| {
                let text = event.text(&document.pieces);
                event.at.clock.is_some() && OVER.is_match(&text) && !PARTLY.is_match(&text)
            });
            let (Some(end), None) = (over.next(), over.next()) else {
                continue;
            };
            let last = events
                .last()
                .and_then(|last| window.end.since(&last.at))
                .is_some_and(|after| after < TimeDelta::hours(6));
            if begins && !ends && last && !end.at.hedged {
                let line = document.line(end.piece);
                let said = words::two_times(label::END, &window.end, &end.at, line);
                let mut one = finding_at(
                    document,
                    window.piece,
                    window.stamp,
                    Kind::TwoTimes,
                    Certainty::Likely,
                    said,
                );
                one.also.push(line);
                match found.first_mut() {
                    // A summary may say it more than once.
                    Some(first) => first.also.push(one.line),
                    None => found.push(one),
                }
            }
        }
    }
    found
}
