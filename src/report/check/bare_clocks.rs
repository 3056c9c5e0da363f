//! Logs of duty officers: `0836 port disabled`, clocks without a colon.

use std::sync::LazyLock;

use regex::Regex;

use super::source::{Role, Segment, regex};

static BARE: LazyLock<Regex> =
    LazyLock::new(|| regex(r"^([01]\d|2[0-3])([0-5]\d)(?:h|hrs?)?\s+\p{L}"));

/// The fewest lines that make such a log.
const FEWEST: usize = 4;

/// Writes them as clocks where lines of the text are such a log: most of them go forward in time.
pub(super) fn mark(segments: &mut [Segment]) {
    let clock = |segment: &Segment| -> Option<u32> {
        let told = matches!(segment.role, Role::Text | Role::Item);
        let parts = BARE.captures(&segment.text).filter(|_| told)?;
        Some(parts[1].parse::<u32>().ok()? * 60 + parts[2].parse::<u32>().ok()?)
    };
    let found: Vec<(usize, u32)> = segments
        .iter()
        .enumerate()
        .filter_map(|(index, segment)| Some((index, clock(segment)?)))
        .collect();
    let back = found
        .windows(2)
        .filter(|pair| pair[1].1 < pair[0].1)
        .count();
    let beside = found
        .windows(2)
        .filter(|pair| pair[1].0 == pair[0].0 + 1)
        .count();
    if found.len() < FEWEST || back * 4 > found.len() || beside * 2 < found.len() {
        return;
    }
    for (index, _) in found {
        let segment = &mut segments[index];
        // `08:36 - port disabled`
        let before = segment.text.len();
        let clock = format!("{}:{} -", &segment.text[..2], &segment.text[2..4]);
        segment.text.replace_range(..4, &clock);
        let longer = segment.text.len() - before;
        segment
            .wraps
            .iter_mut()
            .for_each(|(start, _)| *start += longer);
    }
}
