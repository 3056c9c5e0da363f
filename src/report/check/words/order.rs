//! What comes before what.

use super::super::moment::Moment;
use super::said::{Said, at, said};

pub(in super::super) fn end_before_start(
    what_ends: &str,
    end: &Moment,
    what_starts: &str,
    start: &Moment,
) -> Said {
    said(
        format!(
            "{what_ends} at {} lies before {what_starts} at {}",
            at(end),
            at(start)
        ),
        format!("{what_ends} at or after {}", at(start)),
    )
}

pub(in super::super) fn window_backwards(start: &Moment, end: &Moment) -> Said {
    said(
        format!(
            "the window ends at {}, before it starts at {}",
            at(end),
            at(start)
        ),
        format!("an end after {}", at(start)),
    )
}

pub(in super::super) fn declared_after_resolved(declared: &Moment, resolved: &Moment) -> Said {
    said(
        format!(
            "declared at {}, after it was resolved at {}",
            at(declared),
            at(resolved)
        ),
        format!(
            "declared before {}, or resolved after {}",
            at(resolved),
            at(declared)
        ),
    )
}

pub(in super::super) fn declared_before_detected(declared: &Moment, detected: &Moment) -> Said {
    said(
        format!(
            "declared at {}, before it was first detected at {}",
            at(declared),
            at(detected)
        ),
        format!("first detected at or before {}", at(declared)),
    )
}

pub(in super::super) fn back_in_time(
    event: &Moment,
    before: &Moment,
    fix: Option<&Moment>,
) -> Said {
    said(
        format!(
            "{} comes after {} in the list but lies before it",
            at(event),
            at(before)
        ),
        fix.map_or_else(
            || {
                format!(
                    "a time from {} on, or another place in the list",
                    at(before)
                )
            },
            at,
        ),
    )
}

pub(in super::super) fn ahead_of_list(
    event: &Moment,
    after: &Moment,
    fix: Option<&Moment>,
) -> Said {
    said(
        format!(
            "{} lies after the next entry of the list, {}",
            at(event),
            at(after)
        ),
        fix.map_or_else(|| format!("a time up to {}", at(after)), at),
    )
}
