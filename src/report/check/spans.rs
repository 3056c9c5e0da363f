//! Windows: `from 13:12 CT to 16:53 CT`, `12:22 UTC - 12:47 UTC`.

use std::sync::LazyLock;

use chrono::{TimeDelta, Timelike};
use regex::Regex;

use super::document::Piece;
use super::moment::Moment;
use super::source::regex;
use super::stamp::{Clock, Stamp};

/// A stretch of time as it was written.
#[derive(Clone, Debug)]
pub(super) struct Window {
    /// Which piece.
    pub(super) piece: usize,
    /// Which of its times is the start; the end is the next one.
    pub(super) stamp: usize,
    pub(super) start: Moment,
    pub(super) end: Moment,
}

impl Window {
    /// How long it is, where its zones can be compared.
    pub(super) fn length(&self) -> Option<TimeDelta> {
        self.end.since(&self.start)
    }
}

/// The longest window that is taken to run over midnight without a word on it.
const LONGEST: TimeDelta = TimeDelta::hours(18);

static TO: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?i)^[\s,)\]]*(?:to|until|till|through|thru|up to|-|–|—|→|->|-->)\s*(?:approximately|approx\.?|about|around|roughly|circa|at|~)?\s*[~(\[]?$",
    )
});
static AND: LazyLock<Regex> = LazyLock::new(|| {
    regex(r"(?i)^[\s,)]*and\s*(?:approximately|approx\.?|about|around|roughly|circa|~)?\s*~?$")
});
static BETWEEN: LazyLock<Regex> = LazyLock::new(|| {
    regex(r"(?i)\bbetween\s*(?:approximately|approx\.?|about|around|roughly|circa|~)?\s*~?$")
});

static PLAIN: LazyLock<Regex> = LazyLock::new(|| regex(r"(?i)^[\s,)\]]*(?:until|till)\s*$"));

static START_AND_END: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?i)\b(?:start(?:ed|s)?|begin|began|from|down|inicio|início|début|beginn)\b[^|]*\|[^|]*\b(?:end(?:ed|s)?|to|until|up|fin|fim|ende)\b",
    )
});

/// All windows of the text.
pub(super) fn windows(pieces: &[Piece]) -> Vec<Window> {
    let mut found = Vec::new();
    // Below a row `Start | End`, two times in cells side by side are a window.
    let mut columns = false;
    for (index, piece) in pieces.iter().enumerate() {
        let text = &piece.segment.text;
        let row = text.contains(" | ");
        columns = row && (columns || (piece.stamps.is_empty() && START_AND_END.is_match(text)));
        found.extend(in_piece(index, piece, columns));
    }
    found
}

/// Whether the time `stamp` and the next are a window.
fn is_window(piece: &Piece, stamp: usize, columns: bool) -> bool {
    let (Some(from), Some(to)) = (piece.stamps.get(stamp), piece.stamps.get(stamp + 1)) else {
        return false;
    };
    let text = &piece.segment.text;
    let cells = columns && text[from.end..to.start].trim() == "|";
    (cells && from.clock.is_some() && to.clock.is_some()) || joins(text, from, to)
}

fn joins(text: &str, from: &Stamp, to: &Stamp) -> bool {
    let gap = &text[from.end..to.start];
    // `between 2 and 3 on Jan 20`: the date may belong to the second alone.
    let between = BETWEEN.is_match(&text[..from.start])
        || text[from.start..from.end]
            .to_lowercase()
            .contains("between");
    // Two whole times in cells side by side are a start and an end.
    let whole = |stamp: &Stamp| stamp.day.is_some() && stamp.clock.is_some();
    let one_zone = match (&from.zone, &to.zone) {
        (Some(from), Some(to)) => from.same(to),
        _ => true,
    };
    let cells = gap.trim() == "|" && whole(from) && whole(to) && one_zone;
    from.clock.is_some()
        && to.clock.is_some()
        && (cells || TO.is_match(gap) || (between && AND.is_match(gap)))
}

fn in_piece(index: usize, piece: &Piece, columns: bool) -> Vec<Window> {
    let mut found = Vec::new();
    for stamp in 0..piece.stamps.len() {
        if !is_window(piece, stamp, columns) {
            continue;
        }
        let (Some(start), Some(end)) = (&piece.moments[stamp], &piece.moments[stamp + 1]) else {
            continue;
        };
        let (mut start, mut end) = (start.clone(), end.clone());
        // `from 13:12 until 16:53` is as sure of its end as `to`.
        let from = &piece.stamps[stamp];
        let gap = &piece.segment.text[from.end..piece.stamps[stamp + 1].start];
        end.hedged &= !PLAIN.is_match(gap);
        // One date behind both: `from 13:12 to 16:53 on June 7`.
        if !start.day_stated && end.day_stated {
            start.day = end.day;
            // `between 20:36 and 20 Sep 00:06` began the day before.
            let before = end.day.pred_opt().map(|day| start.on(day));
            if let Some(before) = before.filter(|before| {
                start.local() > end.local() && end.local() - before.local() <= LONGEST
            }) {
                start = before;
            }
        }
        if start.zone.is_none()
            || (piece.stamps[stamp].zone.is_none() && piece.stamps[stamp + 1].zone.is_some())
        {
            start.zone.clone_from(&end.zone);
        }
        if piece.stamps[stamp + 1].zone.is_none() && piece.stamps[stamp].zone.is_some() {
            end.zone.clone_from(&start.zone);
        }
        roll_over(&start, &mut end, piece.stamps[stamp + 1].day.is_some());
        found.push(Window {
            piece: index,
            stamp,
            start,
            end,
        });
    }
    found
}

/// `2:00 to 3:30 PM`: the half of the day is said once, for both.
pub(super) fn share_half(text: &str, mut stamps: Vec<Stamp>) -> Vec<Stamp> {
    let noon = TimeDelta::hours(12);
    for first in 1..stamps.len() {
        let (left, right) = stamps.split_at_mut(first);
        let (from, to) = (&mut left[first - 1], &right[0]);
        let (Some(start), Some(end)) = (from.clock, to.clock) else {
            continue;
        };
        let afternoon = end.half
            && end.time.hour() >= 12
            && !start.half
            && (1..12).contains(&start.time.hour());
        let (later, wrapped) = start.time.overflowing_add_signed(noon);
        if afternoon
            && wrapped == 0
            && later <= end.time
            && to.day.is_none()
            && joins(text, from, to)
        {
            from.clock = Some(Clock {
                time: later,
                half: true,
                bare: false,
                ..start
            });
        }
    }
    stamps
}

/// An end without a date that lies before the start is of the next day, or of the afternoon.
fn roll_over(start: &Moment, end: &mut Moment, dated: bool) {
    let before = |end: &Moment| end.since(start).is_some_and(|d| d < TimeDelta::zero());
    if dated || !before(end) {
        return;
    }
    let bare = end.clock.is_some_and(|clock| clock.bare);
    for (by, allowed) in [(12, bare), (24, true)] {
        if let Some(later) = end.later(TimeDelta::hours(by)).filter(|_| allowed) {
            let length = later.since(start).unwrap_or_default();
            if length >= TimeDelta::zero() && length <= LONGEST {
                *end = later;
                return;
            }
        }
    }
}
