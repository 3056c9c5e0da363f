//! `Incident on 2024-03-12` above fields and events that are all of the 21st; `on the evening of April 10` above a timeline of the 11th.

use std::ops::Range;
use std::sync::LazyLock;

use chrono::{Datelike, NaiveDate, TimeDelta, Timelike};
use regex::Regex;

use super::super::document::{Document, Piece, Topic};
use super::super::finding::{Certainty, Finding, Kind};
use super::super::moment::Moment;
use super::super::source::{Role, regex};
use super::super::words::{self, label};
use super::finding_at;

/// What a title says of its date when that is the day of the incident, not of the report.
static OF_INCIDENT: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?i)^\W*(?:title:\s*)?\W*(?:$|(?:major |service )?(?:incident|outage|disruption|downtime|störung|ausfall|vorfall)(?: report| review)?(?: (?:of|on|from|vom|am))?(?: the)?\W*$)|\b(?:incident|outage|disruption|what happened|störung|ausfall|vorfall)\s+(?:of|on|from|vom|am)(?: the)?(?: \w+day,?)?\s*$",
    )
});
static PUBLISHED: LazyLock<Regex> = LazyLock::new(|| {
    regex(r"(?i)\b(?:updat|publish|post(?:ed|-?mortem)|report(?:ed)? (?:of|on)|written|review)")
});

/// Dates further away are of something else.
const FAR: i64 = 62;

/// The first that is found: a title's day, else a part of a day in the summary, else a title's time.
pub(super) fn findings(document: &Document) -> Option<Finding> {
    title(document)
        .or_else(|| part_of_day(document))
        .or_else(|| clock(document))
        .or_else(|| written_before(document))
}

/// Times with a date of their own, of fields and events in some of the pieces.
fn dated(document: &Document, within: &Range<usize>) -> Vec<Moment> {
    let fields = document
        .all_fields()
        .filter_map(|field| Some((field.piece, field.moment()?)))
        .filter(|(_, at)| at.day_stated);
    let events = document
        .timelines
        .iter()
        .flatten()
        .filter(|event| event.dated)
        .map(|event| (event.piece, &event.at));
    fields
        .chain(events)
        .filter(|(piece, at)| within.contains(piece) && at.clock.is_some())
        .map(|(_, at)| at.clone())
        .collect()
}

/// Each heading that names the day of an incident, and what stands below it until the next.
fn titles(document: &Document) -> Vec<(usize, Range<usize>)> {
    let heading = |piece: &Piece| matches!(piece.segment.role, Role::Heading(1..));
    let named: Vec<usize> = (document.pieces.iter().enumerate())
        .filter(|(_, piece)| heading(piece))
        // Of two dates nobody knows which one is the incident's.
        .filter(|(_, piece)| matches!(&piece.stamps[..], [one] if one.day.is_some()))
        .filter(|(_, piece)| {
            let text = &piece.segment.text;
            OF_INCIDENT.is_match(&text[..piece.stamps[0].start]) && !PUBLISHED.is_match(text)
        })
        .map(|(index, _)| index)
        .collect();
    let first = document.pieces.iter().position(heading);
    let only = named.len() == 1 && named.first() != first.as_ref();
    let ends = named.iter().copied().skip(1).chain([document.pieces.len()]);
    let whole = named.iter().copied().zip(ends);
    // A single one further down may be one of several things that happened.
    whole
        .filter(|_| !only)
        .map(|(from, to)| (from, from..to))
        .collect()
}

fn title(document: &Document) -> Option<Finding> {
    titles(document).into_iter().find_map(|(index, below)| {
        let piece = &document.pieces[index];
        let text = &piece.segment.text;
        let title = piece.moments.first()?.as_ref()?;
        let told = dated(document, &below);
        let (first, last) = (
            told.iter().map(|at| at.day).min()?,
            told.iter().map(|at| at.day).max()?,
        );
        let away = match () {
            () if title.day < first => (first - title.day).num_days(),
            () if title.day > last => (title.day - last).num_days(),
            () => return None,
        };
        // A day apart may be one moment by two clocks.
        let one_clock = told.iter().all(|at| at.zone.is_none());
        let agree = (last - first).num_days() <= 7 && told.len() >= 3;
        let slip = away <= FAR && (away > 1 || (one_clock && first == last));
        let elsewhere = below.clone().skip(1).any(|other| {
            let other = &document.pieces[other];
            let repeats = other.segment.text.contains(text.trim_matches('#').trim());
            let mut moments = other.moments.iter().flatten();
            !repeats
                && other.segment.role != Role::Meta
                && moments.any(|at| at.day_stated && at.day == title.day)
        });
        (agree && slip && !elsewhere).then(|| {
            let said = words::far_date(first, title.day);
            finding_at(document, index, 0, Kind::Date, Certainty::Likely, said)
        })
    })
}

