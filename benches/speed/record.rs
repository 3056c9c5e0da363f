//! What a long record costs those who read: the review of a week with 1,000,
//! 10,000 and 100,000 incidents, and the card, the timeline, lists and searches
//! with 100 and with 100,000.

use std::path::Path;

use scribe::incident::GuildSettings;
use scribe::store::Store;

use crate::Size;
use crate::measure::{Target as Goal, Times, Verdict};
use crate::{reads, week};

pub(crate) async fn run(size: Size) -> Vec<Verdict> {
    let files = tempfile::tempdir().expect("a directory");
    let few = open(files.path(), 100).await;
    let mut reviewed = Vec::new();
    for incidents in [1_000, 10_000, size.of(100_000, 20_000)] {
        reviewed.push((incidents, open(files.path(), incidents).await));
    }
    let mut verdicts = reviews(&reviewed, size.of(40, 10)).await;
    let Some((incidents, many)) = reviewed.last() else {
        return verdicts;
    };
    println!();
    verdicts.extend(reads::compare(&few, many, *incidents, size.of(200, 20)).await);
    verdicts
}

async fn open(folder: &Path, incidents: usize) -> Store {
    let file = folder.join(format!("{incidents}.db"));
    let url = format!("sqlite://{}", file.display());
    let store = Store::open(&url).await.expect("a store");
    week::fill(&store, incidents).await;
    store
}

async fn reviews(stores: &[(usize, Store)], rounds: usize) -> Vec<Verdict> {
    let settings = GuildSettings::default();
    let mut times = vec![Times::default(); stores.len()];
    let mut read = vec![0; stores.len()];
    for round in 0..=rounds {
        for (place, (_, store)) in stores.iter().enumerate() {
            let (incidents, took) = week::review(store, &settings).await;
            read[place] = incidents;
            if round > 0 {
                times[place].add(took);
            }
        }
    }
    println!(
        "| incidents | read by a review | median ms of {rounds} | against the first |\n|---|---|---|---|"
    );
    let ratio = |place: usize| times[place].median() / times[0].median();
    for (place, (incidents, _)) in stores.iter().enumerate() {
        let (read, median) = (read[place], times[place].median());
        println!(
            "| {incidents} | {read} | {median:.2} | {:.2} |",
            ratio(place)
        );
    }
    let last = stores.len() - 1;
    let what = format!(
        "the review of a week of {} incidents, against {}",
        stores[last].0, stores[0].0
    );
    vec![Verdict::new(what, ratio(last), Goal::AtMost(3.0))]
}
