//! An incident on its time axis: severity, status, outage windows, and the
//! events that count, numbered and told below.

use chrono::{DateTime, TimeDelta, Utc};
use chrono_tz::Tz;

use super::axis::Axis;
use super::paint::{Anchor, Ink, Paint, WIDTH};
use crate::incident::{Severity, Status};
use crate::report::postmortem::{Draft, TimelineLine};
use crate::words::language::speaking;
use crate::words::name;
use crate::words::picture::{self as words, Band};

const LEFT: f64 = 96.0;
const RIGHT: f64 = WIDTH - 24.0;
/// The most events below the axis, one a row: Discord shows a picture 550 pixels wide, half of its size, and at most 350 high.
const ROWS: usize = 10;
/// From one row to the next.
const PITCH: f64 = 34.0;
/// From one numbered event to the next.
const APART: f64 = 29.0;
/// The edge between the events and the bands.
const TOP: f64 = 112.0;
const BOTTOM: f64 = 188.0;

/// The picture of a draft, as SVG. Times are in `zone`, which is the draft's.
#[must_use]
pub fn incident(draft: &Draft, zone: Tz) -> String {
    speaking(draft.language, || drawn(draft, zone))
}

fn drawn(draft: &Draft, zone: Tz) -> String {
    let (axis, events) = laid_out(draft, zone);
    let told = draft
        .timeline
        .iter()
        .map(|day| day.lines.len())
        .sum::<usize>();
    let more = told - events.len();
    let rows = events.len().max(1);
    let unnamed = unnamed(draft, axis);
    let foot = more > 0 || !unnamed.is_empty();
    let height = 256.0 + PITCH * rows as f64 + if foot { 32.0 } else { 0.0 };
    let mut paint = Paint::new(height, &format!("{}: {}", draft.name, draft.title));
    heading(&mut paint, draft);
    // Their lines lie behind the bands.
    dots(&mut paint, axis, &events);
    bands(&mut paint, draft, axis);
    outages(&mut paint, draft, axis);
    scale(&mut paint, axis);
    legend(&mut paint, axis, &events);
    if more > 0 {
        let said = words::more_in_the_timeline(more);
        paint.text(24.0, height - 16.0, &said, Ink::quiet(20.0), Anchor::Start);
    }
    key(&mut paint, &unnamed, height - 16.0);
    paint.done()
}

/// From when to when, and which events are shown, in the order they happened.
fn laid_out(draft: &Draft, zone: Tz) -> (Axis, Vec<&TimelineLine>) {
    let over = draft
        .status
        .last()
        .is_some_and(|step| !step.status.is_open());
    let windows = &draft.outage.windows;
    let statuses = draft.status.iter();
    // What is done long after the end does not push the incident into a corner.
    let course = statuses.filter(|step| step.status != Status::Postmortem);
    let mut known: Vec<DateTime<Utc>> = course.map(|step| step.since.at).collect();
    known.extend(windows.iter().map(|window| window.start.at));
    known.extend(
        windows
            .iter()
            .filter_map(|window| Some(window.end.as_ref()?.at)),
    );
    if !over || known.is_empty() {
        known.push(draft.made.at);
    }
    let from = known.iter().min().copied().unwrap_or(draft.made.at);
    let to = known.iter().max().copied().unwrap_or(draft.made.at);
    let span = (to - from).max(TimeDelta::minutes(10));
    let (early, to) = (from - span / 4, to + span / 25);
    let lines = draft.timeline.iter().flat_map(|day| &day.lines);
    let mut events: Vec<_> = lines
        .filter(|line| (early..=to).contains(&line.at))
        .collect();
    events = chosen(events, ROWS);
    events.sort_by_key(|line| (line.at, line.cite));
    let from = events.first().map_or(from, |first| from.min(first.at));
    let axis = Axis {
        from,
        to: to.max(from + TimeDelta::minutes(10)),
        left: LEFT,
        right: RIGHT,
        zone,
    };
    (axis, events)
}

/// At most `most`: the weightiest, and of those that weigh the same as many as
/// there is room for, spread evenly from first to last.
fn chosen(mut events: Vec<&TimelineLine>, most: usize) -> Vec<&TimelineLine> {
    if events.len() <= most {
        return events;
    }
    events.sort_by_key(|line| (line.weight, line.at, line.cite));
    let last = events[most - 1].weight;
    let (mut kept, rest): (Vec<_>, Vec<_>) =
        events.into_iter().partition(|line| line.weight < last);
    let equal: Vec<_> = rest
        .into_iter()
        .filter(|line| line.weight == last)
        .collect();
    let room = most - kept.len();
    kept.extend((0..room).map(|place| equal[place * equal.len() / room]));
    kept
}

