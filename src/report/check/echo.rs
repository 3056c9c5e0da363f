//! One moment by two clocks: `13:12 CDT (18:12 UTC)`.

use chrono::TimeDelta;

use super::document::Piece;
use super::moment::Moment;

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
