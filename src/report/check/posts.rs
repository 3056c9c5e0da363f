//! Updates of a status page: a status and when it was posted, before or after its text.

use std::sync::LazyLock;

use regex::Regex;

use super::document::Piece;
use super::moment::Moment;
use super::source::{Role, regex};
use crate::incident::Status;

/// One update.
#[derive(Clone, Debug)]
pub(super) struct Post {
    /// The piece that says when.
    pub(super) piece: usize,
    /// `None` for an update that names none.
    pub(super) status: Option<Status>,
    pub(super) at: Moment,
    /// The pieces of its text.
    pub(super) body: std::ops::Range<usize>,
}

static STATUS: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?i)^\s*(investigating|identified|monitoring|resolved|post-?mortem|update[d]?|verifying|in progress|completed)\b[\s:,|–—-]*(?:(?:published|posted|released)\s+)?(?:at|on)?\s*",
    )
});
static POSTED: LazyLock<Regex> = LazyLock::new(|| regex(r"(?i)^\s*posted\b"));

fn status(text: &str) -> Option<(Option<Status>, usize)> {
    let parts = STATUS.captures(text)?;
    let status = match parts[1].to_lowercase().as_str() {
        "investigating" => Some(Status::Investigating),
        "identified" => Some(Status::Identified),
        "monitoring" | "verifying" => Some(Status::Monitoring),
        "resolved" | "completed" => Some(Status::Resolved),
        "postmortem" | "post-mortem" => Some(Status::Postmortem),
        _ => None,
    };
    Some((status, parts.get_match().end()))
}

/// The updates in the order of the text. Times in their texts get the day of the post.
pub(super) fn posts(pieces: &mut [Piece]) -> Vec<Post> {
    let mut posts = leading(pieces);
    if posts.is_empty() {
        posts = trailing(pieces);
    }
    if posts.is_empty() {
        posts = beneath(pieces);
    }
    // A postmortem is posted long after what it tells.
    for post in posts
        .iter()
        .filter(|post| post.status != Some(Status::Postmortem))
    {
        for index in post.body.clone() {
            day_from_post(&mut pieces[index], &post.at);
        }
    }
    posts
}

/// `resolved Jul 08, 2025, 03:22 PM UTC`, the text below. `Resolved 2020-02-25 17:07` among other fields is a field: at least one line
/// must name a status that only status pages have.
fn leading(pieces: &[Piece]) -> Vec<Post> {
    let found: Vec<(usize, Option<Status>, Moment)> = pieces
        .iter()
        .enumerate()
        .filter(|(_, piece)| piece.segment.role != Role::Quote)
        .filter_map(|(index, piece)| {
            let (status, after) = status(&piece.segment.text)?;
            let stamp = piece.stamps.first()?;
            let whole = stamp.start == after && stamp.day.is_some() && stamp.clock.is_some();
            let moment = piece.moments[0].clone()?;
            whole.then_some((index, status, moment))
        })
        .collect();
    if !found
        .iter()
        .any(|(_, status, _)| *status != Some(Status::Resolved))
    {
        return Vec::new();
    }
    let ends: Vec<usize> = found
        .iter()
        .skip(1)
        .map(|(index, ..)| *index)
        .chain([pieces.len()])
        .collect();
    found
        .into_iter()
        .zip(ends)
        .map(|((piece, status, at), end)| Post {
            piece,
            status,
            at,
            body: piece + 1..end,
        })
        .collect()
}

/// `Posted Jun 07, 2025 - 17:21 CDT` below the text, the status alone on a line above it.
fn trailing(pieces: &[Piece]) -> Vec<Post> {
    let mut posts = Vec::new();
    let mut from = 0;
    for (index, piece) in pieces.iter().enumerate() {
        if !POSTED.is_match(&piece.segment.text) {
            continue;
        }
        let Some(stamp) = piece
            .stamps
            .iter()
            .position(|stamp| stamp.day.is_some() && stamp.clock.is_some())
        else {
            continue;
        };
        let label = (from..index).rev().find_map(|above| {
            let text = pieces[above].segment.text.trim();
            status(text)
                .filter(|(_, end)| *end == text.len())
                .map(|(status, _)| (above, status))
        });
        let (body, status) = match label {
            Some((above, status)) => (above + 1..index, status),
            None => (from..index, None),
        };
        if let Some(at) = piece.moments[stamp].clone() {
            posts.push(Post {
                piece: index,
                status,
                at,
                body,
            });
        }
        from = index + 1;
    }
    posts
}

static SEPARATED: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?i)^\s*(?:investigating|identified|monitoring|resolved|update[d]?|verifying|completed)\s*(?:[-–—:]\s|$)",
    )
});

/// `Resolved - This incident has been resolved.` and on the line below `Jun 7, 2025 - 17:21 CDT`, as status pages list their history.
fn beneath(pieces: &[Piece]) -> Vec<Post> {
    let mut posts = Vec::new();
    let mut head: Option<usize> = None;
    for (index, piece) in pieces.iter().enumerate() {
        let text = &piece.segment.text;
        if SEPARATED.is_match(text) {
            head = Some(index);
            continue;
        }
        let whole = piece.stamps.first().is_some_and(|stamp| {
            let alone = stamp.start == 0 && text[stamp.end..].trim().is_empty();
            alone && stamp.day.is_some() && stamp.clock.is_some()
        });
        let (Some(above), true) = (head, whole) else {
            continue;
        };
        if let (Some((status, _)), Some(at)) = (
            status(&pieces[above].segment.text),
            piece.moments[0].clone(),
        ) {
            let body = above..index;
            posts.push(Post {
                piece: index,
                status,
                at,
                body,
            });
        }
        head = None;
    }
    if posts.len() < 2 {
        posts.clear();
    }
    posts
}

/// A clock time in an update is of the day it was posted, as its own zone counts days.
fn day_from_post(piece: &mut Piece, at: &Moment) {
    let dated = piece.stamps.iter().any(|stamp| stamp.day.is_some());
    if dated {
        return;
    }
    for moment in piece.moments.iter_mut().flatten() {
        let shown = match (&moment.zone, at.utc()) {
            (Some(zone), Some(utc)) => zone.shows(utc),
            _ => None,
        };
        moment.day = shown.map_or(at.day, |shown| shown.date());
        if moment.zone.is_none() {
            moment.zone.clone_from(&at.zone);
        }
    }
}
