//! One moment by two clocks: `13:12 CDT (18:12 UTC)`.

use std::sync::LazyLock;

use chrono::TimeDelta;
use regex::Regex;

use super::document::Piece;
use super::moment::Moment;
use super::source::regex;
use super::stamp::Stamp;
use super::zone::Zone;

/// A time and, in brackets behind it, the same by another clock, where they are not the same.
#[derive(Clone, Debug)]
pub(super) struct FalseEcho {
    pub(super) piece: usize,
    /// Which time of the piece the first is.
    pub(super) stamp: usize,
    pub(super) here: Moment,
    pub(super) echo: Moment,
}

/// Takes the second of each such pair out of the piece, so that what stands around it is not torn apart. Those that are not the same
/// moment are answered.
pub(super) fn take(pieces: &mut [Piece]) -> Vec<FalseEcho> {
    let mut wrong = Vec::new();
    for (index, piece) in pieces.iter_mut().enumerate() {
        take_windows(index, piece, &mut wrong);
        let mut at = 1;
        while at < piece.stamps.len() {
            if !is_echo(piece, at) {
                at += 1;
                continue;
            }
            let second = piece.stamps.remove(at);
            let after = &piece.segment.text[second.end..];
            let closing = after
                .find(')')
                .filter(|gap| after[..*gap].trim().is_empty());
            piece.stamps[at - 1].end = second.end + closing.map_or(0, |gap| gap + 1);
            let echo = piece.moments.remove(at);
            if let (Some(here), Some(echo)) = (piece.moments[at - 1].clone(), echo)
                && !same(&here, &echo)
            {
                wrong.push(FalseEcho {
                    piece: index,
                    stamp: at - 1,
                    here,
                    echo,
                });
            }
        }
    }
    wrong
}

static JOINED: LazyLock<Regex> = LazyLock::new(|| regex(r"(?i)^\s*(?:and|to|until|-|–|—)\s*$"));
static OPENED: LazyLock<Regex> =
    LazyLock::new(|| regex(r"(?i)^\s*\((?:from|between|that is|i\.e\.)?\s*$"));

/// `between 08:10 and 08:55 PST (16:10 and 16:55 UTC)`: both times again by another clock.
fn take_windows(index: usize, piece: &mut Piece, wrong: &mut Vec<FalseEcho>) {
    let mut at = 0;
    while at + 3 < piece.stamps.len() {
        if !is_window_echo(piece, at) {
            at += 1;
            continue;
        }
        let echoed: Vec<Stamp> = piece.stamps.drain(at + 2..at + 4).collect();
        let moments: Vec<Option<Moment>> = piece.moments.drain(at + 2..at + 4).collect();
        piece.stamps[at + 1].end = echoed[1].end + 1;
        let zoned = |moment: &Option<Moment>, zone: &Option<Zone>| {
            moment.clone().map(|moment| Moment {
                zone: zone.clone(),
                ..moment
            })
        };
        for (place, moment) in moments.iter().enumerate() {
            let here = zoned(&piece.moments[at + place], &piece.stamps[at + 1].zone);
            let echo = zoned(moment, &echoed[1].zone);
            if let (Some(here), Some(echo)) = (here, echo)
                && !same(&here, &echo)
            {
                wrong.push(FalseEcho {
                    piece: index,
                    stamp: at + place,
                    here,
                    echo,
                });
            }
        }
        at += 2;
    }
}

fn is_window_echo(piece: &Piece, at: usize) -> bool {
    let text = &piece.segment.text;
    let [from, to, again, until] = &piece.stamps[at..at + 4] else {
        return false;
    };
    let clocks = [from, to, again, until].iter().all(|s| s.clock.is_some());
    let gap = |one: &Stamp, next: &Stamp| text.get(one.end..next.start).unwrap_or("").to_owned();
    let zones = match (&to.zone, &until.zone) {
        (Some(ours), Some(theirs)) => !ours.same(theirs),
        _ => false,
    };
    let bare = from.zone.is_none() && again.zone.is_none() && again.day.is_none();
    clocks
        && zones
        && bare
        && until.day.is_none()
        && JOINED.is_match(&gap(from, to))
        && OPENED.is_match(&gap(to, again))
        && JOINED.is_match(&gap(again, until))
        && text[until.end..].starts_with(')')
}

fn is_echo(piece: &Piece, at: usize) -> bool {
    let text = &piece.segment.text;
    let (first, second) = (&piece.stamps[at - 1], &piece.stamps[at]);
    let gap = text[first.end..second.start].trim();
    let brackets = gap == "(" && text[second.end..].trim_start().starts_with(')');
    let clocks = first.clock.is_some() && second.clock.is_some() && second.zone.is_some();
    let other = match (&first.zone, &second.zone) {
        (Some(first), Some(second)) => !first.same(second),
        _ => true,
    };
    clocks && other && (brackets || (gap == "/" && first.zone.is_some()))
}

/// Whether both are one moment; of the day only as far as both state it.
fn same(here: &Moment, echo: &Moment) -> bool {
    let (Some(ours), Some(theirs)) = (here.utc(), echo.utc()) else {
        return may_be_same(here, echo);
    };
    let apart = ours - theirs;
    let apart = if here.day_stated && echo.day_stated {
        apart
    } else {
        TimeDelta::minutes((apart.num_minutes() + 720).rem_euclid(1440) - 720)
    };
    apart.abs() <= TimeDelta::minutes(1) || here.hedged || echo.hedged
}

/// Whether a zone with several meanings has one that makes both one moment.
fn may_be_same(here: &Moment, echo: &Moment) -> bool {
    let (Some(zone), Some(utc)) = (&here.zone, echo.utc()) else {
        return true;
    };
    let meanings = zone.meanings();
    let apart = (here.local() - utc).num_minutes();
    let fits = |ahead: &i64| (apart - ahead).rem_euclid(1440) == 0;
    meanings.is_empty() || here.hedged || echo.hedged || meanings.iter().any(fits)
}
