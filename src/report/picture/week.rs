//! The days of a review: its figures large, and what was opened on each, the
//! worst at the bottom. A chat shows it at half its size, so nothing is small.

use chrono::{Datelike as _, Days, NaiveDate, Weekday};
use strum::IntoEnumIterator as _;

use super::incident::severity_colour;
use super::paint::{Anchor, Ink, Paint, WIDTH};
use crate::incident::Severity;
use crate::report::week::Review;
use crate::words::language::{short_date, short_weekday, speaking};
use crate::words::period::days;
use crate::words::picture as words;
use crate::words::review::Did;
use crate::words::week::{Reviewed, quiet};

const MARGIN: f64 = 28.0;
/// Between two figures.
const GAP: f64 = 16.0;
/// How tall the tallest bar is.
const TALLEST: f64 = 250.0;
/// The tallest that one incident is drawn.
const BLOCK: f64 = 50.0;
/// What stands above the tallest bar and below the floor: its number, the names of the days, the key.
const AROUND: f64 = 160.0;
/// Of what stands above them.
const HEAD: f64 = 250.0;

/// Up to so many days each has a bar; beyond, each week has.
const MOST_BARS: usize = 45;

/// The picture of a review, as SVG.
#[must_use]
pub fn week(review: &Review) -> String {
    speaking(review.language, || drawn(review))
}

fn drawn(review: &Review) -> String {
    let mut paint = Paint::new(HEAD + tall(review) + AROUND, &review.name);
    let room = WIDTH - 2.0 * MARGIN;
    let title = Ink::plain(44.0).bold();
    paint.text(MARGIN, 64.0, &review.name, title, Anchor::Start);
    let taken = title.width(&review.name) + 2.0 * GAP;
    let about = Ink::quiet(24.0);
    let text = about.cut(&about_days(review), room - taken);
    paint.text(WIDTH - MARGIN, 64.0, &text, about, Anchor::End);
    figures(&mut paint, &facts(review));
    chart(&mut paint, review, HEAD);
    paint.done()
}

/// The bars alone, for a page that tells the figures itself.
#[must_use]
pub fn opened(review: &Review) -> String {
    speaking(review.language, || {
        let mut paint = Paint::new(tall(review) + AROUND, &review.name);
        chart(&mut paint, review, 0.0);
        paint.done()
    })
}

/// How tall the bars are: few incidents leave no hole above them.
fn tall(review: &Review) -> f64 {
    let most = bars(review).iter().map(|bar| bar.severities.len()).max();
    // A sentence stands there where nothing was opened.
    let most = most.unwrap_or(0).max(2);
    (BLOCK * most as f64).min(TALLEST)
}

fn chart(paint: &mut Paint, review: &Review, top: f64) {
    let floor = top + 40.0 + tall(review);
    let bars = bars(review);
    if review.opened.is_empty() {
        let said = match review.is_quiet() {
            true => quiet(review.period.reviewed(), review.so_far),
            false => words::nothing_opened().to_owned(),
        };
        let ink = Ink::quiet(28.0);
        let said = ink.cut(&said, WIDTH - 2.0 * MARGIN);
        paint.text(WIDTH / 2.0, floor - 50.0, &said, ink, Anchor::Middle);
    }
    columns(paint, &bars, floor);
    paint.line((MARGIN, floor), (WIDTH - MARGIN, floor));
    key(paint, bars.first().is_some_and(|bar| bar.days > 1), floor);
}

/// `Jul 13 to Jul 19, Europe/Berlin`; the zone alone where the name says the days.
fn about_days(review: &Review) -> String {
    let (first, last) = (review.period.first_day(), review.period.last_day());
    let (first, last, zone) = (short_date(first), short_date(last), &review.zone);
    match review.period.reviewed() {
        Reviewed::Days => zone.clone(),
        _ => format!("{}, {zone}", days(first, last)),
    }
}

fn facts(review: &Review) -> Vec<(&'static str, String)> {
    let resolving = review
        .measures
        .iter()
        .find(|one| one.name == crate::words::measure::Which::Resolve.name());
    let median = resolving.and_then(|one| one.now.median.as_ref());
    let downtime = match review.downtime.incidents.is_empty() {
        true => words::no_downtime().to_owned(),
        false => review.downtime.total.text.clone(),
    };
    vec![
        (Did::Opened.name(), review.opened.len().to_string()),
        (Did::Resolved.name(), review.resolved.len().to_string()),
        (Did::StillOpen.name(), review.still_open.len().to_string()),
        (words::downtime_name(), downtime),
        (
            words::median_resolve(),
            median.map_or("–".to_owned(), |one| one.text.clone()),
        ),
    ]
}

