//! A set of reasons.

use strum::IntoEnumIterator;

use crate::words::reason::Reason;

/// A set of reasons, small enough to have one for each of ten thousand lines.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Reasons(u32);

impl Reasons {
    pub(super) fn add(&mut self, reason: Reason) {
        self.0 |= 1 << reason as u32;
    }

    pub(super) fn add_all(&mut self, others: Self) {
        self.0 |= others.0;
    }

    pub(super) fn has(self, reason: Reason) -> bool {
        self.0 & (1 << reason as u32) != 0
    }

    pub(super) fn remove(&mut self, reason: Reason) {
        self.0 &= !(1 << reason as u32);
    }

    pub(super) fn iter(self) -> impl Iterator<Item = Reason> {
        Reason::iter().filter(move |reason| self.has(*reason))
    }

    /// The sum of what each is worth.
    pub(super) fn worth(self, worth: impl Fn(Reason) -> u32) -> u32 {
        let mut left = self.0;
        let mut sum = 0;
        for reason in Reason::iter() {
            if left == 0 {
                break;
            }
            if left & 1 == 1 {
                sum += worth(reason);
            }
            left >>= 1;
        }
        sum
    }
}