fn heading(paint: &mut Paint, draft: &Draft) {
    let ink = Ink::plain(25.0).bold();
    let title = ink.cut(&format!("{} · {}", draft.name, draft.title), WIDTH - 48.0);
    paint.text(24.0, 34.0, &title, ink, Anchor::Start);
    let mut said = Vec::new();
    if draft.drill {
        said.push(words::exercise().to_owned());
    }
    if let Some(total) = &draft.outage.total {
        said.push(words::downtime(
            &total.length.text,
            total.at_least,
            total.so_far,
        ));
    }
    if let Some(step) = draft.status.last() {
        said.push(words::since(name::status(step.status), &step.since.text));
    }
    said.push(words::times_in(&draft.zone_name));
    let ink = Ink::quiet(18.0);
    let said = ink.cut(&said.join(" · "), WIDTH - 48.0);
    paint.text(24.0, 60.0, &said, ink, Anchor::Start);
}

fn bands(paint: &mut Paint, draft: &Draft, axis: Axis) {
    let severities: Vec<_> = draft
        .severity
        .iter()
        .map(|step| {
            (
                step.since.at,
                severity_colour(step.severity),
                step.severity.to_string(),
            )
        })
        .collect();
    let name = Band::Severity.name();
    band(paint, axis, name, (TOP, 18.0), &severities, "#ffffff");
    let statuses: Vec<_> = draft
        .status
        .iter()
        .map(|step| {
            (
                step.since.at,
                status_colour(step.status),
                name::status(step.status).to_owned(),
            )
        })
        .collect();
    band(
        paint,
        axis,
        Band::Status.name(),
        (TOP + 22.0, 26.0),
        &statuses,
        "#1d2129",
    );
}

/// The statuses of which no band is wide enough for its name.
fn unnamed(draft: &Draft, axis: Axis) -> Vec<Status> {
    let mut named = Vec::new();
    let mut all = Vec::new();
    for (place, step) in draft.status.iter().enumerate() {
        let start = axis.x(step.since.at);
        let next = draft.status.get(place + 1);
        let end = next.map_or(RIGHT, |next| axis.x(next.since.at));
        if step.since.at > axis.to || end <= start {
            continue;
        }
        if !all.contains(&step.status) {
            all.push(step.status);
        }
        if fits(name::status(step.status), end - start) {
            named.push(step.status);
        }
    }
    all.retain(|status| !named.contains(status));
    all
}

/// Whether a name has room in a band.
fn fits(said: &str, width: f64) -> bool {
    Ink::on(BAND, "").bold().width(said) + 12.0 <= width
}

/// What the colours of bands without a name mean, from the right.
fn key(paint: &mut Paint, statuses: &[Status], y: f64) {
    let ink = Ink::quiet(20.0);
    let mut right = RIGHT;
    for status in statuses.iter().rev() {
        let name = name::status(*status);
        paint.text(right, y, name, ink, Anchor::End);
        right -= ink.width(name) + 26.0;
        paint.rect(right, y - 16.0, 18.0, 18.0, status_colour(*status));
        right -= 18.0;
    }
}

/// The size of the names in the bands.
const BAND: f64 = 17.0;

/// A band of what held, each from its beginning to the next one's.
fn band(
    paint: &mut Paint,
    axis: Axis,
    name: &str,
    (top, height): (f64, f64),
    steps: &[(DateTime<Utc>, &str, String)],
    on: &'static str,
) {
    let middle = top + height / 2.0 + 4.0;
    paint.text(LEFT - 10.0, middle, name, Ink::quiet(16.0), Anchor::End);
    for (place, (since, colour, said)) in steps.iter().enumerate() {
        let start = axis.x(*since);
        let end = steps.get(place + 1).map_or(RIGHT, |next| axis.x(next.0));
        if *since > axis.to || end <= start {
            continue;
        }
        // A line of paper between two that follow each other.
        paint.rect(start, top, (end - start - 1.0).max(1.0), height, colour);
        let ink = Ink::on(BAND, on).bold();
        if fits(said, end - start) {
            paint.text(start + 7.0, middle, said, ink, Anchor::Start);
        }
    }
}