/// `Incident on 2020-02-18 11:45` above fields of which none is of 11:45.
fn clock(document: &Document) -> Option<Finding> {
    titles(document).into_iter().find_map(|(index, below)| {
        let title = document.pieces[index].moments.first()?.as_ref()?;
        title.clock.filter(|clock| !clock.hour_only)?;
        let told = dated(document, &below);
        let apart = |at: &Moment| at.since(title).map(|apart| apart.abs());
        let nearest = told.iter().min_by_key(|at| apart(at))?;
        let away = apart(nearest)?;
        let near = away > TimeDelta::minutes(1) && away <= TimeDelta::hours(12);
        let pieces = below.clone().skip(1);
        let named = pieces
            .flat_map(|other| document.pieces[other].moments.iter().flatten())
            .any(|at| apart(at).is_some_and(|apart| apart <= TimeDelta::minutes(1)));
        let sure = told.len() >= 3 && !title.hedged && !named;
        (near && sure).then(|| {
            let line = document
                .all_fields()
                .find(|field| field.moment().and_then(apart) == Some(away))
                .map_or(document.line(index), |field| document.line(field.piece));
            let said = words::two_times(label::INCIDENT, title, nearest, line);
            finding_at(document, index, 0, Kind::TwoTimes, Certainty::Look, said)
        })
    })
}

static WRITTEN: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?i)^\W*(?:last )?(?:modified|updated|published|written|prepared|report date|date of (?:the )?report|report created|created)(?: on| at)?\s*[:|]\s*\W*$",
    )
});

/// `Last Modified: 2020-02-06` above a timeline of March 4: no report is older than what it tells.
fn written_before(document: &Document) -> Option<Finding> {
    let told = dated(document, &(0..document.pieces.len()));
    let first = told.iter().map(|at| at.day).min().or_else(|| {
        let mut events = document.timelines.iter().filter(|list| list.len() >= 3);
        events.find_map(|list| list.iter().map(|event| event.at.day).min())
    })?;
    document
        .pieces
        .iter()
        .enumerate()
        .find_map(|(index, piece)| {
            let stamp = piece.stamps.first()?;
            let text = &piece.segment.text;
            let alone = text[stamp.end..]
                .chars()
                .filter(|c| c.is_alphabetic())
                .count()
                <= 3;
            let day = piece.moments.first()?.as_ref()?.day;
            let before = (2..=400).contains(&(first - day).num_days());
            let labelled = WRITTEN.is_match(&text[..stamp.start]) && stamp.day.is_some();
            (labelled && alone && before).then(|| {
                let said = words::far_date(first, day);
                finding_at(document, index, 0, Kind::Date, Certainty::Likely, said)
            })
        })
}

static PART: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?i)\b(?:(?:on|in|during) the |late |early )?(early morning|early hours|morning|afternoon|evening|night)(?: hours)? of(?: the)?(?: \w+day,?)?\s*$",
    )
});

/// The hours that people call so, with an hour to either side.
fn hours(part: &str) -> std::ops::RangeInclusive<u32> {
    match part.to_lowercase().as_str() {
        "early morning" | "early hours" => 0..=9,
        "morning" => 4..=12,
        "afternoon" => 11..=19,
        "evening" => 16..=23,
        _ => 19..=23,
    }
}

/// A summary that dates the incident a day or a few before its timeline, whose first event is of that part of the day.
fn part_of_day(document: &Document) -> Option<Finding> {
    let first = document
        .timelines
        .iter()
        .find(|events| events.len() >= 3)?
        .first()?;
    let clock = first.at.clock?;
    document
        .pieces
        .iter()
        .enumerate()
        .find_map(|(index, piece)| {
            let prose = matches!(piece.segment.role, Role::Text | Role::Item);
            let above = index < first.piece && piece.topic != Topic::Beyond;
            if !prose || !above || !document.part(index).is_free() {
                return None;
            }
            piece.stamps.iter().enumerate().find_map(|(place, stamp)| {
                let part = PART.captures(&piece.segment.text[..stamp.start])?;
                let here = piece.moments.get(place)?.as_ref()?;
                let alone = piece.stamps.iter().filter(|s| s.day.is_some()).count() == 1;
                let away = (first.at.day - here.day).num_days();
                let fits = hours(&part[1]).contains(&clock.time.hour());
                let known = named(document, here.day, index) || !here.one_clock(&first.at);
                let wrong = fits && alone && (1..=3).contains(&away.abs()) && !known;
                wrong.then(|| {
                    let said = words::far_date(first.at.day, here.day);
                    finding_at(document, index, place, Kind::Date, Certainty::Look, said)
                })
            })
        })
}

/// Whether another piece is of that day.
fn named(document: &Document, day: NaiveDate, here: usize) -> bool {
    let mut pieces = document.pieces.iter().enumerate();
    pieces.any(|(index, piece)| {
        let mut moments = piece.moments.iter().flatten();
        index != here && moments.any(|at| at.day.num_days_from_ce() == day.num_days_from_ce())
    })
}
