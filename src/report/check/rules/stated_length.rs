//! Stated durations against the stated times.

use std::sync::LazyLock;

use chrono::{Datelike, NaiveTime, TimeDelta, Weekday};
use regex::Regex;

use super::super::document::{Document, Topic};
use super::super::fields::{Field, Label};
use super::super::finding::{Certainty, Finding, Kind};
use super::super::length::{Hedge, Length};
use super::super::moment::Moment;
use super::super::source::{Role, regex};
use super::super::spans::Window;
use super::super::words;
use super::{finding, list_order};

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
    found.extend(claims(document, known));
    found.extend(outage_by_timeline(document));
    found.extend(totals(document));
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
            _ => moments(&[Label::Resolved, Label::Repaired]),
        };
        let starts = moments(&[Label::Started, Label::Detected, Label::Declared]);
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

/// Whether a downtime is that of the windows: of one, or of all.
fn windows_fit(document: &Document, length: &Length) -> bool {
    let lengths = || document.windows.iter().filter_map(Window::length);
    lengths().any(|window| length.fits(window)) || length.fits(lengths().sum())
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
    let nearest = measured
        .iter()
        .min_by_key(|(_, _, elapsed)| (*elapsed - length.length).abs())?;
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
    let shorter = length.length < longest;
    let days = measured.iter().any(|(start, end, _)| start.day != end.day);
    let convention = shorter && (days || hours_said.is_some() || explained(length, &measured));
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
        r"(?i)^[\s,;:(\[–—=-]*(?:(?:or|for|lasting|lasted|a|total|of|duration|approximately|approx\.?|roughly|about|around|in|all|i\.e\.|~|which is)[\s:,]*)*$",
    )
});
static IN_FRONT: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?i)^[\s-]*(?:outage|window|period|downtime|interruption|disruption|incident|long)?[\s,]*[(\[]?(?:from|between)?[\s~]*$",
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

static CLAIM_BEFORE: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?ix)\b(?:outages?|downtime|incident|disruption|interruption|unavailable|inaccessible|unusable|unreachable|unschedulable|unable\ to\b[^.;]*|down|offline|not\ (?:accessible|available|reachable)|degraded|out\ of\ service|failing|affected)\b[^.;]{0,40}\b(?:for|lasted|lasting|of|totalling|totaling)\b[^.;()]{0,25}$
        | \b(?:fixed|resolved|restored|repaired|recovered|mitigated|back\ (?:up|online))\b[^.;]{0,20}\b(?:in|within|after)\b[^.;]{0,18}$
        | \b(?:lasted|lasting)\b[^.;]{0,25}$",
    )
});
static CLAIM_AFTER: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?i)^\s*(?:of\s+)?(?:\w+\s+){0,2}(?:outage|downtime|disruption|interruption|period (?:during|in) which|to (?:resolve|fix|restore|repair|recover))\b",
    )
});
static NOT_A_CLAIM: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?i)\b(?:before|prior|every|each|usually|typically|normally|generally|average|could|would|should|might|may have|unknown|timeout|time-?out|timed out|per|next|until|threshold|retention|SLA|SLO|weekend|years?|months?|some users|few users|past|last|budget|plan(?:ned)?|if|when(?:ever)?)\b",
    )
});

/// Durations of the outage in prose, against every pair of times that is stated.
fn claims(document: &Document, known: &[Finding]) -> Vec<Finding> {
    let broken = document
        .timelines
        .iter()
        .any(|events| list_order::is_broken(events))
        || known
            .iter()
            .any(|finding| matches!(finding.kind, Kind::Date | Kind::EndBeforeStart));
    if broken {
        return Vec::new();
    }
    let spans = spans(document);
    let mut found = Vec::new();
    for (index, piece) in document.pieces.iter().enumerate() {
        let prose = matches!(piece.segment.role, Role::Text | Role::Item);
        let part = document.part(index);
        if !prose || !part.is_free() || part.window || piece.topic == Topic::Beyond {
            continue;
        }
        for length in &piece.lengths {
            let text = &piece.segment.text;
            let sentence_start = text[..length.start].rfind(". ").map_or(0, |dot| dot + 2);
            let sentence_end = text[length.end..]
                .find(". ")
                .map_or(text.len(), |dot| length.end + dot);
            let claim = CLAIM_BEFORE.is_match(&text[sentence_start..length.start])
                || CLAIM_AFTER.is_match(&text[length.end..sentence_end]);
            let sized =
                length.length >= TimeDelta::minutes(3) && length.length <= TimeDelta::days(2);
            if !claim
                || !sized
                || length.range
                || NOT_A_CLAIM.is_match(&text[sentence_start..sentence_end])
                || matches!(length.hedge, Hedge::AtLeast | Hedge::AtMost)
                || spans.iter().any(|(_, _, elapsed)| length.fits(*elapsed))
            {
                continue;
            }
            let nearest = spans
                .iter()
                .filter(|(_, _, elapsed)| *elapsed > TimeDelta::zero())
                .min_by_key(|(_, _, elapsed)| (*elapsed - length.length).abs());
            if let Some((from, to, elapsed)) = nearest {
                let certainty = if length.hedge == Hedge::Exact {
                    Certainty::Likely
                } else {
                    Certainty::Look
                };
                found.push(finding(
                    document,
                    index,
                    Kind::Duration,
                    certainty,
                    words::prose_length(length, *elapsed, from, to),
                ));
            }
        }
    }
    found
}