/// Figures side by side, each as large as its room lets it be.
fn figures(paint: &mut Paint, facts: &[(&'static str, String)]) {
    let count = facts.len() as f64;
    let width = (WIDTH - 2.0 * MARGIN - (count - 1.0) * GAP) / count;
    for (place, (what, value)) in facts.iter().enumerate() {
        let x = MARGIN + (width + GAP) * place as f64;
        paint.panel(x, 96.0, width, 116.0);
        let room = width - 24.0;
        let sizes = [48.0, 40.0, 34.0, 28.0, 24.0].map(|size| Ink::plain(size).bold());
        let fits = sizes.into_iter().find(|ink| ink.width(value) <= room);
        let ink = fits.unwrap_or(sizes[4]);
        let middle = x + width / 2.0;
        paint.text(middle, 158.0, &ink.cut(value, room), ink, Anchor::Middle);
        let label = [22.0, 20.0, 18.0].map(Ink::quiet);
        let fits = label.into_iter().find(|ink| ink.width(what) <= room);
        let ink = fits.unwrap_or(label[2]);
        paint.text(middle, 194.0, &ink.cut(what, room), ink, Anchor::Middle);
    }
}

/// The days of a column and what was opened on them.
struct Bar {
    first: NaiveDate,
    days: u64,
    severities: Vec<Severity>,
}

fn bars(review: &Review) -> Vec<Bar> {
    let days = review.period.days().count();
    let step: u64 = if days > MOST_BARS { 7 } else { 1 };
    let firsts = review.period.days().step_by(step as usize);
    firsts
        .map(|first| {
            let end = first.checked_add_days(Days::new(step)).unwrap_or(first);
            let (from, to) = (first.to_string(), end.to_string());
            let opened = review
                .opened
                .iter()
                .filter(|one| one.at.day >= from && one.at.day < to);
            let mut severities: Vec<Severity> = opened.map(|one| one.severity).collect();
            severities.sort_unstable();
            Bar {
                first,
                days: step,
                severities,
            }
        })
        .collect()
}

fn columns(paint: &mut Paint, bars: &[Bar], floor: f64) {
    let most = bars
        .iter()
        .map(|bar| bar.severities.len())
        .max()
        .unwrap_or(0);
    let block = (TALLEST / most.max(1) as f64).min(BLOCK);
    let column = (WIDTH - 2.0 * MARGIN) / bars.len().max(1) as f64;
    let pad = (column * 0.16).min(26.0);
    let wide = column >= 100.0;
    // Names of days stand at least 90 units apart.
    let every = (90.0 / column).ceil().max(1.0) as usize;
    for (place, bar) in bars.iter().enumerate() {
        let x = MARGIN + column * place as f64;
        let middle = x + column / 2.0;
        let mut y = floor;
        for severity in &bar.severities {
            y -= block;
            let gap = if block > 5.0 { 2.0 } else { 0.0 };
            let colour = severity_colour(*severity);
            paint.rect(x + pad, y, column - 2.0 * pad, block - gap, colour);
            if wide && block >= 30.0 {
                let ink = Ink::on(20.0, "#ffffff").bold();
                let text = severity.to_string();
                paint.text(middle, y + block / 2.0 + 6.0, &text, ink, Anchor::Middle);
            }
        }
        if !bar.severities.is_empty() {
            let size = if column >= 40.0 { 24.0 } else { 18.0 };
            let number = bar.severities.len().to_string();
            paint.text(
                middle,
                y - 10.0,
                &number,
                Ink::plain(size).bold(),
                Anchor::Middle,
            );
        }
        // With few columns each has its name, with many every week's first.
        let named = match (every, bar.days) {
            (1, _) => true,
            (_, 1) => bar.first.weekday() == Weekday::Mon,
            (every, _) => place % every == 0,
        };
        let name = match wide {
            true => format!("{} {}", short_weekday(bar.first.weekday()), bar.first.day()),
            false => short_date(bar.first),
        };
        let ink = Ink::quiet(22.0);
        let half = ink.width(&name) / 2.0;
        let inside = middle - half >= 0.0 && middle + half <= WIDTH;
        if named && inside {
            paint.text(middle, floor + 34.0, &name, ink, Anchor::Middle);
        }
    }
}

fn key(paint: &mut Paint, weeks: bool, floor: f64) {
    let y = floor + 92.0;
    for (place, severity) in Severity::iter().enumerate() {
        let x = MARGIN + 130.0 * place as f64;
        paint.rect(x, y - 20.0, 24.0, 24.0, severity_colour(severity));
        let ink = Ink::quiet(22.0);
        paint.text(x + 34.0, y, &severity.to_string(), ink, Anchor::Start);
    }
    let what = words::columns(weeks);
    paint.text(WIDTH - MARGIN, y, what, Ink::quiet(22.0), Anchor::End);
}
