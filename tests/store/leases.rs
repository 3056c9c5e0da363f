//! Who serves which shard: members of one database, beat by beat.

use std::time::Duration;

use chrono::TimeDelta;
use scribe::incident::{GuildId, Outgoing};
use scribe::store::{Beat, Member, Shard, Store, Wish};

use crate::desk::{Desk, GUILD, every_database, minute};

every_database! {
    a_shard_has_one_holder_until_it_is_heard_of_no_more
    a_newcomer_gets_its_part_once_it_is_given_back
    what_the_gone_had_is_shared_by_the_others
    sessions_begin_one_after_the_other
    who_cannot_reach_discord_leaves_it_to_others_if_there_are_any
    a_range_is_served_by_those_who_may
    a_greater_number_of_shards_is_taken_up_once_the_old_are_free
    only_who_serves_a_shard_says_when_it_was_heard
    what_is_said_is_given_to_who_serves_the_guild
    what_a_dead_process_was_saying_is_given_to_who_takes_its_shard
}

const LONG: TimeDelta = TimeDelta::minutes(1);

async fn joined(desk: &Desk, total: u32) -> Member {
    desk.store.join(Wish::Any { total }, 16).await.unwrap()
}

fn shards(total: u32, ids: impl IntoIterator<Item = u32>) -> Vec<Shard> {
    let ids = ids.into_iter();
    ids.map(|id| Shard { id, total }).collect()
}

async fn beat(store: &Store, member: &mut Member, serving: &[Shard]) -> Beat {
    store.beat(member, serving, LONG).await.unwrap()
}

/// As if the sessions had begun long ago.
async fn rested(desk: &Desk) {
    desk.sql("UPDATE shards SET taken_at = NULL").await.unwrap();
}

/// A beat of one that serves what it has.
async fn goes_on(store: &Store, member: &mut Member, serving: &mut Vec<Shard>) -> Beat {
    let beat = beat(store, member, serving).await;
    serving.clone_from(&beat.held);
    beat
}

async fn a_shard_has_one_holder_until_it_is_heard_of_no_more(desk: Desk) {
    let store = &desk.store;
    let (mut one, mut other) = (joined(&desk, 1).await, joined(&desk, 1).await);
    let short = TimeDelta::milliseconds(700);
    let has = store.beat(&mut one, &[], short).await.unwrap();
    assert_eq!(
        (has.held, has.total, has.more),
        (vec![Shard::ALL], 1, false)
    );
    let has = beat(store, &mut other, &[]).await;
    assert_eq!((has.held, has.give, has.more), (vec![], vec![], false));
    let has = beat(store, &mut one, &[Shard::ALL]).await;
    assert_eq!(has.held, [Shard::ALL], "and goes on");

    store.beat(&mut one, &[Shard::ALL], short).await.unwrap();
    tokio::time::sleep(Duration::from_millis(800)).await;
    rested(&desk).await;
    assert_eq!(beat(store, &mut other, &[]).await.held, [Shard::ALL]);
    let late = beat(store, &mut one, &[Shard::ALL]).await;
    assert_eq!((late.held, late.more), (vec![], false), "it is another's");
}

async fn a_newcomer_gets_its_part_once_it_is_given_back(desk: Desk) {
    let store = &desk.store;
    let (mut one, mut other) = (joined(&desk, 4).await, joined(&desk, 4).await);
    let mut serving = Vec::new();
    let has = goes_on(store, &mut one, &mut serving).await;
    assert_eq!(has.held, shards(4, 0..4));
    let waits = beat(store, &mut other, &[]).await;
    assert_eq!((waits.held, waits.more), (vec![], true));
    let has = goes_on(store, &mut one, &mut serving).await;
    assert_eq!((has.held, has.give), (shards(4, 0..4), shards(4, 2..4)));
    assert_eq!(beat(store, &mut other, &[]).await.held, [], "not yet");
    for shard in shards(4, 2..4) {
        store.give_back(&one, shard).await.unwrap();
        serving.retain(|one| *one != shard);
    }
    rested(&desk).await;
    let has = beat(store, &mut other, &[]).await;
    assert_eq!((has.held, has.more), (shards(4, 2..4), false));
    let has = goes_on(store, &mut one, &mut serving).await;
    assert_eq!((has.held, has.give), (shards(4, 0..2), vec![]));
}

