//! Proves that nothing said is lost, by breaking things on purpose:
//!
//! ```sh
//! cargo run --release --example torture -- --seeds 100
//! cargo run --release --example torture -- --from 17 --seeds 1    # a seed again
//! cargo run --release --example torture -- --postgres --processes 3 --guilds 2 --seeds 50
//! cargo run --release --example torture -- --kills 200
//! cargo run --release --example torture -- --backlog 5000
//! ```
//!
//! The real program runs beside a local Discord in which 64 people write, edit,
//! delete, react and use commands, while it is killed and its Discord misbehaves.
//! On PostgreSQL several processes share the record, and each of them is killed,
//! stopped and parted from the database too.

#![expect(
    clippy::print_stdout,
    reason = "it is a program for people who watch it"
)]

mod machine;
#[path = "../../tests/postgres/mod.rs"]
mod postgres;

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use anyhow::{Context as _, ensure};
use clap::Parser;
use tokio::task::JoinSet;

use machine::Cast;

/// Break things on purpose and see that nothing is lost.
#[derive(Debug, Parser)]
struct Options {
    /// How many seeds.
    #[arg(long, default_value_t = 10)]
    seeds: u64,
    /// The first seed.
    #[arg(long, default_value_t = 1)]
    from: u64,
    /// Begin no further seed after so many minutes.
    #[arg(long)]
    minutes: Option<u64>,
    /// Kill the bot so many times in the midst of 64 producers instead.
    #[arg(long)]
    kills: Option<usize>,
    /// Let the bot come back to so many messages instead.
    #[arg(long)]
    backlog: Option<usize>,
    /// Keep the record in PostgreSQL, each seed's in a database of its own: of the
    /// server that TEST_DATABASE_URL names, else of one that is started for it.
    #[arg(long)]
    postgres: bool,
    /// How many processes share the record.
    #[arg(long, default_value_t = 1, requires = "postgres", value_parser = clap::value_parser!(u8).range(1..=9))]
    processes: u8,
    /// How many guilds there are, each on a shard of its own.
    #[arg(long, default_value_t = 1, requires = "postgres", value_parser = clap::value_parser!(u8).range(1..=9))]
    guilds: u8,
    /// How many seeds at once.
    #[arg(long, default_value_t = 2)]
    jobs: usize,
}

#[tokio::main]
async fn main() -> anyhow::Result<ExitCode> {
    let options = Options::parse();
    let binary = binary()?;
    if let Some(rounds) = options.kills {
        let toll = machine::kill_rounds(&binary, rounds, options.from).await?;
        println!(
            "{rounds} kills: {} commands, {} of them acknowledged, {} messages; missing: {:?}, doubled: {:?}",
            toll.sent, toll.acknowledged, toll.messages, toll.missing, toll.doubled
        );
        let clean = toll.missing.is_empty() && toll.doubled.is_empty();
        return Ok(if clean {
            ExitCode::SUCCESS
        } else {
            ExitCode::FAILURE
        });
    }
    if let Some(messages) = options.backlog {
        let back = machine::backlog(&binary, messages).await?;
        println!(
            "{messages} messages in {} channels and threads: all recorded after {:.1?}, in order: {}; {} pages, \
             {} reads in all; {} commands meanwhile, the slowest took {:.0?}",
            back.channels,
            back.took,
            back.in_order,
            back.pages,
            back.requests,
            back.commands,
            back.slowest
        );
        return Ok(if back.in_order {
            ExitCode::SUCCESS
        } else {
            ExitCode::FAILURE
        });
    }
    let began = Instant::now();
    let limit = options
        .minutes
        .map(|minutes| Duration::from_secs(minutes * 60));
    let mut seeds = options.from..options.from + options.seeds;
    let mut running = JoinSet::new();
    let (mut played, mut failed) = (0, Vec::new());
    let mut troubles = BTreeSet::new();
    loop {
        while running.len() < options.jobs.max(1)
            && limit.is_none_or(|limit| began.elapsed() < limit)
            && let Some(seed) = seeds.next()
        {
            let binary = binary.clone();
            let cast = options.cast().await;
            running.spawn(async move { (seed, machine::seed(&binary, seed, cast).await) });
        }
        let Some(ended) = running.join_next().await else {
            break;
        };
        let (seed, outcome) = ended?;
        let outcome = outcome.with_context(|| format!("seed {seed}"))?;
        played += 1;
        troubles.extend(machine::kinds(seed, options.processes.into()));
        println!(
            "seed {:4}  {:5.1} s  {} messages, {} commands ({} acknowledged), {} lives, settled in {:.1} s  {}",
            outcome.seed,
            outcome.took.as_secs_f32(),
            outcome.messages,
            outcome.commands,
            outcome.acknowledged,
            outcome.lives,
            outcome.settled_in.as_secs_f32(),
            if outcome.findings.is_empty() {
                "ok"
            } else {
                "FAILED"
            },
        );
        for finding in outcome.findings.iter().take(20) {
            println!("    {finding}");
        }
        if let Some(folder) = outcome.folder {
            println!(
                "    {} findings; the record and the log are in {folder}",
                outcome.findings.len()
            );
            let on = options.again();
            println!(
                "    again: cargo run --release --example torture --{on} --from {seed} --seeds 1"
            );
            failed.push(seed);
        }
    }
    println!(
        "{played} seeds with {} kinds of trouble in {:.0} s, {} failed {failed:?}",
        troubles.len(),
        began.elapsed().as_secs_f32(),
        failed.len()
    );
    Ok(if failed.is_empty() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

impl Options {
    /// Who plays a seed.
    async fn cast(&self) -> Cast {
        if !self.postgres {
            return Cast::alone();
        }
        let database = postgres::fresh().await;
        Cast::sharing(database, self.processes.into(), self.guilds.into())
    }

    /// What a seed has to be played again with.
    fn again(&self) -> String {
        let (processes, guilds) = (self.processes, self.guilds);
        match self.postgres {
            true => format!(" --postgres --processes {processes} --guilds {guilds}"),
            false => String::new(),
        }
    }
}

/// `scribe` of the same build: examples lie in a folder beside it.
fn binary() -> anyhow::Result<PathBuf> {
    let own = std::env::current_exe()?;
    let folder = own.parent().and_then(|examples| examples.parent());
    let binary = folder.context("where is the build?")?.join("scribe");
    ensure!(
        binary.exists(),
        "{} is not there: run `cargo build` (with --release where this is) first",
        binary.display()
    );
    Ok(binary)
}
