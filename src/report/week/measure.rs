//! How long things took, in the period and in the weeks before it.

use chrono::{DateTime, TimeDelta, Utc};

use super::count::Counter;
use super::review::Measured;
use super::spread::Spread;
use crate::incident::human_time::to_minute;
use crate::incident::{Incident, Spans};
use crate::words::measure::Which;

/// Each measure that came to its end in the period or in the weeks before.
///
/// A measure belongs where it ends, as it was known at the end of the period:
/// an incident that was resolved, taken up again and resolved a week later
/// counts in both weeks, each time from its declaration.
pub(super) fn measures(counter: &Counter<'_>) -> Vec<Measured> {
    let moment = TimeDelta::microseconds(1);
    let before = counter.input.period.before(counter.zone);
    let now = spans(counter, counter.as_of);
    let then = spans(counter, counter.start - moment);
    let all = Which::ALL.into_iter().map(|which| Measured {
        name: which.name(),
        meaning: which.meaning(),
        now: spread(&now, which, counter.start..counter.end),
        before: spread(&then, which, before..counter.start),
    });
    all.filter(|one| one.now.count + one.before.count > 0)
        .collect()
}

fn spans(counter: &Counter<'_>, moment: DateTime<Utc>) -> Vec<Spans> {
    let incidents = counter.incidents.iter();
    let past = incidents.filter_map(|incident: &&Incident| incident.as_of(moment));
    past.map(|incident| Spans::of(&incident)).collect()
}

fn spread(all: &[Spans], which: Which, within: std::ops::Range<DateTime<Utc>>) -> Spread {
    let spans = all.iter().filter_map(|spans| {
        let (from, to) = which.of(spans).ok()?;
        within
            .contains(&to)
            .then(|| to_minute(to) - to_minute(from))
    });
    Spread::of(spans.collect())
}
