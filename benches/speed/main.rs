//! How fast Scribe is, as ratios: each part measures Scribe and what nobody can
//! do without in one run, the two in turns, so that a ratio says the same on
//! every machine. `docs/performance.md` has the targets and what came out.
//!
//! `cargo bench` runs all parts; `cargo bench -- answer week` some of them;
//! `--small` takes sizes that are through in a minute or two, to try the
//! benches rather than Scribe.

mod answer;
mod append;
mod bare;
mod bot;
mod child;
mod draft;
mod growth;
mod guilds;
mod measure;
mod reads;
mod record;
mod servers;
mod sql;
mod week;
mod work;

use measure::Verdict;

/// The parts, in the order in which they run.
const PARTS: [&str; 6] = ["answer", "append", "guilds", "draft", "record", "growth"];

/// The one that needs a PostgreSQL.
const ON_A_SERVER: &str = "servers";

/// How much is measured.
#[derive(Clone, Copy)]
pub(crate) struct Size {
    small: bool,
}

impl Size {
    /// The usual number, or that of a trial.
    pub(crate) fn of(self, usual: usize, small: usize) -> usize {
        if self.small { small } else { usual }
    }
}

#[tokio::main]
async fn main() {
    // Cargo adds `--bench`.
    let arguments: Vec<String> = std::env::args()
        .skip(1)
        .filter(|argument| argument != "--bench")
        .collect();
    if let Some(("as", role)) = arguments
        .first()
        .zip(arguments.get(1))
        .map(|(a, b)| (a.as_str(), b.as_str()))
    {
        return child::play(role, &arguments[2..]).await;
    }
    let size = Size {
        small: arguments.iter().any(|argument| argument == "--small"),
    };
    let named: Vec<&str> = arguments
        .iter()
        .map(String::as_str)
        .filter(|argument| !argument.starts_with("--"))
        .collect();
    let known = |part: &str| PARTS.contains(&part) || part == ON_A_SERVER;
    if let Some(unknown) = named.iter().find(|part| !known(part)) {
        eprintln!(
            "no part is named {unknown}; there are {} and {ON_A_SERVER}",
            PARTS.join(", ")
        );
        std::process::exit(2);
    }
    let mut verdicts = Vec::new();
    for part in PARTS.into_iter().chain([ON_A_SERVER]) {
        if !named.is_empty() && !named.contains(&part) {
            continue;
        }
        println!("\n## {part}\n");
        let begun = std::time::Instant::now();
        verdicts.extend(run(part, size).await);
        println!("\n({part}: {:.0} s)", begun.elapsed().as_secs_f64());
    }
    println!("\n## In short\n\n| what | target | measured | |\n|---|---|---|---|");
    for verdict in &verdicts {
        println!("{verdict}");
    }
}

async fn run(part: &str, size: Size) -> Vec<Verdict> {
    match part {
        "answer" => answer::run(size).await,
        "append" => append::run(size).await,
        "guilds" => guilds::run(size).await,
        "draft" => draft::run(size).await,
        "record" => record::run(size).await,
        "growth" => growth::run(size).await,
        _ => servers::run(size).await,
    }
}
