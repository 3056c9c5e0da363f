//! What prose says of the outage's length, against the times of the text.

use std::sync::LazyLock;

use chrono::TimeDelta;
use regex::Regex;

use super::super::document::{Document, Piece, Topic};
use super::super::fields::{Field, Label};
use super::super::finding::{Certainty, Finding, Kind};
use super::super::moment::Moment;
use super::super::source::{Role, regex};
use super::super::spans::Window;
use super::super::words;
use super::stated_length::windows_fit;
use super::{finding, list_order};
use crate::incident::human_time::{Hedge, Length};

static CLAIM_BEFORE: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?ix)\b(?:outages?|downtime|incident|disruption|interruption|unavailable|inaccessible|unusable|unreachable|unschedulable|unable\ to\b[^.;]*|down|offline|not\ (?:accessible|available|reachable)|degraded|out\ of\ service|failing|affected|delayed|read-only|stuck|blocked|unresponsive|impaired|interrupted|refused|rejected|dropped|halted|frozen|blank|empty|stale)\b[^.;]{0,40}\b(?:for|lasted|lasting|of|totalling|totaling)\b[^.;()]{0,25}$
        | \b(?:fixed|resolved|restored|repaired|recovered|mitigated|back\ (?:up|online))\b[^.;]{0,20}\b(?:in|within|after)\b[^.;]{0,18}$
        | \b(?:lasted|lasting|dauerte|duró|durou|a\ duré)\b[^.;]{0,25}$
        | \b(?:duration|downtime|length)\b(?:\ of\ (?:the\ )?\w+)?\s*(?:was|is|of|:|=|–|-)?\s*(?:about|around|some|approximately)?\s*$",
    )
});
/// Any state that is said to have held for a while.
static STATE: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?i)[^.;()]{4,}\bfor (?:a total of |about |around |roughly |approximately |some |almost |nearly |over |just over |more than |a )*$",
    )
});
static RUNNING: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?i)\b(?:had been|has been|have been|running|kept|retained|stored|cached|valid|old|offered|booked|waited|wait)\b",
    )
});
/// What points back at times just told.
static DURING: LazyLock<Regex> =
    LazyLock::new(|| regex(r"(?i)\bduring (?:this|that|these|those)\s*$"));
static CLAIM_AFTER: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?i)^\s*(?:of\s+)?(?:\w+\s+){0,2}(?:outage|downtime|disruption|interruption|period (?:during|in) which|to (?:resolve|fix|restore|repair|recover))\b",
    )
});
static FOR: LazyLock<Regex> = LazyLock::new(|| {
    regex(r"(?i)\b(?:so|and|thus|then|,)\s+for\s+(?:about|around|roughly|some)?\s*$")
});
static FAILED: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?i)^[^.;:]{0,70}\b(?:failed|timed out|could not|couldn't|(?:was|were) (?:down|unavailable|unreachable|refused|rejected|dropped|lost|slow|offline))\b",
    )
});
static FROM_THEN: LazyLock<Regex> =
    LazyLock::new(|| regex(r"(?i)^\s+(?:at|around|starting|beginning)\s+\d"));
static NOT_A_CLAIM: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?i)\b(?:before|prior|every|each|usually|typically|normally|generally|average|mean|median|(?:\d+|two|three|four|five|six|several) (?:incidents|outages)|could|would|should|might|may have|unknown|timeout|time-?out|timed out|per|next|threshold|retention|SLA|SLO|weekend|years?|months?|some users|few users|past|last|so far|still|to date|budget|plan(?:ned)?|if|when(?:ever)?)\b",
    )
});

