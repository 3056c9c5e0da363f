//! Windows that the updates never covered, and outages that outlast their end.

use std::sync::LazyLock;

use chrono::TimeDelta;
use regex::Regex;

use super::super::document::Document;
use super::super::finding::{Certainty, Finding, Kind};
use super::super::posts::Post;
use super::super::source::regex;
use super::super::spans::Window;
use super::super::words;
use super::finding_at;
use crate::incident::Status;

pub(super) fn findings(document: &Document) -> Vec<Finding> {
    let posts: Vec<&Post> = document
        .posts
        .iter()
        .filter(|post| post.status != Some(Status::Postmortem))
        .filter(|post| !is_late(document, post))
        .collect();
    if posts.len() < 2 {
        return Vec::new();
    }
    let told_ahead = posts
        .iter()
        .filter_map(|post| ends_after_its_post(document, post));
    let told_ahead: Vec<Finding> = told_ahead.collect();
    // What a post says of a window it knows at first hand.
    let windows: Vec<&Window> = document
        .windows
        .iter()
        .filter(|window| !posts.iter().any(|post| post.body.contains(&window.piece)))
        .filter(|window| {
            document.day.is_some() && window.length().is_some_and(|d| d >= TimeDelta::minutes(5))
        })
        .collect();
    let covered = |window: &Window| {
        posts.iter().any(|post| {
            post.at
                .since(&window.start)
                .is_some_and(|d| d >= TimeDelta::minutes(-15))
                && post
                    .at
                    .since(&window.end)
                    .is_some_and(|d| d <= TimeDelta::hours(2))
        })
    };
    let any_covered = windows.iter().any(|window| covered(window));
    let resolved = posts
        .iter()
        .filter(|post| post.status == Some(Status::Resolved))
        .max_by_key(|post| post.at.local());
    let mut found = told_ahead;
    found.extend(first_after_resolved(document, &posts));
    for window in windows {
        if covered(window) {
            let late = resolved.and_then(|post| window.end.since(&post.at));
            if let (Some(resolved), Some(late)) = (resolved, late)
                && late > TimeDelta::minutes(10)
            {
                found.push(finding_at(
                    document,
                    window.piece,
                    window.stamp,
                    Kind::DeclaredAfterResolved,
                    Certainty::Likely,
                    words::ends_after_resolved(&window.end, &resolved.at),
                ));
            }
        } else if any_covered {
            found.push(finding_at(
                document,
                window.piece,
                window.stamp,
                Kind::Uncovered,
                Certainty::Look,
                words::uncovered(&window.start, &window.end),
            ));
        }
    }
    found
}

/// What is yet to come.
static AHEAD: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?i)\b(?:will|planned|plans?|scheduled|maintenance|expect(?:ed|s)?|estimat\w+|next|upcoming|tomorrow|until further)\b",
    )
});

/// `Customers saw errors from 08:10 to 11:45 UTC`, posted at 10:02 UTC as resolved.
fn ends_after_its_post(document: &Document, post: &Post) -> Option<Finding> {
    if post.status != Some(Status::Resolved) {
        return None;
    }
    document.windows.iter().find_map(|window| {
        let piece = &document.pieces[window.piece];
        let (from, to) = (
            &piece.stamps[window.stamp],
            piece.stamps.get(window.stamp + 1)?,
        );
        // Without a zone it may be of another clock than the post's.
        let zoned = from.zone.is_some() || to.zone.is_some();
        let here = post.body.contains(&window.piece) || post.piece == window.piece;
        let ahead = AHEAD.is_match(&piece.segment.text[piece.sentence(from.start, to.end)]);
        let late = window.end.since(&post.at)?;
        let wrong = late > TimeDelta::minutes(10) && !window.end.hedged;
        (zoned && here && wrong && !ahead).then(|| {
            let said = words::ends_after_resolved(&window.end, &post.at);
            let kind = Kind::DeclaredAfterResolved;
            finding_at(
                document,
                window.piece,
                window.stamp,
                kind,
                Certainty::Likely,
                said,
            )
        })
    })
}

/// The updates stand in the order of time or against it, so of a list with the end at one end the other is the beginning.
fn first_after_resolved(document: &Document, posts: &[&Post]) -> Option<Finding> {
    let (first, last) = (posts.first()?, posts.last()?);
    let is_end = |post: &Post| post.status == Some(Status::Resolved);
    let (begin, end) = match (is_end(first), is_end(last)) {
        (true, false) => (last, first),
        (false, true) => (first, last),
        _ => return None,
    };
    let once = posts.iter().filter(|post| is_end(post)).count() == 1;
    let late = begin.at.since(&end.at)? > TimeDelta::zero();
    (once && late).then(|| {
        finding_at(
            document,
            begin.piece,
            0,
            Kind::DeclaredAfterResolved,
            Certainty::Likely,
            words::first_after_resolved(&begin.at, &end.at),
        )
    })
}

/// A post without a status, long after all the others, is a postmortem.
fn is_late(document: &Document, post: &Post) -> bool {
    post.status.is_none()
        && document
            .posts
            .iter()
            .filter(|other| other.piece != post.piece)
            .all(|other| {
                post.at
                    .since(&other.at)
                    .is_some_and(|d| d > TimeDelta::hours(12))
            })
}
