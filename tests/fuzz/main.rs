//! Odd inputs of every kind that comes from outside: whatever stands in them,
//! Scribe answers or refuses, and does not panic.
//!
//! Inputs are those of `corpus/`, written for this, and what a few changes make
//! of them. `cargo test` tries some. So many in all, shared out over the targets,
//! and with the overflow of numbers still a panic:
//!
//! ```text
//! CARGO_PROFILE_RELEASE_OVERFLOW_CHECKS=true CARGO_PROFILE_RELEASE_DEBUG_ASSERTIONS=true \
//!     SCRIBE_FUZZ_CASES=10000000 cargo test --release --test fuzz
//! ```

#![expect(
    clippy::unwrap_used,
    reason = "all of this is a test, what it is made of too"
)]

mod gateway;
mod imports;
mod odd;
mod restores;
mod templates;
mod times;

use proptest::prelude::ProptestConfig;

/// How many inputs are tried where nobody says how many.
const CASES: u64 = 20_000;

/// A target's share of all inputs, in thousandths. Those of all targets make a thousand.
pub(crate) fn cases(thousandths: u64) -> ProptestConfig {
    let said = std::env::var("SCRIBE_FUZZ_CASES").ok();
    let all = said.map_or(CASES, |all| {
        all.parse().expect("SCRIBE_FUZZ_CASES is a number")
    });
    let share = u32::try_from(all * thousandths / 1000).expect("at most four billion");
    ProptestConfig {
        cases: share,
        max_global_rejects: share,
        ..ProptestConfig::default()
    }
}

pub(crate) fn corpus(name: &str) -> String {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fuzz/corpus");
    std::fs::read_to_string(format!("{folder}/{name}")).unwrap()
}
