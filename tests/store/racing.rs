//! Three processes see at one moment that the weekly review is due, queue it and say
//! it, and one of them is killed while they do.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use chrono::{DateTime, TimeDelta, Utc};
use rand::rngs::StdRng;
use rand::{Rng as _, SeedableRng as _};
use scribe::incident::{Actor, ChannelId, Command, GuildSettings, Open, Outgoing, Severity};
use scribe::jobs::WeeklySummary;
use scribe::store::{Shard, Store, StoreError, Target};

use crate::desk::{Desk, GUILD, every_database, minute, request};

every_database! {
    the_weekly_review_is_posted_once_whoever_races_for_it_and_dies
}

const RACES: i64 = 100;
const PROCESSES: usize = 3;

/// A process is killed so many microseconds after the start, at most: about as long as
/// one needs that nobody kills.
const LATEST: u64 = 12_000;

/// By the database's clock.
const LEASE: TimeDelta = TimeDelta::milliseconds(200);

/// How long after a race all must be said.
const PATIENCE: Duration = Duration::from_secs(20);

/// Which posts Discord has: a nonce that comes again makes no other.
type Posts = Arc<Mutex<BTreeSet<String>>>;

/// What a process does of it: the job queues, the delivery claims, posts and notes.
async fn work(
    store: &Store,
    worker: &str,
    now: DateTime<Utc>,
    posts: &Posts,
) -> Result<(), StoreError> {
    let clock: scribe::clock::Clock = Arc::new(|| panic!("the test says the time"));
    WeeklySummary::new(store.clone(), clock).look(now).await?;
    for item in store.claim(worker, &[Shard::ALL], now, LEASE, 10).await? {
        assert!(
            matches!(item.what, Outgoing::WeekSummary { .. }),
            "{item:?}"
        );
        posts.lock().unwrap().insert(item.nonce);
        // Discord answers.
        tokio::task::yield_now().await;
        store.delivered(item.id).await?;
    }
    Ok(())
}

async fn the_weekly_review_is_posted_once_whoever_races_for_it_and_dies(desk: Desk) {
    let seed = std::env::var("RACE_SEED").map_or(1, |seed| seed.parse().unwrap());
    let mut random = StdRng::seed_from_u64(seed);
    let choose = |settings: &mut GuildSettings| {
        settings.announce_channel = Some(ChannelId(5));
        Ok::<(), ()>(())
    };
    let chosen = desk
        .store
        .change_settings(GUILD, &Actor::Scribe, minute(0), choose);
    chosen.await.unwrap().unwrap();
    let open = Command::Open(Open::new("API is down", Severity::Sev1));
    let mut opened = request(Target::New, open);
    // So that nothing else waits to be said.
    opened.quiet = true;
    desk.submit(opened).await.unwrap();
    let mut stores = Vec::new();
    for _ in 0..PROCESSES {
        stores.push(Store::open(&desk.url).await.unwrap());
    }
    let mut killed_in_the_midst = 0;
    // The first look only remembers where to begin.
    for race in 0..=RACES {
        let now = minute(0) + TimeDelta::weeks(race);
        let posts = Posts::default();
        let mut processes: Vec<_> = (0..PROCESSES)
            .map(|n| {
                let (store, posts) = (stores[n].clone(), Arc::clone(&posts));
                tokio::spawn(async move { work(&store, &format!("{n}"), now, &posts).await })
            })
            .collect();
        let dies = random.random_range(0..PROCESSES);
        let victim = processes.remove(dies);
        let moment = Duration::from_micros(random.random_range(0..LATEST));
        tokio::time::sleep(moment).await;
        victim.abort();
        if let Ok(done) = victim.await {
            done.unwrap();
        } else {
            killed_in_the_midst += 1;
        }
        // Its connections end with it.
        stores[dies].close().await;
        stores[dies] = Store::open(&desk.url).await.unwrap();
        for process in processes {
            process.await.unwrap().unwrap();
        }
        // It is started again, and what it had claimed is free after its lease.
        let deadline = Instant::now() + PATIENCE;
        loop {
            work(&stores[0], "again", now, &posts).await.unwrap();
            if desk.store.outbox_depth().await.unwrap().waiting == 0 {
                break;
            }
            assert!(Instant::now() < deadline, "race {race} of RACE_SEED={seed}");
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        let posted = posts.lock().unwrap().len();
        let expected = usize::from(race > 0);
        assert_eq!(posted, expected, "race {race} of RACE_SEED={seed}");
    }
    assert!(killed_in_the_midst > 10, "only {killed_in_the_midst} died");
}
