//! Promises that the record shows unkept.

use std::sync::LazyLock;

use chrono::TimeDelta;
use regex::Regex;

use super::super::document::Document;
use super::super::events::Event;
use super::super::finding::{Certainty, Finding, Kind};
use super::super::posts::Post;
use super::super::source::regex;
use super::super::words;
use super::finding;
use crate::incident::Status;
use crate::incident::human_time::Length;
use crate::incident::promise::grace;

pub(super) fn findings(document: &Document) -> Vec<Finding> {
    let mut found = Vec::from_iter(postmortems(document));
    found.extend(listed_postmortems(document));
    found.extend(late_postmortem(document));
    for post in &document.posts {
        for piece in post.body.clone() {
            found.extend(next_update(document, post, piece));
            found.extend(estimate(document, post, piece));
        }
    }
    found.extend(in_timelines(document));
    found
}

static POSTMORTEM: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?i)\b(?:post-?\s?mortem|root cause analysis|RCA|incident report|full report|review)\b[^.]{0,40}\bwill (?:follow|be (?:posted|provided|published|shared|made available|released))\b|\bwill (?:follow up with|publish|post|provide|share|release) (?:an?|the|our|a full|a detailed) (?:\w+ )?(?:post-?\s?mortem|root cause analysis|RCA|incident report|full report)\b",
    )
});
static HAS_ONE: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?i)^(?:post-?\s?mortem|root cause(?: analysis)?|RCA|incident details|remediation(?: plan)?|lessons learn(?:ed|t)|timeline|incident timeline|action items|what went wrong|corrective actions)\b",
    )
});

/// A page whose updates promise a postmortem and that holds none.
fn postmortems(document: &Document) -> Option<Finding> {
    let posts = &document.posts;
    let kept = posts
        .iter()
        .any(|post| post.status == Some(Status::Postmortem))
        || document
            .pieces
            .iter()
            .any(|piece| HAS_ONE.is_match(&piece.segment.text));
    if posts.is_empty() || kept {
        return None;
    }
    posts
        .iter()
        .flat_map(|post| post.body.clone())
        .find(|piece| POSTMORTEM.is_match(&document.pieces[*piece].segment.text))
        .map(|piece| {
            finding(
                document,
                piece,
                Kind::Promise,
                Certainty::Look,
                words::no_postmortem(),
            )
        })
}

/// `We will publish a postmortem within 48 hours`, and the one that came is nine days younger.
fn late_postmortem(document: &Document) -> Option<Finding> {
    let written = |post: &&Post| post.status == Some(Status::Postmortem);
    let published = document.posts.iter().filter(written).map(|post| &post.at);
    let published = published.min_by_key(|at| at.local())?;
    let promises = document
        .posts
        .iter()
        .filter(|post| post.status != Some(Status::Postmortem));
    promises
        .flat_map(|post| post.body.clone().map(move |piece| (post, piece)))
        .find_map(|(post, index)| {
            let piece = &document.pieces[index];
            let text = &piece.segment.text;
            let promise = POSTMORTEM.find(text)?;
            let length = piece.lengths.iter().find(|length| {
                length.start >= promise.end() && !text[promise.end()..length.start].contains(". ")
            })?;
            let waited = published.since(&post.at)?;
            // A day is promised with its evening.
            let slack = grace(length.length).max(TimeDelta::hours(14));
            (waited > length.length + slack).then(|| {
                let said = words::late_postmortem(length.length, waited);
                finding(document, index, Kind::Promise, Certainty::Likely, said)
            })
        })
}

static STATUS_LINE: LazyLock<Regex> = LazyLock::new(|| regex(r"(?i)^status:\s*(\w+)"));

/// A list of incidents, each with its last words and its status: resolved, and a postmortem still to follow.
fn listed_postmortems(document: &Document) -> Vec<Finding> {
    let mut found = Vec::new();
    for (index, piece) in document.pieces.iter().enumerate() {
        let status = document
            .pieces
            .get(index + 1)
            .and_then(|next| STATUS_LINE.captures(&next.segment.text));
        let resolved = status.is_some_and(|parts| parts[1].eq_ignore_ascii_case("resolved"));
        if resolved && POSTMORTEM.is_match(&piece.segment.text) {
            found.push(finding(
                document,
                index,
                Kind::Promise,
                Certainty::Look,
                words::no_postmortem(),
            ));
        }
    }
    found
}

static NEXT: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?i)\b(?:next update|further updates?|another update|update (?:you |this )?(?:again )?(?:with)?in|updates? (?:will|to|should|shall|is|are)(?: \w+)? (?:follow|come|due|expected|out)|updates? (?:will be )?(?:provided|posted|given|shared)|provide (?:an|another|a further|more) updates?|post (?:an|another|a further) update)\b[^.]{0,30}$",
    )
});
static ETA: LazyLock<Regex> = LazyLock::new(|| {
    regex(r"(?i)\b(?:ETA|estimated time|expect(?:ed|ing)?|anticipate)\b[^.]{0,60}$")
});
static FIX: LazyLock<Regex> = LazyLock::new(|| {
    regex(r"(?i)\b(?:resolution|resolved?|fix(?:ed)?|restored?|recover(?:y|ed)|back)\b|\bETA\b")
});

