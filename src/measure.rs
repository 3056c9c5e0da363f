//! Counting and timing what happens, for whoever watches over the process: cheap
//! enough for everything, and read at the moment of a scrape.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

const BUCKETS: usize = 12;

/// Bounds in seconds for what somebody waits for.
const MOMENTS: [f64; BUCKETS] = [
    0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 60.0,
];

const HOUR: f64 = 3_600.0;
const DAY: f64 = 24.0 * HOUR;

/// Bounds in seconds for what takes days.
const DAYS: [f64; BUCKETS] = [
    HOUR / 4.0,
    HOUR,
    4.0 * HOUR,
    DAY / 2.0,
    DAY,
    2.0 * DAY,
    3.0 * DAY,
    5.0 * DAY,
    7.0 * DAY,
    14.0 * DAY,
    30.0 * DAY,
    90.0 * DAY,
];

/// How often something happened.
#[derive(Debug, Default)]
pub struct Count(AtomicU64);

impl Count {
    /// It happened so many times more.
    pub fn add(&self, times: u64) {
        self.0.fetch_add(times, Ordering::Relaxed);
    }

    /// How often since the start.
    #[must_use]
    pub fn get(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }
}

/// How long something took, each time.
#[derive(Debug)]
pub struct Durations {
    bounds: &'static [f64; BUCKETS],
    counts: [Count; BUCKETS],
    longer: Count,
    /// In microseconds.
    sum: Count,
}

impl Durations {
    fn within(bounds: &'static [f64; BUCKETS]) -> Self {
        Self {
            bounds,
            counts: Default::default(),
            longer: Count::default(),
            sum: Count::default(),
        }
    }

    /// Of what somebody waits for.
    #[must_use]
    pub fn of_moments() -> Self {
        Self::within(&MOMENTS)
    }

    /// Of what takes days.
    #[must_use]
    pub fn of_days() -> Self {
        Self::within(&DAYS)
    }

    /// It took so long.
    pub fn took(&self, time: Duration) {
        let seconds = time.as_secs_f64();
        let at = self.bounds.iter().position(|bound| seconds <= *bound);
        let count = at.map_or(&self.longer, |at| &self.counts[at]);
        count.add(1);
        self.sum
            .add(u64::try_from(time.as_micros()).unwrap_or(u64::MAX));
    }

    /// What was measured since the start.
    #[must_use]
    pub fn read(&self) -> Histogram {
        let mut count = 0;
        let buckets = self.bounds.iter().zip(&self.counts);
        let buckets = buckets.map(|(bound, within)| {
            count += within.get();
            (*bound, count)
        });
        Histogram {
            buckets: buckets.collect(),
            count: count + self.longer.get(),
            sum: Duration::from_micros(self.sum.get()),
        }
    }
}

/// What was measured.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Histogram {
    /// How many took at most so many seconds; each contains those before it.
    pub buckets: Vec<(f64, u64)>,
    /// How many there were.
    pub count: u64,
    /// How long they took together.
    pub sum: Duration,
}

/// How long something took where it succeeded, and how often it did not.
#[derive(Debug)]
pub struct Timed {
    /// How long it took.
    pub took: Durations,
    /// How often it failed.
    pub failed: Count,
}

impl Default for Timed {
    fn default() -> Self {
        Self {
            took: Durations::of_moments(),
            failed: Count::default(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_is_counted_in_all_buckets_that_hold_it() {
        let durations = Durations::of_moments();
        for millis in [5, 6, 900, 70_000] {
            durations.took(Duration::from_millis(millis));
        }
        let read = durations.read();
        let within = |bound: f64| read.buckets.iter().find(|(of, _)| *of == bound);
        assert_eq!(within(0.005), Some(&(0.005, 1)));
        assert_eq!(within(0.01), Some(&(0.01, 2)));
        assert_eq!(within(1.0), Some(&(1.0, 3)));
        assert_eq!(within(60.0), Some(&(60.0, 3)));
        assert_eq!(read.count, 4);
        assert_eq!(read.sum, Duration::from_millis(70_911));
    }

    #[test]
    fn bounds_grow() {
        for bounds in [MOMENTS, DAYS] {
            assert!(bounds.is_sorted_by(|one, next| one < next));
        }
    }
}