/// Durations of the outage in prose and of the whole incident, against every pair of times that is stated.
pub(super) fn findings(document: &Document, known: &[Finding]) -> Vec<Finding> {
    let broken = document
        .timelines
        .iter()
        .any(|events| list_order::is_broken(events))
        || known
            .iter()
            .any(|finding| matches!(finding.kind, Kind::Date | Kind::EndBeforeStart));
    if broken {
        return Vec::from_iter(outage_by_timeline(document));
    }
    let mut spans = spans(document);
    spans.sort_by_key(|(_, _, elapsed)| *elapsed);
    let mut found = Vec::new();
    for (index, piece) in document.pieces.iter().enumerate() {
        let quoted = matches!(piece.segment.role, Role::Quote | Role::Meta);
        if quoted || !may_claim(document, index) || piece.topic == Topic::Beyond {
            continue;
        }
        for length in &piece.lengths {
            let text = &piece.segment.text;
            let sentence = piece.sentence(length.start, length.end);
            let before = &text[sentence.start..length.start];
            let after = &text[length.end..sentence.end];
            let claim = CLAIM_BEFORE.is_match(before)
                || CLAIM_AFTER.is_match(after)
                || (FOR.is_match(before) && FAILED.is_match(after));
            // `refused for 20 minutes at 14:00` names a start, no stretch.
            let claim = claim && !FROM_THEN.is_match(&text[length.end..sentence.end]);
            // Of other words only what is longer than all that is told, or so exact that it was reckoned from times.
            let state = !claim
                && STATE.is_match(before)
                && !RUNNING.is_match(before)
                && !FROM_THEN.is_match(after)
                && matches!(length.hedge, Hedge::Exact | Hedge::About)
                && ((is_reckoned(length) && told_enough(document))
                    || exceeds(document, &spans, length));
            let claim = claim || state;
            let back = DURING.is_match(&text[..length.start]);
            let sized =
                length.length >= TimeDelta::minutes(3) && length.length <= TimeDelta::days(2);
            if !(claim || back)
                || !sized
                || length.range
                || (!back && NOT_A_CLAIM.is_match(&text[sentence.clone()]))
                || (bounds(length) && !exceeds(document, &spans, length))
            {
                continue;
            }
            let nearest = nearest(&spans, length.length);
            if let Some((from, to, elapsed)) = nearest
                && (bounds(length) || !length.fits(*elapsed))
                && !windows_fit(document, length)
            {
                let certainty = if length.hedge == Hedge::Exact {
                    Certainty::Likely
                } else {
                    Certainty::Look
                };
                let said = words::prose_length(length, *elapsed, from, to);
                let mut one = finding(document, index, Kind::Duration, certainty, said);
                one.line = piece.segment.line_at(length.start);
                found.push(one);
            }
        }
    }
    found.extend(outage_by_timeline(document));
    found
}

/// `up to three hours`, `more than an hour`.
fn bounds(length: &Length) -> bool {
    matches!(length.hedge, Hedge::AtLeast | Hedge::AtMost)
}

/// `9 hours and 35 minutes`, `47 minutes`: nobody guesses so.
fn is_reckoned(length: &Length) -> bool {
    length.hedge == Hedge::Exact && length.length.num_minutes() % 5 != 0
        || length.hedge == Hedge::Exact
            && length.length > TimeDelta::hours(1)
            && length.length.num_minutes() % 30 != 0
}

/// Whether a timeline of some events stands there.
fn told_enough(document: &Document) -> bool {
    document.timelines.iter().any(|events| {
        let clocked = events.iter().filter(|event| event.at.clock.is_some());
        clocked.count() >= 4
    })
}

/// Whether it is longer than everything that a timeline of some events tells: nobody was without it for longer than it lasted.
fn exceeds(document: &Document, spans: &[(Moment, Moment, TimeDelta)], length: &Length) -> bool {
    let longest = spans.last().map(|(_, _, elapsed)| *elapsed);
    told_enough(document)
        && longest.is_some_and(|longest| {
            // What is far longer was no part of the story.
            length.length <= longest * 4
                && length.length > longest + TimeDelta::minutes(5).max(longest * 10 / 100)
        })
}