fn outages(paint: &mut Paint, draft: &Draft, axis: Axis) {
    let (top, middle) = (TOP + 52.0, TOP + 66.0);
    let name = Band::Outage.name();
    paint.text(LEFT - 10.0, middle, name, Ink::quiet(16.0), Anchor::End);
    let windows = &draft.outage.windows;
    if windows.is_empty() {
        let none = words::no_outage();
        return paint.text(LEFT + 7.0, middle, none, Ink::quiet(16.0), Anchor::Start);
    }
    let open = draft
        .status
        .last()
        .is_some_and(|step| step.status.is_open());
    let mut shown = LEFT;
    for window in windows {
        let start = axis.x(window.start.at);
        let end = match &window.end {
            Some(end) => axis.x(end.at),
            None if open => axis.x(draft.made.at),
            // Nobody recorded its end: a stub that promises nothing.
            None => (start + 14.0).min(RIGHT),
        };
        let width = (end - start).max(3.0);
        let colour = if window.end.is_some() {
            "#c53030"
        } else {
            "#e08a8a"
        };
        paint.rect(start, top, width, 18.0, colour);
        let said = match (&window.length, open) {
            (Some(length), _) => length.text.clone(),
            (None, open) => words::without_end(open).to_owned(),
        };
        let ink = Ink::on(15.0, "#ffffff").bold();
        let room = ink.width(&said) + 12.0;
        if room <= width && start >= shown {
            paint.text(start + 6.0, middle, &said, ink, Anchor::Start);
            shown = end;
        }
    }
}

fn scale(paint: &mut Paint, axis: Axis) {
    paint.line((LEFT, BOTTOM), (RIGHT, BOTTOM));
    let mut free = 0.0;
    for tick in axis.ticks() {
        let x = axis.x(tick.at);
        paint.line((x, BOTTOM), (x, BOTTOM + 5.0));
        let names = [
            (tick.clock, BOTTOM + 20.0, Ink::quiet(16.0)),
            (tick.day, BOTTOM + 39.0, Ink::quiet(16.0).bold()),
        ];
        let widest = names
            .iter()
            .filter_map(|(name, _, ink)| Some(ink.width(name.as_ref()?)));
        let half = widest.fold(0.0, f64::max) / 2.0;
        let x = x.clamp(half + 4.0, WIDTH - half - 4.0);
        if x - half < free {
            continue;
        }
        free = x + half + 6.0;
        for (name, y, ink) in names {
            if let Some(name) = name {
                paint.text(x, y, &name, ink, Anchor::Middle);
            }
        }
    }
}

/// The numbers above the bands, moved apart where they would overlap, each
/// with a line to its moment.
fn dots(paint: &mut Paint, axis: Axis, events: &[&TimelineLine]) {
    let places = apart(events.iter().map(|event| axis.x(event.at)).collect());
    for (event, place) in events.iter().zip(&places) {
        let x = axis.x(event.at);
        paint.line((*place, 95.0), (x, TOP - 2.0));
        paint.line((x, TOP - 2.0), (x, BOTTOM));
    }
    for (number, place) in places.iter().enumerate() {
        paint.dot(*place, 84.0, number + 1);
    }
}

/// Places in the same order, none nearer to the next than [`APART`].
pub(super) fn apart(mut places: Vec<f64>) -> Vec<f64> {
    let mut least = LEFT;
    for place in &mut places {
        *place = place.max(least);
        least = *place + APART;
    }
    let mut most = RIGHT - 13.0;
    for place in places.iter_mut().rev() {
        *place = place.min(most);
        most = *place - APART;
    }
    places
}

fn legend(paint: &mut Paint, axis: Axis, events: &[&TimelineLine]) {
    let (left, right) = (24.0, WIDTH - 24.0);
    let mut last = None;
    for (place, event) in events.iter().enumerate() {
        let y = 268.0 + PITCH * place as f64;
        paint.dot(left + 13.0, y - 7.0, place + 1);
        let day = axis.day(event.at);
        let when = if last.as_ref() == Some(&day) {
            event.clock.clone()
        } else {
            format!("{day}, {}", event.clock)
        };
        last = Some(day);
        let ink = Ink::plain(22.0).bold();
        paint.text(left + 36.0, y, &when, ink, Anchor::Start);
        let start = left + 36.0 + ink.width(&when) + 10.0;
        let cite = event.cite.to_string();
        let room = right - Ink::quiet(18.0).width(&cite) - 10.0 - start;
        let said = match &event.who {
            Some(who) => format!("{who}: {}", event.text),
            None => event.text.clone(),
        };
        let ink = Ink::plain(22.0);
        paint.text(start, y, &ink.cut(&said, room), ink, Anchor::Start);
        paint.text(right, y, &cite, Ink::quiet(18.0), Anchor::End);
    }
}

pub(super) fn severity_colour(severity: Severity) -> &'static str {
    match severity {
        Severity::Sev1 => "#b3261e",
        Severity::Sev2 => "#c05717",
        Severity::Sev3 => "#8a6d10",
        Severity::Sev4 => "#5b6b80",
    }
}

fn status_colour(status: Status) -> &'static str {
    match status {
        Status::Investigating => "#f7b4a8",
        Status::Identified => "#fbd38d",
        Status::Monitoring => "#a8d0fb",
        Status::Resolved => "#b5e3c0",
        Status::Postmortem => "#c9c4f5",
        Status::Cancelled => "#d5d9e0",
    }
}
