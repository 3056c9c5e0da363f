//! A value over time, told in any order.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::id::Seq;

/// How a value changed over time. People tell things late, so the order of
/// telling is not the order of happening: the value that holds is the one that
/// happened last, and of two at one moment the one told last.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Track<T> {
    changes: Vec<Change<T>>,
}

/// One change of a [`Track`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Change<T> {
    /// When it happened (UTC).
    pub at: DateTime<Utc>,
    /// The entry that tells of it.
    pub seq: Seq,
    /// What held from then on.
    pub value: T,
}

impl<T> Default for Track<T> {
    fn default() -> Self {
        Self {
            changes: Vec::new(),
        }
    }
}

impl<T: Copy> Track<T> {
    /// Tells of a change.
    pub fn tell(&mut self, at: DateTime<Utc>, seq: Seq, value: T) {
        let place = self.changes.partition_point(|c| (c.at, c.seq) < (at, seq));
        self.changes.insert(place, Change { at, seq, value });
    }

    /// Moves the change that the entry tells of; nothing where there is none.
    pub fn retime(&mut self, seq: Seq, at: DateTime<Utc>) {
        if let Some(place) = self.changes.iter().position(|c| c.seq == seq) {
            let change = self.changes.remove(place);
            self.tell(at, seq, change.value);
        }
    }

    /// What holds now.
    #[must_use]
    pub fn current(&self) -> Option<&Change<T>> {
        self.changes.last()
    }

    /// What held at a moment.
    #[must_use]
    pub fn at(&self, moment: DateTime<Utc>) -> Option<&Change<T>> {
        let after = self.changes.partition_point(|c| c.at <= moment);
        self.changes[..after].last()
    }

    /// The track as it was at a moment: what happened until then.
    #[must_use]
    pub fn until(&self, moment: DateTime<Utc>) -> Self {
        let after = self.changes.partition_point(|c| c.at <= moment);
        let changes = self.changes[..after].to_vec();
        Self { changes }
    }

    /// All changes in the order they happened.
    #[must_use]
    pub fn changes(&self) -> &[Change<T>] {
        &self.changes
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn minute(minute: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(minute * 60, 0).unwrap()
    }

    #[test]
    fn what_is_told_late_does_not_override_what_happened_later() {
        let mut track = Track::default();
        track.tell(minute(0), Seq(1), 'a');
        track.tell(minute(20), Seq(2), 'c');
        track.tell(minute(10), Seq(3), 'b');
        assert_eq!(track.current().unwrap().value, 'c');
        assert_eq!(track.at(minute(15)).unwrap().value, 'b');
        assert_eq!(track.at(minute(-1)), None);
    }

    #[test]
    fn of_two_at_one_moment_the_one_told_last_holds() {
        let mut track = Track::default();
        track.tell(minute(5), Seq(2), 'y');
        track.tell(minute(5), Seq(1), 'x');
        assert_eq!(track.current().unwrap().value, 'y');
    }

    #[test]
    fn a_retimed_change_takes_its_new_place() {
        let mut track = Track::default();
        track.tell(minute(0), Seq(1), 'a');
        track.tell(minute(10), Seq(2), 'b');
        track.retime(Seq(1), minute(11));
        assert_eq!(track.current().unwrap().value, 'a');
        track.retime(Seq(9), minute(0));
        assert_eq!(track.changes().len(), 2);
    }
}
