//! Who is to serve which shard: the same picture gives every process the same
//! answer, so that nobody needs to be told who is who.

use std::cmp::Reverse;
use std::ops::RangeInclusive;

/// A process that runs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Process {
    /// Its own, random.
    pub(super) id: String,
    /// The shards it may serve; `None` is any.
    pub(super) range: Option<RangeInclusive<u32>>,
    /// How many shards there are in all, as far as it knows.
    pub(super) total: u32,
}

impl Process {
    /// Whether it may serve a shard of so many.
    fn may(&self, shard: u32, total: u32) -> bool {
        match &self.range {
            None => true,
            Some(range) => self.total == total && range.contains(&shard),
        }
    }
}

/// How many shards there are in all: as many as a range says, which is
/// somebody's choice, or else as the greatest that Discord recommended to
/// anybody, lest one more process that knows less moves every guild.
pub(super) fn total(processes: &[Process], held: impl Iterator<Item = u32>) -> u32 {
    let ranges = processes.iter().filter(|process| process.range.is_some());
    let chosen = ranges.map(|process| process.total).max();
    let known = processes.iter().map(|process| process.total).chain(held);
    chosen.or(known.max()).unwrap_or(1).max(1)
}

/// Who is to serve each shard, by the place in `processes`; nobody where nobody
/// may. `holders` serve now: they go on, unless another has two less. What is
/// free goes to who has least.
pub(super) fn assign(processes: &[Process], holders: &[Option<usize>]) -> Vec<Option<usize>> {
    let all = u32::try_from(holders.len()).unwrap_or(u32::MAX);
    let may = |process: usize, shard: u32| processes[process].may(shard, all);
    let mut assigned: Vec<Option<usize>> = (0..all)
        .zip(holders)
        .map(|(shard, holder)| holder.filter(|holder| may(*holder, shard)))
        .collect();
    let mut counts = vec![0_usize; processes.len()];
    for holder in assigned.iter().flatten() {
        counts[*holder] += 1;
    }
    let least = |counts: &[usize], shard: u32| {
        let fit = (0..processes.len()).filter(|process| may(*process, shard));
        fit.min_by_key(|process| (counts[*process], &processes[*process].id))
    };
    for (shard, place) in (0..all).zip(&mut assigned) {
        if place.is_none()
            && let Some(taker) = least(&counts, shard)
        {
            *place = Some(taker);
            counts[taker] += 1;
        }
    }
    // Each move makes the sum of the squares smaller, so it ends.
    loop {
        let moves = (0..all).zip(&assigned).filter_map(|(shard, from)| {
            let from = (*from)?;
            let to = least(&counts, shard)?;
            (counts[to] + 1 < counts[from]).then_some((shard, from, to))
        });
        let best = moves.min_by_key(|(shard, from, to)| {
            (Reverse(counts[*from] - counts[*to]), Reverse(*shard))
        });
        let Some((shard, from, to)) = best else {
            return assigned;
        };
        counts[from] -= 1;
        counts[to] += 1;
        if let Some(place) = assigned.get_mut(shard as usize) {
            *place = Some(to);
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn process(id: usize, range: Option<RangeInclusive<u32>>, total: u32) -> Process {
        let id = format!("{id:02}");
        Process { id, range, total }
    }

    fn counts(assigned: &[Option<usize>], processes: usize) -> Vec<usize> {
        let of = |process| assigned.iter().filter(|one| **one == Some(process)).count();
        (0..processes).map(of).collect()
    }

    #[test]
    fn a_newcomer_gets_its_part_and_the_rest_stays_where_it_is() {
        let processes = [process(0, None, 4), process(1, None, 4)];
        let assigned = assign(&processes, &[Some(0); 4]);
        assert_eq!(assigned, [Some(0), Some(0), Some(1), Some(1)]);
        // One shard cannot be shared.
        assert_eq!(assign(&processes, &[Some(1)]), [Some(1)]);
    }

    #[test]
    fn a_range_that_somebody_chose_decides_how_many_there_are() {
        let any = process(0, None, 16);
        let range = process(1, Some(0..=1), 4);
        assert_eq!(total(&[any.clone(), range.clone()], [16].into_iter()), 4);
        assert_eq!(
            total(&[any.clone(), process(2, None, 1)], [].into_iter()),
            16
        );
        assert_eq!(total(&[process(2, None, 1)], [16].into_iter()), 16);
        let assigned = assign(&[any, range.clone()], &[None; 4]);
        assert_eq!(assigned, [Some(1), Some(1), Some(0), Some(0)]);
        // Of another number of shards it serves none.
        assert_eq!(assign(&[range], &[None; 8]), [None; 8]);
    }

    prop_compose! {
        fn some_process(total: u32)(first in 0..total, more in 0..total, ranged in 0..3) -> Option<RangeInclusive<u32>> {
            (ranged == 0).then_some(first..=(first + more).min(total - 1))
        }
    }

    proptest! {
        /// Whoever looks in whatever order: nothing stays free that somebody may
        /// serve, everything comes to rest, and where all may serve all the
        /// difference is one at most.
        #[test]
        fn all_is_shared_fairly_and_comes_to_rest(
            (shards, ranges, looks) in (1_u32..12).prop_flat_map(|shards| (
                Just(shards),
                prop::collection::vec(some_process(shards), 1..5),
                prop::collection::vec(any::<prop::sample::Index>(), 300),
            )),
        ) {
            let processes: Vec<Process> = ranges
                .into_iter()
                .enumerate()
                .map(|(id, range)| process(id, range, shards))
                .collect();
            let mut holders: Vec<Option<usize>> = vec![None; shards as usize];
            for look in &looks {
                let me = look.index(processes.len());
                let assigned = assign(&processes, &holders);
                for (holder, wanted) in holders.iter_mut().zip(assigned) {
                    match (*holder, wanted) {
                        (None, Some(to)) if to == me => *holder = Some(me),
                        (Some(from), to) if from == me && to != Some(me) => *holder = None,
                        _ => {}
                    }
                }
            }
            prop_assert_eq!(&assign(&processes, &holders), &holders, "it rests");
            for (shard, holder) in (0..shards).zip(&holders) {
                let anybody = processes.iter().any(|process| process.may(shard, shards));
                prop_assert_eq!(holder.is_some(), anybody);
                if let Some(holder) = holder {
                    prop_assert!(processes[*holder].may(shard, shards));
                }
            }
            if processes.iter().all(|process| process.range.is_none()) {
                let counts = counts(&holders, processes.len());
                let (most, least) = (counts.iter().max(), counts.iter().min());
                prop_assert!(most.unwrap() - least.unwrap() <= 1, "{:?}", counts);
            }
        }
    }
}
