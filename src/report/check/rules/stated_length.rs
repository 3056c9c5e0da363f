//! Stated durations against the stated times.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use chrono::{DateTime, Datelike, NaiveTime, TimeDelta, Utc, Weekday};
use regex::Regex;

use super::super::document::Document;
use super::super::fields::{Field, Label};
use super::super::finding::{Certainty, Finding, Kind};
use super::super::moment::Moment;
use super::super::source::regex;
use super::super::spans::Window;
use super::super::words;
use super::finding;
use crate::incident::human_time::{Hedge, Length};
use crate::incident::union_length;

pub(super) fn findings(document: &Document, known: &[Finding]) -> Vec<Finding> {
    let mut found: Vec<Finding> = document
        .fields
        .iter()
        .flat_map(|group| fields(document, group, known))
        .collect();
    found.extend(
        document
            .windows
            .iter()
            .filter_map(|window| beside(document, window)),
    );
    found.extend(totals(document));
    found.extend(totals_of_numbers(document));
    found
}

/// `Time to repair: 4h 9m` against the fields of its group.
fn fields(document: &Document, group: &[Field], known: &[Finding]) -> Vec<Finding> {
    let moments = |labels: &[Label]| -> Vec<Moment> {
        group
            .iter()
            .filter(|field| labels.contains(&field.label))
            .filter_map(|field| field.moment().cloned())
            .collect()
    };
    let wrong_date = group.iter().any(|field| {
        known
            .iter()
            .any(|finding| finding.kind == Kind::Date && finding.line == document.line(field.piece))
    });
    if wrong_date {
        return Vec::new();
    }
    let mut found = Vec::new();
    for field in group {
        let Some(length) = field.length() else {
            continue;
        };
        if document.tells_of_what_goes_on(field.piece) {
            continue;
        }
        let ends: Vec<Moment> = match field.label {
            Label::TimeToRepair => {
                let repaired = moments(&[Label::Repaired]);
                if repaired.is_empty() {
                    moments(&[Label::Resolved])
                } else {
                    repaired
                }
            }
            Label::TimeToResolve => moments(&[Label::Resolved]),
            Label::TimeToDetect => moments(&[Label::Detected]),
            Label::TimeToDeclare => moments(&[Label::Declared]),
            _ => moments(&[Label::Resolved, Label::Repaired]),
        };
        let ends = if ends.is_empty() {
            told_once(document, field.label, Edge::End)
        } else {
            ends
        };
        let starts = match field.label {
            Label::TimeToDetect => moments(&[Label::Started]),
            Label::TimeToDeclare => moments(&[Label::Started, Label::Detected]),
            _ => moments(&[
                Label::Started,
                Label::Detected,
                Label::Noted,
                Label::Declared,
            ]),
        };
        let starts = if starts.is_empty() {
            told_once(document, field.label, Edge::Start)
        } else {
            starts
        };
        // Without a field for the repair any event may be it.
        let unnamed = field.label == Label::TimeToRepair && moments(&[Label::Repaired]).is_empty();
        let ends: Vec<Moment> = if unnamed {
            let events = document.timelines.iter().flatten().take(MOST_WINDOWS);
            let told = events.map(|event| event.at.clone());
            ends.into_iter().chain(told).collect()
        } else {
            ends
        };
        let mut spans: Vec<(Moment, Moment)> = ends
            .iter()
            .flat_map(|end| starts.iter().map(|start| (start.clone(), end.clone())))
            .collect();
        if field.label == Label::Duration {
            if windows_fit(document, length) {
                continue;
            }
            let windows = document.windows.iter().take(3);
            spans.extend(windows.map(|window| (window.start.clone(), window.end.clone())));
        }
        found.extend(unlike(document, field, length, &spans));
    }
    found
}

static STARTED: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?i)^\W*(?:start(?:ed|s)?\b|(?:the )?(?:problem|issue|impact|outage|incident|fault)s? (?:start|beg[ia]n|occur)\w*)",
    )
});
static DETECTED: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?i)^\W*(?:(?:the )?(?:problem|issue|incident|outage|fault) (?:is |was )?)?detect(?:ed|ion)\b",
    )
});
static MITIGATED: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?i)^\W*(?:(?:the )?(?:problem|issue|incident|outage|impact|fault) (?:is |was )?)?(?:mitigated|repaired)\b",
    )
});
static RESOLVED: LazyLock<Regex> = LazyLock::new(|| {
    regex(r"(?i)^\W*(?:(?:the )?(?:problem|issue|incident|outage|fault) (?:is |was )?)?resolved\b")
});

