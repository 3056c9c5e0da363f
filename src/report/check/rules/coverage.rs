//! Windows that the updates never covered, and outages that outlast their end.

use chrono::TimeDelta;

use super::super::document::Document;
use super::super::finding::{Certainty, Finding, Kind};
use super::super::posts::Post;
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
    let mut found = Vec::from_iter(first_after_resolved(document, &posts));
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
