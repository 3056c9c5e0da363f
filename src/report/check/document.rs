//! A postmortem read: its pieces with the times in them, its timelines, fields, posts and windows.

use std::sync::LazyLock;

use chrono::{NaiveDate, TimeDelta};
use regex::Regex;

use super::bare_clocks;
use super::day_order::DayOrder;
use super::echo::{self, FalseEcho};
use super::events::{self, Event};
use super::fields::{self, Field};
use super::moment::{self, Moment, date_near};
use super::other_languages;
use super::posts::{self, Post};
use super::source::{Format, Role, Segment, regex, segments};
use super::spans::{self, Window};
use super::stamp::{Stamp, stamps};
use super::zone::{self, Zone};
use crate::incident::human_time::Length;

/// A piece of the text with what it says about time.
#[derive(Debug)]
pub(super) struct Piece {
    pub(super) segment: Segment,
    pub(super) stamps: Vec<Stamp>,
    /// The same as moments; `None` where the text knows no day at all or no calendar has it.
    pub(super) moments: Vec<Option<Moment>>,
    pub(super) lengths: Vec<Length>,
    /// What the heading above is about.
    pub(super) topic: Topic,
    /// Counts the headings that are no times, so that pieces of one section share a number.
    pub(super) section: usize,
}

impl Piece {
    /// Whether it holds no more times and lengths than people write in one paragraph: rules that look at the sentence of each take
    /// the square of their number.
    pub(super) fn is_prose_sized(&self) -> bool {
        const MOST: usize = 30;
        self.stamps.len() <= MOST && self.lengths.len() <= MOST
    }

    /// Where the sentence begins and ends that holds what stands from `start` to `end`.
    pub(super) fn sentence(&self, start: usize, end: usize) -> std::ops::Range<usize> {
        let text = &self.segment.text;
        let from = text[..start].rfind(". ").map_or(0, |dot| dot + 2);
        let to = text[end..].find(". ").map_or(text.len(), |dot| end + dot);
        from..to
    }
}

/// What a section is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Topic {
    /// Before any heading, or under one that says nothing.
    Open,
    Summary,
    Timeline,
    /// What should be done, learned or improved: times there are of other things.
    Beyond,
}

/// A text, read.
#[derive(Debug)]
pub(super) struct Document {
    pub(super) pieces: Vec<Piece>,
    /// The day the report is about: of its title, else of its front matter, else the first in it.
    pub(super) day: Option<NaiveDate>,
    /// Whether a year stands anywhere.
    pub(super) has_year: bool,
    /// The zone that `all times in` names.
    pub(super) zone: Option<Zone>,
    pub(super) timelines: Vec<Vec<Event>>,
    /// Fields that belong together, each kind once.
    pub(super) fields: Vec<Vec<Field>>,
    pub(super) posts: Vec<Post>,
    pub(super) windows: Vec<Window>,
    /// Times by two clocks that are not the same.
    pub(super) echoes: Vec<FalseEcho>,
    parts: Vec<Part>,
}

/// What the times of a text mean that names no date anywhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Undated {
    /// They can be compared with each other.
    OneDay,
    /// They are no moments: they must not be compared with anything outside of the text.
    NoDay,
}

/// What a piece is part of.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Part {
    /// It begins an event.
    pub(super) event: bool,
    /// It tells an event.
    pub(super) told: bool,
    pub(super) post: bool,
    pub(super) field: bool,
    pub(super) window: bool,
}

impl Part {
    /// Whether it is prose of its own.
    pub(super) fn is_free(self) -> bool {
        !(self.told || self.post || self.field)
    }
}

/// How many updates, fields, windows and events are looked at. Rules compare them with each other; no report of one incident comes
/// near these numbers.
const MOST: usize = 500;
const MOST_EVENTS: usize = 3_000;

impl Document {
    /// Whether a piece tells a length that goes on, in the words of the drafts.
    pub(super) fn tells_of_what_goes_on(&self, piece: usize) -> bool {
        let text = &self.pieces[piece].segment.text;
        text.contains("so far") || text.contains("bisher")
    }