/// Which end of a measure.
#[derive(Clone, Copy)]
enum Edge {
    Start,
    End,
}

/// Where no field says when a measure begins or ends: the one event of the timelines that begins with the word for it.
fn told_once(document: &Document, label: Label, edge: Edge) -> Vec<Moment> {
    let pattern: &Regex = match (label, edge) {
        (Label::TimeToDetect, Edge::End) => &DETECTED,
        (Label::TimeToRepair, Edge::End) => &MITIGATED,
        (Label::TimeToResolve, Edge::End) => &RESOLVED,
        (Label::TimeToDetect | Label::TimeToRepair | Label::TimeToResolve, Edge::Start) => &STARTED,
        _ => return Vec::new(),
    };
    let events = document.timelines.iter().flatten();
    let mut events = events.filter(|event| {
        event.at.clock.is_some() && pattern.is_match(&event.text(&document.pieces))
    });
    match (events.next(), events.next()) {
        (Some(event), None) => vec![event.at.clone()],
        _ => Vec::new(),
    }
}

/// How many windows are put together for a total.
const MOST_WINDOWS: usize = 60;

/// Whether a downtime is that of the windows: of one, or of all.
pub(super) fn windows_fit(document: &Document, length: &Length) -> bool {
    let at = |moment: &Moment| moment.utc().unwrap_or(moment.local()).and_utc();
    let mut sections: BTreeMap<usize, Vec<_>> = BTreeMap::new();
    for window in document.windows.iter().take(MOST_WINDOWS) {
        let span = (at(&window.start), Some(at(&window.end)));
        let section = document.pieces[window.piece].section;
        sections.entry(section).or_default().push(span);
        // A summary may name the whole stretch, a section below it the outages in it.
        sections.entry(usize::MAX).or_default().push(span);
    }
    let union = |spans: Vec<_>| length.fits(union_length(spans, DateTime::<Utc>::MAX_UTC));
    document
        .windows
        .iter()
        .filter_map(Window::length)
        .any(|one| length.fits(one))
        || sections.into_values().any(union)
}

fn unlike(
    document: &Document,
    field: &Field,
    length: &Length,
    spans: &[(Moment, Moment)],
) -> Option<Finding> {
    let measured: Vec<(&Moment, &Moment, TimeDelta)> = spans
        .iter()
        .filter_map(|(start, end)| Some((start, end, end.since(start)?)))
        .filter(|(_, _, elapsed)| *elapsed >= TimeDelta::zero())
        .collect();
    // A slip in the hours leaves the minutes right: then those two times are meant.
    let nearest = measured.iter().min_by_key(|(_, _, elapsed)| {
        let apart = (*elapsed - length.length).abs();
        (apart.num_minutes() % 60 != 0, apart)
    })?;
    let longest = measured.iter().map(|(_, _, elapsed)| *elapsed).max()?;
    let hours_said = hours_in(document, field.piece);
    let fits = measured.iter().any(|(start, end, elapsed)| {
        length.fits(*elapsed)
            || hours_said.is_some_and(|(open, close)| {
                [true, false].into_iter().any(|weekends| {
                    worked(start, end, open, close, weekends)
                        .is_some_and(|worked| length.fits(worked))
                })
            })
    });
    if fits || length.range {
        return None;
    }
    if let Some((open, close)) = hours_said {
        let counted = worked(nearest.0, nearest.1, open, close, false)?;
        let said = words::hours_length(length, nearest.0, nearest.1, counted);
        return Some(finding(
            document,
            field.piece,
            Kind::Duration,
            Certainty::Likely,
            said,
        ));
    }
    let shorter = length.length < longest;
    if shorter && explained(length, &measured) && says_so(document) {
        return None;
    }
    let days = measured.iter().any(|(start, end, _)| start.day != end.day);
    let convention = shorter && (days || explained(length, &measured));
    let certainty = if !shorter && length.hedge == Hedge::Exact {
        // Whatever hours count, nothing takes longer than from its first to its last moment.
        Certainty::Certain
    } else if convention {
        Certainty::Look
    } else {
        Certainty::Likely
    };
    Some(finding(
        document,
        field.piece,
        Kind::Duration,
        certainty,
        words::field_length(
            length,
            nearest.0,
            nearest.1,
            nearest.2,
            convention || shorter,
        ),
    ))
}

