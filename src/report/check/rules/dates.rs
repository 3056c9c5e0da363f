//! Dates that the rest of the text contradicts, or that no calendar has.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use chrono::{Datelike, NaiveDate};
use regex::Regex;

use super::super::day_order::DayOrder;
use super::super::document::Document;
use super::super::finding::{Certainty, Finding, Kind};
use super::super::moment::NO_YEAR;
use super::super::source::{Role, regex};
use super::super::stamp::stamps;
use super::super::words;
use super::{finding, finding_at};
use crate::incident::Status;
use crate::incident::human_time::read_month;

pub(super) fn findings(document: &Document, name: Option<&str>) -> Vec<Finding> {
    let mut found = impossible(document);
    found.extend(other_year(document));
    found.extend(far_timelines(document, name));
    found.extend(periods(document));
    found.extend(name.and_then(|name| file_name(document, name)));
    found.extend(against_posts(document));
    found
}

fn impossible(document: &Document) -> Vec<Finding> {
    let mut found = Vec::new();
    for (index, piece) in document.pieces.iter().enumerate() {
        for (place, stamp) in piece.stamps.iter().enumerate() {
            let Some(day) = stamp.day else { continue };
            let leap = day.date(NO_YEAR);
            let plausible = (1..=12).contains(&day.month) && (1..=31).contains(&day.day);
            if leap.is_none() && plausible {
                let written = &piece.segment.text[stamp.start..stamp.end];
                found.push(finding_at(
                    document,
                    index,
                    place,
                    Kind::Date,
                    Certainty::Certain,
                    words::no_such_date(written),
                ));
            }
        }
    }
    found
}

/// The report's own day with another year, where every other year in the text is the report's.
fn other_year(document: &Document) -> Vec<Finding> {
    let Some(report) = document.day else {
        return Vec::new();
    };
    let years: Vec<(usize, usize, NaiveDate)> = document
        .pieces
        .iter()
        .enumerate()
        .flat_map(|(index, piece)| {
            piece
                .stamps
                .iter()
                .enumerate()
                .filter_map(move |(place, stamp)| {
                    let day = stamp.day?;
                    day.year?;
                    Some((index, place, piece.moments[place].as_ref()?.day))
                })
        })
        .collect();
    let dates: BTreeSet<NaiveDate> = years.iter().map(|(_, _, date)| *date).collect();
    if let Some(found) = lone_year(document, report, &years) {
        return vec![found];
    }
    let strange: Vec<_> = years
        .iter()
        .filter(|(_, _, date)| {
            date.year() != report.year()
                && date.with_year(report.year()).is_some_and(|same| {
                    (same - report).num_days().abs() <= 3 || dates.contains(&same)
                })
        })
        .collect();
    let right = years
        .iter()
        .filter(|(_, _, date)| date.year() == report.year())
        .count();
    if strange.is_empty() || right < 2 || strange.len() >= right {
        return Vec::new();
    }
    strange
        .into_iter()
        .filter_map(|(index, place, date)| {
            let same = date.with_year(report.year())?;
            // December and January are neighbours.
            let neighbours = (*date - report).num_days().abs() <= 10;
            (!neighbours).then(|| {
                finding_at(
                    document,
                    *index,
                    *place,
                    Kind::Date,
                    Certainty::Likely,
                    words::slipped_date(*date, same),
                )
            })
        })
        .collect()
}

/// The first date of a text alone in its year, where two or more others lie close together a year away.
fn lone_year(
    document: &Document,
    report: NaiveDate,
    years: &[(usize, usize, NaiveDate)],
) -> Option<Finding> {
    let mut alone = years
        .iter()
        .filter(|(_, _, date)| date.year() == report.year());
    let (Some((index, place, date)), None) = (alone.next(), alone.next()) else {
        return None;
    };
    let others = || {
        years
            .iter()
            .map(|(.., other)| *other)
            .filter(|other| other.year() != date.year())
    };
    let (first, last) = (others().min()?, others().max()?);
    let close = others().count() >= 2 && (last - first).num_days() <= 10;
    let same = date.with_year(first.year())?;
    let near = (same - first).num_days() >= -3 && (same - last).num_days() <= 10;
    let year = (first.year() - date.year()).abs() == 1 && (first - *date).num_days().abs() > 60;
    (close && near && year).then(|| {
        let said = words::slipped_date(*date, same);
        finding_at(
            document,
            *index,
            *place,
            Kind::Date,
            Certainty::Likely,
            said,
        )
    })
}

/// A timeline of one date that is weeks away from the date which title, summary and name agree on.
fn far_timelines(document: &Document, name: Option<&str>) -> Vec<Finding> {
    let Some(report) = document.day else {
        return Vec::new();
    };
    let mut witnesses = usize::from(name.and_then(name_day) == Some(report));
    for (index, piece) in document.pieces.iter().enumerate() {
        if !document.part(index).event {
            witnesses += piece
                .stamps
                .iter()
                .zip(&piece.moments)
                .filter(|(stamp, moment)| {
                    stamp.day.is_some() && moment.as_ref().is_some_and(|m| m.day == report)
                })
                .count();
        }
    }
    if witnesses < 2 {
        return Vec::new();
    }
    document
        .timelines
        .iter()
        .filter_map(|events| {
            let first = events.first()?;
            let dated = events.iter().filter(|event| event.dated).count();
            let far = events
                .iter()
                .all(|event| (event.at.day - report).num_days().abs() > 20);
            let one_day = events
                .iter()
                .all(|event| (event.at.day - first.at.day).num_days().abs() <= 2);
            (first.dated && dated <= 2 && far && one_day && events.len() >= 3).then(|| {
                finding_at(
                    document,
                    first.piece,
                    0,
                    Kind::Date,
                    Certainty::Likely,
                    words::far_date(first.at.day, report),
                )
            })
        })
        .collect()
}