    pub(super) fn read(text: &str, format: Format, undated: Undated) -> Self {
        let mut segments = segments(text, format);
        bare_clocks::mark(&mut segments);
        let order = DayOrder::of(&segments);
        let mut pieces: Vec<Piece> = segments
            .into_iter()
            .map(|segment| Piece {
                stamps: spans::share_half(&segment.text, stamps(&segment.text, order)),
                lengths: other_languages::lengths(&segment.text),
                moments: Vec::new(),
                topic: Topic::Open,
                section: 0,
                segment,
            })
            .collect();
        set_topics(&mut pieces);
        let (day, has_year) = report_day(&pieces);
        let mut stamps = pieces.iter().flat_map(|piece| &piece.stamps);
        let dated = day.is_some() || stamps.any(|stamp| stamp.day.is_some());
        let some_day = (!dated && undated == Undated::OneDay).then_some(moment::NO_DAY);
        let zone = set_moments(&mut pieces, day, some_day);
        let echoes = echo::take(&mut pieces);
        let mut parts = vec![Part::default(); pieces.len()];
        let mut posts = posts::posts(&mut pieces);
        posts.truncate(MOST);
        for post in &posts {
            parts[post.piece].post = true;
        }
        let mut fields = fields::fields(&pieces, &parts);
        fields.truncate(MOST);
        for field in fields.iter().flatten() {
            parts[field.piece].field = true;
        }
        let mut timelines = events::timelines(&mut pieces, &parts, day);
        let mut left = MOST_EVENTS;
        for events in &mut timelines {
            events.truncate(left);
            left -= events.len();
        }
        timelines.retain(|events| !events.is_empty());
        for event in timelines.iter().flatten() {
            parts[event.piece].event = true;
            parts[event.told.clone()]
                .iter_mut()
                .for_each(|part| part.told = true);
        }
        let mut windows = spans::windows(&pieces);
        windows.truncate(MOST);
        for window in &windows {
            parts[window.piece].window = true;
        }
        Self {
            pieces,
            day,
            has_year,
            zone,
            timelines,
            fields,
            posts,
            windows,
            echoes,
            parts,
        }
    }

    /// What a piece is part of.
    pub(super) fn part(&self, piece: usize) -> Part {
        self.parts[piece]
    }

    /// All fields, whatever they belong to.
    pub(super) fn all_fields(&self) -> impl Iterator<Item = &Field> {
        self.fields.iter().flatten()
    }

    /// What stands in the piece, for a quote.
    pub(super) fn quote(&self, piece: usize) -> String {
        const LONGEST: usize = 160;
        let text = &self.pieces[piece].segment.text;
        if text.chars().count() <= LONGEST {
            return text.clone();
        }
        let cut: String = text.chars().take(LONGEST - 1).collect();
        format!("{}…", cut.trim_end())
    }

    /// What stands around a place in the piece.
    pub(super) fn quote_at(&self, piece: usize, start: usize, end: usize) -> String {
        const AROUND: usize = 60;
        let text = &self.pieces[piece].segment.text;
        if text.chars().count() <= 160 {
            return text.clone();
        }
        let mut from = start.saturating_sub(AROUND);
        while !text.is_char_boundary(from) {
            from -= 1;
        }
        let mut to = (end + AROUND).min(text.len());
        while !text.is_char_boundary(to) {
            to += 1;
        }
        let from = match text[..from].rfind(' ') {
            _ if from == 0 => 0,
            Some(space) => space + 1,
            None => from,
        };
        let to = text[to..].find(' ').map_or(text.len(), |space| to + space);
        let lead = if from > 0 { "…" } else { "" };
        let tail = if to < text.len() { "…" } else { "" };
        format!("{lead}{}{tail}", text[from..to].trim())
    }

    pub(super) fn line(&self, piece: usize) -> u32 {
        self.pieces[piece].segment.line
    }
}

/// Whether a piece is nothing but a time, as a heading over an event often is.
pub(super) fn is_only_time(piece: &Piece) -> bool {
    let Some(first) = piece.stamps.first() else {
        return false;
    };
    let text = &piece.segment.text;
    let before = &text[..first.start];
    let after = piece.stamps.last().map_or("", |last| &text[last.end..]);
    let word = |text: &str| text.chars().filter(|c| c.is_alphabetic()).count();
    word(before) <= 10 && word(after) <= 3 && first.start <= 12
}

fn set_topics(pieces: &mut [Piece]) {
    let mut topic = Topic::Open;
    let mut section = 0;
    for piece in pieces {
        let heading = matches!(piece.segment.role, Role::Heading(_));
        if heading && !is_only_time(piece) && !leads_with_time(piece) {
            section += 1;
            let text = &piece.segment.text;
            topic = if TIMELINE.is_match(text) {
                Topic::Timeline
            } else if section == 1 {
                // A title may hold any word.
                Topic::Open
            } else if SUMMARY.is_match(text) {
                Topic::Summary
            } else if BEYOND.is_match(text) {
                Topic::Beyond
            } else if matches!(piece.segment.role, Role::Heading(3..)) {
                // A subsection stays what its section is.
                topic
            } else {
                Topic::Open
            };
        }
        piece.topic = topic;
        piece.section = section;
    }
}

