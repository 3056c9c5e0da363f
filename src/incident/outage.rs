//! When users were really affected.

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use super::component::Component;
use super::id::Seq;

/// A stretch of time in which users were affected. It is its own fact: it
/// starts before anyone declares the incident and follows no status.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct OutageWindow {
    /// The entry that started it; its name.
    pub seq: Seq,
    /// From (UTC).
    pub start: DateTime<Utc>,
    /// Until (UTC), and the entry that says so; `None` while nobody has said.
    pub end: Option<(DateTime<Utc>, Seq)>,
    /// Through which components; none where nobody said.
    pub components: Vec<Component>,
}

impl OutageWindow {
    /// How long it was, where its end is known.
    #[must_use]
    pub fn length(&self) -> Option<TimeDelta> {
        self.end.map(|(end, _)| end - self.start)
    }

    /// Whether it concerns one of these components; all do where none is named
    /// on either side.
    #[must_use]
    pub fn concerns(&self, components: &[Component]) -> bool {
        components.is_empty()
            || self.components.is_empty()
            || components.iter().any(|c| self.components.contains(c))
    }
}

/// The length of the union of windows: no minute counts twice. Windows
/// without an end count until `until`.
pub fn union_length(
    windows: impl IntoIterator<Item = (DateTime<Utc>, Option<DateTime<Utc>>)>,
    until: DateTime<Utc>,
) -> TimeDelta {
    let mut spans: Vec<_> = windows
        .into_iter()
        .map(|(start, end)| (start, end.unwrap_or(until)))
        .filter(|(start, end)| start < end)
        .collect();
    spans.sort_unstable();
    let mut total = TimeDelta::zero();
    let mut covered = DateTime::<Utc>::MIN_UTC;
    for (start, end) in spans {
        if end > covered {
            total += end - start.max(covered);
            covered = end;
        }
    }
    total
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn minute(minute: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(minute * 60, 0).unwrap()
    }

    #[test]
    fn two_outages_of_one_weekend_add_up() {
        let spans = [(0, 25), (2000, 2065)];
        let windows = spans.map(|(a, b)| (minute(a), Some(minute(b))));
        assert_eq!(union_length(windows, minute(9999)), TimeDelta::minutes(90));
    }

    #[test]
    fn an_open_window_counts_until_now() {
        let windows = [(minute(10), None)];
        assert_eq!(union_length(windows, minute(25)), TimeDelta::minutes(15));
    }

    proptest! {
        /// The union, counted the slow and obvious way: minute by minute.
        #[test]
        fn no_minute_counts_twice(spans in prop::collection::vec((0i64..300, 0i64..80, any::<bool>()), 0..12)) {
            let until = 400;
            let covered = (0..until).filter(|m| spans.iter().any(|(start, length, open)| {
                let end = if *open { until } else { start + length };
                *start <= *m && *m < end
            })).count();
            let windows = spans.iter().map(|(start, length, open)| {
                (minute(*start), (!open).then(|| minute(start + length)))
            });
            prop_assert_eq!(union_length(windows, minute(until)), TimeDelta::minutes(covered as i64));
        }
    }
}