/// Of stretches sorted by their length the one that comes nearest; an instant is none.
fn nearest(
    spans: &[(Moment, Moment, TimeDelta)],
    length: TimeDelta,
) -> Option<&(Moment, Moment, TimeDelta)> {
    let longer = spans.partition_point(|(_, _, elapsed)| *elapsed < length);
    // The first of those as long as the last that is shorter.
    let shorter = longer.checked_sub(1).and_then(|last| spans.get(last));
    let shorter = shorter.filter(|(_, _, elapsed)| *elapsed > TimeDelta::zero());
    let first = shorter.map(|(_, _, most)| spans.partition_point(|(_, _, one)| one < most));
    let shorter = first.and_then(|first| spans.get(first));
    [shorter, spans.get(longer)]
        .into_iter()
        .flatten()
        .min_by_key(|(_, _, elapsed)| (*elapsed - length).abs())
}

/// Whether a piece is prose; a sentence that begins like a field and tells of several times is.
fn may_claim(document: &Document, piece: usize) -> bool {
    let part = document.part(piece);
    let sentence = part.field && document.pieces[piece].stamps.len() >= 2;
    part.is_free() || (sentence && !part.told && !part.post)
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
    // Times of one line of prose: `failed at 14:00 and was back at 14:31`.
    let prose = document.pieces.iter().enumerate().filter(|(index, piece)| {
        may_claim(document, *index) && (2..=12).contains(&piece.stamps.len())
    });
    for (_, piece) in prose.take(MOST) {
        let clocked: Vec<&Moment> = piece
            .moments
            .iter()
            .flatten()
            .filter(|at| at.clock.is_some())
            .collect();
        for (place, from) in clocked.iter().enumerate() {
            for to in &clocked[place + 1..] {
                match past_midnight(from, to) {
                    Some(to) => push(from, &to),
                    None => push(from, to),
                }
            }
        }
    }
    // Lines of one paragraph, some of which begin with a time: `At 13:14 we pushed it.`, below: `At 13:40 it was turned off.`
    for pair in document.pieces.windows(2) {
        let [above, below] = pair else { continue };
        let plain = |piece: &Piece| piece.segment.role == Role::Text && piece.stamps.len() <= 12;
        let one = below.segment.line == above.segment.line + 1 || !below.segment.after_gap;
        if !(plain(above) && plain(below) && one && above.section == below.section) {
            continue;
        }
        let clocked = |piece: &'_ Piece| -> Vec<Moment> {
            let moments = piece.moments.iter().flatten();
            moments.filter(|at| at.clock.is_some()).cloned().collect()
        };
        for from in &clocked(above) {
            for to in &clocked(below) {
                push(from, to);
            }
        }
    }
    let windows: Vec<&Window> = document.windows.iter().take(MOST).collect();
    for window in &windows {
        push(&window.start, &window.end);
    }
    found
}

/// `stopped at 23:40 on 14 February and came back at 01:10`: the next day, where the clock of a sentence goes back and no date is said.
fn past_midnight(from: &Moment, to: &Moment) -> Option<Moment> {
    let back = to.since(from)? < TimeDelta::zero();
    let later = to
        .later(TimeDelta::days(1))
        .filter(|_| back && !to.day_stated)?;
    let near = later.since(from)? <= TimeDelta::hours(18);
    near.then_some(later)
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
    let all = |pattern: &Regex| -> Vec<&Moment> {
        let events = document.timelines.iter().flatten();
        events
            .filter(|event| {
                event.at.clock.is_some() && pattern.is_match(&event.text(&document.pieces))
            })
            .map(|event| &event.at)
            .collect()
    };
    // Of several outages nobody knows which one is meant.
    let (&[start], [end, ..]) = (&all(&GOES_DOWN)[..], &all(&COMES_BACK)[..]) else {
        return None;
    };
    let elapsed = end.since(start).filter(|d| *d > TimeDelta::zero())?;
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
                .filter(|field| !document.tells_of_what_goes_on(field.piece))
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
        words::two_lengths(length, start, end, elapsed),
    );
    found.also = stated[1..]
        .iter()
        .map(|(index, _)| document.line(*index))
        .collect();
    Some(found)
}
