//! Durations and counts.

use chrono::TimeDelta;

use super::super::moment::Moment;
use super::said::{Said, at, clock, said, short, stated};
use crate::incident::human_time::Length;

pub(in super::super) fn field_length(
    length: &Length,
    start: &Moment,
    end: &Moment,
    elapsed: TimeDelta,
    convention: bool,
) -> Said {
    let tail = if convention {
        "; counting support hours only could explain it, if so say which"
    } else {
        ""
    };
    said(
        format!(
            "{} does not match the elapsed time: from {} to {} it is {}{tail}",
            stated(length),
            at(start),
            at(end),
            short(elapsed)
        ),
        format!("{}, or other times", short(elapsed)),
    )
}

pub(in super::super) fn hours_length(
    length: &Length,
    start: &Moment,
    end: &Moment,
    counted: TimeDelta,
) -> Said {
    said(
        format!(
            "{} does not match the stated hours: from {} to {} they leave {} on working days",
            stated(length),
            at(start),
            at(end),
            short(counted)
        ),
        format!("{}, or other times", short(counted)),
    )
}

pub(in super::super) fn window_length(
    length: &Length,
    start: &Moment,
    end: &Moment,
    elapsed: TimeDelta,
) -> Said {
    said(
        format!(
            "{} is stated beside {} to {}, which is {}",
            stated(length),
            at(start),
            at(end),
            short(elapsed)
        ),
        short(elapsed),
    )
}

pub(in super::super) fn prose_length(
    length: &Length,
    nearest: TimeDelta,
    from: &Moment,
    to: &Moment,
) -> Said {
    said(
        format!(
            "{} does not match the elapsed time of any two stated times; the nearest is {}, from {} to {}",
            stated(length),
            short(nearest),
            at(from),
            at(to)
        ),
        format!("{}, or the times it is counted between", short(nearest)),
    )
}

pub(in super::super) fn two_lengths(
    length: &Length,
    start: &Moment,
    end: &Moment,
    elapsed: TimeDelta,
) -> Said {
    said(
        format!(
            "{} is stated for the incident, but by its own timeline the outage went from {} to {}, which is {}",
            stated(length),
            clock(start),
            clock(end),
            short(elapsed)
        ),
        format!(
            "{} of outage, or a word on what the {} measures",
            short(elapsed),
            short(length.length)
        ),
    )
}

pub(in super::super) fn since(
    length: &Length,
    told: &Moment,
    event: &Moment,
    from: &Moment,
) -> Said {
    said(
        format!(
            "{} up to {} began at {}, not at {}",
            stated(length),
            clock(event),
            clock(from),
            clock(told)
        ),
        clock(from),
    )
}

pub(in super::super) fn total(length: &Length, parts: TimeDelta) -> Said {
    said(
        format!(
            "the total of {} is not the sum of its parts, {}",
            stated(length),
            short(parts)
        ),
        short(parts),
    )
}

pub(in super::super) fn more(stated: usize, listed: usize) -> Said {
    said(
        format!("this makes {stated}, the list of them has {listed}"),
        format!("a number that makes {listed}"),
    )
}

pub(in super::super) fn parts(total: u64, sum: u64) -> Said {
    said(
        format!("the parts of these {total} add up to {sum}"),
        format!("{sum}, or other parts"),
    )
}

pub(in super::super) fn list_count(stated: usize, listed: usize) -> Said {
    said(
        format!("{stated} are announced, the list below has {listed}"),
        format!("{listed}, or a list of {stated}"),
    )
}