static TIMELINE: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?i)\b(?:timeline|events?|chronology|sequence|incident log|zeitverlauf|ereignisse|ablauf)\b",
    )
});
static SUMMARY: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?i)\b(?:summary|impact|conclusions?|overview|details|description|what happened|resolution|detection|zusammenfassung|auswirkung(?:en)?|überblick|was geschah|behebung|entdeckung)\b",
    )
});
static BEYOND: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?i)\b(?:actions?|lessons?|what (?:went|didn)|lucky|improve(?:ments?)?|remediation|next steps?|follow[- ]?ups?|prevent(?:ion|ing)?|recommendations?|review|appendix|chat|logs?|related|responders?|participants|metrics|aufgaben|maßnahmen|was (?:gut|schlecht) lief|glück|beteiligte|kennzahlen|anhang)\b",
    )
});

/// Whether a heading begins with a clock time.
fn leads_with_time(piece: &Piece) -> bool {
    piece
        .stamps
        .first()
        .is_some_and(|stamp| stamp.clock.is_some() && stamp.start <= 12)
}

/// The day the report is about, and whether a year stands anywhere.
fn report_day(pieces: &[Piece]) -> (Option<NaiveDate>, bool) {
    let days = || {
        pieces
            .iter()
            .flat_map(|piece| piece.stamps.iter().map(move |stamp| (piece, stamp)))
            .filter_map(|(piece, stamp)| stamp.day.map(|day| (piece, day)))
    };
    let first_year = days().find_map(|(_, day)| day.year);
    let year = first_year.unwrap_or(moment::NO_YEAR);
    let title = pieces
        .iter()
        .find(|piece| matches!(piece.segment.role, Role::Heading(_)))
        .or(pieces.iter().find(|piece| piece.segment.role != Role::Meta));
    let in_title = title.and_then(|piece| piece.stamps.iter().find_map(|stamp| stamp.day));
    let in_meta = || {
        days()
            .find(|(piece, _)| piece.segment.role == Role::Meta)
            .map(|(_, day)| day)
    };
    let first = || {
        days()
            .find(|(_, day)| day.year.is_some())
            .or_else(|| days().next())
            .map(|(_, day)| day)
    };
    let day = in_title
        .and_then(|day| day.date(year))
        .or_else(|| in_meta().and_then(|day| day.date(year)))
        .or_else(|| first().and_then(|day| day.date(year)));
    (day, first_year.is_some())
}

/// Gives each time its day and zone, `some_day` where there is none; answers the zone that the text declares.
fn set_moments(
    pieces: &mut [Piece],
    report: Option<NaiveDate>,
    some_day: Option<NaiveDate>,
) -> Option<Zone> {
    let declared: Vec<Option<Zone>> = pieces.iter().map(declaration).collect();
    let first = declared.iter().flatten().next().cloned();
    let mut zone = first.clone();
    let mut context = report;
    for (piece, declared) in pieces.iter_mut().zip(declared) {
        if declared.is_some() {
            zone = declared;
        }
        let mut day = context;
        let mut moments = Vec::new();
        let some_day = some_day.filter(|_| piece.is_prose_sized());
        for stamp in &piece.stamps {
            let own = stamp.day.map(|written| match day.or(report) {
                Some(near) => date_near(written, near),
                None => written.date(moment::NO_YEAR),
            });
            if let Some(own) = own {
                day = own.or(day);
            }
            let known = own.unwrap_or(day).or(some_day);
            moments.push(known.map(|day| Moment {
                day,
                day_stated: stamp.day.is_some(),
                clock: stamp.clock,
                zone: stamp.zone.clone().or_else(|| zone.clone()),
                hedged: stamp.hedged,
            }));
        }
        piece.moments = moments;
        // A date in a heading or alone on its line holds for what follows; one in a sentence for that sentence.
        let heading = matches!(piece.segment.role, Role::Heading(_));
        if (heading || is_only_time(piece)) && piece.stamps.iter().any(|s| s.day.is_some()) {
            context = day;
        } else if heading
            && !is_only_time(piece)
            && !leads_with_time(piece)
            && matches!(piece.segment.role, Role::Heading(0..=2))
        {
            context = report;
        }
    }
    first
}

/// The zone of `All times in PST`.
fn declaration(piece: &Piece) -> Option<Zone> {
    let text = &piece.segment.text;
    let lower = text.to_lowercase();
    let says = [
        "all times",
        "times in",
        "times are",
        "timezone",
        "time zone",
        "time (",
        "times (",
        "timestamps",
        "timeline in",
        "timeline (",
        "zeiten in",
        "zeiten sind",
    ]
    .iter()
    .find_map(|words| lower.find(words));
    let short = text.len() < 200;
    // Offsets of the lower-case text may differ from the text's in other scripts.
    says.filter(|_| short)
        .and_then(|at| text.get(at..))
        .and_then(zone::first_in)
}

/// A day's length, for tolerances.
pub(super) const DAY: TimeDelta = TimeDelta::days(1);
