use proptest::prelude::*;

use super::super::{MAX_BYTES, NotChecked, text};
use super::*;

/// Pieces that reports are made of, so that random texts reach the rules.
fn piece() -> impl Strategy<Value = String> {
    let exact = prop::sample::select(vec![
        "# ",
        "## Timeline\n",
        "### ",
        "- ",
        "> ",
        "\n",
        "\n\n",
        " to ",
        " - ",
        " and ",
        "10:02",
        "9.30 pm",
        "12:15 AM",
        "23:59",
        "2024-02-29",
        "May 3rd",
        "31 June 2023",
        "0001-01-01",
        "Dec 31",
        " UTC",
        " CT",
        " PST",
        "All times in BST\n",
        "Posted ",
        "resolved ",
        "First detected ",
        "Repaired ",
        "Time to repair: ",
        "for 4h 9m",
        "about 90 minutes",
        "lasting 48m",
        "since ",
        "Sunday, ",
        "next update in 30 minutes",
        "A postmortem will follow.",
        "<h2>",
        "<li>",
        "&amp;",
        "```\n",
        "---\n",
        "|",
        "é",
        "\u{0}",
        "99999999999h",
        "Q2 2020\n",
        "affecting A and 3 more",
        "all-clear ",
        " outage ",
        "between ",
        "~",
    ])
    .prop_map(str::to_owned);
    prop_oneof![4 => exact, 1 => any::<String>()]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn no_text_makes_it_panic(pieces in prop::collection::vec(piece(), 0..60), html in any::<bool>()) {
        let body = pieces.concat();
        let format = if html { Format::Html } else { Format::Guess };
        let report = check(&body, format, Some(&body), None).unwrap();
        let lines = u32::try_from(body.lines().count()).unwrap();
        for finding in &report.findings {
            prop_assert!(finding.line >= 1 && finding.line <= lines.max(1));
            prop_assert!(!finding.why.is_empty() && !finding.consistent_would_be.is_empty());
        }
        let _ = text(&report);
    }
}

#[test]
fn a_text_that_is_too_long_is_refused() {
    let body = "a".repeat(MAX_BYTES + 1);
    assert_eq!(
        check(&body, Format::Guess, None, None),
        Err(NotChecked::TooLong {
            bytes: MAX_BYTES + 1,
            limit: MAX_BYTES
        })
    );
}

/// A megabyte of the costliest kinds takes no more than its size against a part of it. The part is timed in the same run, because
/// nobody knows how busy the machine is.
#[test]
fn the_largest_text_ends() {
    const PART: usize = 8;
    for piece in [
        "- 10:02 UTC it was down for 20 minutes\n",
        "10:02 to 10:05 for 3 minutes ",
        "### 2024-05-02 10:02\n\nIncident declared\n\n",
        "First detected 2024-05-02 10:02\n",
        "resolved May 02, 2024, 03:22 PM UTC\n",
        "on May 2 2024 outage ",
        "<li>10:02",
        "> 10:02 UTC ",
        "``` ",
        "a <!-- b --> ",
        "&amp;<b",
        "The incident was declared at 10:07 AM CT. ",
        "at 10:07 AM CT for 5 minutes since 9:17.\n",
    ] {
        let took = |bytes: usize| {
            let body = piece.repeat(bytes / piece.len());
            let started = std::time::Instant::now();
            check(&body, Format::Guess, None, None).unwrap();
            started.elapsed()
        };
        // On a busy machine one of the two may be held up: what is linear is so at the second try.
        let mut tries = vec![(took(MAX_BYTES / PART), took(MAX_BYTES))];
        let linear = |(part, whole): &(std::time::Duration, std::time::Duration)| {
            *whole < *part * u32::try_from(PART).unwrap() * 3 + std::time::Duration::from_secs(2)
        };
        if !linear(&tries[0]) {
            tries.push((took(MAX_BYTES / PART), took(MAX_BYTES)));
        }
        assert!(
            tries.iter().any(linear),
            "{piece:?}: an eighth of it and the whole took {tries:?}"
        );
    }
}