async fn what_the_gone_had_is_shared_by_the_others(desk: Desk) {
    let store = &desk.store;
    let mut members = Vec::new();
    for _ in 0..3 {
        members.push((joined(&desk, 6).await, Vec::new()));
    }
    for _ in 0..4 {
        for (member, serving) in &mut members {
            rested(&desk).await;
            let beat = goes_on(store, member, serving).await;
            for shard in beat.give {
                store.give_back(member, shard).await.unwrap();
                serving.retain(|one| *one != shard);
            }
        }
    }
    assert!(members.iter().all(|(_, serving)| serving.len() == 2));
    let (gone, _) = members.remove(0);
    store.leave(gone).await.unwrap();
    rested(&desk).await;
    let mut all = Vec::new();
    for (member, serving) in &mut members {
        goes_on(store, member, serving).await;
        assert_eq!(serving.len(), 3);
        all.append(serving);
    }
    all.sort();
    assert_eq!(all, shards(6, 0..6));
}

async fn sessions_begin_one_after_the_other(desk: Desk) {
    let store = &desk.store;
    let wish = || Wish::Any { total: 4 };
    let mut slow = store.join(wish(), 1).await.unwrap();
    let mut quick = store.join(wish(), 2).await.unwrap();
    let mut serving = Vec::new();
    let has = goes_on(store, &mut slow, &mut serving).await;
    assert_eq!((has.held, has.more), (shards(4, [0]), true));
    let has = goes_on(store, &mut slow, &mut serving).await;
    assert_eq!((has.held, has.more), (shards(4, [0]), true), "not at once");
    // Another process keeps the same pace, in two buckets at a time.
    let has = beat(store, &mut quick, &[]).await;
    assert!(
        matches!(has.held[..], [Shard { id: 1 | 3, .. }]) && has.more,
        "{has:?}"
    );
}

async fn who_cannot_reach_discord_leaves_it_to_others_if_there_are_any(desk: Desk) {
    let store = &desk.store;
    let (mut one, mut other) = (joined(&desk, 1).await, joined(&desk, 1).await);
    let serving = beat(store, &mut one, &[]).await.held;
    one.stand_back(true);
    let alone = beat(store, &mut one, &serving).await;
    assert_eq!((alone.held, alone.give), (vec![Shard::ALL], vec![]));
    beat(store, &mut other, &[]).await;
    let gives = beat(store, &mut one, &serving).await;
    assert_eq!(
        (gives.held, gives.give),
        (vec![Shard::ALL], vec![Shard::ALL])
    );
    store.give_back(&one, Shard::ALL).await.unwrap();
    assert_eq!(beat(store, &mut one, &[]).await.held, []);
    rested(&desk).await;
    assert_eq!(beat(store, &mut other, &[]).await.held, [Shard::ALL]);
    one.stand_back(false);
    let well = beat(store, &mut one, &[]).await;
    assert_eq!((well.held, well.more), (vec![], false));
}

async fn a_range_is_served_by_those_who_may(desk: Desk) {
    let store = &desk.store;
    let of = |range| Wish::Range { range, total: 4 };
    let mut low = store.join(of(0..=1), 16).await.unwrap();
    let mut high = store.join(of(2..=3), 16).await.unwrap();
    let mut other = store.join(Wish::Any { total: 9 }, 16).await.unwrap();
    let has = beat(store, &mut low, &[]).await;
    assert_eq!((has.held, has.total, has.more), (shards(4, 0..2), 4, false));
    assert_eq!(beat(store, &mut high, &[]).await.held, shards(4, 2..4));
    // Who may serve all helps where there is too much, and when one is gone.
    assert_eq!(beat(store, &mut other, &[]).await.total, 4);
    store.leave(high).await.unwrap();
    rested(&desk).await;
    assert_eq!(beat(store, &mut other, &[]).await.held, shards(4, 2..4));
}

async fn a_greater_number_of_shards_is_taken_up_once_the_old_are_free(desk: Desk) {
    let store = &desk.store;
    let (mut old, mut new) = (joined(&desk, 1).await, joined(&desk, 2).await);
    assert_eq!(beat(store, &mut old, &[]).await.held, [Shard::ALL]);
    let waits = beat(store, &mut new, &[]).await;
    assert_eq!((waits.total, waits.held, waits.more), (2, vec![], true));
    let gives = beat(store, &mut old, &[Shard::ALL]).await;
    assert_eq!(
        (gives.held, gives.give),
        (vec![Shard::ALL], vec![Shard::ALL])
    );
    store.give_back(&old, Shard::ALL).await.unwrap();
    rested(&desk).await;
    assert_eq!(beat(store, &mut new, &[]).await.held.len(), 1);
    assert_eq!(beat(store, &mut old, &[]).await.held.len(), 1);
}

