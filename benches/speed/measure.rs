//! Times and what they are held against.

use std::fmt;
use std::time::Duration;

/// What a ratio has to be.
#[derive(Clone, Copy)]
pub(crate) enum Target {
    /// At most that.
    AtMost(f64),
    /// At least that.
    AtLeast(f64),
}

/// A ratio and its target.
pub(crate) struct Verdict {
    what: String,
    ratio: f64,
    target: Target,
}

impl Verdict {
    pub(crate) fn new(what: impl Into<String>, ratio: f64, target: Target) -> Self {
        let what = what.into();
        Self {
            what,
            ratio,
            target,
        }
    }
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (target, holds) = match self.target {
            Target::AtMost(most) => (format!("at most {most}"), self.ratio <= most),
            Target::AtLeast(least) => (format!("at least {least}"), self.ratio >= least),
        };
        let holds = if holds { "" } else { "**missed**" };
        let Self { what, ratio, .. } = self;
        write!(f, "| {what} | {target} | {ratio:.2} | {holds} |")
    }
}

/// Times of the same thing, in the order of measuring.
#[derive(Clone, Default)]
pub(crate) struct Times(Vec<Duration>);

impl Times {
    pub(crate) fn add(&mut self, time: Duration) {
        self.0.push(time);
    }

    pub(crate) fn of(times: impl IntoIterator<Item = Duration>) -> Self {
        Self(times.into_iter().collect())
    }

    fn at(&self, percent: usize) -> f64 {
        let mut times = self.0.clone();
        times.sort_unstable();
        times[(times.len() - 1).min(times.len() * percent / 100)].as_secs_f64() * 1e3
    }

    /// In milliseconds.
    pub(crate) fn median(&self) -> f64 {
        self.at(50)
    }

    /// In milliseconds.
    pub(crate) fn percentile_99(&self) -> f64 {
        self.at(99)
    }

    /// A row of a table: what, median, 99th percentile.
    pub(crate) fn row(&self, what: &str) {
        println!(
            "| {what} | {:.3} | {:.3} |",
            self.median(),
            self.percentile_99()
        );
    }
}