static HOURS: LazyLock<Regex> = LazyLock::new(|| {
    regex(r"(?i)\b(?:support|working|business|office|service|staffed) hours\b|\bhours of support\b")
});

static COUNTED: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?i)\b(?:count(?:s|ed|ing)?|clock|measured|stops?|in|within|during)\b[^.]{0,60}\b(?:support|working|business|office|service|staffed) hours\b",
    )
});

/// Whether the text says that only some hours of the day count.
fn says_so(document: &Document) -> bool {
    let mut texts = document.pieces.iter().map(|piece| &piece.segment.text);
    texts.any(|text| COUNTED.is_match(text))
}

/// `(during support hours 10:00-17:00)`.
fn hours_in(document: &Document, piece: usize) -> Option<(NaiveTime, NaiveTime)> {
    if !HOURS.is_match(&document.pieces[piece].segment.text) {
        return None;
    }
    let window = document
        .windows
        .iter()
        .find(|window| window.piece == piece)?;
    Some((window.start.clock?.time, window.end.clock?.time))
}

/// The time between two moments that lies in the hours of a day.
fn worked(
    start: &Moment,
    end: &Moment,
    open: NaiveTime,
    close: NaiveTime,
    weekends: bool,
) -> Option<TimeDelta> {
    if open >= close || (end.day - start.day).num_days() > 400 {
        return None;
    }
    let mut total = TimeDelta::zero();
    for day in start.day.iter_days().take_while(|day| *day <= end.day) {
        if !weekends && matches!(day.weekday(), Weekday::Sat | Weekday::Sun) {
            continue;
        }
        let from = day.and_time(open).max(start.local());
        let to = day.and_time(close).min(end.local());
        if to > from {
            total += to - from;
        }
    }
    Some(total)
}

/// Whether some usual support hours give exactly what is stated.
fn explained(length: &Length, measured: &[(&Moment, &Moment, TimeDelta)]) -> bool {
    let hour = |hour| NaiveTime::from_hms_opt(hour, 0, 0);
    measured.iter().any(|(start, end, _)| {
        (6..=10).any(|open| {
            (16..=22).any(|close| {
                let (Some(open), Some(close)) = (hour(open), hour(close)) else {
                    return false;
                };
                [true, false].into_iter().any(|weekends| {
                    worked(start, end, open, close, weekends).is_some_and(|worked| {
                        (worked - length.length).abs() <= TimeDelta::minutes(1)
                    })
                })
            })
        })
    })
}

static BEHIND: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?i)^[\s,;:(\[|–—=-]*(?:(?:or|so|thus|for|lasting|lasted|a|total|of|duration|approximately|approx\.?|roughly|about|around|in|all|i\.e\.|~|which is)[\s:,]*)*$",
    )
});
static IN_FRONT: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?i)^[\s-]*(?:outage|window|period|downtime|interruption|disruption|incident|long|of(?: \w+){1,2})?[\s,]*[(\[]?(?:from|between)?[\s~]*$",
    )
});

/// A duration right beside a window.
fn beside(document: &Document, window: &Window) -> Option<Finding> {
    let piece = &document.pieces[window.piece];
    let text = &piece.segment.text;
    let (from, to) = (&piece.stamps[window.stamp], &piece.stamps[window.stamp + 1]);
    let length = piece.lengths.iter().find(|length| {
        (length.start >= to.end && BEHIND.is_match(&text[to.end..length.start]))
            || (length.end <= from.start && IN_FRONT.is_match(&text[length.end..from.start]))
    })?;
    let elapsed = window.length()?;
    let hedged = window.start.hedged || window.end.hedged;
    let slack = if hedged {
        TimeDelta::minutes(10)
    } else {
        TimeDelta::zero()
    };
    let fits = [elapsed - slack, elapsed, elapsed + slack]
        .into_iter()
        .any(|elapsed| length.fits(elapsed));
    if fits || length.range || elapsed < TimeDelta::zero() {
        return None;
    }
    let exact = !hedged && length.hedge == Hedge::Exact;
    Some(finding(
        document,
        window.piece,
        Kind::Duration,
        if exact {
            Certainty::Certain
        } else {
            Certainty::Likely
        },
        words::window_length(length, &window.start, &window.end, elapsed),
    ))
}