async fn only_who_serves_a_shard_says_when_it_was_heard(desk: Desk) {
    let store = &desk.store;
    let (mut one, mut other) = (joined(&desk, 1).await, joined(&desk, 1).await);
    assert_eq!(store.last_heard(Shard::ALL).await.unwrap(), None);
    beat(store, &mut one, &[]).await;
    store.hear(one.id(), Shard::ALL, minute(3)).await.unwrap();
    store.hear(other.id(), Shard::ALL, minute(9)).await.unwrap();
    let heard = async |shard| store.last_heard(shard).await.unwrap();
    assert_eq!(heard(Shard::ALL).await, Some(minute(3)));
    // Of two shards where there was one, each was heard when that was.
    let second = Shard { id: 1, total: 2 };
    assert_eq!(heard(second).await, Some(minute(3)));
    store.leave(one).await.unwrap();
    rested(&desk).await;
    beat(store, &mut other, &[]).await;
    store
        .hear(other.id(), Shard::ALL, minute(20))
        .await
        .unwrap();
    assert_eq!(heard(Shard::ALL).await, Some(minute(20)));
    store.leave(other).await.unwrap();
    rested(&desk).await;

    // And of one where there were two, when both of them were heard.
    let mut all = joined(&desk, 2).await;
    let has = beat(store, &mut all, &[]).await;
    let [first, second] = has.held[..] else {
        panic!("{has:?}");
    };
    store.hear(all.id(), first, minute(40)).await.unwrap();
    assert_eq!(heard(second).await, Some(minute(20)), "not heard since");
    store.hear(all.id(), second, minute(30)).await.unwrap();
    assert_eq!(heard(first).await, Some(minute(40)));
    assert_eq!(heard(Shard::ALL).await, Some(minute(30)));
}

async fn what_is_said_is_given_to_who_serves_the_guild(desk: Desk) {
    let store = &desk.store;
    let elsewhere = GuildId(GUILD.0 | 1 << 22);
    let what = Outgoing::WeekSummary {
        monday: minute(0).date_naive(),
    };
    for guild in [GUILD, elsewhere] {
        store.queue(guild, None, &what, minute(0)).await.unwrap();
    }
    let claim = async |shards: &[Shard]| {
        let items = store.claim("worker", shards, minute(0), LONG, 100).await;
        let guilds = items.unwrap().into_iter().map(|item| item.guild);
        guilds.collect::<Vec<_>>()
    };
    assert_eq!(claim(&[]).await, []);
    assert_eq!(claim(&shards(12, [5, 11])).await, []);
    assert_eq!(claim(&shards(12, [10, 1])).await, [elsewhere]);
    assert_eq!(claim(&shards(12, 0..12)).await, [GUILD]);
}

async fn what_a_dead_process_was_saying_is_given_to_who_takes_its_shard(desk: Desk) {
    desk.open("API is down").await;
    let store = &desk.store;
    let (mut dead, mut next) = (joined(&desk, 1).await, joined(&desk, 1).await);
    let short = TimeDelta::milliseconds(500);
    store.beat(&mut dead, &[], short).await.unwrap();
    let claim = async |worker: &str| {
        let items = store.claim(worker, &[Shard::ALL], minute(0), LONG, 100);
        items.await.unwrap()
    };
    let held = claim("dead").await;
    assert!(!held.is_empty() && claim("next").await.is_empty());
    tokio::time::sleep(Duration::from_millis(600)).await;
    assert_eq!(claim("next").await, [], "not by the time alone");
    rested(&desk).await;
    beat(store, &mut next, &[]).await;
    let again = claim("next").await;
    let ids = |items: &[scribe::store::OutboxItem]| -> Vec<i64> {
        items.iter().map(|item| item.id).collect()
    };
    assert_eq!(ids(&again), ids(&held));
    assert!(again.iter().all(|item| item.attempts == 2), "{again:?}");
    // What is ours already is not given out twice.
    beat(store, &mut next, &[Shard::ALL]).await;
    assert_eq!(claim("next").await, []);
}
