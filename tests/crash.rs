//! Nothing said is lost: the real program, killed and cut off in the middle of
//! its work. `cargo run --release --example torture` does the same for longer.

#![expect(
    clippy::unwrap_used,
    reason = "all of this is a test, what it is made of too"
)]
#![cfg(unix)]

#[path = "../examples/torture/machine/mod.rs"]
mod machine;
#[path = "postgres/mod.rs"]
mod postgres;

use std::collections::BTreeSet;
use std::path::Path;
use std::time::Duration;

use machine::Cast;

/// The program under test.
fn binary() -> &'static Path {
    Path::new(env!("CARGO_BIN_EXE_scribe"))
}

/// A seed in which nobody is stopped or parted for long.
const SHORT: u64 = 1;

/// A number from the environment, for longer runs by hand.
fn number(name: &str, usual: u64) -> u64 {
    match std::env::var(name) {
        Ok(text) => text.parse().unwrap(),
        Err(_) => usual,
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn everything_said_is_recorded_and_shown_once_whatever_breaks() {
    let from = number("TORTURE_FROM", 1);
    let seeds = from..from + number("TORTURE_SEEDS", 2);
    play(seeds.map(|seed| (seed, Cast::alone()))).await;
}

/// Three processes with one database of a server, two guilds on two shards. Each
/// process is killed, stopped and parted from the database as well.
#[tokio::test(flavor = "multi_thread")]
async fn everything_is_recorded_and_shown_once_where_several_processes_share_a_server() {
    let from = number("TORTURE_SHARED_FROM", SHORT);
    let mut cast = Vec::new();
    for seed in from..from + number("TORTURE_SHARED_SEEDS", 1) {
        cast.push((seed, Cast::sharing(postgres::fresh().await, 3, 2)));
    }
    play(cast).await;
}

async fn play(cast: impl IntoIterator<Item = (u64, Cast)>) {
    let played = cast.into_iter();
    let played = played.map(|(seed, cast)| machine::seed(binary(), seed, cast));
    for outcome in futures::future::join_all(played).await {
        let outcome = outcome.unwrap();
        println!(
            "seed {}: {:.1?}, {} messages, {} of {} commands acknowledged, {} lives, settled in {:.1?}",
            outcome.seed,
            outcome.took,
            outcome.messages,
            outcome.acknowledged,
            outcome.commands,
            outcome.lives,
            outcome.settled_in
        );
        assert!(
            outcome.findings.is_empty(),
            "seed {} (TORTURE_FROM or TORTURE_SHARED_FROM plays it again), kept in {:?}: {:#?}",
            outcome.seed,
            outcome.folder,
            outcome.findings
        );
        assert!(outcome.acknowledged > 0 && outcome.messages > 100);
    }
}

/// The plans of a hundred seeds have every trouble that Discord is known for, and
/// those of several processes with one database.
#[test]
fn the_plans_know_every_trouble() {
    let plans = (1..=100).flat_map(|seed| machine::kinds(seed, 3));
    let known: BTreeSet<String> = plans.collect();
    let codes = (4000..=4014).map(|code| format!("close {code}"));
    let others = [
        "kill",
        "freeze",
        "cut",
        "silence",
        "Drop",
        "Reset",
        "CloseWithoutCode",
        "Reconnect",
        "Invalid(true)",
        "Invalid(false)",
        "Forget",
        "refuse",
        "Hang",
        "Swallow",
        "Twice",
        "shuffle",
        "late events",
        "ForgetNonces",
        "429 User",
        "429 Global",
        "429 Shared",
        "Status(500)",
        "Status(502)",
        "Status(503)",
        "EffectThenStatus(500)",
        "EffectThenStatus(502)",
        "EffectThenSilence",
        "CutBody",
        "slow request",
        "hanging request",
        "LateAnswer(40s)",
    ];
    let missing: Vec<String> = codes
        .chain(others.map(str::to_owned))
        .filter(|kind| !known.contains(kind))
        .collect();
    assert!(missing.is_empty(), "{missing:?} of {known:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_acknowledged_survives_kill_9_once() {
    let rounds = usize::try_from(number("KILL_ROUNDS", 6)).unwrap();
    let toll = machine::kill_rounds(binary(), rounds, 1).await.unwrap();
    println!(
        "{rounds} rounds: {} of {} commands acknowledged, {} messages",
        toll.acknowledged, toll.sent, toll.messages
    );
    assert!(toll.acknowledged > 20 && toll.messages > 20, "{toll:?}");
    assert_eq!((&toll.missing[..], &toll.doubled[..]), (&[][..], &[][..]));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_written_meanwhile_is_fetched_in_order_with_few_requests() {
    let messages = usize::try_from(number("BACKLOG", 1_000)).unwrap();
    let back = machine::backlog(binary(), messages).await.unwrap();
    println!("{back:?}");
    assert!(back.in_order, "{back:?}");
    assert!(back.took < Duration::from_secs(60), "{back:?}");
    assert!(back.slowest < Duration::from_secs(3), "{back:?}");
    assert!(back.commands > 0, "{back:?}");
    // A page each hundred, and of each channel the last one, one before and a second look.
    assert!(back.pages <= messages / 100 + 4 * back.channels, "{back:?}");
    assert!(
        back.requests <= back.pages + 2 * back.channels + 10,
        "{back:?}"
    );
}