/// The first length of a piece behind words that promise.
fn promised<'a>(document: &'a Document, piece: usize, words: &Regex) -> Option<&'a Length> {
    let piece = &document.pieces[piece];
    let text = &piece.segment.text;
    piece.lengths.iter().find(|length| {
        let sentence = piece.sentence(length.start, length.end).start;
        words.is_match(&text[sentence..length.start]) && length.length >= TimeDelta::minutes(5)
    })
}

/// `next update in 30 minutes`.
fn next_update(document: &Document, post: &Post, piece: usize) -> Option<Finding> {
    let length = promised(document, piece, &NEXT)?;
    let waited = document
        .posts
        .iter()
        .filter(|other| other.piece != post.piece)
        .filter_map(|other| other.at.since(&post.at))
        .filter(|waited| *waited > TimeDelta::zero())
        .min();
    let slack = grace(length.length);
    let over = matches!(post.status, Some(Status::Resolved | Status::Postmortem));
    let late = waited.is_none_or(|waited| waited > length.length + slack);
    (late && !over && document.posts.len() > 1).then(|| {
        finding(
            document,
            piece,
            Kind::Promise,
            Certainty::Likely,
            words::late_update(length.length, waited),
        )
    })
}

static TOLD: LazyLock<Regex> = LazyLock::new(|| {
    regex(r"(?i)^\W*(?:investigating|identified|monitoring|resolved|update[d]?|verifying)\b")
});

/// A history of updates as a list: `09:10 UTC Investigating: ... Next update in 15 minutes.`
fn in_timelines(document: &Document) -> Vec<Finding> {
    let mut found = Vec::new();
    for events in &document.timelines {
        let told = |event: &Event| TOLD.is_match(&event.text(&document.pieces));
        if events.len() < 2 || !events.iter().all(told) {
            continue;
        }
        found.extend(estimates(document, events));
        for (place, event) in events.iter().enumerate() {
            let promise = event.told.clone().find_map(|piece| {
                let length = promised(document, piece, &NEXT)?;
                Some((piece, length.length))
            });
            let Some((piece, length)) = promise else {
                continue;
            };
            // Newest first or last: the next is the nearest that is later.
            let waited = events
                .iter()
                .enumerate()
                .filter(|(other, _)| *other != place)
                .filter_map(|(_, other)| other.at.since(&event.at))
                .filter(|waited| *waited > TimeDelta::zero())
                .min();
            if let Some(waited) = waited.filter(|waited| *waited > length + grace(length)) {
                found.push(finding(
                    document,
                    piece,
                    Kind::Promise,
                    Certainty::Likely,
                    words::late_update(length, Some(waited)),
                ));
            }
        }
    }
    found
}

static BETTER: LazyLock<Regex> =
    LazyLock::new(|| regex(r"(?i)^\W*(?:resolved|monitoring|verifying)\b"));

/// The estimates of a history of updates as a list.
fn estimates(document: &Document, events: &[Event]) -> Vec<Finding> {
    let better = |event: &&Event| BETTER.is_match(&event.text(&document.pieces));
    let mut found = Vec::new();
    for event in events {
        let told = event.told.clone();
        let Some((piece, length)) = told
            .into_iter()
            .find_map(|piece| Some((piece, estimated(document, piece)?)))
        else {
            continue;
        };
        let took = events
            .iter()
            .filter(better)
            .filter_map(|other| other.at.since(&event.at))
            .filter(|took| *took > TimeDelta::zero())
            .min();
        if let Some(took) = took.filter(|took| is_late(length, *took)) {
            let said = words::late_fix(length, took);
            found.push(finding(
                document,
                piece,
                Kind::Promise,
                Certainty::Look,
                said,
            ));
        }
    }
    found
}

/// How long the fix is said to take.
fn estimated(document: &Document, piece: usize) -> Option<&Length> {
    let length = promised(document, piece, &ETA)?;
    let text = &document.pieces[piece].segment.text;
    (FIX.is_match(text) && !NEXT.is_match(text)).then_some(length)
}

fn is_late(length: &Length, took: TimeDelta) -> bool {
    let slack = TimeDelta::minutes(3).max(length.length * 10 / 100);
    took > length.length + slack
}

/// `ETA to resolution is less than 30 minutes`.
fn estimate(document: &Document, post: &Post, piece: usize) -> Option<Finding> {
    let length = estimated(document, piece)?;
    let took = document
        .posts
        .iter()
        .filter(|other| matches!(other.status, Some(Status::Resolved | Status::Monitoring)))
        .filter_map(|other| other.at.since(&post.at))
        .filter(|took| *took > TimeDelta::zero())
        .min()?;
    is_late(length, took).then(|| {
        finding(
            document,
            piece,
            Kind::Promise,
            Certainty::Look,
            words::late_fix(length, took),
        )
    })
}