/// Every stretch between two stated times of one story, bounded so that a long chat costs little.
fn spans(document: &Document) -> Vec<(Moment, Moment, TimeDelta)> {
    const MOST: usize = 60;
    const MOST_SPANS: usize = 6_000;
    let mut found: Vec<(Moment, Moment, TimeDelta)> = Vec::new();
    let mut push = |from: &Moment, to: &Moment| {
        if found.len() < MOST_SPANS
            && let Some(elapsed) = to.since(from).filter(|d| *d >= TimeDelta::zero())
        {
            found.push((from.clone(), to.clone(), elapsed));
        }
    };
    for events in &document.timelines {
        let clocked: Vec<&Moment> = events
            .iter()
            .map(|event| &event.at)
            .filter(|at| at.clock.is_some())
            .take(MOST)
            .collect();
        for (place, from) in clocked.iter().enumerate() {
            for to in &clocked[place + 1..] {
                push(from, to);
            }
        }
    }
    for group in document.fields.iter().take(MOST) {
        for from in group.iter().filter_map(Field::moment) {
            for to in group.iter().filter_map(Field::moment) {
                push(from, to);
            }
        }
    }
    let posted: Vec<&Moment> = document
        .posts
        .iter()
        .map(|post| &post.at)
        .take(MOST)
        .collect();
    for from in &posted {
        for to in &posted {
            push(from, to);
        }
    }
    let windows: Vec<&Window> = document.windows.iter().take(MOST).collect();
    for window in &windows {
        push(&window.start, &window.end);
    }
    // The total of several windows counts as well.
    let total: TimeDelta = windows
        .iter()
        .filter_map(|window| window.length())
        .filter(|d| *d > TimeDelta::zero())
        .sum();
    if let (Some(first), Some(last), true) = (windows.first(), windows.last(), windows.len() > 1) {
        found.push((first.start.clone(), last.end.clone(), total));
    }
    found
}

static GOES_DOWN: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?i)\b(?:caus(?:ing|es|ed) an? (?:\w+ )?outage|outage (?:begins|began|starts|started)|start of (?:the )?outage)\b",
    )
});
static COMES_BACK: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?i)\b(?:outage (?:ends|ended)|end of (?:the )?outage|operational again|available again|accessible again|services? (?:is |are |was |were )?(?:fully )?restored|all services (?:is |are |was |were |have been )?(?:fully )?(?:restored|back))\b",
    )
});

/// The duration that a status page states, against the outage that the timeline tells.
fn outage_by_timeline(document: &Document) -> Option<Finding> {
    let (start, end) = document.timelines.iter().find_map(|events| {
        let says = |pattern: &Regex, event: &super::super::events::Event| {
            event.at.clock.is_some() && pattern.is_match(&event.text(&document.pieces))
        };
        let start = events.iter().position(|event| says(&GOES_DOWN, event))?;
        let end = events[start..]
            .iter()
            .find(|event| says(&COMES_BACK, event))?;
        Some((events[start].at.clone(), end.at.clone()))
    })?;
    let elapsed = end.since(&start)?;
    let stated: Vec<(usize, &Length)> = document
        .pieces
        .iter()
        .enumerate()
        .flat_map(|(index, piece)| {
            let text = &piece.segment.text;
            piece
                .lengths
                .iter()
                .filter(move |length| {
                    text[..length.start]
                        .to_lowercase()
                        .trim_end()
                        .ends_with("lasting")
                })
                .map(move |length| (index, length))
        })
        .chain(
            document
                .all_fields()
                .filter(|field| field.label == Label::Duration)
                .filter_map(|field| Some((field.piece, field.length()?))),
        )
        .filter(|(_, length)| {
            let apart = (length.length - elapsed).abs();
            apart > TimeDelta::minutes(4) && apart * 10 > elapsed
        })
        .collect();
    let (index, length) = stated.first()?;
    let mut found = finding(
        document,
        *index,
        Kind::Duration,
        Certainty::Look,
        words::two_lengths(length, &start, &end, elapsed),
    );
    found.also = stated[1..]
        .iter()
        .map(|(index, _)| document.line(*index))
        .collect();
    Some(found)
}

static TOTAL: LazyLock<Regex> =
    LazyLock::new(|| regex(r"(?i)\b(?:total(?:l?ing)?|altogether|combined|in all)\b[^.;]{0,30}$"));

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
        if listed && TOTAL.is_match(between) && !total.fits(sum) {
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
