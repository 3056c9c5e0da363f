//! Timelines: runs of headings, items or lines that begin with a time.

use std::sync::LazyLock;

use chrono::{NaiveDate, TimeDelta};
use regex::Regex;

use super::document::{Part, Piece};
use super::moment::Moment;
use super::source::{Role, regex};

/// One event of a timeline.
#[derive(Clone, Debug)]
pub(super) struct Event {
    /// The piece that begins with its time.
    pub(super) piece: usize,
    pub(super) at: Moment,
    /// The pieces that tell it, the first included.
    pub(super) told: std::ops::Range<usize>,
    /// Whether its day stands in it rather than above.
    pub(super) dated: bool,
}

impl Event {
    /// Its text without its time.
    pub(super) fn text(&self, pieces: &[Piece]) -> String {
        let mut text = String::new();
        for index in self.told.clone() {
            let piece = &pieces[index];
            let from = if index == self.piece {
                piece.stamps.first().map_or(0, |stamp| stamp.end)
            } else {
                0
            };
            text.push_str(
                piece.segment.text[from..].trim_start_matches([' ', '-', '–', '—', ':', ']', '|']),
            );
            text.push('\n');
        }
        text
    }
}

static LEAD: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?i)^[\s\[(~@|#]*(?:(?:at|on|from|by|between|around|about|approximately|approx\.?|circa|ca\.?)\s+)*~?$",
    )
});
/// Words between two events that say a day has passed.
static NEXT_DAY: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?i)\b(?:next (?:day|morning)|following (?:day|morning)|day \d|the day after|overnight|(?:mon|tues|wednes|thurs|fri|satur|sun)day)\b",
    )
});
static SEPARATOR: LazyLock<Regex> = LazyLock::new(|| regex(r"^[\s\])]*(?:-|–|—|:|\||>|\(|,|$)"));

/// The timelines, each in the order of the text. Days are carried from event to event, over midnight too; the moments of the pieces
/// that tell an event get its day.
pub(super) fn timelines(
    pieces: &mut [Piece],
    parts: &[Part],
    report: Option<NaiveDate>,
) -> Vec<Vec<Event>> {
    let taken = |index: usize| parts[index].post || parts[index].field;
    let mut runs: Vec<Run> = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    for (index, piece) in pieces.iter().enumerate() {
        let leads = !taken(index) && (leads(piece) || in_log(pieces, index));
        let style = Style::of(piece);
        if !leads {
            // A list ends where something less indented stands, every list where a section begins
            // or a line such as `Ben:` begins the next list.
            let begins = style == Style::Line && is_lead_in(&piece.segment.text);
            open.retain(|run| {
                let run = &runs[*run];
                run.section == piece.section
                    && !(begins && run.style == Style::Item)
                    && !(style == Style::Item
                        && run.style == Style::Item
                        && piece.segment.indent < run.indent)
            });
            continue;
        }
        open.retain(|run| runs[*run].section == piece.section);
        let same = open.iter().copied().find(|run| {
            let run = &runs[*run];
            run.style == style && (style != Style::Item || run.indent == piece.segment.indent)
        });
        match same {
            Some(run) => runs[run].pieces.push(index),
            None => {
                open.push(runs.len());
                runs.push(Run {
                    style,
                    indent: piece.segment.indent,
                    section: piece.section,
                    pieces: vec![index],
                });
            }
        }
    }
    runs.retain(|run| !run.is_prose(pieces));
    runs.into_iter()
        .map(|run| run.events(pieces, report))
        .filter(|events| !events.is_empty())
        .collect()
}