static QUARTER: LazyLock<Regex> = LazyLock::new(|| regex(r"\bQ([1-4])[\s,/-]+((?:19|20)\d\d)\b"));
static MONTH: LazyLock<Regex> =
    LazyLock::new(|| regex(r"^([A-Z][a-z]{2,8})\.?,?\s+((?:19|20)\d\d)$"));
static YEAR: LazyLock<Regex> = LazyLock::new(|| regex(r"^((?:19|20)\d\d)$"));

/// The months that a heading such as `Q2 2020` or `July 2023` covers.
fn period(heading: &str) -> Option<(i32, std::ops::RangeInclusive<u32>)> {
    if let Some(parts) = QUARTER.captures(heading) {
        let first = parts[1].parse::<u32>().ok()? * 3 - 2;
        return Some((parts[2].parse().ok()?, first..=first + 2));
    }
    if let Some(parts) = MONTH.captures(heading) {
        let month = read_month(&parts[1].to_lowercase())?;
        return Some((parts[2].parse().ok()?, month..=month));
    }
    let parts = YEAR.captures(heading)?;
    Some((parts[1].parse().ok()?, 1..=12))
}

/// Items under a heading that names a period they are not of.
fn periods(document: &Document) -> Vec<Finding> {
    let mut current: Option<(usize, (i32, std::ops::RangeInclusive<u32>))> = None;
    let (mut fitting, mut found) = (0, Vec::new());
    for (index, piece) in document.pieces.iter().enumerate() {
        if matches!(piece.segment.role, Role::Heading(_)) {
            current = period(&piece.segment.text).map(|period| (index, period));
            continue;
        }
        let Some((heading, (year, months))) = &current else {
            continue;
        };
        if piece.segment.role != Role::Item {
            continue;
        }
        let first = piece
            .stamps
            .iter()
            .position(|stamp| stamp.day.is_some_and(|day| day.year.is_some()));
        let Some((place, Some(moment))) = first.map(|place| (place, &piece.moments[place])) else {
            continue;
        };
        if moment.day.year() == *year && months.contains(&moment.day.month()) {
            fitting += 1;
            continue;
        }
        found.push(finding_at(
            document,
            index,
            place,
            Kind::Date,
            Certainty::Likely,
            words::outside_period(moment.day, &document.quote(*heading)),
        ));
    }
    // Where items seldom fit, the heading means something else, such as when they were published.
    if fitting >= 3 && fitting >= found.len() * 4 {
        found
    } else {
        Vec::new()
    }
}

fn name_day(name: &str) -> Option<NaiveDate> {
    let name = name.rsplit(['/', '\\']).next().unwrap_or(name);
    stamps(name, DayOrder::Unknown).first()?.day?.date(0)
}

/// A title with a date that the file's name contradicts.
fn file_name(document: &Document, name: &str) -> Option<Finding> {
    let named = name_day(name)?;
    let (index, title) = document
        .pieces
        .iter()
        .enumerate()
        .find(|(_, piece)| matches!(piece.segment.role, Role::Heading(_)))?;
    let place = title.stamps.iter().position(|stamp| stamp.day.is_some())?;
    let titled = title.moments[place].as_ref()?.day;
    let known = document
        .pieces
        .iter()
        .flat_map(|piece| piece.moments.iter().flatten())
        .any(|moment| moment.day == named);
    // Reports are often filed days later; another month with the same day is a slip.
    let slip =
        (titled.day() == named.day() && titled != named) || (titled - named).num_days().abs() > 31;
    (!known && slip).then(|| {
        finding(
            document,
            index,
            Kind::Date,
            Certainty::Look,
            words::name_date(titled, named),
        )
    })
}

static OUTAGE: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?i)\b(?:outage|inaccessible|unavailable|went down|was down|were down|degraded|disruption|unreachable|incident)\b",
    )
});

/// `On July 5th ... inaccessible`, when every update was posted on July 8.
fn against_posts(document: &Document) -> Vec<Finding> {
    let days: Vec<NaiveDate> = document
        .posts
        .iter()
        .filter(|post| post.status != Some(Status::Postmortem))
        .map(|post| post.at.day)
        .collect();
    let (Some(first), Some(last)) = (days.iter().min(), days.iter().max()) else {
        return Vec::new();
    };
    if (*last - *first).num_days() > 1 {
        return Vec::new();
    }
    let mut found = Vec::new();
    for (index, piece) in document.pieces.iter().enumerate() {
        let text = &piece.segment.text;
        for (place, stamp) in piece.stamps.iter().enumerate() {
            let Some(Some(moment)) = piece.moments.get(place) else {
                continue;
            };
            let away = (moment.day - *first).num_days();
            let on = text[..stamp.start]
                .trim_end()
                .to_lowercase()
                .ends_with("on")
                && stamp.day.is_some();
            let sentence = text[stamp.end..].split(". ").next().unwrap_or("");
            if on && (2..=31).contains(&away.abs()) && OUTAGE.is_match(sentence) {
                found.push(finding_at(
                    document,
                    index,
                    place,
                    Kind::Date,
                    Certainty::Likely,
                    words::date_of_posts(moment.day, *first),
                ));
            }
        }
    }
    found
}
