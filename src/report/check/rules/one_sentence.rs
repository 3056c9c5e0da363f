//! `It started at 16:40, was detected at 16:12 and resolved at 18:05`: one sentence that tells the milestones out of order; and a
//! paragraph that goes forward until its last sentence says that all was well before the repair.

use std::sync::LazyLock;

use chrono::TimeDelta;
use regex::Regex;

use super::super::document::{Document, Piece, Topic};
use super::super::finding::{Certainty, Finding, Kind};
use super::super::moment::Moment;
use super::super::source::{Role, regex};
use super::super::words::{self, label};
use super::finding_at;

static STARTED: LazyLock<Regex> =
    LazyLock::new(|| regex(r"(?i)\b(?:started|began)\b(?:\s+\w+){0,3}?\s+(?:at|on)\s*$"));
/// What goes on with the subject of the first clause.
const SAME: &str = r"(?i)(?:,|;|\band\b|\bbut\b)\s+(?:(?:and|but|then|it|this|that|was|were|is|has|had|been|only|first|finally|later|fully|not|until)\s+)*";
const AT: &str = r"\b(?:\s+\w+){0,5}?\s+(?:at|on|until)\s*$";
static DETECTED: LazyLock<Regex> = LazyLock::new(|| {
    regex(&format!(
        r"{SAME}(?:detected|noticed|discovered|spotted|seen|reported|found){AT}"
    ))
});
static ENDED: LazyLock<Regex> = LazyLock::new(|| {
    regex(&format!(
        r"{SAME}(?:resolved|restored|fixed|repaired|mitigated|ended|over){AT}"
    ))
});
/// Several starts, or times that are told backwards on purpose.
static OTHER: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?i)\b(?:again|second|another|next|had|already|earlier|previous(?:ly)?|before|work|investigation|investigating|repair|rollout)\b",
    )
});

pub(super) fn findings(document: &Document) -> Vec<Finding> {
    let mut found = Vec::new();
    for (index, piece) in document.pieces.iter().enumerate() {
        let prose = matches!(piece.segment.role, Role::Text | Role::Item);
        if !prose
            || !piece.is_prose_sized()
            || document.part(index).post
            || piece.topic == Topic::Beyond
        {
            continue;
        }
        let told = milestones(document, index, piece).or_else(|| last_word(document, index, piece));
        found.extend(told);
    }
    found
}

/// A time that a rule may rely on.
fn exact(moment: &Moment) -> bool {
    moment.clock.is_some_and(|clock| !clock.hour_only) && !moment.hedged
}

/// Whether the second is before the first, by less than what a midnight would explain.
fn is_back(first: &Moment, second: &Moment) -> bool {
    second.since(first).is_some_and(|step| {
        let dated = first.day_stated && second.day_stated;
        step < TimeDelta::zero() && (dated || step > TimeDelta::hours(-9))
    })
}

fn milestones(document: &Document, index: usize, piece: &Piece) -> Option<Finding> {
    let text = &piece.segment.text;
    let mut start: Option<&Moment> = None;
    let mut detected: Option<&Moment> = None;
    for (place, stamp) in piece.stamps.iter().enumerate() {
        let said = piece.sentence(stamp.start, stamp.end);
        let from = place
            .checked_sub(1)
            .map_or(0, |before| piece.stamps[before].end);
        if from < said.start {
            (start, detected) = (None, None);
        }
        let clause = &text[from.max(said.start)..stamp.start];
        let Some(at) = piece.moments.get(place)?.as_ref().filter(|at| exact(at)) else {
            continue;
        };
        if OTHER.is_match(&text[said.start..stamp.end]) {
            continue;
        }
        let (first, name, first_name) = if STARTED.is_match(clause) {
            start = Some(at);
            continue;
        } else if DETECTED.is_match(clause) {
            detected = Some(at);
            (start, label::DETECTED, label::STARTED)
        } else if ENDED.is_match(clause) {
            match detected {
                Some(detected) => (Some(detected), label::RESOLVED, label::DETECTED),
                None => (start, label::RESOLVED, label::STARTED),
            }
        } else {
            continue;
        };
        if let Some(first) = first.filter(|first| is_back(first, at)) {
            let said = words::end_before_start(name, at, first_name, first);
            let kind = Kind::EndBeforeStart;
            return Some(finding_at(
                document,
                index,
                place,
                kind,
                Certainty::Likely,
                said,
            ));
        }
    }
    None
}

static WELL: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?i)\b(?:(?:green|normal|healthy|up|online|back|available|reachable|working) again|(?:back|returned) to normal|recovered|restored|resolved)\b",
    )
});
static BY: LazyLock<Regex> = LazyLock::new(|| regex(r"(?i)\bby\s*$"));
/// What begins a clause of its own.
static LINK: LazyLock<Regex> = LazyLock::new(|| regex(r"(?i)(?:, (?:and|but)|;)\s"));
static TOLD_LATER: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?i)\b(?:had|already|earlier|before|first|since|though|although|some|most|part(?:ly|ial(?:ly)?)?|meanwhile|only)\b",
    )
});

/// Three times forward, then a recovery before the last of them.
fn last_word(document: &Document, index: usize, piece: &Piece) -> Option<Finding> {
    if !document.part(index).is_free() {
        return None;
    }
    let clocked: Vec<(usize, &Moment)> = piece
        .moments
        .iter()
        .enumerate()
        .filter_map(|(place, at)| Some((place, at.as_ref()?)))
        .filter(|(_, at)| at.clock.is_some())
        .collect();
    let [told @ .., (place, last)] = &clocked[..] else {
        return None;
    };
    let forward = told.len() >= 3
        && told.iter().all(|(_, at)| exact(at))
        && told.windows(2).all(|pair| {
            pair[1]
                .1
                .since(pair[0].1)
                .is_some_and(|d| d >= TimeDelta::zero())
        });
    let (_, before) = told.last()?;
    let stamp = piece.stamps.get(*place)?;
    let text = &piece.segment.text;
    let said = piece.sentence(stamp.start, stamp.end);
    // `and by 16:02 all was well` is as sure as `at`.
    let by = BY.is_match(&text[said.start..stamp.start]);
    let sure = exact(last) || (by && last.clock.is_some_and(|clock| !clock.hour_only));
    // What one clause says of two times may be told in any order.
    let above = piece.stamps[..*place].iter().map(|stamp| stamp.end).max()?;
    let clause = if above <= said.start {
        said
    } else {
        let link = LINK.find(&text[above..stamp.start])?;
        above + link.end()..said.end
    };
    let clause = &text[clause];
    let told_later = TOLD_LATER
        .find_iter(clause)
        .any(|word| !(by && word.as_str().eq_ignore_ascii_case("had")));
    let well = WELL.is_match(clause) && !told_later;
    (forward && sure && well && is_back(before, last)).then(|| {
        let said = words::back_in_time(last, before, None);
        finding_at(
            document,
            index,
            *place,
            Kind::BackInTime,
            Certainty::Look,
            said,
        )
    })
}