/// Whether a line announces what stands below it.
fn is_lead_in(text: &str) -> bool {
    text.len() < 60 && text.ends_with(':')
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Style {
    Heading,
    Item,
    Line,
    None,
}

impl Style {
    fn of(piece: &Piece) -> Self {
        match piece.segment.role {
            Role::Heading(_) => Self::Heading,
            Role::Item => Self::Item,
            Role::Text => Self::Line,
            Role::Quote | Role::Meta => Self::None,
        }
    }
}

struct Run {
    style: Style,
    indent: usize,
    section: usize,
    pieces: Vec<usize>,
}

/// Whether it is one of three lines in a row that each begin with a clock time: `12:04 deploy of two services`.
fn in_log(pieces: &[Piece], index: usize) -> bool {
    let begins = |place: usize| {
        let piece = pieces.get(place)?;
        let first = piece.stamps.first()?;
        let minutes = first.clock.is_some_and(|clock| !clock.hour_only);
        let spaced = piece.segment.text[first.end..].starts_with(' ');
        (piece.segment.role == Role::Text && first.start == 0 && minutes && spaced)
            .then_some((piece.segment.line, piece.section))
    };
    let in_row = |from: usize| {
        let (Some(one), Some(two), Some(three)) =
            (begins(from), begins(from + 1), begins(from + 2))
        else {
            return false;
        };
        one.1 == two.1 && two.1 == three.1 && three.0 - one.0 <= 6
    };
    (index.saturating_sub(2)..=index).any(in_row)
}

/// Whether a piece begins with a time that something happened at.
fn leads(piece: &Piece) -> bool {
    let Some(first) = piece.stamps.first() else {
        return false;
    };
    let text = &piece.segment.text;
    let style = Style::of(piece);
    if style == Style::None || !LEAD.is_match(&text[..first.start]) {
        return false;
    }
    let after = &text[first.end..];
    match style {
        // A title may begin with the time of the incident; it is no event.
        Style::Heading => {
            let title =
                piece.segment.role == Role::Heading(1) && !super::document::is_only_time(piece);
            first.clock.is_some() && !title
        }
        Style::Item => first.clock.is_some() || (first.day.is_some() && SEPARATOR.is_match(after)),
        _ => {
            // A line of an export: `6:48 PM Triggered by ana`.
            let sentence = after
                .trim_start()
                .starts_with(|c: char| c.is_uppercase() || c == '@');
            let minutes = first.clock.is_some_and(|clock| !clock.hour_only);
            // `[10:02] ana: it is slow`, `2026-05-03 10:02 (UTC) investigating: ...`
            let bracketed = text.starts_with('[') && first.start == 1 && after.starts_with(']');
            let whole = first.start == 0 && first.day.is_some() && text.starts_with("20");
            first.clock.is_some()
                && (SEPARATOR.is_match(after)
                    || (minutes && (bracketed || whole))
                    || (first.start == 0 && minutes && sentence)
                    || piece.stamps.len() == 2 && after.trim().len() < 24)
        }
    }
}

impl Run {
    /// `On 17 February at 09:15, customers saw errors for an hour` alone is a sentence, not an event of a list.
    fn is_prose(&self, pieces: &[Piece]) -> bool {
        let [index] = self.pieces[..] else {
            return false;
        };
        let text = &pieces[index].segment.text;
        let (Some(first), true) = (pieces[index].stamps.first(), self.style == Style::Line) else {
            return false;
        };
        let lead = text[..first.start].starts_with(char::is_alphabetic);
        lead && text[first.end..].starts_with(',') && text.ends_with('.')
    }

    /// Whether no time of the list shows that its clock counts to 24.
    fn counts_to_twelve(&self, pieces: &[Piece]) -> bool {
        self.pieces
            .iter()
            .filter_map(|index| pieces[*index].stamps.first()?.clock)
            .all(|clock| clock.half || clock.bare)
    }

    /// Whether it is a list of lines without anything between them: what follows after a gap is no part of it.
    fn is_dense(&self) -> bool {
        self.style == Style::Line
            && self.pieces.len() >= 3
            && self.pieces.windows(2).all(|pair| pair[1] == pair[0] + 1)
    }

    fn events(self, pieces: &mut [Piece], report: Option<NaiveDate>) -> Vec<Event> {
        let mut events: Vec<Event> = Vec::new();
        let twelve_hours = self.counts_to_twelve(pieces);
        let dense = self.is_dense();
        for (at, index) in self.pieces.iter().copied().enumerate() {
            let Some(mut moment) = pieces[index].moments.first().cloned().flatten() else {
                continue;
            };
            let dated = pieces[index].stamps[0].day.is_some();
            if let Some(before) = events.last() {
                if pieces[index].stamps[0].zone.is_none() && before.at.zone.is_some() {
                    moment.zone.clone_from(&before.at.zone);
                }
                // A date heading between the two is nearer than the event above.
                let heading = (before.piece + 1..index).any(|between| {
                    let piece = &pieces[between];
                    piece
                        .stamps
                        .iter()
                        .any(|s| s.day.is_some() && s.clock.is_none())
                        && super::document::is_only_time(piece)
                });
                if !dated && !heading {
                    moment.day = before.at.day;
                    carry(&before.at, &mut moment, twelve_hours);
                    let said = (before.piece + 1..=index)
                        .any(|between| NEXT_DAY.is_match(&pieces[between].segment.text));
                    let back = moment
                        .since(&before.at)
                        .is_some_and(|d| d < TimeDelta::zero());
                    if let (true, true, Some(next)) =
                        (said, back, moment.later(super::document::DAY))
                    {
                        moment = next;
                    }
                }
            } else if !dated {
                moment.day = pieces[index]
                    .moments
                    .first()
                    .and_then(|m| m.as_ref().map(|m| m.day))
                    .or(report)
                    .unwrap_or(moment.day);
            }
            let until = match self.pieces.get(at + 1) {
                Some(next) if self.style == Style::Heading => *next,
                next => {
                    let most = next.copied().unwrap_or(pieces.len());
                    let end = end_of_telling(pieces, index, most, self.style);
                    let mut gaps = (index + 1..end).filter(|next| pieces[*next].segment.after_gap);
                    gaps.next()
                        .filter(|_| dense && next.is_none())
                        .unwrap_or(end)
                }
            };
            set_days(pieces, index..until, &moment);
            events.push(Event {
                piece: index,
                at: moment,
                told: index..until,
                dated,
            });
        }
        events
    }
}

/// Where the telling of the last event ends: at the next heading, for an item at the next item of its depth or less.
fn end_of_telling(pieces: &[Piece], index: usize, most: usize, style: Style) -> usize {
    let indent = pieces[index].segment.indent;
    (index + 1..most)
        .find(|next| {
            let piece = &pieces[*next];
            piece.section != pieces[index].section
                || matches!(piece.segment.role, Role::Heading(_))
                || (style == Style::Item
                    && (piece.segment.role == Role::Item && piece.segment.indent <= indent
                        || piece.segment.after_gap && piece.segment.indent == 0))
        })
        .unwrap_or(most)
}

/// A clock that goes back by more than half a day has passed midnight; one without am or pm may have passed noon.
fn carry(before: &Moment, moment: &mut Moment, twelve_hours: bool) {
    if moment.clock.is_none() || before.clock.is_none() {
        return;
    }
    let Some(step) = moment.since(before) else {
        return;
    };
    if step >= TimeDelta::zero() {
        return;
    }
    if twelve_hours
        && moment.clock.is_some_and(|clock| clock.bare)
        && let Some(afternoon) = moment.later(TimeDelta::hours(12))
        && afternoon
            .since(before)
            .is_some_and(|step| step >= TimeDelta::zero() && step <= TimeDelta::hours(9))
    {
        *moment = afternoon;
        return;
    }
    if step < TimeDelta::hours(-12)
        && let Some(next) = moment.later(super::document::DAY)
    {
        *moment = next;
    }
}

/// Gives the times in an event's text its day and zone.
fn set_days(pieces: &mut [Piece], told: std::ops::Range<usize>, at: &Moment) {
    let first = told.start;
    for index in told {
        let piece = &mut pieces[index];
        let mut dated = false;
        for (place, stamp) in piece.stamps.iter().enumerate() {
            dated |= stamp.day.is_some();
            let Some(moment) = &mut piece.moments[place] else {
                continue;
            };
            if index == first && place == 0 {
                *moment = at.clone();
                continue;
            }
            if !dated
                || (index == first
                    && piece.stamps[..=place]
                        .iter()
                        .skip(1)
                        .all(|s| s.day.is_none()))
            {
                moment.day = at.day;
                if stamp.zone.is_none() && at.zone.is_some() {
                    moment.zone.clone_from(&at.zone);
                }
            }
        }
    }
}
