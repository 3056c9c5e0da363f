//! For how long users were affected, to the minute that is shown.

use chrono::{DateTime, TimeDelta, Utc};

use crate::incident::human_time::to_minute;
use crate::incident::{Incident, OutageWindow, union_length};

/// The downtime of one incident.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Downtime {
    /// The length of the union of the windows.
    pub total: TimeDelta,
    /// Whether windows overlap, so that their lengths add up to more.
    pub overlaps: bool,
    /// Whether it still grows: a window without end of an open incident, counted until now.
    pub so_far: bool,
    /// Whether it is the least it can be: a window without end of an incident
    /// that is over, which is not counted because nobody knows for how long.
    pub at_least: bool,
}

/// The windows of an incident that have a length: see [`span`].
#[must_use]
pub fn spans(incident: &Incident, now: DateTime<Utc>) -> Vec<(DateTime<Utc>, DateTime<Utc>)> {
    let windows = incident.outages.iter();
    windows
        .filter_map(|window| span(incident, window, now))
        .collect()
}

/// From when to when a window of an incident is, to the minute. One without end
/// reaches to `now` while the incident is open; of an incident that is over its
/// end is unknown: `None`.
#[must_use]
pub fn span(
    incident: &Incident,
    window: &OutageWindow,
    now: DateTime<Utc>,
) -> Option<(DateTime<Utc>, DateTime<Utc>)> {
    let open = incident.status_now().is_open();
    let end = match window.end {
        Some((end, _)) => Some(end),
        None => open.then_some(now.max(window.start)),
    };
    Some((to_minute(window.start), to_minute(end?)))
}

/// The downtime of an incident; `None` where no window is recorded.
#[must_use]
pub fn of(incident: &Incident, now: DateTime<Utc>) -> Option<Downtime> {
    if incident.outages.is_empty() {
        return None;
    }
    let spans = spans(incident, now);
    let total = union(&spans);
    let sum: TimeDelta = spans.iter().map(|(start, end)| *end - *start).sum();
    let unended = incident.open_outages().next().is_some();
    let open = incident.status_now().is_open();
    Some(Downtime {
        total,
        overlaps: sum != total,
        so_far: unended && open,
        at_least: unended && !open,
    })
}

/// The length of the union of spans.
#[must_use]
pub fn union(spans: &[(DateTime<Utc>, DateTime<Utc>)]) -> TimeDelta {
    let windows = spans.iter().map(|(start, end)| (*start, Some(*end)));
    union_length(windows, DateTime::<Utc>::MAX_UTC)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::incident::random_log::logs;

    proptest! {
        /// Counted the slow and obvious way, minute by minute, of any incident.
        #[test]
        fn the_total_is_the_number_of_minutes_covered(log in logs()) {
            let incident = log.state();
            let now = log.entries.last().unwrap().recorded_at;
            let spans = spans(incident, now);
            let mut minutes = std::collections::BTreeSet::new();
            for (start, end) in &spans {
                let (mut minute, end) = (start.timestamp() / 60, end.timestamp() / 60);
                while minute < end {
                    minutes.insert(minute);
                    minute += 1;
                }
            }
            let total = of(incident, now).map_or(0, |downtime| downtime.total.num_minutes());
            prop_assert_eq!(total, minutes.len() as i64);
        }
    }
}