static TOTAL: LazyLock<Regex> =
    LazyLock::new(|| regex(r"(?i)\b(?:total(?:l?ing)?|altogether|combined|in all)\b[^.;]{0,30}$"));

static TOGETHER: LazyLock<Regex> =
    LazyLock::new(|| regex(r"(?i)\b(?:together|combined|adding up to|zusammen)\b[^.;\d]{0,20}$"));

/// A total of durations that stand in the same sentence.
fn totals(document: &Document) -> Vec<Finding> {
    let mut found = Vec::new();
    for (index, piece) in document.pieces.iter().enumerate() {
        let text = &piece.segment.text;
        let [parts @ .., total] = &piece.lengths[..] else {
            continue;
        };
        let Some(last) = parts.last().filter(|_| parts.len() >= 2) else {
            continue;
        };
        let between = &text[last.end..total.start];
        let sum: TimeDelta = parts.iter().map(|part| part.length).sum();
        let listed = parts.windows(2).all(|pair| {
            matches!(
                text[pair[0].end..pair[1].start]
                    .trim()
                    .trim_matches(',')
                    .trim(),
                "and" | "" | "+" | "then"
            )
        });
        // `for 25 minutes on Saturday, for 65 on Sunday: together an hour and 20 minutes`
        let sentence = piece.sentence(total.start, total.end);
        let together = parts.iter().all(|part| sentence.contains(&part.start));
        let summed = listed && TOTAL.is_match(between) || together && TOGETHER.is_match(between);
        if summed && !total.fits(sum) {
            found.push(finding(
                document,
                index,
                Kind::Count,
                Certainty::Likely,
                words::total(total, sum),
            ));
        }
    }
    found
}

static NUMBERS: LazyLock<Regex> = LazyLock::new(|| {
    regex(r"(?i)\b(\d{1,3}(?:, \d{1,3})*,? and \d{1,3}) (minutes|mins|hours|seconds)\b")
});
static IN_ALL: LazyLock<Regex> = LazyLock::new(|| {
    regex(r"(?i)\b(?:total(?:l?ing)?|altogether|together|combined|in all|in sum)\b")
});

/// `Three windows, of 12, 18 and 25 minutes. In all it was down for 65 minutes.` Windows that overlap make less, none make more.
fn totals_of_numbers(document: &Document) -> Vec<Finding> {
    let mut found = Vec::new();
    for (index, piece) in document.pieces.iter().enumerate() {
        let text = &piece.segment.text;
        let Some(parts) = NUMBERS.captures(text).filter(|_| piece.is_prose_sized()) else {
            continue;
        };
        let list = parts.get_match();
        let minutes: i64 = parts[1]
            .split(|c: char| !c.is_ascii_digit())
            .filter_map(|number| number.parse::<i64>().ok())
            .sum();
        let sum = match parts[2].to_lowercase().as_str() {
            "hours" => TimeDelta::hours(minutes),
            "seconds" => TimeDelta::seconds(minutes),
            _ => TimeDelta::minutes(minutes),
        };
        let total = piece.lengths.iter().find(|length| {
            let said = piece.sentence(length.start, length.end);
            let own = piece
                .lengths
                .iter()
                .filter(|other| said.contains(&other.start))
                .count()
                == 1;
            length.start >= list.end() && own && IN_ALL.is_match(&text[said])
        });
        if let Some(total) = total.filter(|total| !total.fits(sum) && total.length > sum) {
            let said = words::total(total, sum);
            let mut one = finding(document, index, Kind::Count, Certainty::Likely, said);
            one.line = piece.segment.line_at(total.start);
            found.push(one);
        }
    }
    found
}
