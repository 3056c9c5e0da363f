//! How long something took in several incidents: how many, the middle, the long end.

use chrono::TimeDelta;
use serde::Serialize;

use crate::report::moment::Length;

/// From how many incidents on a 90th percentile says anything: of fewer it is
/// one of the two longest.
pub const FEWEST_FOR_P90: usize = 10;

/// How long something took.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Spread {
    /// Of how many incidents.
    pub count: usize,
    /// The middle one; the mean of the middle two.
    pub median: Option<Length>,
    /// The length that nine of ten do not exceed (nearest rank, so one that
    /// occurred); `None` of fewer than [`FEWEST_FOR_P90`].
    pub p90: Option<Length>,
    /// The shortest.
    pub shortest: Option<Length>,
    /// The longest.
    pub longest: Option<Length>,
}

impl Spread {
    /// Of lengths in any order.
    #[must_use]
    pub fn of(mut lengths: Vec<TimeDelta>) -> Self {
        lengths.sort_unstable();
        let count = lengths.len();
        let (Some(shortest), Some(longest)) = (lengths.first(), lengths.last()) else {
            return Self::default();
        };
        let (low, high) = (lengths[(count - 1) / 2], lengths[count / 2]);
        // ceil(0.9 * count) in whole numbers.
        let rank = (9 * count).div_ceil(10);
        let p90 = (count >= FEWEST_FOR_P90).then(|| Length::new(lengths[rank - 1]));
        Self {
            count,
            median: Some(Length::new((low + high) / 2)),
            p90,
            shortest: Some(Length::new(*shortest)),
            longest: Some(Length::new(*longest)),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn of(minutes: impl IntoIterator<Item = i64>) -> Spread {
        Spread::of(minutes.into_iter().map(TimeDelta::minutes).collect())
    }

    fn minutes(length: Option<Length>) -> Option<i64> {
        length.map(|length| length.minutes)
    }

    #[test]
    fn the_middle_and_the_long_end() {
        let ten = of([10, 9, 8, 7, 6, 5, 4, 3, 2, 100]);
        assert_eq!((minutes(ten.median), minutes(ten.p90)), (Some(6), Some(10)));
        let eleven = of(1..=11);
        assert_eq!(minutes(eleven.p90), Some(10));
        assert_eq!(minutes(of(1..=100).p90), Some(90));
        let two = of([5, 60]);
        assert_eq!((minutes(two.p90), minutes(two.shortest)), (None, Some(5)));
        assert_eq!(of([]), Spread::default());
    }

    proptest! {
        /// Counted the slow and obvious way.
        #[test]
        fn nine_of_ten_are_not_longer(lengths in prop::collection::vec(0i64..5000, 10..60)) {
            let spread = of(lengths.clone());
            let p90 = minutes(spread.p90).unwrap();
            let within = |limit: i64| lengths.iter().filter(|one| **one <= limit).count() * 10;
            prop_assert!(within(p90) >= 9 * lengths.len());
            prop_assert!(lengths.iter().filter(|one| **one < p90).all(|less| within(*less) < 9 * lengths.len()));
            prop_assert!(minutes(spread.median).unwrap() <= p90);
        }
    }
}
